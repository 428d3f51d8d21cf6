"""What belongs to a stretch of story that is entered once is set to its start where that stretch is entered.

A lead is followed once, and what its scenes count for themselves (which questions were asked, how often a room was
seen) is as it was at the opening when it is. Saying so at the way in changes nothing that can happen; but
now nothing outside depends on those variables, and plain liveness forgets them. Without this an episode
remembers every question ever asked in it, and its diagrams grow by the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from game.story.expressions import All, Condition, Not, Test, holds, tests
from game.story.ops import Assign, Shift
from game.story.variables import Variable

from .prove_graph import Code, Graph, Instr, Jump, Mark, Rotate, Spot, When, writes

__all__ = ["ties", "with_regions"]

Gate = tuple[int, int]
"""A way that is open once: a spot, and the number of a move of its menu, or of an instruction of its code."""


def with_regions(graph: Graph) -> Graph:
    """The same graph (spots and targets keep their numbers), each region's own variables set where it is entered."""
    made = Graph(graph.story)
    made.targets, made.by_key, made.start = graph.targets, graph.by_key, graph.start
    made.openings, made.closes = graph.openings, graph.closes
    made.spots = list(graph.spots)
    order = {spot.number: graph.order[spot.episode] for spot in graph.spots}
    if any(order[to] < order[spot.number] for spot in graph.spots for to in graph.successors(spot)):
        return made  # an episode can be entered again, and nothing in it happens only once
    touched = _touched(graph)
    for name, gates in _gates(graph).items():
        episode = graph.spots[next(iter(gates))[0]].episode
        region = _behind(graph, gates, episode)
        own = [
            variable
            for variable in graph.story.variables.values()
            if variable.local and variable.episode == episode and variable.name != name
            if variable.name in touched and touched[variable.name] <= region
        ]
        if own:
            clear = tuple(Assign(variable, variable.starts) for variable in own)
            for number, spot in enumerate(made.spots):
                if number not in region and any(to in region for to in made.successors(spot)):
                    made.spots[number] = _entering(spot, region, clear)
    return made


def ties(graph: Graph) -> dict[str, frozenset[str]]:
    """For each variable the leads in whose scenes it changes: what is known of it hangs on whether they were followed.

    A theory hangs on the leads of the clues that carry it.
    """
    found: dict[str, set[str]] = {}
    for name, gates in _gates(graph).items():
        if graph.story.variables[name].kind not in ("lead", "event"):
            continue
        for number in _behind(graph, gates, graph.spots[next(iter(gates))[0]].episode):
            for code in graph.spots[number].codes():
                for variable in writes(code):
                    found.setdefault(variable.name, set()).add(name)
    for question in graph.story.questions.values():
        for theory in question.theories.values():
            for clue in {clue for needed in theory.carried_by for clue in needed}:
                found.setdefault(question.variable.name, set()).update(found.get(f"clue.{clue}", ()))
    return {name: frozenset(leads) for name, leads in found.items()}


def _entering(spot: Spot, region: set[int], clear: Code) -> Spot:
    def through(code: Code) -> Code:
        return tuple(
            Jump(i.to, i.when, (*i.body, *clear)) if isinstance(i, Jump) and i.to in region else i
            for i in code
        )

    moves = tuple(msgspec.structs.replace(move, code=through(move.code)) for move in spot.moves)
    fallback = spot.fallback
    if fallback is not None:
        fallback = msgspec.structs.replace(fallback, code=through(fallback.code))
    return msgspec.structs.replace(spot, code=through(spot.code), moves=moves, fallback=fallback)


def _behind(graph: Graph, gates: set[Gate], episode: str) -> set[int]:
    """The spots of an episode that only a gate leads to."""
    here = {spot.number for spot in graph.spots if spot.episode == episode}
    seen = {graph.openings.get(episode, graph.start)}
    todo = list(seen)
    while todo:
        spot = graph.spots[todo.pop()]
        for to in _onward(spot, gates):
            if to in here and to not in seen:
                seen.add(to)
                todo.append(to)
    return here - seen


def _onward(spot: Spot, gates: set[Gate]) -> Iterator[int]:
    codes = [move.code for at, move in enumerate(spot.moves) if (spot.number, at) not in gates]
    codes += [pin.code for pin in spot.pins]
    codes += [spot.fallback.code] if spot.fallback is not None else []
    codes.append(tuple(i for at, i in enumerate(spot.code) if (spot.number, at) not in gates))
    for code in codes:
        yield from (i.to for i in code if isinstance(i, Jump))


def _gates(graph: Graph) -> dict[str, set[Gate]]:
    """By variable (a lead, a once-only choice, an event), the gates it keeps, if nothing opens them again."""
    found: dict[str, set[Gate]] = {}
    open_at: dict[str, set[int]] = {}
    for spot in graph.spots:
        guarded = [(at, move.when, move.code) for at, move in enumerate(spot.moves)]
        guarded += [(at, i.when, i.body) for at, i in enumerate(spot.code) if isinstance(i, Jump)]
        for at, when, code in guarded:
            written = {variable.name for variable in writes(code)}
            for test, negated in _required(when):
                variable = test.variable
                if variable.name in written and variable.kind in ("took", "lead", "event"):
                    found.setdefault(variable.name, set()).add((spot.number, at))
                    open_at.setdefault(variable.name, set()).update(
                        value
                        for value in range(variable.low, variable.high + 1)
                        if holds(test.operator, value, test.operand) != negated
                    )
    changes = _changes(graph)
    return {
        n: g
        for n, g in found.items()
        if _stays_shut(graph.story.variables[n], open_at[n], changes.get(n, []))
    }


def _stays_shut(variable: Variable, open_at: set[int], changes: list[Instr]) -> bool:
    """Whether every change within an episode leaves the variable at a value at which its gates are shut."""
    for change in changes:
        if isinstance(change, Assign):
            if change.value in open_at:
                return False
        elif not (isinstance(change, Shift) and change.by > 0 and open_at == {variable.low}):
            return False
    return variable.starts in open_at


def _required(condition: Condition | None) -> Iterator[tuple[Test, bool]]:
    """The tests that must hold (or, where True stands beside them, must not) for the condition to hold."""
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
        for instr in _inside(spot.codes()) if spot.number not in closes else ():
            if isinstance(instr, Assign | Shift | Rotate):
                found.setdefault(instr.variable.name, []).append(instr)
    return found


def _touched(graph: Graph) -> dict[str, set[int]]:
    """By variable, the spots at which it is read or changed, the clearing at a close aside."""
    found: dict[str, set[int]] = {}
    closes = set(graph.closes.values())
    for spot in graph.spots:
        conditions = [move.when for move in spot.moves] + [mark.when for mark in spot.shown]
        conditions += [pin.when for pin in spot.pins]
        for instr in _inside(spot.codes()):
            if isinstance(instr, Assign | Shift | Rotate):
                if spot.number not in closes:
                    found.setdefault(instr.variable.name, set()).add(spot.number)
            elif isinstance(instr, When):
                conditions.append(instr.condition)
            elif isinstance(instr, Mark | Jump):
                conditions.append(instr.when)
        for condition in conditions:
            for test in tests(condition) if condition is not None else ():
                found.setdefault(test.variable.name, set()).add(spot.number)
    return found


def _inside(codes: Iterable[Code]) -> Iterator[Instr]:
    todo = [instr for code in codes for instr in code]
    while todo:
        instr = todo.pop()
        yield instr
        if isinstance(instr, When | Jump):
            todo += instr.body
