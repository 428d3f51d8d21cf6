"""What there is to tell at the close of an episode and of the season, as data.

Only what this life did and what was measured beforehand: a share of blind plays is read from the file that
ships with the season, and where there is none, none is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import msgspec

from game.engine import DeadEntry, Play
from game.engine.view import View
from game.proof import Shares, shares
from game.story import Story
from game.story.model import Episode, Question

from .share import NoCode, code_of
from .turns import Turn
from .wording import Forks

if TYPE_CHECKING:
    from .session import Session

__all__ = [
    "SIGNS",
    "EpisodeClose",
    "LeadLeft",
    "Mark",
    "RouteLine",
    "SeasonClose",
    "Silhouette",
    "TheoryTold",
    "TurnTold",
    "episode_close",
    "followed",
    "season_close",
    "share_code",
]

Mark = Literal["death", "turn", "clue", "pin", "lead", "trust", "choice"]

SIGNS: dict[Mark, str] = {
    "death": "†",
    "turn": "◇",
    "clue": "◆",
    "pin": "■",
    "lead": "▸",
    "trust": "±",
    "choice": "·",
}
"""What a move is drawn as in the picture of a route; what weighs more stands first and hides the rest."""


class TurnTold(msgspec.Struct, frozen=True):
    """A turn of the season. `outcome` is an id, `told` the same in words; empty if it never came up.

    `share` is how many blind plays came out this way, from 0 to 1, or None where nothing is known.
    """

    id: str
    title: str
    outcome: str
    told: str
    share: float | None


class Silhouette(msgspec.Struct, frozen=True):
    """A clue that was never found: its kind, and how long the words of its title are. No more than that."""

    kind: str
    shape: tuple[int, ...]


class LeadLeft(msgspec.Struct, frozen=True):
    """A lead nobody followed, as it stood in the menu."""

    id: str
    label: str


class TheoryTold(msgspec.Struct, frozen=True):
    """A question and what stands for it (empty: it was left open). `share` as in TurnTold.

    `contradicted`: she knows something that does not fit it. Whether it is true is never told.
    """

    question: str
    text: str
    standing: str
    contradicted: bool
    share: float | None


class RouteLine(msgspec.Struct, frozen=True):
    """One episode of the route: what each of its moves was, in order."""

    episode: str
    marks: tuple[Mark, ...]

    @property
    def line(self) -> str:
        """The picture of it, a sign for each move."""
        return "".join(SIGNS[mark] for mark in self.marks)


class EpisodeClose(msgspec.Struct, frozen=True):
    """The close of one episode of this life. `found` is how many of its clues are in the casebook."""

    episode: str
    title: str
    turns: tuple[TurnTold, ...]
    found: int
    missed: tuple[Silhouette, ...]
    leads: tuple[LeadLeft, ...]
    theories: tuple[TheoryTold, ...]
    dead: tuple[DeadEntry, ...]
    route: RouteLine


class SeasonClose(msgspec.Struct, frozen=True):
    """The close of the season. `ending` is an id (empty: it has not ended), `share` that of the ending.

    `code` replays this life, or is None if none can be made for it; `moves` counts what it took.
    """

    ending: str
    title: str
    share: float | None
    episodes: tuple[EpisodeClose, ...]
    dead: tuple[DeadEntry, ...]
    moves: int
    code: str | None


def episode_close(session: Session, episode: str | None = None) -> EpisodeClose:
    """The close of an episode, of the one the session stands in unless another is given."""
    view = session.view
    name = episode or view.closing or view.episode
    return _episode(session, name, shares(session.story), Forks(session.story))


def season_close(session: Session) -> SeasonClose:
    """The close of the season as far as this life has come."""
    story, view = session.story, session.view
    measured, forks = shares(story), Forks(story)
    visited = dict.fromkeys(turn.view.episode for turn in session.transcript)
    ending = view.ending if view.ending in story.endings else ""
    return SeasonClose(
        ending or "",
        story.endings[ending].title if ending else "",
        measured.endings.get(ending) if measured and ending else None,
        tuple(_episode(session, name, measured, forks) for name in visited),
        session.play.casebook.dead,
        len(session.transcript) - 1,
        share_code(session),
    )


def share_code(session: Session) -> str | None:
    """The code for the life of a session; None if it began in the middle, or is too long for one."""
    if session.play.origin is not None:
        return None
    try:
        return code_of(session.story, session.play.moves)
    except NoCode:
        return None


# One episode ---------------------------------------------------------------------------------------


def _episode(session: Session, name: str, measured: Shares | None, forks: Forks) -> EpisodeClose:
    story, play = session.story, session.play
    episode = story.episodes[name]
    book = play.casebook
    known = {clue.id for clue in book.clues}
    clues = [clue for clue in story.clues.values() if clue.episode == name]
    ways = followed(episode, session.transcript)
    return EpisodeClose(
        name,
        episode.title,
        _turns(story, play, name, measured),
        sum(clue.id in known for clue in clues),
        tuple(
            Silhouette(clue.kind, tuple(len(word) for word in clue.title.split()))
            for clue in clues
            if clue.id not in known
        ),
        tuple(
            LeadLeft(lead.id, lead.variable.label)
            for lead in episode.leads.values()
            if ways.get(lead.id) != "taken"
        ),
        tuple(_theory(session.view, play, asked, measured) for asked in _asked(session, episode)),
        tuple(entry for entry in book.dead if entry.episode == name),
        RouteLine(name, _route(story, forks, session.transcript, name)),
    )


def _turns(story: Story, play: Play, episode: str, measured: Shares | None) -> tuple[TurnTold, ...]:
    kept = play.snapshot()
    found = []
    for turn in story.turns.values():
        if turn.episode == episode:
            outcome = kept.get(turn.variable.name, "")
            row = measured.turns.get(turn.id) if measured else None
            share = row.get(outcome or "open") if row else None
            found.append(TurnTold(turn.id, turn.title, outcome, turn.outcomes.get(outcome, ""), share))
    return tuple(found)


def _asked(session: Session, episode: Episode) -> list[Question]:
    """The questions of an episode that came onto the Board."""
    shown = {asked.id for turn in session.transcript for asked in turn.view.questions}
    return [asked for asked in episode.questions.values() if asked.id in shown]


def _theory(view: View, play: Play, asked: Question, measured: Shares | None) -> TheoryTold:
    standing = play.snapshot().get(asked.variable.name, "")
    row = measured.theories.get(asked.id) if measured else None
    share = row.get(standing or "open") if row else None
    title = asked.theories[standing].title if standing in asked.theories else ""
    contradicted = any(each.id == asked.id and each.contradicted for each in view.questions)
    return TheoryTold(asked.id, asked.text, title, contradicted, share)


def followed(episode: Episode, turns: Sequence[Turn]) -> dict[str, str]:
    """`taken` or `gone` for each lead of an episode that these turns have come to; others are still open."""
    inside = [turn for turn in turns if turn.view.episode == episode.id]
    found: dict[str, str] = {}
    if inside and (inside[-1].view.closing or turns[-1] is not inside[-1]):
        found = dict.fromkeys(episode.leads, "gone")
    for turn in inside:
        found.update({notice.subject: "gone" for notice in turn.view.notices if notice.kind == "lead_gone"})
    for turn in turns:
        hub, _, lead = (turn.move or "").rpartition("/")
        if hub == episode.hub and lead in episode.leads:
            found[lead] = "taken"
    return found


def _route(story: Story, forks: Forks, turns: Sequence[Turn], episode: str) -> tuple[Mark, ...]:
    """The moves that were made in an episode; the one that closed it is its last."""
    found = []
    for before, turn in pairwise(turns):
        if before.view.episode == episode and turn.move is not None:
            found.append(_mark(story, forks, before.view, turn))
    return tuple(found)


def _mark(story: Story, forks: Forks, before: View, turn: Turn) -> Mark:
    kinds = {notice.kind for notice in turn.view.notices}
    passage, _, chosen = (turn.move or "").rpartition("/")
    episode = story.episodes[before.episode]
    if "death" in kinds:
        return "death"
    if forks.taken(turn.move or ""):
        return "turn"
    if "clue" in kinds:
        return "clue"
    if passage == "board":
        return "pin"
    if passage == episode.hub and chosen in episode.leads:
        return "lead"
    return "trust" if "trust" in kinds else "choice"
