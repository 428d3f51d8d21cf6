"""The menu of a view: its offers as lines of a menu, and the one line that ends an episode or the story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.tui.widgets.menu import Entry
from game.tui.widgets.wrap import parse

if TYPE_CHECKING:
    from game.engine.view import Offer
    from game.session import Session
    from game.tui.desk import Desk

__all__ = ["CLOSE", "END", "STUCK", "entries_of"]

CLOSE: Final = "@close"
"""The entry that opens the close of an episode; no choice of a story has such an id."""

END: Final = "@end"
"""The entry that opens the end card."""

STUCK: Final = "@stuck"
"""The entry shown where a story has gone wrong and left nothing to do."""


def _entry(offer: Offer, desk: Desk, session: Session) -> Entry:
    person = desk.people.get(offer.voice) if offer.voice is not None else None
    return Entry(
        offer.id,
        parse(offer.text).text,
        locked=offer.locked,
        aside=f"{offer.hours} h" if offer.hours else "",
        known=offer.known,
        before=offer.locked is None and session.taken_before(offer.id),
        voice=(person.name if person is not None else offer.voice) if offer.voice else None,
        color=person.color if person is not None else None,
    )


def entries_of(desk: Desk) -> list[Entry]:
    """What can be chosen now."""
    session = desk.session
    view = session.view
    if view.closing is not None:
        return [Entry(CLOSE, "Close the file on this episode.")]
    if view.ending is not None:
        return [Entry(END, "The end.")]
    if view.stuck:
        fault = "The story has left nothing to do here, which is its fault. Take the last choice back."
        return [*(_entry(offer, desk, session) for offer in view.choices), Entry(STUCK, fault)]
    return [_entry(offer, desk, session) for offer in view.choices]
