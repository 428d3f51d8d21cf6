"""A way to one thing in the story: what `igh prove --witness` prints and `igh play --at` plays."""

from __future__ import annotations

import difflib
import time

from game.story import Story

from .prove_build import build_graph
from .prove_regions import with_regions
from .symbolic_limits import Limits, TooMuch
from .symbolic_space import Space
from .witness_moves import moves_of
from .witness_search import Search
from .witness_walk import Walker

__all__ = ["UnknownTarget", "witness", "witness_to"]


class UnknownTarget(ValueError):
    """There is nothing by that key in the story. The text says so, with what comes near it."""


def witness(story: Story, key: str, *, seconds: float = 20, seed: int = 1) -> tuple[str, ...] | None:
    """Moves from the first page that meet the target `key` (see `prove_declared`), or None if nothing leads there.

    The same story gives the same moves. Raises UnknownTarget; and TooMuch where `seconds` did not suffice.
    """
    graph = build_graph(story)
    target = graph.target(key)
    if target is None:
        near = difflib.get_close_matches(key, graph.by_key, 1, 0.5)
        raise UnknownTarget(f"there is no {key!r}" + (f"; the nearest is {near[0]!r}" if near else ""))
    walker = Walker(graph, seed)
    walker.walk(seconds / 2, wanted=frozenset({target.number}))
    found = walker.found.get(target.number)
    if found is not None:
        return tuple(moves_of(found.path))
    space = Space(with_regions(graph), Limits(4_000_000, time.monotonic() + seconds))
    return Search(space, walker).find({target.number: None})


def witness_to(story: Story, passage: str) -> list[str]:
    """Moves of a real play that ends where `passage` (its full id) has just been read.

    Raises UnknownTarget if there is no such passage, or nothing leads to it, or no way was found.
    """
    try:
        moves = witness(story, f"passage:{passage}")
    except TooMuch as limit:
        raise UnknownTarget(f"no way to {passage!r} was found: {limit}") from limit
    if moves is None:
        raise UnknownTarget(f"nothing leads to {passage!r}")
    return list(moves)
