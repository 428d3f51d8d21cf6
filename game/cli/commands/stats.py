"""`igh stats`: how much there is of what, and the proportions beside their targets."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..output import print_json

if TYPE_CHECKING:
    from game.proof.stats import SeasonStats

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "write"
HELP = "words, passages, choices and beats, by episode"
_LABELS = {"conditional_choices": "of them conditional", "inline_variations": "inline variations"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    from game.proof.stats import season_stats
    from game.proof.stats_proportions import proportions
    from game.story import Story

    story = Story.load(args.scenes)
    stats = season_stats(story)
    if args.json:
        print_json(stats)
        return 0
    _print_counts(stats)
    print()
    for one in proportions(story, stats):
        print(f"{'' if one.met else '! '}{one.name}: {one.value} (target: {one.target})")
    return 0


def _print_counts(stats: SeasonStats) -> None:
    print(f"{stats['words']:,} words, {stats['passages']:,} passages, {stats['choices']:,} choices")
    print(f"{stats['clues']} clues, {stats['turns']} turns, {stats['endings']} endings")
    for episode in stats["episodes"]:
        figures = [f"{value} {_LABELS.get(key, key)}" for key, value in episode.items() if key != "id"]
        print(f"{episode['id']}: {', '.join(figures)}")
    missing = [beat for beat, scenes in stats["beats"].items() if not scenes]
    print(f"{len(stats['beats']) - len(missing)} of {len(stats['beats'])} beats have a scene")
    for beat, scenes in stats["beats"].items():
        if scenes:
            print(f"  {beat}: {', '.join(scenes)}")
