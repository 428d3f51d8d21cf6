"""What can be forgotten once something that happens only once has happened.

A lead is followed once. The variables of its scenes matter at the hub only as long as it is open: after that
no way ahead comes by them. Plain liveness cannot see it, because the way is still in the graph; so it is
asked again with each such move taken out, and what then no longer matters is forgotten wherever the move
is spent. Without this an episode remembers every question ever asked in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from game.story.expressions import All, Condition, Not, Test, holds
from game.story.ops import Assign, Shift
from game.story.variables import Variable

from .prove_graph import Graph, Instr, Jump, Rotate, When
from .prove_live import Liveness

__all__ = ["Shot", "find_shots"]


class Shot:
    """A variable that says whether some moves are spent: they are while the condition `spent` holds."""

    def __init__(self, variable: Variable, unspent: frozenset[int]) -> None:
        values = tuple(v for v in range(variable.low, variable.high + 1) if v not in unspent)
        self.variable = variable
        self.spent: Condition = Test(variable, "in", values)


def find_shots(graph: Graph, live: Liveness) -> dict[int, list[tuple[Shot, int]]]:
    """For every spot the shots whose being spent makes variables (as bits) not matter there."""
    found: dict[int, list[tuple[Shot, int]]] = {}
    order = {spot.number: graph.order[spot.episode] for spot in graph.spots}
    if any(order[to] < order[spot.number] for spot in graph.spots for to in graph.successors(spot)):
        return found  # an episode can be entered again, and nothing in it is spent for good
    guards = _guards(graph)
    changed = _changes(graph)
    episodes: dict[str, list[int]] = {}
    for spot in graph.spots:
        episodes.setdefault(spot.episode, []).append(spot.number)
    for name, moves in guards.items():
        variable = graph.story.variables[name]
        shot = _shot(variable, [unspent for _, _, unspent in moves], changed.get(name, []))
        if shot is None:
            continue
        without = {(spot, at) for spot, at, _ in moves}
        here = episodes[graph.spots[moves[0][0]].episode]
        for spot, dead in live.without(without, here).items():
            if dead:
                found.setdefault(spot, []).append((shot, dead))
    return found


def _shot(variable: Variable, unspent: list[frozenset[int]], changes: list[Instr]) -> Shot | None:
    """The shot, if nothing that happens within an episode can bring an unspent value back."""
    values = unspent[0].union(*unspent[1:])
    for change in changes:
        if isinstance(change, Assign):
            if change.value in values:
                return None
        elif not (isinstance(change, Shift) and change.by > 0 and values == frozenset({variable.low})):
            return None
    return Shot(variable, values)


def _guards(graph: Graph) -> dict[str, list[tuple[int, int, frozenset[int]]]]:
    """By variable: (spot, number of the move or jump, values at which it is open) for what it may guard once."""
    found: dict[str, list[tuple[int, int, frozenset[int]]]] = {}
    for spot in graph.spots:
        guarded = [(at, move.when, move.code) for at, move in enumerate(spot.moves)]
        guarded += [(at, i.when, i.body) for at, i in enumerate(spot.code) if isinstance(i, Jump)]
        for at, when, code in guarded:
            written = {i.variable.name for i in code if isinstance(i, Assign | Shift)}
            for test, negated in _required(when):
                variable = test.variable
                if variable.name in written and variable.kind in ("took", "lead", "event"):
                    values = frozenset(
                        v
                        for v in range(variable.low, variable.high + 1)
                        if holds(test.operator, v, test.operand) != negated
                    )
                    found.setdefault(variable.name, []).append((spot.number, at, values))
    return found


def _required(condition: Condition | None) -> Iterator[tuple[Test, bool]]:
    if isinstance(condition, Test):
        yield condition, False
    elif isinstance(condition, Not) and isinstance(condition.part, Test):
        yield condition.part, True
    elif isinstance(condition, All):
        for part in condition.parts:
            yield from _required(part)


def _changes(graph: Graph) -> dict[str, list[Instr]]:
    """By variable, everything that changes it, the clearing at an episode's close aside."""
    found: dict[str, list[Instr]] = {}
    closes = set(graph.closes.values())
    for spot in graph.spots:
        if spot.number in closes:
            continue
        todo = [instr for code in spot.codes() for instr in code]
        while todo:
            instr = todo.pop()
            if isinstance(instr, Assign | Shift | Rotate):
                found.setdefault(instr.variable.name, []).append(instr)
            elif isinstance(instr, When | Jump):
                todo += instr.body
    return found
