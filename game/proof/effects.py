"""Everything that a passage does, one operation after the other."""

from __future__ import annotations

from collections.abc import Iterator

from game.story.model import Divert, Passage
from game.story.ops import Op, walk_ops

__all__ = ["effects"]


def effects(passage: Passage) -> Iterator[Op]:
    """The operations of a passage, of its diverts and of its choices, in that order; conditions are looked into."""
    yield from walk_ops(passage.ops)
    yield from _on_the_way(passage.redirect)
    yield from _on_the_way(passage.to)
    for choice in passage.choices:
        yield from walk_ops(choice.ops)
        yield from _on_the_way(choice.to)


def _on_the_way(diverts: tuple[Divert, ...]) -> Iterator[Op]:
    for divert in diverts:
        yield from walk_ops(divert.ops)
