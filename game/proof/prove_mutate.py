"""Does the proof notice? The season is broken in memory, one way at a time, and proved again.

A mutation changes what the season means and leaves it loadable: somebody's slip, made on purpose. One that is not
caught is either harmless (the story holds without that choice) or a hole in the proof; the report lists them.
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
    """How many mutants there were, by kind and in all, how many were caught, and by which list; `missed` says what was not."""

    made: dict[str, int] = {}
    caught: dict[str, int] = {}
    by: dict[str, int] = {}
    missed: list[str] = []

    def render(self) -> str:
        """For a terminal."""
        lines = [f"{kind}: {self.caught.get(kind, 0)} of {count} caught" for kind, count in sorted(self.made.items())]
        lines += [f"missed: {about}" for about in self.missed]
        told = ", ".join(f"{count} {name}" for name, count in self.by.items())
        return "\n".join([*lines, f"{sum(self.caught.values())} of {sum(self.made.values())} caught ({told})"])


def mutate(story: Story, count: int, seed: int, seconds: float = 60) -> Report:
    """Break the story in `count` random ways, each proved in at most `seconds`; the same seed breaks it the same way."""
    proof = prove(story, seconds=seconds)
    known = {(name, claim.what) for name in LISTS for claim in getattr(proof, name)}
    report = Report()
    chance = random.Random(seed)
    for _ in range(count):
        mutant = chance.choice(_kinds(story, chance))
        report.made[mutant.kind] = report.made.get(mutant.kind, 0) + 1
        fault = first_fault(mutant.story(story), known, seconds)
        if fault is None:
            report.missed.append(f"{mutant.kind}: {mutant.about}")
        else:
            report.caught[mutant.kind] = report.caught.get(mutant.kind, 0) + 1
            report.by[fault[0]] = report.by.get(fault[0], 0) + 1
    return report


def _kinds(story: Story, chance: random.Random) -> list[Mutant]:
    """One random mutant of every kind that the story has room for."""
    by_kind: dict[str, list[Callable[[], Mutant]]] = {}
    for kind, make in mutants(story, chance):
        by_kind.setdefault(kind, []).append(make)
    return [chance.choice(found)() for found in by_kind.values()]


def mutants(story: Story, chance: random.Random) -> Iterator[tuple[str, Callable[[], Mutant]]]:
    """Every mutation the story has room for: its kind, and what makes it."""
    mortal = [v for v in story.variables.values() if v.kind == "dead"]
    for passage in story.passages.values():
        if not passage.scene:
            continue
        for op_at, op in enumerate(passage.ops):
            if _learns(op):
                yield "learning dropped", lambda p=passage, n=op_at: _without_op(p, n)  # type: ignore[misc]
        for dead in mortal:
            killed = Assign(dead, 1, "death", ("", ""))
            yield "killed earlier", lambda p=passage, k=killed: Mutant(  # type: ignore[misc]
                "killed earlier", f"{k.variable.name} in {p.id}", msgspec.structs.replace(p, ops=(k, *p.ops))
            )
        for at, choice in enumerate(passage.choices):
            for kind, made in _of_choice(story, passage, choice, chance):
                yield kind, lambda p=passage, n=at, k=kind, m=made: _with_choice(p, n, k, m)  # type: ignore[misc]
        for at, divert in enumerate(passage.to):
            others = [p.id for p in story.passages.values() if p.episode == passage.episode and p.id != divert.to]
            swapped = msgspec.structs.replace(divert, to=chance.choice(others))
            to = (*passage.to[:at], swapped, *passage.to[at + 1 :])
            yield "target swapped", lambda p=passage, t=to, s=swapped: Mutant(  # type: ignore[misc]
                "target swapped", f"{p.id} now leads to {s.to}", msgspec.structs.replace(p, to=t)
            )


def _of_choice(story: Story, passage: Passage, choice: Choice, chance: random.Random) -> Iterator[tuple[str, Choice | None]]:
    yield "choice dropped", None
    if choice.to:
        yield "exit dropped", msgspec.structs.replace(choice, to=())
        others = [p.id for p in story.passages.values() if p.episode == passage.episode and p.id != choice.to[-1].to]
        to = (*choice.to[:-1], Divert(chance.choice(others), choice.to[-1].when))
        yield "target swapped", msgspec.structs.replace(choice, to=to)
    if choice.when is not None:
        yield "guard negated", msgspec.structs.replace(choice, when=Not(choice.when))
    if any(_learns(op) for op in choice.ops):
        yield "learning dropped", msgspec.structs.replace(choice, ops=tuple(op for op in choice.ops if not _learns(op)))
    if choice.hours is not None:
        yield "cost raised", _dearer(choice, chance.randint(1, 3))


def _dearer(choice: Choice, more: int) -> Choice:
    def raised(op: Op) -> Op:
        return Shift(op.variable, op.by - more) if isinstance(op, Shift) and op.variable.kind == "hours" else op

    def short(condition: Condition | None) -> Condition | None:
        if isinstance(condition, All):
            return All(tuple(part for p in condition.parts if (part := short(p)) is not None))
        if isinstance(condition, Test) and condition.variable.kind == "hours" and condition.operand == choice.hours:
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
