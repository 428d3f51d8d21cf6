"""The season, loaded and resolved: what `Story.load` returns."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import schema
from .declare import declare
from .expressions import Condition
from .findings import Finding, Findings
from .hub import gone_ops
from .loading import Files, RawEpisode, read_season
from .model import (
    Beat,
    Clue,
    Ending,
    Epilogue,
    Episode,
    Exhibit,
    Lead,
    Passage,
    Person,
    Place,
    Question,
    Scene,
    Theory,
    Turn,
)
from .prose import Text, parse_lines
from .resolve import EpisodeResolver
from .symbols import Scope, Symbols
from .tunnels import check_tunnels
from .variables import Variable
from .written import names_of, text_of

__all__ = ["Story", "default_folder"]


def default_folder() -> Path:
    """`scenes/` beside the package in a checkout, `_scenes/` inside it when installed."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent / "scenes"
    return checkout if (checkout / "season.yaml").is_file() else package / "_scenes"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cyclic collector: loading makes a great many objects and drops almost none of them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Story:
    """A season. Read-only once loaded; every mapping is in the order of the files.

    `passages` has every passage by its full id, hidden ones (`e01.open`, `e01.out`, `e01.close`) included.
    `variables` has everything that can change, by name. `findings` are warnings that came up in loading.
    """

    def __init__(self) -> None:
        self.folder = Path()
        self.title = ""
        self.edition = ""
        self.content_note = ""
        self.episodes: dict[str, Episode] = {}
        self.passages: dict[str, Passage] = {}
        self.clues: dict[str, Clue] = {}
        self.questions: dict[str, Question] = {}
        self.people: dict[str, Person] = {}
        self.places: dict[str, Place] = {}
        self.turns: dict[str, Turn] = {}
        self.beats: dict[str, Beat] = {}
        self.endings: dict[str, Ending] = {}
        self.epilogues: dict[str, tuple[Epilogue, ...]] = {}
        self.variables: dict[str, Variable] = {}
        self.start = ""
        self.findings: list[Finding] = []
        self._renamed: dict[str, str] = {}
        self.program: Any = None
        """The engine's compiled form, kept here so that every play of a story shares it."""

    @classmethod
    def load(cls, path: Path | str | None = None) -> Story:
        """Load the season in `path` (a folder; None: the game's own).

        Raises StoryError with every mistake in every file.
        """
        root = Path(path) if path is not None else default_folder()
        findings = Findings()
        with _uncollected():
            files = read_season(root, findings)
            findings.raise_errors()  # names from a file that could not be read would all be unknown
            assert files is not None
            story = cls()
            story.folder = root
            _Builder(story, files, findings).build()
        findings.raise_errors()
        story.findings = findings.items
        return story

    @property
    def written(self) -> list[str]:
        """The ids of the episodes that are written, in order."""
        return [episode.id for episode in self.episodes.values() if episode.written]

    def rename_move(self, move: str) -> str:
        """A move as it is called today, following every `was:`."""
        passage, slash, choice = move.partition("/")
        if passage == "board":
            question, _, pinned = choice.partition("=")
            theory, colon, clues = pinned.partition(":")
            named = "+".join(self._renamed.get(f"clue {clue}", clue) for clue in clues.split("+"))
            return f"board/{question}={theory}{colon}{named if clues else ''}"
        passage = self._renamed.get(passage, passage)
        choice = self._renamed.get(f"{passage}/{choice}", choice)
        return f"{passage}{slash}{choice}"


