"""The season as a graph of spots where a play can stand, for the proof.

A spot is a passage, a phase of it (just reached, or looking at what it offers) and the tunnels that are open.
Tunnels cannot recurse, so there are finitely many spots, and between them everything is straight-line code
over the story's variables. The walker compiles that code, the diagrams interpret it; what is read on the way
stands in it as marks, so that both agree on what "read" means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from game.story import Story
from game.story.expressions import Condition
from game.story.model import Question
from game.story.ops import Assign, Shift
from game.story.variables import Variable

__all__ = [
    "Code",
    "Graph",
    "Instr",
    "Jump",
    "Mark",
    "Move",
    "Pin",
    "Rotate",
    "Spot",
    "Target",
    "When",
    "marks_in",
    "marks_of",
    "writes",
]


class Rotate(msgspec.Struct, frozen=True):
    """Add one, and begin again after the highest value."""

    variable: Variable


class When(msgspec.Struct, frozen=True):
    """Do `body`, which has no jumps, if the condition holds."""

    condition: Condition
    body: tuple[Instr, ...]


class Mark(msgspec.Struct, frozen=True):
    """Target `number` is met here if the condition holds (None: always)."""

    number: int
    when: Condition | None = None


class Jump(msgspec.Struct, frozen=True):
    """If the condition holds (None: always) do `body` and go on at spot `to`."""

    to: int
    when: Condition | None = None
    body: tuple[Instr, ...] = ()


Instr = Assign | Shift | Rotate | When | Mark | Jump
Code = tuple[Instr, ...]


class Move(msgspec.Struct, frozen=True):
    """A choice in a menu: open while `when` holds."""

    id: str
    when: Condition | None
    code: Code


class Pin(msgspec.Struct, frozen=True):
    """Putting up a theory, or (`theory` None) taking one down. `code` runs once the pins are placed."""

    question: Question
    theory: str | None
    when: Condition
    code: Code


class Spot(msgspec.Struct, frozen=True):
    """Where a play can be. `code` where `menu` is false; `moves`, `pins`, `fallback` and `shown` where it is true.

    `shown` are the marks of the menu itself. `end`: nothing comes after it (an ending, or the end of what is written).
    """

    number: int
    passage: str
    episode: str
    menu: bool
    stack: tuple[tuple[str, bool], ...]
    code: Code = ()
    moves: tuple[Move, ...] = ()
    pins: tuple[Pin, ...] = ()
    fallback: Move | None = None
    shown: tuple[Mark, ...] = ()
    end: bool = False

    def codes(self) -> Iterator[Code]:
        """Every stretch of code that begins here."""
        if not self.menu:
            yield self.code
        for move in self.moves:
            yield move.code
        if self.fallback is not None:
            yield self.fallback.code
        for pin in self.pins:
            yield pin.code


class Target(msgspec.Struct, frozen=True):
    """Something to be met, by its key (`passage:e01.roof.edge`), or, where `alarm` is set, never to be met.

    `about` is a sentence for a reader, `path` and `line` where it is written. One that is not `required`
    belongs to a part of the season whose rest is not written.
    """

    number: int
    key: str
    about: str
    episode: str
    path: str
    line: int
    alarm: bool = False
    required: bool = True


class Graph:
    """Spots by number, and the targets that their marks name. `openings` and `closes` are spots by episode."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.spots: list[Spot] = []
        self.targets: list[Target] = []
        self.by_key: dict[str, int] = {}
        self.start = 0
        self.openings: dict[str, int] = {}
        self.closes: dict[str, int] = {}
        self.order = {name: at for at, name in enumerate(story.episodes)}

    def target(self, key: str) -> Target | None:
        """The target called `key`."""
        number = self.by_key.get(key)
        return None if number is None else self.targets[number]

    def alarms(self) -> frozenset[int]:
        """The numbers of the targets that must never be met."""
        return frozenset(target.number for target in self.targets if target.alarm)

    def successors(self, spot: Spot) -> Iterator[int]:
        """The spots that the code beginning here can lead to."""
        for code in spot.codes():
            for instr in code:
                if isinstance(instr, Jump):
                    yield instr.to

    def before(self) -> dict[int, set[int]]:
        """For every spot those that can lead to it."""
        found: dict[int, set[int]] = {spot.number: set() for spot in self.spots}
        for spot in self.spots:
            for to in self.successors(spot):
                found[to].add(spot.number)
        return found

    def by_itself(self, spot: Spot) -> Iterator[int]:
        """Like `successors`, but only what happens without a move of the player."""
        fallback = spot.fallback.code if spot.fallback is not None else ()
        return (instr.to for instr in (fallback if spot.menu else spot.code) if isinstance(instr, Jump))


def writes(code: Code) -> Iterator[Variable]:
    """Every variable that some instruction of `code` can change, those on the way of a jump included."""
    for instr in code:
        if isinstance(instr, Assign | Shift | Rotate):
            yield instr.variable
        elif isinstance(instr, When | Jump):
            yield from writes(instr.body)


def marks_in(codes: Iterable[Code]) -> Iterator[Mark]:
    """Every mark in some code."""
    todo = [instr for code in codes for instr in code]
    while todo:
        instr = todo.pop()
        if isinstance(instr, Mark):
            yield instr
        elif isinstance(instr, When | Jump):
            todo += instr.body


def marks_of(spot: Spot) -> Iterator[Mark]:
    """Every mark that stands at a spot or in the code that begins there."""
    yield from spot.shown
    yield from marks_in(spot.codes())
