"""On to the next choice that is new.

A player who begins again has read most of the way. This goes over it as they went before, and stops at the
first place where something can be done that they have never done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from game.engine import NotOffered, Play, StoryFault

if TYPE_CHECKING:
    from .session import Session

__all__ = ["Skipped", "skip"]

Why = Literal["new", "end", "unplayed"]


class Skipped(msgspec.Struct, frozen=True):
    """How far it went and why it stopped.

    `new`: a choice that no life has taken is open here. `unplayed`: all of them have been taken, but no
    life has gone on from just here, so there is no way to follow. `end`: nothing is open any more.
    """

    moves: int
    why: Why


def skip(session: Session) -> Skipped:
    """Follow the most recent life that went on from here, as long as nothing new could be chosen.

    Where there is but one thing to choose it is gone past, too, if some life did. Every place on the way
    is one that is in the saves already: the tree does not grow, and `rewind` goes back choice by choice.
    A pin that a life made on the way is made again.
    """
    node = session.nodes[-1]
    play = Play.replay(session.story, session.play.moves, session.play.origin)
    moves, why = 0, _why(session, play)
    while why is None and node is not None:
        after = max(session.store.children(node), key=lambda child: (child.when, child.id), default=None)
        if after is None:
            break
        try:
            play.apply(session.story.rename_move(after.move))
        except (NotOffered, StoryFault):
            break
        node, moves = after.id, moves + 1
        why = _why(session, play)
    if moves and node is not None:
        session.go(node)
    return Skipped(moves, why or ("unplayed" if _all_taken(session, play) else "new"))


def _why(session: Session, play: Play) -> Why | None:
    """Why to stop where the play stands; None to go on, if there is a way."""
    view = play.view
    open_ids = [offer.id for offer in view.choices if offer.locked is None]
    if not open_ids:
        return "end"
    return None if len(open_ids) == 1 or _all_taken(session, play) else "new"


def _all_taken(session: Session, play: Play) -> bool:
    view = play.view
    taken = session.store.taken(view.passage, session.story.title)
    return taken.issuperset(offer.id for offer in view.choices if offer.locked is None)
