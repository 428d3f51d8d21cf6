"""The proportions of a season beside what they should be, counted on what blind plays read.

A median over the files would count what nobody meets; so a few plays are made, and what stood between two
of their choices is measured.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from statistics import median

import msgspec

from game.engine import Play
from game.story import Story

from .stats import SeasonStats
from .stats_words import words_in

__all__ = ["Proportion", "proportions"]

PLAYS = 60
MOVES = 4_000


class Proportion(msgspec.Struct, frozen=True):
    """A figure, the target it is set beside, and whether it is met."""

    name: str
    value: str
    target: str
    met: bool


def proportions(story: Story, stats: SeasonStats, plays: int = PLAYS) -> list[Proportion]:
    """Every proportion that can be counted. `stats` are the story's own figures."""
    between, menus, lengths, words = _read(story, plays)
    found = []
    if between:
        middle, late = median(between), _percentile(between, 0.9)
        found += [
            Proportion("words between choices, median", f"{middle:.0f}", "70–90", 70 <= middle <= 90),
            Proportion("words between choices, 90th percentile", f"{late:.0f}", "under 180", late < 180),
            Proportion("words between choices, most", f"{max(between)}", "300", max(between) <= 300),
        ]
    if menus:
        alone = sum(menu == 1 for menu in menus) / len(menus)
        few = sum(2 <= menu <= 4 for menu in menus) / len(menus)
        found += [
            Proportion("menus of one", f"{alone:.0%}", "10% at most", alone <= 0.1),
            Proportion("menus of two to four", f"{few:.0%}", "most", few >= 0.5),
        ]
    if stats["choices"]:
        conditional = sum(episode["conditional_choices"] for episode in stats["episodes"]) / stats["choices"]
        met = 0.18 <= conditional <= 0.25
        found.append(Proportion("conditional options", f"{conditional:.0%}", "18–25%", met))
    written = sum(episode["words"] for episode in stats["episodes"])
    if written:
        rate = 1000 * sum(episode["inline_variations"] for episode in stats["episodes"]) / written
        found.append(Proportion("variations per 1,000 words", f"{rate:.1f}", "6 or more", rate >= 6))
    if words:
        share = median(words) / max(stats["words"], 1)
        about = f"{median(words):.0f} ({share:.0%})"
        found.append(
            Proportion("words in one play, median", about, "about a third of what is written", share <= 0.45)
        )
        found.append(
            Proportion("choices in one play, median", f"{median(lengths):.0f}", "about 31 an episode", True)
        )
    return found


def _read(story: Story, plays: int) -> tuple[list[int], list[int], list[int], list[int]]:
    """Words before each choice, options at each, and choices and words of each play."""
    between: list[int] = []
    menus: list[int] = []
    lengths: list[int] = []
    words: list[int] = []
    known: dict[str, int] = {}
    for number in range(plays):
        dice = random.Random(f"stats/{number}")
        play = Play(story)
        view, total = play.view, 0
        for _ in range(MOVES):
            read = 0
            for paragraph in view.paragraphs:
                if paragraph not in known:
                    known[paragraph] = words_in(paragraph)
                read += known[paragraph]
            total += read
            offers = [offer for offer in view.choices if offer.locked is None]
            if view.ending is not None or not offers:
                break
            if view.closing is None:
                between.append(read)
                menus.append(len(offers))
            view = play.choose(dice.choice(offers).id)
        lengths.append(len(play.moves))
        words.append(total)
    return between, menus, lengths, words


def _percentile(values: Sequence[int], share: float) -> int:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
