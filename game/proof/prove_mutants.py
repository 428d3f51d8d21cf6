"""A season broken on purpose, one way at a time: somebody's slip, which changes what it means; it still loads."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator

import msgspec

from game.story import Story
from game.story.expressions import All, Condition, Not, Test
from game.story.model import Choice, Divert, Passage
from game.story.ops import Assign, Block, Op, Shift

from .prove_build import build_graph
from .prove_graph import Graph
from .prove_targets import LIVE

__all__ = ["KINDS", "Mutant", "mutants"]

KINDS = (
    "choice dropped", "cost raised", "exit dropped", "guard negated", "killed earlier", "learning dropped",
    "target swapped",
)  # fmt: skip


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


def mutants(story: Story, count: int, seed: int) -> list[Mutant]:
    """So many different mutants, of every kind alike as far as there are any; a seed always gives the same."""
    chance = random.Random(seed)
    by_kind: dict[str, list[Mutant]] = {}
    for mutant in _every(story, build_graph(story), chance):
        by_kind.setdefault(mutant.kind, []).append(mutant)
    for found in by_kind.values():
        chance.shuffle(found)
    made: list[Mutant] = []
    while by_kind and len(made) < count:
        kind = chance.choice(list(by_kind))
        made.append(by_kind[kind].pop())
        if not by_kind[kind]:
            del by_kind[kind]
    return made


def _every(story: Story, graph: Graph, chance: random.Random) -> Iterator[Mutant]:
    """Every mutation the story has room for; where something is led elsewhere, to one place by chance."""
    mortal = _before_speaking(graph)
    names: dict[str, list[str]] = {}
    for passage in story.passages.values():
        names.setdefault(passage.episode, []).append(passage.id)
    for passage in story.passages.values():
        if not passage.scene:
            continue
        for at, op in enumerate(passage.ops):
            if _learns(op):
                ops = passage.ops[:at] + passage.ops[at + 1 :]
                yield Mutant("learning dropped", f"in {passage.id}", _with(passage, ops=ops))
        for dead in (name for name, passages in mortal.items() if passage.id in passages):
            killed = Assign(story.variables[dead], 1, "death", ("", ""))
            yield Mutant(
                "killed earlier", f"{dead} in {passage.id}", _with(passage, ops=(killed, *passage.ops))
            )
        for at, choice in enumerate(passage.choices):
            for kind, made in _of_choice(choice, names[passage.episode], chance):
                yield _with_choice(passage, at, kind, made)
        for at, divert in enumerate(passage.to):
            swapped = _swapped(divert, names[passage.episode], chance)
            to = (*passage.to[:at], swapped, *passage.to[at + 1 :])
            yield Mutant("target swapped", f"{passage.id} now leads to {swapped.to}", _with(passage, to=to))


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


def _of_choice(
    choice: Choice, names: list[str], chance: random.Random
) -> Iterator[tuple[str, Choice | None]]:
    yield "choice dropped", None
    if choice.to:
        yield "exit dropped", msgspec.structs.replace(choice, to=())
        to = (*choice.to[:-1], _swapped(choice.to[-1], names, chance))
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


def _swapped(divert: Divert, names: list[str], chance: random.Random) -> Divert:
    """The same divert (its condition and effects too), to another passage of the episode if there is one."""
    others = [name for name in names if name != divert.to]
    return msgspec.structs.replace(divert, to=chance.choice(others)) if others else divert


def _with(passage: Passage, **changed: object) -> Passage:
    return msgspec.structs.replace(passage, **changed)


def _with_choice(passage: Passage, at: int, kind: str, choice: Choice | None) -> Mutant:
    kept = () if choice is None else (choice,)
    choices = (*passage.choices[:at], *kept, *passage.choices[at + 1 :])
    about = f"{passage.id}/{passage.choices[at].id}"
    if choice is not None and kind == "target swapped":
        about += f" now leads to {choice.to[-1].to}"
    return Mutant(kind, about, _with(passage, choices=choices))
