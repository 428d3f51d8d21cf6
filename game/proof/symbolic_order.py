"""In which order the bits of diagrams are tested, which decides how large they grow.

What is written together should stand together: a lead's own variable beside the clues of its scenes. A
depth-first reading of the graph, choice by choice, gives just that; the clock of an episode, on which
everything in it depends, comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.story.expressions import Condition, tests
from game.story.variables import Variable

from .prove_graph import Code, Graph, Jump, Spot, writes

__all__ = ["reading_order", "variable_order"]


def variable_order(graph: Graph) -> list[Variable]:
    """Every variable of the story, in the order in which a depth-first reading comes upon it."""
    variables = graph.story.variables.values()
    found = {
        variable.name: variable for variable in variables if variable.kind in ("hours", "dry", "internal")
    }
    seen: set[int] = set()
    todo: list[tuple[Code, int]] = [((), graph.start)]
    while todo:
        code, number = todo.pop()
        found.update((variable.name, variable) for variable in writes(code) if variable.name not in found)
        if number < 0 or number in seen:
            continue
        seen.add(number)
        onward = list(_onward(graph.spots[number]))
        for variable in (*_read(graph.spots[number]), *writes(graph.spots[number].code)):
            found.setdefault(variable.name, variable)
        todo += reversed(onward)
    for variable in variables:
        found.setdefault(variable.name, variable)
    return list(_with_pins(graph, found))


def _with_pins(graph: Graph, found: dict[str, Variable]) -> Iterator[Variable]:
    """The same, each pin beside the clue it pins: only what is known can be pinned."""
    pins: dict[str, list[Variable]] = {}
    for question in graph.story.questions.values():
        for clue, pin in question.pins.items():
            pins.setdefault(f"clue.{clue}", []).append(pin)
    for variable in found.values():
        if variable.kind != "pin":
            yield variable
            yield from pins.get(variable.name, ())


def _onward(spot: Spot) -> Iterable[tuple[Code, int]]:
    codes = [move.code for move in (*spot.moves, *((spot.fallback,) if spot.fallback else ()))]
    for code in codes:
        ends = [instr.to for instr in code if isinstance(instr, Jump)]
        yield from ((code, end) for end in ends or [-1])
    yield from (((), instr.to) for instr in spot.code if isinstance(instr, Jump))


def _read(spot: Spot) -> Iterable[Variable]:
    conditions: list[Condition | None] = [instr.when for instr in spot.code if isinstance(instr, Jump)]
    for condition in conditions:
        if condition is not None:
            yield from (test.variable for test in tests(condition))


def reading_order(graph: Graph) -> list[int]:
    """The rank of every spot in a reverse postorder: what comes before what, loops aside."""
    rank = [0] * len(graph.spots)
    seen = {graph.start}
    count = len(graph.spots)
    stack = [(graph.start, iter(list(graph.successors(graph.spots[graph.start]))))]
    while stack:
        number, onward = stack[-1]
        for to in onward:
            if to not in seen:
                seen.add(to)
                stack.append((to, iter(list(graph.successors(graph.spots[to])))))
                break
        else:
            stack.pop()
            count -= 1
            rank[number] = count
    return rank
