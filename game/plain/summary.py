"""What stands at the close of an episode and at an ending: turns, what was never found, the dead, the code.

Everything that the full-screen game draws is a sentence here; the picture of the route is its count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from game.engine import DeadEntry
from game.proof.shares_file import wording
from game.session import Session
from game.session.close import EpisodeClose, Mark, TheoryTold, TurnTold, episode_close, season_close

from .page import plain

__all__ = ["close_lines"]

_KINDS = {"paper": "on paper", "witness": "from a witness", "place": "in a place"}
_MARKS: dict[Mark, tuple[str, str]] = {
    "death": ("death", "deaths"),
    "turn": ("turn", "turns"),
    "clue": ("that taught you something", "that taught you something"),
    "pin": ("on the Board", "on the Board"),
    "lead": ("to follow a lead", "to follow a lead"),
    "trust": ("that moved somebody", "that moved somebody"),
}


def close_lines(session: Session) -> list[str]:
    """The summary, as lines, for the episode that closes; for an ending, the whole life."""
    if session.view.closing:
        found = episode_close(session)
        return [f"The close of {plain(found.title)}", "", *_episode(found), ""]
    return _season(session)


def _episode(found: EpisodeClose) -> list[str]:
    lines = [_turn(turn) for turn in found.turns]
    lines += ["", *_clues([found])] if lines else _clues([found])
    if found.leads:
        lines.append(f"Leads you left: {'; '.join(plain(lead.label) for lead in found.leads)}.")
    lines += [_theory(theory) for theory in found.theories]
    return [*lines, *_dead(found.dead), *_route([found])]


def _season(session: Session) -> list[str]:
    found = season_close(session)
    lines = ["What you leave behind", ""]
    lines += [_turn(turn) for episode in found.episodes for turn in episode.turns if turn.outcome]
    lines += ["", *_clues(found.episodes), *_dead(found.dead), *_route(found.episodes)]
    if found.share is not None:
        lines.append(f"This ending: {wording(found.share)}.")
    if found.code is not None:
        lines += ["", "The code of this life, for `replay`:", found.code]
    return [*lines, ""]


def _turn(turn: TurnTold) -> str:
    share = f" ({wording(turn.share)})" if turn.share is not None else ""
    return f"{plain(turn.title)}: {plain(turn.told) or 'it never came up'}{share}"


def _theory(theory: TheoryTold) -> str:
    share = f" ({wording(theory.share)})" if theory.share is not None else ""
    doubt = " Something you know does not fit it." if theory.contradicted else ""
    return f"{plain(theory.text)} {plain(theory.standing) or 'You left it open'}{share}.{doubt}"


def _clues(episodes: Sequence[EpisodeClose]) -> list[str]:
    found = sum(episode.found for episode in episodes)
    missed = [clue.kind for episode in episodes for clue in episode.missed]
    if not missed:
        return [f"Clues: all {found} of them."] if found else []
    kinds = ", ".join(f"{count} {_KINDS.get(kind, kind)}" for kind, count in Counter(missed).items())
    return [f"Clues: {found} found, {len(missed)} never found. Those were: {kinds}."]


def _dead(dead: Sequence[DeadEntry]) -> list[str]:
    return [f"The dead: {', '.join(entry.name for entry in dead)}."] if dead else []


def _route(episodes: Sequence[EpisodeClose]) -> list[str]:
    marks = Counter(mark for episode in episodes for mark in episode.route.marks)
    count = marks.total()
    said = [f"{marks[kind]} {names[marks[kind] > 1]}" for kind, names in _MARKS.items() if marks[kind]]
    choices = f"Your route: {count} {'choice' if count == 1 else 'choices'}"
    return [f"{choices}, of them {', '.join(said)}." if said else f"{choices}."]
