"""What may be written in a scene file.

One struct per shape, as it stands in the YAML. Loading checks files against these, and the JSON Schemas
that editors use are made from them. Nothing here knows what a name refers to: `resolve` does that.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from .effects import Effects, Value

__all__ = [
    "ClueFile",
    "EpisodeFile",
    "PeopleFile",
    "PlacesFile",
    "SceneFile",
    "SeasonFile",
    "schemas",
]

Prose = Annotated[str, Meta(description="Prose, under `|`", extra={"kind": "prose"})]
Condition = Annotated[str, Meta(description="A condition: `bottle >= loose and clue.lot`")]
Names = str | tuple[str, ...]


class Spoken(msgspec.Struct, forbid_unknown_fields=True):
    """A block of prose that belongs to a voice."""

    text: Prose
    speaker: str | None = None
    when: Condition | None = None


class Divert(msgspec.Struct, forbid_unknown_fields=True):
    """Where to go, and when."""

    to: str
    when: Condition | None = None


Target = str | tuple[Divert, ...]
Blocks = Prose | tuple[Spoken, ...]


class Choice(Effects, forbid_unknown_fields=True, kw_only=True):
    """One thing that can be done."""

    text: Prose | None = None
    then: Blocks | None = None
    when: Condition | None = None
    locked: Prose | None = None
    requires: Names = ()
    moot: Names = ()
    show: str | None = None
    once: bool = False
    fallback: bool = False
    tunnel: str | None = None
    to: Target | None = None
    voice: str | None = None
    was: Names = ()


class Passage(Effects, forbid_unknown_fields=True, kw_only=True):
    """A stretch of text and what can be done after it."""

    text: Blocks | None = None
    speakers: str | tuple[str, ...] | dict[str, Literal["live", "phone", "recording", "memory", "voice"]] = ()
    choices: dict[str, Choice] | None = None
    to: Target | None = None
    tunnel: str | None = None
    redirect: tuple[Divert, ...] = ()
    board: bool = False
    ending: str | None = None
    expects: Condition | None = None
    summary: Prose | None = None
    place: str | None = None
    time: Prose | None = None
    was: Names = ()


class SceneFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """eNN/SCENE.yaml"""

    scene: str
    title: str
    place: str
    passages: dict[str, Passage]
    time: Prose | None = None
    beats: tuple[str, ...] = ()
    was: Names = ()


class Flag(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A declared variable."""

    domain: str | tuple[str, ...]
    about: str
    scope: Literal["season", "episode"] = "season"
    starts: Value | None = None


class Gone(Effects, forbid_unknown_fields=True, kw_only=True):
    """What happens when a lead is left too long."""

    text: Prose | None = None


class Lead(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Something to follow from the hub."""

    text: Prose
    to: str
    known: Prose | None = None
    place: str | None = None
    hours: int = 0
    until: int | None = None
    when: Condition | None = None
    locked: Prose | None = None
    requires: Names = ()
    moot: Names = ()
    gone: Gone | None = None
    was: Names = ()


class Event(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Something that comes to her when she is back at the hub."""

    when: Condition
    to: str


class Theory(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One answer to a question, and what carries it."""

    title: str
    carried_by: tuple[tuple[str, ...], ...]
    contradicted_by: str | None = None
    then: Prose | None = None


class Question(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A question on the Board."""

    text: str
    theories: dict[str, Theory]
    true: str
    pins: tuple[str, ...] = ()
    asked: Literal["at once", "later"] = "at once"


class EpisodeFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """eNN/episode.yaml"""

    title: str
    opening: str
    when: str | None = None
    hub: str | None = None
    out: str | None = None
    hours: int = 0
    previously: Blocks | None = None
    flags: dict[str, Flag] = msgspec.field(default_factory=dict)
    leads: dict[str, Lead] = msgspec.field(default_factory=dict)
    events: dict[str, Event] = msgspec.field(default_factory=dict)
    questions: dict[str, Question] = msgspec.field(default_factory=dict)
    invariants: tuple[Condition, ...] = ()


class Exhibit(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Something laid out to be read."""

    form: Literal[
        "report",
        "label",
        "transcript",
        "photograph",
        "receipt",
        "letter",
        "voicemail",
        "form",
        "card",
        "drawing",
    ]
    title: str
    text: Prose


class ClueEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A clue, as claim, source and note."""

    title: str
    claim: str
    source: str
    kind: Literal["paper", "witness", "place"]
    note: str
    implicates: tuple[str, ...] = ()
    exhibit: Exhibit | None = None
    was: Names = ()


class ClueFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """eNN/clues.yaml"""

    clues: dict[str, ClueEntry]


class TrustStart(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Where an alliance begins, and from which episode it is shown."""

    starts: str
    begins: str | None = msgspec.field(default=None, name="from")


class PersonEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Somebody with a name."""

    name: str
    short: str | None = None
    trust: str | TrustStart | None = None
    color: str | None = None
    about: Prose | None = None


class PeopleFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """people.yaml"""

    people: dict[str, PersonEntry]


class PlaceEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Somewhere with a name."""

    name: str
    face: str = "none"


class PlacesFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """places.yaml"""

    places: dict[str, PlaceEntry]


class EpisodeTitle(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An episode as the season announces it, written or not."""

    title: str


class Dial(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Something about Jessica that is shown as a word."""

    steps: tuple[str, ...]
    starts: str


class TurnEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A fork of the season."""

    title: str
    episode: str
    outcomes: dict[str, str]


class BeatEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A beat of the season."""

    title: str
    episode: str
    trace: bool = False


class EndingEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An ending, by the name on its card."""

    title: str


class EpilogueEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One epilogue of a person; the first whose `when` holds is read."""

    epilogue: Prose
    when: Condition | None = None


class SeasonFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """season.yaml"""

    title: str
    edition: int
    episodes: dict[str, EpisodeTitle]
    alliances: tuple[str, ...]
    dials: dict[str, Dial] = msgspec.field(default_factory=dict)
    flags: dict[str, Flag] = msgspec.field(default_factory=dict)
    turns: dict[str, TurnEntry] = msgspec.field(default_factory=dict)
    beats: dict[str, BeatEntry] = msgspec.field(default_factory=dict)
    endings: dict[str, EndingEntry] = msgspec.field(default_factory=dict)
    epilogues: dict[str, dict[str, EpilogueEntry]] = msgspec.field(default_factory=dict)
    content_note: Prose | None = None


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schemas for editors, by file name without the ending."""
    files: dict[str, type[msgspec.Struct]] = {
        "scene": SceneFile,
        "episode": EpisodeFile,
        "clues": ClueFile,
        "people": PeopleFile,
        "places": PlacesFile,
        "season": SeasonFile,
    }
    made = {}
    for name, cls in files.items():
        made[name] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(cls)}
    return made
