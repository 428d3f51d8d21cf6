"""The season as it is once every name is resolved: read-only, and the same for every play.

Everything that changes is in the engine's state; everything here is what was written.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .expressions import Condition
from .ops import Op
from .prose import Text
from .variables import Variable

__all__ = [
    "RETURN",
    "Beat",
    "Choice",
    "Clue",
    "Divert",
    "Ending",
    "Epilogue",
    "Episode",
    "Exhibit",
    "Lead",
    "Passage",
    "Person",
    "Place",
    "Question",
    "Scene",
    "Theory",
    "Turn",
]

RETURN = "return"
"""The target that leads out of a tunnel; every other target is a passage's id."""


class Divert(msgspec.Struct, frozen=True):
    """Go to `to` (a passage's id, or RETURN) if `when` holds.

    `clears` empties the tunnel stack (the hub is never inside a tunnel); `ops` happen on the way.
    """

    to: str
    when: Condition | None = None
    clears: bool = False
    ops: tuple[Op, ...] = ()


class Choice(msgspec.Struct, frozen=True):
    """One thing that can be done in a passage.

    It is on the menu while `visible` holds (once-only and moot choices are not), and open while `when`
    holds too; where it is not, it is shown with the reason in `locked`, if there is one. `took` counts how
    often it was taken, where anything asks. `to` is empty where the player stays.
    """

    id: str
    text: Text
    echo: Text | None
    when: Condition | None
    visible: Condition | None
    locked: Text | None
    then: Text | None
    ops: tuple[Op, ...]
    to: tuple[Divert, ...]
    tunnel: str | None
    took: Variable | None
    once: bool
    fallback: bool
    conditional: bool
    show: str | None = None
    voice: str | None = None
    hours: int | None = None
    known: Text | None = None
    line: int = 0


class Passage(msgspec.Struct, frozen=True):
    """A stretch of text and what can be done after it.

    `visits` and `cycles` count its visits, where anything asks. `redirect` is tried after the effects and
    before the text. `summary` stands for the text where scenes of self-harm are passed over. `to` is empty
    where it has choices, ends or returns by itself (`hub`: where to, if no tunnel is open). `closing` is the
    episode whose close this is; `opens` the one that begins here.
    """

    id: str
    scene: str
    episode: str
    place: str
    time: Text | None
    speakers: tuple[tuple[str, str], ...]
    text: Text | None
    ops: tuple[Op, ...]
    redirect: tuple[Divert, ...]
    to: tuple[Divert, ...]
    tunnel: str | None
    choices: tuple[Choice, ...]
    visits: Variable | None
    cycles: tuple[Variable, ...]
    hub: str | None
    board: bool = False
    ending: str | None = None
    closing: str | None = None
    opens: str | None = None
    expects: Condition | None = None
    summary: Text | None = None
    path: str = ""
    line: int = 0


class Scene(msgspec.Struct, frozen=True):
    """One file of an episode. `passages` are the ids of what it holds, in the order written."""

    id: str
    title: str
    episode: str
    beats: tuple[str, ...]
    passages: tuple[str, ...]


class Exhibit(msgspec.Struct, frozen=True):
    """A document, laid out to be read. Line breaks in `text` stand."""

    form: str
    title: str
    text: str


class Clue(msgspec.Struct, frozen=True):
    """A clue: what is claimed, by whom, and what Jessica makes of it."""

    id: str
    title: str
    claim: str
    source: str
    kind: str
    note: str
    episode: str
    implicates: tuple[str, ...]
    exhibit: Exhibit | None
    variable: Variable


class Theory(msgspec.Struct, frozen=True):
    """One answer. It stands if one of `carried_by` is among the pins."""

    id: str
    title: str
    carried_by: tuple[frozenset[str], ...]
    contradicted_by: str | None
    then: Text | None


class Question(msgspec.Struct, frozen=True):
    """A question on the Board. `pins` maps each clue that can be pinned to the variable that says it is."""

    id: str
    text: str
    episode: str
    theories: dict[str, Theory]
    true: str
    pins: dict[str, Variable]
    variable: Variable
    asked: Variable


class Lead(msgspec.Struct, frozen=True):
    """Something to follow from the hub, and what it costs."""

    id: str
    text: str
    place: str | None
    hours: int
    until: int | None
    to: str
    variable: Variable


class Episode(msgspec.Struct, frozen=True):
    """An episode. One that is not `written` has a title and nothing else."""

    id: str
    title: str
    written: bool
    when: str | None = None
    opening: str = ""
    hub: str | None = None
    hours: int = 0
    leads: dict[str, Lead] = {}
    questions: dict[str, Question] = {}
    scenes: dict[str, Scene] = {}
    invariants: tuple[Condition, ...] = ()


class Person(msgspec.Struct, frozen=True):
    """Somebody with a name. `trust` is their alliance, `trust_from` the episode from which it is shown."""

    id: str
    name: str
    short: str
    color: str | None
    about: Text | None
    trust: Variable | None
    trust_from: str | None


class Place(msgspec.Struct, frozen=True):
    """Somewhere, and the face it wears."""

    id: str
    name: str
    face: str


class Turn(msgspec.Struct, frozen=True):
    """A fork of the season and its outcomes, by id and as they are told."""

    id: str
    title: str
    episode: str
    outcomes: dict[str, str]
    variable: Variable


class Beat(msgspec.Struct, frozen=True):
    """A beat of the season. A `trace` happens out of Jessica's sight."""

    id: str
    title: str
    episode: str
    trace: bool


class Ending(msgspec.Struct, frozen=True):
    """An ending, by the name on its card."""

    id: str
    title: str


class Epilogue(msgspec.Struct, frozen=True):
    """What becomes of one person; the first whose `when` holds is read."""

    id: str
    person: str
    when: Condition | None
    text: Text


def texts(passage: Passage) -> Iterator[Text]:
    """Every text that belongs to a passage, labels and reasons included."""
    if passage.text is not None:
        yield passage.text
    for choice in passage.choices:
        yield choice.text
        if choice.then is not None:
            yield choice.then
        if choice.locked is not None:
            yield choice.locked
        if choice.known is not None:
            yield choice.known
