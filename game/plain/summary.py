"""What stands at the close of an episode and at an ending: the forks taken, the clues found, the dead."""

from __future__ import annotations

from game.session import Session

from .page import plain

__all__ = ["close_lines"]


def close_lines(session: Session) -> list[str]:
    """The summary, as lines, for the episode that closes; for an ending, the whole life."""
    view = session.view
    if view.closing:
        title = f"The close of {session.story.episodes[view.closing].title}"
    else:
        title = "What you leave behind"
    lines = [title, ""]
    forks = _forks(session, view.closing)
    if forks:
        lines += [*forks, ""]
    lines += [*_clues(session, view.closing), *_dead(session, view.closing), ""]
    return lines


def _forks(session: Session, episode: str | None) -> list[str]:
    lines = []
    for turn in session.story.turns.values():
        if episode in (None, turn.episode) and turn.episode in session.story.written:
            lines.append(f"{plain(turn.title)}: {plain(session.play.word(turn.variable.name))}")
    return lines


def _clues(session: Session, episode: str | None) -> list[str]:
    known = [clue for clue in session.play.casebook.clues if episode in (None, clue.episode)]
    written = [clue for clue in session.story.clues.values() if episode in (None, clue.episode)]
    missed = len(written) - len(known)
    if not written:
        return []
    if missed <= 0:
        return [f"Clues: all {len(written)} of them."]
    return [f"Clues: {len(known)} found, {missed} never found."]


def _dead(session: Session, episode: str | None) -> list[str]:
    dead = [entry for entry in session.play.casebook.dead if episode in (None, entry.episode)]
    return [f"The dead: {', '.join(entry.name for entry in dead)}."] if dead else []
