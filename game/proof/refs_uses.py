"""Every condition of the season and every effect, each with the place it stands in and what hangs on it.

`check`, `refs` and the map all ask the same two questions of a variable: who sets it, and what does a reading
decide? What the hub and the `learn` effect ask for themselves is left out, because no writer wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from game.story import Story
from game.story.convert import struct_names
from game.story.effects import Effects
from game.story.expressions import Condition, Constant, Not, tests
from game.story.model import Choice, Divert, Passage
from game.story.ops import Assign, Block, Op, Say, Shift
from game.story.prose import Branch, Part, Shown, Text
from game.story.variables import Variable

from .refs_source import Site, Sources
from .stats_words import longest

__all__ = ["Change", "Gate", "Reading", "Uses", "uses"]

Gate = Literal[
    "choice", "divert", "passage", "text", "effect", "word", "epilogue", "theory", "expects", "invariant"
]
"""What a reading decides: whether a choice is there, where it goes on, whether a passage or a text is read,
whether an effect happens, which word stands in the text, which epilogue is read, what carries a theory; the
last two decide nothing in a play."""

_ASKED = ("when", "requires", "show", "moot")
_EFFECTS = struct_names(Effects)
_OWN = frozenset({"event", "internal", "asked"})
_COUNTED = frozenset({"hours", "dry", "lead", *_OWN})


class Reading(msgspec.Struct, frozen=True):
    """A condition where it stands. `words` is how much text hangs on it, `given` what holds around it."""

    site: Site
    gate: Gate
    condition: Condition
    words: int = 0
    given: tuple[Condition, ...] = ()


class Change(msgspec.Struct, frozen=True):
    """An effect on one variable, where it stands. `always` is false inside a conditional block."""

    site: Site
    op: Assign | Shift
    always: bool = True

    @property
    def variable(self) -> Variable:
        """What is changed."""
        return self.op.variable


class Uses:
    """All readings and changes, and by variable."""

    def __init__(
        self, readings: list[Reading], changes: list[Change], words: list[tuple[Site, Variable]]
    ) -> None:
        self.readings, self.changes = readings, changes
        self.read: dict[str, list[Reading]] = {}
        self.changed: dict[str, list[Change]] = {}
        for reading in readings:
            for name in {test.variable.name: 0 for test in tests(reading.condition)}:
                self.read.setdefault(name, []).append(reading)
        for site, variable in words:
            always = Reading(site, "word", Constant(True))
            self.read.setdefault(variable.name, []).append(always)
        for change in changes:
            self.changed.setdefault(change.variable.name, []).append(change)

    def decisive(self, name: str) -> list[Reading]:
        """The readings of a variable that make a difference to a play."""
        return [one for one in self.read.get(name, []) if one.gate not in ("expects", "invariant")]


def uses(story: Story, sources: Sources) -> Uses:
    """Go through the whole season once."""
    walker = _Walker(story, sources)
    for passage in story.passages.values():
        walker.passage(passage)
    walker.season()
    return Uses(walker.readings, walker.changes, walker.words)


class _Walker:
    def __init__(self, story: Story, sources: Sources) -> None:
        self.story, self.sources = story, sources
        self.readings: list[Reading] = []
        self.changes: list[Change] = []
        self.words: list[tuple[Site, Variable]] = []

    # Passages ----------------------------------------------------------------------------------

    def passage(self, passage: Passage) -> None:
        if not passage.scene:
            self.hidden(passage)
            return
        keys = ("passages", passage.id.rpartition(".")[2])
        site = self.site(passage, None, keys, passage.ending is not None)
        self.ops(site, passage.ops, True)
        for divert in passage.redirect:
            if divert.ops:  # an event of the hub
                event = (
                    divert.ops[0].variable.name.rpartition(".")[2]
                    if isinstance(divert.ops[0], Assign)
                    else ""
                )
                file = self.sources.episode(passage.episode)
                self.divert(
                    msgspec.structs.replace(site, file=file, keys=("events", event)), divert, "passage"
                )
            else:
                self.divert(_within(site, "redirect"), divert, "passage")
        self.text(_within(site, "text"), passage.text)
        for divert in passage.to:
            self.divert(_within(site, "to"), divert, "divert")
        self.reading(_within(site, "expects"), "expects", passage.expects)
        for choice in passage.choices:
            self.choice(passage, choice)

    def hidden(self, passage: Passage) -> None:
        file = self.sources.episode(passage.episode)
        keys = ("previously",) if passage.opens else ("leads",)
        site = Site(passage.episode, passage.id, None, file, keys)
        self.text(site, passage.text)
        self.ops(site, passage.ops, True)

    def site(self, passage: Passage, choice: Choice | None, keys: tuple[str, ...], ending: bool) -> Site:
        line = passage.line if choice is None else choice.line
        return Site(
            passage.episode,
            passage.id,
            None if choice is None else choice.id,
            passage.path,
            keys,
            line,
            ending,
        )

    def choice(self, passage: Passage, choice: Choice) -> None:
        ending = any(self.ends(divert) for divert in choice.to)
        keys: tuple[str, ...] = ("passages", passage.id.rpartition(".")[2], "choices", choice.id)
        site = self.site(passage, choice, keys, ending)
        if f"lead.{passage.episode}.{choice.id}" in self.story.variables and passage.id == passage.hub:
            file = self.sources.episode(passage.episode)
            site = msgspec.structs.replace(site, file=file, keys=("leads", choice.id))
        own = frozenset({choice.took.name}) if choice.took is not None else frozenset[str]()
        if site.keys[0] == "leads":
            own |= {f"lead.{passage.episode}.{choice.id}", f"hours.{passage.episode}"}
        for condition in (choice.visible, choice.when):
            if condition is not None and any(test.variable.name not in own for test in tests(condition)):
                asked = msgspec.structs.replace(site, fields=_ASKED)
                self.reading(asked, "choice", condition)
        for field in ("text", "echo", "locked", "then"):
            self.text(_within(site, "text" if field == "echo" else field), getattr(choice, field))
        self.ops(site, choice.ops, True)
        for divert in choice.to:
            self.divert(_within(site, "to"), divert, "divert")

    def ends(self, divert: Divert) -> bool:
        passage = self.story.passages.get(divert.to)
        return passage is not None and passage.ending is not None

    def divert(self, site: Site, divert: Divert, gate: Gate) -> None:
        if divert.when is not None:
            if self.ends(divert):
                site = msgspec.structs.replace(site, ending=True)
            self.reading(site, gate, divert.when)

    # Pieces ------------------------------------------------------------------------------------

    def reading(
        self,
        site: Site,
        gate: Gate,
        condition: Condition | None,
        words: int = 0,
        given: tuple[Condition, ...] = (),
    ) -> None:
        if condition is not None and not all(test.variable.kind in _OWN for test in tests(condition)):
            self.readings.append(Reading(site, gate, condition, words, given))

    def ops(self, site: Site, ops: Iterable[Op], always: bool) -> None:
        site = msgspec.structs.replace(site, fields=_EFFECTS)
        for op in ops:
            if isinstance(op, Assign | Shift):
                if op.variable.kind not in ("internal", "event"):
                    self.changes.append(Change(site, op, always))
            elif isinstance(op, Say):
                self.text(site, op.text)
            elif isinstance(op, Block):
                plain = op.condition == Constant(True)
                if not plain and not _made(op):
                    self.reading(site, "effect", op.condition)
                self.ops(site, op.ops, always and (plain or _made(op)))

    def text(self, site: Site, text: Text | None) -> None:
        for paragraph in text.paragraphs if text is not None else ():
            self.parts(site, paragraph.parts, ())

    def parts(self, site: Site, parts: tuple[Part, ...], given: tuple[Condition, ...]) -> None:
        for part in parts:
            if isinstance(part, Branch):
                here = msgspec.structs.replace(site, line=part.line) if part.line else site
                words = max(longest(part.yes), longest(part.no))
                self.reading(here, "text", part.condition, words, given)
                self.parts(site, part.yes, (*given, part.condition))
                self.parts(site, part.no, (*given, Not(part.condition)))
            elif isinstance(part, Shown):
                self.words.append((site, part.variable))
            elif not isinstance(part, str):
                for alternative in part.alternatives:
                    self.parts(site, alternative, given)

    # The season --------------------------------------------------------------------------------

    def season(self) -> None:
        file = self.sources.season("season.yaml")
        for person, entries in self.story.epilogues.items():
            for entry in entries:
                keys = ("epilogues", person, entry.id)
                site = Site(None, f"{person}.{entry.id}", None, file, keys, ending=True)
                words = sum(longest(paragraph.parts) for paragraph in entry.text.paragraphs)
                self.reading(site, "epilogue", entry.when, words)
                self.text(site, entry.text)
        for one in self.story.people.values():
            self.text(
                Site(None, one.id, None, self.sources.season("people.yaml"), ("people", one.id)), one.about
            )
        for episode in self.story.episodes.values():
            for condition in episode.invariants:
                file = self.sources.episode(episode.id)
                self.reading(
                    Site(episode.id, episode.id, None, file, ("invariants",)), "invariant", condition
                )


def _within(site: Site, field: str) -> Site:
    return msgspec.structs.replace(site, keys=(*site.keys, field))


def _made(block: Block) -> bool:
    """Whether the engine asks for itself: is this new, is that lead still open, does a theory still stand."""
    first = next(iter(block.ops), None)
    tested = list(tests(block.condition))
    if all(test.variable.kind in _COUNTED for test in tested):
        return True
    if isinstance(first, Assign) and [test.variable for test in tested] == [first.variable]:
        return first.variable.kind == "clue"
    return bool(block.ops) and first is not None and not isinstance(first, Assign | Shift | Block | Say)
