"""Where a name of the season is set, where it is read, and where it is gone to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from game.story import Story
from game.story.expressions import Constant
from game.story.findings import nearest
from game.story.model import Choice, Divert, Passage

from .refs_source import Site, Sources
from .refs_uses import Reading, Uses, uses
from .refs_words import spell, spell_op

__all__ = ["Reference", "References", "UnknownName", "references"]


class UnknownName(LookupError):
    """The season has no such name. The text says so, and names the nearest that exists."""


class Reference(msgspec.Struct, frozen=True):
    """One place. `what` is the gate of a reading, the effect, or how a passage is reached."""

    path: str
    line: int
    column: int
    where: str
    what: str

    @property
    def place(self) -> str:
        """`file:line`."""
        return f"{self.path}:{self.line}"


class References(msgspec.Struct, frozen=True):
    """Everything about one name, in groups: `declared`, `set`, `read`, `reached`, `shown`, ..."""

    name: str
    kind: str
    about: str
    groups: dict[str, list[Reference]]


def references(story: Story, name: str) -> References:
    """Where `name` is set and read: a variable, clue, passage, choice (`passage/choice`), turn, beat, person,
    place, ending or question.

    A passage may be named as in its episode (`roof.edge`), a variable without its prefix (`gravel` for
    `clue.gravel`). Raises UnknownName.
    """
    finder = _Finder(story)
    finders = (finder.variables, finder.passage, finder.choice, finder.tags)
    found = [one for one in (find(name) for find in finders) if one is not None]
    if not found:
        raise UnknownName(f"the season has no name `{name}`. {nearest(name, finder.names())}".strip())
    groups: dict[str, list[Reference]] = {}
    for one in found:
        for group, places in one.groups.items():
            groups[group] = list(dict.fromkeys([*groups.get(group, []), *places]))
    return References(name, "; ".join(one.kind for one in found), found[0].about, groups)


class _Finder:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.sources = Sources(story)
        self.uses: Uses = uses(story, self.sources)

    def names(self) -> list[str]:
        """Everything that can be asked for."""
        story = self.story
        short = [name.partition(".")[2] for name in story.variables if "." in name]
        passages = [name.partition(".")[2] for name in story.passages]
        tags = [*story.people, *story.places, *story.endings, *story.beats]
        return [*story.variables, *short, *story.passages, *passages, *tags]

    # Variables ---------------------------------------------------------------------------------

    def variables(self, name: str) -> References | None:
        matches = [
            variable
            for variable in self.story.variables.values()
            if variable.kind not in ("event", "internal", "cycle")
            and (
                variable.name == name
                or (variable.kind not in ("visits", "took") and _short(variable.name) == name)
            )
        ]
        if not matches:
            return None
        groups: dict[str, list[Reference]] = {"declared": self._declared(name)}
        for variable in matches:
            needle = variable.name.rpartition(".")[2]
            groups.setdefault("set", []).extend(
                self._reference(change.site, spell_op(change.op), needle)
                for change in self.uses.changed.get(variable.name, [])
            )
            groups.setdefault("read", []).extend(
                self._reference(reading.site, _gate(reading), needle)
                for reading in self.uses.read.get(variable.name, [])
            )
        groups["shown"] = self._shown(name.rpartition(".")[2])
        groups["carries"] = self._carries(name.rpartition(".")[2])
        first = matches[0]
        kinds = ", ".join(dict.fromkeys(variable.kind for variable in matches))
        about = first.about or (first.label if first.label != first.name else "")
        return _references(name, f"{kinds} ({first.domain})", about, groups)

    def _declared(self, name: str) -> list[Reference]:
        short = name.rpartition(".")[2]
        tables: list[tuple[str, str]] = [
            (self.sources.season("season.yaml"), key)
            for key in ("flags", "dials", "turns", "beats", "endings")
        ]
        tables += [
            (self.sources.season("people.yaml"), "people"),
            (self.sources.season("places.yaml"), "places"),
        ]
        for episode in self.story.written:
            file = self.sources.episode(episode)
            tables += [(file, key) for key in ("flags", "leads", "questions")]
            tables.append((self.sources.episode(episode, "clues.yaml"), "clues"))
        found = []
        for file, key in tables:
            if self.sources.has(file, (key, short)):
                found.append(self._reference(Site(None, short, None, file, (key, short)), key))
        return found

    def _shown(self, clue: str) -> list[Reference]:
        return self._choices(lambda passage, choice: choice.show == clue, "show")

    def _carries(self, clue: str) -> list[Reference]:
        found = []
        for question in self.story.questions.values():
            file = self.sources.episode(question.episode)
            for theory in question.theories.values():
                site = Site(
                    question.episode,
                    question.id,
                    None,
                    file,
                    ("questions", question.id, "theories", theory.id),
                )
                if any(clue in carrying for carrying in theory.carried_by):
                    found.append(self._reference(site, f"carries {theory.id}", clue))
                if theory.contradicted_by == clue:
                    found.append(self._reference(site, f"contradicts {theory.id}", clue))
        return found

    # Passages and choices ----------------------------------------------------------------------

    def passage(self, name: str) -> References | None:
        full = [p for p in self.story.passages if p == name or p.partition(".")[2] == name]
        full = full or [p for p in self.story.passages if p.rpartition(".")[2] == name]
        if not full:
            return None
        groups: dict[str, list[Reference]] = {"written": [], "reached": [], "read": []}
        for one in full:
            passage = self.story.passages[one]
            groups["written"].append(self._reference(self._site(passage), passage.scene))
            groups["reached"] += self._reaching(one)
            groups["read"] += self._counted(f"visits.{one}")
        return _references(name, "passage", ", ".join(full), groups)

    def _reaching(self, target: str) -> list[Reference]:
        found = []
        needle = target.rpartition(".")[2]
        for passage in self.story.passages.values():
            what = _how(target, (*passage.redirect, *passage.to), passage.tunnel)
            if what:
                found.append(self._reference(self._site(passage), what, needle))
            for choice in passage.choices:
                what = _how(target, choice.to, choice.tunnel)
                if what:
                    found.append(self._reference(self._site(passage, choice), what, needle))
        return found

    def choice(self, name: str) -> References | None:
        passage, slash, choice = name.rpartition("/")
        if not slash:
            passage, _, choice = name.rpartition(".")
        groups: dict[str, list[Reference]] = {"written": [], "read": []}
        for one in self.story.passages.values():
            if passage not in (one.id, one.id.partition(".")[2], _short(one.id)):
                continue
            for each in one.choices:
                if each.id == choice:
                    groups["written"].append(self._reference(self._site(one, each), "choice"))
                    groups["read"] += self._counted(f"took.{one.id}.{choice}")
        return _references(name, "choice", "", groups) if groups["written"] else None

    def _counted(self, variable: str) -> list[Reference]:
        needle = variable.rpartition(".")[2]
        readings = self.uses.read.get(variable, [])
        return [self._reference(reading.site, _gate(reading), needle) for reading in readings]

    # People, places, beats, endings ------------------------------------------------------------

    def tags(self, name: str) -> References | None:
        story = self.story
        if not any(name in table for table in (story.people, story.places, story.endings, story.beats)):
            return None
        place = story.places[name].name if name in story.places else ""
        groups: dict[str, list[Reference]] = {"declared": self._declared(name), "speaks": [], "happens": []}
        for passage in story.passages.values():
            if name in dict(passage.speakers):
                groups["speaks"].append(
                    self._reference(self._site(passage), dict(passage.speakers)[name], name)
                )
            if passage.scene and (name == passage.ending or passage.place in (name, place)):
                groups["happens"].append(self._reference(self._site(passage), passage.scene))
        for written in story.written:
            for scene in story.episodes[written].scenes.values():
                if name in scene.beats:
                    file = story.passages[scene.passages[0]].path
                    groups["happens"].append(
                        self._reference(Site(written, scene.id, None, file, ("beats",)), "beat")
                    )
        groups["voice"] = self._choices(lambda passage, choice: choice.voice == name, "voice")
        kind = "beat" if name in story.beats else "ending" if name in story.endings else ""
        return _references(name, kind or ("person" if name in story.people else "place"), place, groups)

    # Pieces ------------------------------------------------------------------------------------

    def _choices(self, wanted: Callable[[Passage, Choice], bool], what: str) -> list[Reference]:
        return [
            self._reference(self._site(passage, choice), what)
            for passage in self.story.passages.values()
            for choice in passage.choices
            if wanted(passage, choice)
        ]

    def _site(self, passage: Passage, choice: Choice | None = None) -> Site:
        keys: tuple[str, ...] = ("passages", passage.id.rpartition(".")[2])
        path = passage.path
        if (
            choice is not None
            and choice.id in self.story.episodes[passage.episode].leads
            and passage.id == passage.hub
        ):
            return Site(
                passage.episode,
                passage.id,
                choice.id,
                self.sources.episode(passage.episode),
                ("leads", choice.id),
            )
        if choice is not None:
            keys = (*keys, "choices", choice.id)
        line = passage.line if choice is None else choice.line
        return Site(passage.episode, passage.id, choice.id if choice else None, path, keys, line)

    def _reference(self, site: Site, what: str, needle: str = "") -> Reference:
        spot = self.sources.spot(site, needle)
        return Reference(spot.path, spot.line, spot.column, site.name, what)


def _short(name: str) -> str:
    return name.rpartition(".")[2]


def _gate(reading: Reading) -> str:
    condition = "" if reading.condition == Constant(True) else f": {spell(reading.condition)}"
    words = f" of {reading.words} words" if reading.gate == "text" else ""
    return f"{reading.gate}{words}{condition}"


def _how(target: str, diverts: Iterable[Divert], tunnel: str | None) -> str:
    if tunnel == target:
        return "tunnel"
    for divert in diverts:
        if divert.to == target:
            return "to" if divert.when is None else f"to, when {spell(divert.when)}"
    return ""


def _references(name: str, kind: str, about: str, groups: dict[str, list[Reference]]) -> References:
    tidy = {
        group: sorted(dict.fromkeys(found), key=lambda one: (one.path, one.line, one.column))
        for group, found in groups.items()
        if found
    }
    return References(name, kind, about, tidy)
