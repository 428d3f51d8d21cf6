"""Every name of the season is declared before any is used: the first half of the second pass."""

from __future__ import annotations

import re

from . import schema
from .expressions import Test
from .findings import Scalar
from .loading import Files, RawEpisode
from .symbols import ID_RULE, Symbols, good_id
from .variables import Variable

__all__ = ["declare"]

_RANGE = re.compile(r"(-?\d{1,4})\.\.(-?\d{1,4})")
_RESERVED = ("hub", "out", "close", "return", "hours", "dry")


def declare(files: Files, symbols: Symbols) -> None:
    """Fill `symbols` from the files, noting what is declared badly or twice."""
    season = files.season
    symbols.people = {name: person.name for name, person in files.people.items()}
    symbols.places = {name: place.name for name, place in files.places.items()}
    symbols.endings = set(season.endings)
    symbols.beats = set(season.beats)
    symbols.turns = set(season.turns)
    symbols.episodes = set(season.episodes)
    for names in (files.people, files.places, season.endings, season.beats, season.turns, season.episodes):
        _check_ids(symbols, names)
    for name, dial in season.dials.items():
        _steps(symbols, name, "dial", dial.steps, dial.starts, str(name).capitalize())
    for name, flag in season.flags.items():
        _flag(symbols, name, flag, None)
    for name, person in files.people.items():
        if person.trust is not None:
            starts = person.trust.starts if isinstance(person.trust, schema.TrustStart) else person.trust
            _steps(symbols, f"trust.{name}", "trust", season.alliances, starts, person.short or person.name)
    for name, turn in season.turns.items():
        words = ("open", *turn.outcomes)
        symbols.declare(
            Variable(
                f"turn.{name}",
                "turn",
                high=len(turn.outcomes),
                words=words,
                display=("open", *turn.outcomes.values()),
                label=turn.title,
                episode=turn.episode,
            )
        )
    for episode in files.episodes.values():
        _episode(symbols, episode)


def _check_ids(symbols: Symbols, names: object) -> None:
    for name in names if isinstance(names, dict) else ():
        if not good_id(name) or name in _RESERVED:
            why = "is a word of the script" if name in _RESERVED else f"cannot be an id ({ID_RULE})"
            symbols.findings.add(name, f"`{name}` {why}")


def _steps(symbols: Symbols, name: str, kind: str, steps: tuple[str, ...], starts: str, label: str) -> None:
    if starts not in steps:
        where = starts if isinstance(starts, Scalar) else None
        if where is not None:
            symbols.findings.add(where, f"`{starts}` is not one of its steps: {', '.join(steps)}")
        starts = steps[0]
    symbols.declare(
        Variable(
            name,
            "dial" if kind == "dial" else "trust",
            high=len(steps) - 1,
            words=tuple(str(step) for step in steps),
            starts=steps.index(starts),
            label=label,
        )
    )


def _flag(symbols: Symbols, name: str, flag: schema.Flag, episode: str | None) -> None:
    low, high = 0, 1
    words: tuple[str, ...] = ()
    if isinstance(flag.domain, tuple):
        words = tuple(str(word) for word in flag.domain)
        high = len(words) - 1
    elif flag.domain != "yes/no":
        span = _RANGE.fullmatch(flag.domain)
        if span is None or not 0 < int(span[2]) - int(span[1]) <= 100:
            symbols.findings.add(
                flag.domain,
                f"`{flag.domain}` is not a domain",
                hint="`yes/no`, a list of words, or a range of at most 100 such as `0..3`.",
            )
            return
        low, high = int(span[1]), int(span[2])
    variable = Variable(
        name,
        "flag",
        low=low,
        high=high,
        words=words,
        starts=low,
        episode=episode,
        local=flag.scope == "episode",
        about=flag.about,
    )
    if flag.starts is not None:
        value = variable.value(str(flag.starts))
        if value is None:
            message = f"`{flag.starts}` is not in its domain: {variable.domain}"
            symbols.findings.add(flag.starts if isinstance(flag.starts, str) else name, message)
        else:
            variable.starts = value
    _check_ids(symbols, {name: flag})
    symbols.declare(variable, name if isinstance(name, Scalar) else None)


def _episode(symbols: Symbols, raw: RawEpisode) -> None:
    file = raw.file
    for name, flag in file.flags.items():
        _flag(symbols, name, flag, raw.id)
    _check_ids(symbols, raw.clues)
    for name, clue in raw.clues.items():
        symbols.declare(Variable(f"clue.{name}", "clue", label=clue.title, episode=raw.id), _at(name))
    if file.leads:
        hours = max(file.hours, 1)
        symbols.declare(
            Variable(f"hours.{raw.id}", "hours", high=hours, starts=file.hours, episode=raw.id, local=True)
        )
        symbols.declare(Variable(f"dry.{raw.id}", "dry", high=3, episode=raw.id, local=True))
        for name in ("active", "fruitful"):
            symbols.declare(Variable(f"{name}.{raw.id}", "internal", episode=raw.id, local=True))
    _check_ids(symbols, file.leads)
    for name, lead in file.leads.items():
        symbols.declare(
            Variable(
                f"lead.{raw.id}.{name}",
                "lead",
                high=2,
                words=("open", "taken", "gone"),
                episode=raw.id,
                local=True,
                label=str(lead.text).strip().rstrip("."),
            )
        )
    for name in file.events:
        symbols.declare(Variable(f"event.{raw.id}.{name}", "event", episode=raw.id, local=True))
    for scene, _ in raw.scenes:
        _check_ids(symbols, {scene.scene: scene})
        _check_ids(symbols, scene.passages)
        for name, passage in scene.passages.items():
            symbols.raw_passages[f"{raw.id}.{scene.scene}.{name}"] = passage
            symbols.written_at[f"{raw.id}.{scene.scene}.{name}"] = name
            _check_ids(symbols, passage.choices or {})
    _check_ids(symbols, file.questions)
    for name, question in file.questions.items():
        _question(symbols, raw.id, name, question)


def _question(symbols: Symbols, episode: str, name: str, question: schema.Question) -> None:
    theories = question.theories
    standing = Variable(
        f"theory.{name}",
        "theory",
        high=len(theories),
        words=("open", *(str(theory) for theory in theories)),
        display=("open", *(theory.title for theory in theories.values())),
        label=question.text,
        episode=episode,
    )
    symbols.declare(standing, _at(name))
    symbols.declare(
        Variable(
            f"asked.{name}",
            "asked",
            starts=int(question.asked == "at once"),
            label=question.text,
            episode=episode,
        )
    )
    if question.true not in theories:
        symbols.findings.add(question.true, f"`{question.true}` is not one of its theories")
    _check_ids(symbols, theories)
    pins = [clue for theory in theories.values() for carrying in theory.carried_by for clue in carrying]
    for clue in dict.fromkeys([*pins, *question.pins]):
        pin = symbols.declare(Variable(f"pin.{name}.{clue}", "pin", episode=episode))
        symbols.pins.setdefault(clue, []).append(pin)
    for index, theory in enumerate(theories.values(), start=1):
        if theory.contradicted_by is not None:
            entry = (Test(standing, "==", index), str(name), str(question.text))
            symbols.contradicts.setdefault(theory.contradicted_by, []).append(entry)


def _at(name: str) -> Scalar | None:
    return name if isinstance(name, Scalar) else None
