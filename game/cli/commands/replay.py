"""`igh replay`: a life from a file, played to its last place without touching the saves."""

from __future__ import annotations

import argparse

from ..files import read_file
from ..output import print_json

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "play"
HELP = "replays an exported life to its last place"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="what `igh saves export` wrote; - for standard input")
    parser.add_argument("--plain", action="store_true", help="print the whole life as a transcript")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    from game.plain.console import WIDEST, wrap
    from game.plain.page import turn_lines
    from game.session import replay_file
    from game.story import Story

    story = Story.load(args.scenes)
    turns = replay_file(story, read_file(args.file))
    last = turns[-1].view
    if args.json:
        place = {"episode": last.episode, "passage": last.passage, "ending": last.ending}
        print_json({"moves": [turn.move for turn in turns[1:]], **place})
        return 0
    before = None
    for index, turn in enumerate(turns):
        if args.plain or index == len(turns) - 1:
            for line in turn_lines(story, turn, before, lambda _: False):
                print(*wrap(line, WIDEST), sep="\n")
            before = turn.view
    return 0