class _Builder:
    def __init__(self, story: Story, files: Files, findings: Findings) -> None:
        self.story, self.files, self.findings = story, files, findings
        self.symbols = Symbols(findings)
        self.season = Scope(self.symbols, None)

    def build(self) -> None:
        story, season = self.story, self.files.season
        declare(self.files, self.symbols)
        by_id = self.files.episodes
        self.symbols.lead_ops = lambda episode, lead: gone_ops(by_id[episode], self.symbols, lead)
        self._season(season)
        written = list(by_id)
        for index, (name, raw) in enumerate(by_id.items()):
            after = written[index + 1] if index + 1 < len(written) else None
            resolver = EpisodeResolver(raw, self.symbols, after)
            for passage in resolver.passages():
                story.passages[passage.id] = passage
            self._clues(raw)
            self._renames(raw)
            story.episodes[name] = self._episode(raw, resolver)
        titles = {name: Episode(name, entry.title, False) for name, entry in season.episodes.items()}
        story.episodes = {**titles, **story.episodes}
        if not written:
            self.findings.add((self.files.season_source, 0, 0), "no episode is written")
        else:
            story.start = f"{written[0]}.open"
        story.variables = self.symbols.variables
        self._people()
        self._epilogues(season)
        check_tunnels(story.passages, self.findings, self.symbols)

    def _season(self, season: schema.SeasonFile) -> None:
        story = self.story
        story.title, story.edition = str(season.title), str(season.edition)
        story.content_note = str(season.content_note or "").strip()
        story.places = {n: Place(str(n), str(p.name), str(p.face)) for n, p in self.files.places.items()}
        story.endings = {n: Ending(str(n), str(e.title)) for n, e in season.endings.items()}
        story.beats = {
            n: Beat(str(n), str(b.title), str(b.episode), b.trace) for n, b in season.beats.items()
        }
        for name, turn in season.turns.items():
            if turn.episode not in season.episodes:
                self.findings.add(turn.episode, f"season.yaml names no episode `{turn.episode}`")
            story.turns[name] = Turn(
                str(name), str(turn.title), str(turn.episode),
                {str(k): str(v) for k, v in turn.outcomes.items()}, self.symbols.variables[f"turn.{name}"],
            )  # fmt: skip

    def _people(self) -> None:
        for name, person in self.files.people.items():
            trust = person.trust
            self.story.people[name] = Person(
                id=str(name),
                name=str(person.name),
                short=str(person.short or person.name),
                color=str(person.color) if person.color else None,
                about=text_of(person.about, self.season),
                trust=self.symbols.variables.get(f"trust.{name}"),
                trust_from=trust.begins if isinstance(trust, schema.TrustStart) else None,
            )

    def _clues(self, raw: RawEpisode) -> None:
        for name, clue in raw.clues.items():
            for person in clue.implicates:
                self.season.person(person)
            shown = clue.exhibit
            exhibit = Exhibit(shown.form, str(shown.title), parse_lines(shown.text)) if shown else None
            self.story.clues[name] = Clue(
                id=str(name), title=str(clue.title), claim=str(clue.claim).strip(), source=str(clue.source),
                kind=clue.kind, note=str(clue.note).strip(), episode=raw.id,
                implicates=tuple(str(p) for p in clue.implicates), exhibit=exhibit,
                variable=self.symbols.variables[f"clue.{name}"],
            )  # fmt: skip
            for old in names_of(clue.was):
                self.story._renamed[f"clue {old}"] = str(name)

    def _episode(self, raw: RawEpisode, resolver: EpisodeResolver) -> Episode:
        file = raw.file
        leads = {
            name: Lead(
                str(name), str(lead.text).strip(), lead.place, lead.hours, lead.until,
                resolver.scope.passage(lead.to) or "", self.symbols.variables[f"lead.{raw.id}.{name}"],
            )
            for name, lead in file.leads.items()
        }  # fmt: skip
        questions = {
            name: self._question(name, question, resolver.scope) for name, question in file.questions.items()
        }
        self.story.questions.update(questions)
        scenes = {
            f"{raw.id}.{scene.scene}": Scene(
                f"{raw.id}.{scene.scene}", str(scene.title), raw.id, tuple(str(b) for b in scene.beats),
                tuple(f"{raw.id}.{scene.scene}.{name}" for name in scene.passages),
            )
            for scene, _ in raw.scenes
        }  # fmt: skip
        invariants: tuple[Condition, ...] = tuple(resolver.scope.condition(text) for text in file.invariants)
        when = str(file.when) if file.when else None
        return Episode(
            raw.id, str(file.title), True, when, f"{raw.id}.open", resolver.hub, file.hours, leads, questions,
            scenes, invariants,
        )  # fmt: skip

    def _question(self, name: str, raw: schema.Question, scope: Scope) -> Question:
        theories: dict[str, Theory] = {}
        variables = self.symbols.variables
        for key, theory in raw.theories.items():
            for clue in {c for carrying in theory.carried_by for c in carrying} | set(
                names_of(theory.contradicted_by or ())
            ):
                scope.declared("clue", clue)
            theories[key] = Theory(
                str(key), str(theory.title), tuple(frozenset(map(str, c)) for c in theory.carried_by),
                str(theory.contradicted_by) if theory.contradicted_by else None, text_of(theory.then, scope),
            )  # fmt: skip
        for clue in raw.pins:
            scope.declared("clue", clue)
        prefix = f"pin.{name}."
        pins = {n[len(prefix) :]: v for n, v in variables.items() if n.startswith(prefix)}
        return Question(
            str(name), str(raw.text), str(scope.episode), theories, str(raw.true), pins,
            variables[f"theory.{name}"], variables[f"asked.{name}"],
        )  # fmt: skip

    def _epilogues(self, season: schema.SeasonFile) -> None:
        for person, entries in season.epilogues.items():
            self.season.person(person)
            self.story.epilogues[person] = tuple(
                Epilogue(
                    str(name), str(person), self.season.condition(entry.when) if entry.when else None,
                    text_of(entry.epilogue, self.season) or Text(()),
                )
                for name, entry in entries.items()
            )  # fmt: skip

    def _renames(self, raw: RawEpisode) -> None:
        """Follow `was:` on scenes, passages, choices and leads, noting an old id that still exists."""
        renamed = self.story._renamed
        for scene, _ in raw.scenes:
            here = f"{raw.id}.{scene.scene}"
            for name, passage in scene.passages.items():
                full = f"{here}.{name}"
                olds = [old if old.count(".") == 2 else f"{here}.{old}" for old in names_of(passage.was)]
                olds += [f"{raw.id}.{old}.{name}" for old in names_of(scene.was)]
                for old in olds:
                    if old in self.symbols.raw_passages:
                        self.findings.add(name, f"`was: {old}` names a passage that still exists")
                    renamed[old] = full
                for key, choice in (passage.choices or {}).items():
                    for old in names_of(choice.was):
                        renamed[f"{full}/{old}"] = str(key)
        if raw.file.hub:
            hub = self.season.symbols.raw_passages and Scope(self.symbols, raw.id).passage(raw.file.hub)
            for name, lead in raw.file.leads.items():
                for old in names_of(lead.was):
                    renamed[f"{hub}/{old}"] = str(name)
