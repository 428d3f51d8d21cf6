"""The casebook: what Jessica knows, from whom, and where she was when she learned it.

None of the where and when is stored. It is read off the moves, because a playthrough is its moves.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from game.story import Story
from game.story.model import Exhibit
from game.story.ops import Assign, Shift, Tell
from game.story.variables import word_of

from .program import Program
from .view import Heading

__all__ = ["Casebook", "ClueEntry", "DeadEntry", "Event", "LogEntry", "PersonEntry", "build_casebook"]

Event = tuple[Assign | Shift | Tell, int, int]
"""(what happened, the value before, the value after)"""

LogEntry = tuple[int, int, Heading | None, tuple[Event, ...]]
"""(number of the move, index of the passage where it happened, where and when that was, what happened)"""


class ClueEntry(msgspec.Struct, frozen=True):
    """A clue as the casebook keeps it. `place` is a name; `move_index` the move that brought it."""

    id: str
    title: str
    claim: str
    source: str
    kind: str
    note: str
    exhibit: Exhibit | None
    place: str
    time: str | None
    episode: str
    move_index: int


class PersonEntry(msgspec.Struct, frozen=True):
    """Somebody she knows. `standing` is a word (None: no alliance), `moved` what moved it."""

    id: str
    name: str
    standing: str | None
    about: str
    moved: tuple[str, ...]


class DeadEntry(msgspec.Struct, frozen=True):
    """One line of the ledger. `blame` is whom Jessica thinks is to blame, which may be wrong."""

    id: str
    name: str
    how: str
    where: str
    blame: str
    episode: str


class Casebook(msgspec.Struct, frozen=True):
    """Clues in the order learned, people in the order of the season, the dead in the order they died."""

    clues: tuple[ClueEntry, ...]
    people: tuple[PersonEntry, ...]
    dead: tuple[DeadEntry, ...]


def build_casebook(
    story: Story, program: Program, state: list[int], log: Sequence[LogEntry], episode: str
) -> Casebook:
    """The casebook of a play, from its state and its log."""
    layout = program.layout
    clues: dict[str, ClueEntry] = {}
    moved: dict[str, list[str]] = {}
    dead: dict[str, DeadEntry] = {}
    for number, at, heading, events in log:
        passage = program.passages[at]
        place, time = (story.places[heading.place].name, heading.time) if heading else ("", None)
        for op, before, after in events:
            if isinstance(op, Tell):
                continue
            subject = op.variable.name.rpartition(".")[2]
            if op.notice == "clue":
                clue = story.clues[subject]
                clues[subject] = ClueEntry(
                    subject, clue.title, clue.claim, clue.source, clue.kind, clue.note, clue.exhibit, place,
                    time, passage.episode, number,
                )  # fmt: skip
            elif op.notice == "trust":
                change = f"{word_of(op.variable, before)} → {word_of(op.variable, after)}"
                moved.setdefault(subject, []).append(f"{change}: {place}{', ' + time if time else ''}")
            elif op.notice == "death" and isinstance(op, Assign):
                blame = story.variables[f"blame.{subject}"]
                dead[subject] = DeadEntry(
                    subject, story.people[subject].name, op.detail[0], op.detail[1],
                    word_of(blame, layout.get(state, blame)), passage.episode,
                )  # fmt: skip
    for clue in story.clues.values():  # known from before a snapshot: the moves that brought them are gone
        if layout.get(state, clue.variable) and clue.id not in clues:
            clues[clue.id] = ClueEntry(
                clue.id, clue.title, clue.claim, clue.source, clue.kind, clue.note, clue.exhibit, "", None,
                clue.episode, 0,
            )  # fmt: skip
    return Casebook(
        tuple(clues.values()), _people(story, program, state, moved, episode), tuple(dead.values())
    )


def _people(
    story: Story, program: Program, state: list[int], moved: dict[str, list[str]], episode: str
) -> tuple[PersonEntry, ...]:
    order = list(story.episodes)
    found = []
    for person in story.people.values():
        shown = person.trust is not None and (
            person.trust_from is None or order.index(person.trust_from) <= order.index(episode)
        )
        if not shown or person.trust is None:
            continue
        about = " ".join(program.compose(person.about, state))
        standing = word_of(person.trust, program.layout.get(state, person.trust))
        found.append(PersonEntry(person.id, person.name, standing, about, tuple(moved.get(person.id, ()))))
    return tuple(found)
