"""What the season promises: turns read again, beats with a scene, nobody declared for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from game.story.model import Turn
from game.story.ops import Assign, Shift

from .check_report import Report, Severity
from .effects import effects
from .refs_uses import Reading

__all__ = ["check_season", "counts"]

WORDS = 25
"""A reading that gates only text counts from this many words on."""


def check_season(report: Report) -> None:
    """Note turns, beats, endings, people and places that the season declares and does not keep."""
    for turn in report.story.turns.values():
        _outcomes(report, turn)
        _read_again(report, turn)
    _beats(report)
    _endings(report)
    _people_and_places(report)


def counts(reading: Reading) -> bool:
    """Whether a reading of a turn counts: it gates a choice, divert, passage or epilogue, or enough text."""
    return reading.gate in ("choice", "divert", "passage", "epilogue") or (
        reading.gate == "text" and reading.words >= WORDS
    )


def _outcomes(report: Report, turn: Turn) -> None:
    changes = report.uses.changed.get(turn.variable.name, [])
    taken = {change.op.value for change in changes if isinstance(change.op, Assign)}
    severity: Severity = "error" if report.written(turn.episode) else "due"
    if not taken:
        report.add(report.declared("turns", turn.id), f"nothing takes `{turn.id}`", "turn-outcome", severity)
        return
    for number, outcome in enumerate(turn.outcomes, start=1):
        if number not in taken:
            site = report.declared("turns", turn.id, "outcomes", outcome)
            message = f"nothing takes `{turn.id}` to `{outcome}`"
            report.add(site, message, "turn-outcome", severity, needle=outcome)


def _read_again(report: Report, turn: Turn) -> None:
    """Two later episodes; the last one and the end where there are not two; then the end alone."""
    readings = [one for one in report.uses.decisive(turn.variable.name) if counts(one)]
    index = report.index(turn.episode)
    later = {
        one.site.episode for one in readings if one.site.episode and report.index(one.site.episode) > index
    }
    endings = {one.site.name for one in readings if one.site.ending and one.site.episode is not None}
    epilogues = {one.site.passage for one in readings if one.site.episode is None}
    ahead = len(report.order) - 1 - index
    open_ = report.unwritten_after(index + 1)
    end_open = bool(report.unwritten_after(len(report.order) - 1))
    if ahead >= 2:
        short = 2 - len(later)
        where = f"in {_count(len(later), 'later episode')}; two must read it"
        _owe(report, turn, short > 0, short <= open_, where)
    elif ahead == 1:
        last = report.order[-1]
        _owe(report, turn, not later, open_ > 0, f"not in {last}, the last episode")
        _owe(report, turn, not (endings or epilogues), end_open, "in no ending and no epilogue")
    else:
        _owe(report, turn, not endings, end_open, "in no ending")
        short = 2 - len(epilogues)
        _owe(report, turn, short > 0, end_open, f"in {_count(len(epilogues), 'epilogue')}; two must read it")


def _owe(report: Report, turn: Turn, owed: bool, can_wait: bool, where: str) -> None:
    if owed:
        message = f"`{turn.id}` ({turn.title}) is read again: {where}"
        hint = f"A reading counts when it gates a choice, a divert, a passage, or {WORDS} words."
        severity: Severity = "due" if can_wait else "error"
        report.add(report.declared("turns", turn.id), message, "turn-read-again", severity, hint=hint)


def _count(number: int, what: str) -> str:
    return f"no {what}" if not number else f"only {number} {what}"


def _beats(report: Report) -> None:
    story = report.story
    shown = {
        beat
        for name in story.written
        for scene in story.episodes[name].scenes.values()
        for beat in scene.beats
    }
    for beat in story.beats.values():
        if beat.id not in shown:
            known = beat.episode in story.episodes
            severity: Severity = "error" if known and report.written(beat.episode) else "due"
            message = f"no scene has the beat `{beat.id}` ({beat.title}) of {beat.episode}"
            report.add(report.declared("beats", beat.id), message, "beat-without-scene", severity)


def _endings(report: Report) -> None:
    reached = {passage.ending for passage in report.story.passages.values()}
    for ending in report.story.endings:
        if ending not in reached:
            severity: Severity = "due" if report.unwritten_after(0) else "error"
            message = f"no passage is the ending `{ending}`"
            report.add(report.declared("endings", ending), message, "ending-without-passage", severity)


def _people_and_places(report: Report) -> None:
    people, places = set(_people(report)), set(_places(report))
    for person in report.story.people:
        if person not in people:
            site = report.declared("people", person, file="people.yaml")
            report.add(site, f"`{person}` is declared and never appears", "unused", report.later())
    for place in report.story.places.values():
        if not {place.id, place.name} & places:
            site = report.declared("places", place.id, file="places.yaml")
            report.add(site, f"nothing happens at `{place.id}`", "unused", report.later())


def _people(report: Report) -> Iterator[str]:
    story = report.story
    for passage in story.passages.values():
        yield from (name for name, _ in passage.speakers)
        yield from (choice.voice for choice in passage.choices if choice.voice)
        groups = [passage.text, *(choice.then for choice in passage.choices)]
        for text in groups:
            yield from (p.speaker for p in (text.paragraphs if text else ()) if p.speaker)
        for op in effects(passage):
            if isinstance(op, Assign | Shift) and op.variable.kind in ("trust", "dead", "blame"):
                yield op.variable.name.partition(".")[2]
                if op.variable.kind == "blame" and isinstance(op, Assign) and op.value:
                    yield op.variable.words[op.value]
    for clue in story.clues.values():
        yield from clue.implicates
    for name, readings in report.uses.read.items():
        head, _, rest = name.partition(".")
        if head in ("trust", "dead", "blame") and readings:
            yield rest


def _places(report: Report) -> Iterator[str]:
    story = report.story
    for passage in story.passages.values():
        yield passage.place
        for op in effects(passage):
            if isinstance(op, Assign) and len(op.detail) > 1:
                yield op.detail[1]
    for name in story.written:
        yield from (lead.place for lead in story.episodes[name].leads.values() if lead.place)
