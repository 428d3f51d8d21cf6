"""Does the proof notice? The season is broken in memory, one way at a time, and proved again.

A mutation changes what the season means and leaves it loadable: somebody's slip, made on purpose. It is proved,
and apart from that the witnesses of the season as it was are replayed on it, as the tests do with the stored ones.
What neither catches is harmless (the story holds without that choice) or a hole; the report lists it.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator

import msgspec

from game.story import Story
from game.story.expressions import All, Condition, Not, Test
from game.story.model import Choice, Divert, Passage
from game.story.ops import Assign, Block, Op, Shift

from .prove import LISTS, first_fault, prove
from .prove_build import build_graph
from .prove_graph import Graph
from .prove_targets import LIVE
from .witness_cover import Tracer, covering

__all__ = ["Mutant", "Report", "mutants", "mutate"]


class Mutant:
    """A broken season: what was done to it, and the passage it replaces."""

    def __init__(self, kind: str, about: str, passage: Passage) -> None:
        self.kind, self.about, self.passage = kind, about, passage

    def story(self, story: Story) -> Story:
        """A copy of the story with the mutation in it."""
        broken = copy.copy(story)
        broken.passages = {**story.passages, self.passage.id: self.passage}
        broken.program = None
        return broken


class Report(msgspec.Struct):
    """How many mutants were made, by kind; how many of them the proof caught, and by which list of claims.

    `replayed` counts those that the witnesses catch, `either` those that one or the other does; `missed` says what
    the rest are, and `unproved` what only the witnesses catch.
    """

    made: dict[str, int] = {}
    proved: dict[str, int] = {}
    by: dict[str, int] = {}
    replayed: int = 0
    either: int = 0
    unproved: list[str] = []
    missed: list[str] = []

    def render(self) -> str:
        """For a terminal."""
        lines = [
            f"{kind}: {self.proved.get(kind, 0)} of {count} by prove"
            for kind, count in sorted(self.made.items())
        ]
        lines += [f"only by the witnesses: {about}" for about in self.unproved]
        lines += [f"missed: {about}" for about in self.missed]
        told = ", ".join(f"{count} {name}" for name, count in sorted(self.by.items()))
        total = sum(self.made.values())
        lines.append(
            f"{sum(self.proved.values())} of {total} caught by prove ({told}), {self.replayed} by the witnesses"
        )
        return "\n".join([*lines, f"{self.either} of {total} caught by one or the other"])


def mutate(story: Story, count: int, seed: int, seconds: float = 60) -> Report:
    """Break the story in `count` random ways, each proved in at most `seconds`; a seed always breaks it alike."""
    proof = prove(story, seconds=seconds)
    known = {(name, claim.what) for name in LISTS for claim in getattr(proof, name)}
    report = Report()
    chance = random.Random(seed)
    graph = build_graph(story)
    tracer = Tracer(graph)
    plays = {moves: _keys(tracer, moves) for moves in covering(graph, proof.witnesses.values())}
    for _ in range(count):
        mutant = chance.choice(_kinds(story, graph, chance))
        broken = mutant.story(story)
        report.made[mutant.kind] = report.made.get(mutant.kind, 0) + 1
        fault = first_fault(broken, known, seconds)
        replayed = _differ(broken, plays)
        if fault is not None:
            report.proved[mutant.kind] = report.proved.get(mutant.kind, 0) + 1
            report.by[fault[0]] = report.by.get(fault[0], 0) + 1
        report.replayed += replayed
        report.either += replayed or fault is not None
        if fault is None:
            (report.unproved if replayed else report.missed).append(f"{mutant.kind}: {mutant.about}")
    return report


def _keys(tracer: Tracer, moves: tuple[str, ...]) -> set[str]:
    return {key for keys in tracer.met(moves) for key in keys}


def _differ(story: Story, plays: dict[tuple[str, ...], set[str]]) -> bool:
    """Whether some play can no longer be played, or no longer shows what it showed."""
    tracer = Tracer(build_graph(story))
    try:
        return any(not shown <= _keys(tracer, moves) for moves, shown in plays.items())
    except (ValueError, StopIteration):
        return True


def _kinds(story: Story, graph: Graph, chance: random.Random) -> list[Mutant]:
    """One random mutant of every kind that the story has room for."""
    by_kind: dict[str, list[Callable[[], Mutant]]] = {}
    for kind, make in mutants(story, graph, chance):
        by_kind.setdefault(kind, []).append(make)
    return [chance.choice(found)() for found in by_kind.values()]


def _before_speaking(graph: Graph) -> dict[str, set[str]]:
    """For each variable of a death, the passages from which one can be reached where that person speaks alive."""
    found: dict[str, set[str]] = {}
    earlier = graph.before()
    for passage in graph.story.passages.values():
        for person, manner in passage.speakers:
            if manner in LIVE and f"dead.{person}" in graph.story.variables:
                todo = [spot.number for spot in graph.spots if spot.passage == passage.id]
                seen = set(todo)
                while todo:
                    new = earlier[todo.pop()] - seen
                    seen |= new
                    todo += new
                found.setdefault(f"dead.{person}", set()).update(
                    graph.spots[number].passage for number in seen
                )
    return found


def mutants(story: Story, graph: Graph, chance: random.Random) -> Iterator[tuple[str, Callable[[], Mutant]]]:
    """Every mutation the story has room for: its kind, and what makes it."""
    mortal = _before_speaking(graph)
    for passage in story.passages.values():
        if not passage.scene:
            continue
        for op_at, op in enumerate(passage.ops):
            if _learns(op):
                yield "learning dropped", lambda p=passage, n=op_at: _without_op(p, n)  # type: ignore[misc]
        for dead in (name for name, passages in mortal.items() if passage.id in passages):
            killed = Assign(story.variables[dead], 1, "death", ("", ""))
            yield (
                "killed earlier",
                lambda p=passage, k=killed: Mutant(  # type: ignore[misc]
                    "killed earlier",
                    f"{k.variable.name} in {p.id}",
                    msgspec.structs.replace(p, ops=(k, *p.ops)),
                ),
            )
        for at, choice in enumerate(passage.choices):
            for kind, made in _of_choice(story, passage, choice, chance):
                yield kind, lambda p=passage, n=at, k=kind, m=made: _with_choice(p, n, k, m)  # type: ignore[misc]
        for at, divert in enumerate(passage.to):
            others = [
                p.id for p in story.passages.values() if p.episode == passage.episode and p.id != divert.to
            ]
            swapped = msgspec.structs.replace(divert, to=chance.choice(others))
            to = (*passage.to[:at], swapped, *passage.to[at + 1 :])
            yield (
                "target swapped",
                lambda p=passage, t=to, s=swapped: Mutant(  # type: ignore[misc]
                    "target swapped", f"{p.id} now leads to {s.to}", msgspec.structs.replace(p, to=t)
                ),
            )


def _of_choice(
    story: Story, passage: Passage, choice: Choice, chance: random.Random
) -> Iterator[tuple[str, Choice | None]]:
    yield "choice dropped", None
    if choice.to:
        yield "exit dropped", msgspec.structs.replace(choice, to=())
        others = [
            p.id for p in story.passages.values() if p.episode == passage.episode and p.id != choice.to[-1].to
        ]
        to = (*choice.to[:-1], Divert(chance.choice(others), choice.to[-1].when))
        yield "target swapped", msgspec.structs.replace(choice, to=to)
    if choice.when is not None:
        yield "guard negated", msgspec.structs.replace(choice, when=Not(choice.when))
    if any(_learns(op) for op in choice.ops):
        yield (
            "learning dropped",
            msgspec.structs.replace(choice, ops=tuple(op for op in choice.ops if not _learns(op))),
        )
    if choice.hours is not None:
        yield "cost raised", _dearer(choice, chance.randint(1, 3))


def _dearer(choice: Choice, more: int) -> Choice:
    def raised(op: Op) -> Op:
        return (
            Shift(op.variable, op.by - more) if isinstance(op, Shift) and op.variable.kind == "hours" else op
        )

    def short(condition: Condition | None) -> Condition | None:
        if isinstance(condition, All):
            return All(tuple(part for p in condition.parts if (part := short(p)) is not None))
        if (
            isinstance(condition, Test)
            and condition.variable.kind == "hours"
            and condition.operand == choice.hours
        ):
            assert isinstance(condition.operand, int)
            return Test(condition.variable, condition.operator, condition.operand + more)
        return condition

    return msgspec.structs.replace(choice, ops=tuple(map(raised, choice.ops)), when=short(choice.when))


def _learns(op: Op) -> bool:
    """Whether this is the learning of a clue."""
    if isinstance(op, Block):
        return any(_learns(inner) for inner in op.ops)
    return isinstance(op, Assign) and op.variable.kind == "clue"


def _without_op(passage: Passage, at: int) -> Mutant:
    ops = passage.ops[:at] + passage.ops[at + 1 :]
    return Mutant("learning dropped", f"in {passage.id}", msgspec.structs.replace(passage, ops=ops))


def _with_choice(passage: Passage, at: int, kind: str, choice: Choice | None) -> Mutant:
    kept = () if choice is None else (choice,)
    choices = (*passage.choices[:at], *kept, *passage.choices[at + 1 :])
    about = f"{passage.id}/{passage.choices[at].id}"
    if choice is not None and kind == "target swapped":
        about += f" now leads to {choice.to[-1].to}"
    return Mutant(kind, about, msgspec.structs.replace(passage, choices=choices))
