"""Turns, and how a list of moves becomes turns again.

The saves keep moves only. What the reader saw is composed anew by replaying them, so a transcript after a
load is exact and costs nothing to keep; and where the story was edited in between, this is where it shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from game.engine import NotOffered, Play, StoryFault
from game.engine.view import View
from game.story import Story

__all__ = ["Origin", "Retraced", "Turn", "opening_turn", "retrace", "take", "where"]

Origin = tuple[str, dict[str, str]]
"""An episode, and the state at its opening by name: where a play begins."""


class Turn(msgspec.Struct, frozen=True):
    """One move and what came of it.

    `move` is None for the opening of a play. `echo` is the line that stays in the transcript for the
    choice that was made; it may be empty.
    """

    move: str | None
    echo: str
    view: View


class Retraced(msgspec.Struct, frozen=True):
    """How far a list of moves still goes.

    `turns` begins with the opening, so `len(turns) - 1` moves were taken. `opened` has, for each turn, the
    snapshot if it opened an episode. `refused` says why the next move could not be taken; None: all were.
    """

    play: Play
    turns: list[Turn]
    opened: list[Origin | None]
    refused: str | None


def opening_turn(play: Play) -> Turn:
    """The turn that a play begins with, before any move."""
    return Turn(None, "", play.view)


def take(play: Play, move: str) -> Turn:
    """Make `move` in `play`. Raises what `Play.apply` raises; the play is then unchanged."""
    before = play.view
    play.apply(move)
    chosen = move.rpartition("/")[2]
    echo = next((offer.echo for offer in before.choices if offer.id == chosen), "")
    return Turn(move, "" if move.startswith("board/") else echo, play.view)


def where(play: Play) -> Origin | None:
    """Episode and snapshot, if the last move opened an episode (or the play has just begun).

    In plain strings: words of a scene file carry their line about, and the saves have no use for that.
    """
    if not play.opened:
        return None
    return str(play.view.episode), {str(name): str(word) for name, word in play.snapshot().items()}


def retrace(story: Story, origin: Origin | None, moves: Sequence[str]) -> Retraced:
    """Play `moves` from `origin` (None: the beginning), as far as the story takes them.

    The season begins in one way only, so a snapshot of its first opening gives way to the opening itself.
    Raises ValueError if the story has no such opening.
    """
    first = origin is None or origin[0] == story.written[0]
    play = Play(story) if origin is None or first else Play.open_episode(story, *origin)
    turns, opened = [opening_turn(play)], [where(play)]
    refused = None
    for move in moves:
        try:
            turns.append(take(play, move))
        except (NotOffered, StoryFault) as problem:
            refused = str(problem)
            break
        opened.append(where(play))
    return Retraced(play, turns, opened, refused)
