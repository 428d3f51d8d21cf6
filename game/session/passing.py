"""Passing over scenes of self-harm: one setting of the player's, for both front ends alike.

What happens in such a scene happens all the same; only its text is told in a line. So nothing that is kept
depends on the setting, and it may be changed at any moment, also for what has been read already.
"""

from __future__ import annotations

import msgspec

from game.saves import Store

from .turns import Turn

__all__ = ["SETTING", "as_read", "pass_over", "passes_over"]

SETTING = "harm"
"""The name of the setting in the saves; its words are `read` and `pass`."""


def passes_over(store: Store) -> bool:
    """Whether this player passes over such scenes."""
    return bool(store.settings.get(SETTING, "read") == "pass")


def pass_over(store: Store, on: bool) -> None:
    """Set it, and keep it."""
    store.settings.set(SETTING, "pass" if on else "read")


def as_read(turn: Turn, passing: bool) -> Turn:
    """The turn as a player reads it who passes over such scenes, or does not."""
    softened = turn.view.softened
    if not passing or softened is None:
        return turn
    view = msgspec.structs.replace(turn.view, paragraphs=softened)
    return msgspec.structs.replace(turn, view=view)
