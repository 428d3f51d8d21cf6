"""The state of a play, as a value."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from game.story import Story
from game.story.variables import Variable

from .layout import Layout

__all__ = ["State", "restore", "snapshot"]


class State(msgspec.Struct, frozen=True, gc=False):
    """Everything a play is, apart from how it came there: equal states have the same future.

    `passage` is where it stands, `stack` the passages that open tunnels come back to, `values` the flat list
    of `Layout`.
    """

    passage: str
    stack: tuple[int, ...]
    values: tuple[int, ...]


def _word(variable: Variable, value: int) -> str:
    return str(variable.words[value - variable.low]) if variable.words else str(value)


def snapshot(story: Story, layout: Layout, values: list[int]) -> dict[str, str]:
    """Every season variable that is not at its start, by name and in words.

    By name, so that it still fits after the story has been edited; episodes' own variables are not in it,
    because a snapshot is taken where an episode opens.
    """
    found = {}
    for variable in story.variables.values():
        if variable.local or variable.name in layout.untracked:
            continue
        value = layout.get(values, variable)
        if value != variable.starts:
            found[variable.name] = _word(variable, value)
    return found


def restore(story: Story, layout: Layout, kept: Mapping[str, str]) -> list[int]:
    """A state from a snapshot. Names and words that the story no longer has are left at their start."""
    values = list(layout.initial)
    for name, word in kept.items():
        variable = story.variables.get(name)
        if variable is None or variable.local or variable.name in layout.untracked:
            continue
        value = variable.value(str(word))
        if value is not None:
            layout.put(values, variable, value)
    return values
