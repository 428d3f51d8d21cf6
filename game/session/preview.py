"""Playing from a passage: somebody who came there by a real path, on saves that are thrown away.

A writer who has changed a scene wants to read it now, with everything that a player would know by then. So
the moves are those of a witness, a play that the proof has found, and never a state that was made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from game.saves import Store
from game.story import Story
from game.story.findings import nearest

from .session import Session

__all__ = ["NoSuchPassage", "NoWay", "prepare", "way_to"]


class NoSuchPassage(ValueError):
    """The story has no passage of this name. The text says so, with the nearest one."""


class NoWay(ValueError):
    """No play is known that reads this passage. The text says why."""


def way_to(story: Story, passage: str) -> list[str]:
    """Moves from the beginning of the season after which `passage` has just been read.

    An old name of a passage (`was:`) is as good as its new one. Raises NoSuchPassage and NoWay.
    """
    name = story.rename_move(passage)
    if name not in story.passages:
        hint = nearest(name, story.passages) or "A passage is named like `e01.office.desk`."
        raise NoSuchPassage(f"there is no passage `{passage[:200]}`. {hint}")
    from game.proof.witness import UnknownTarget, witness_to

    try:
        return witness_to(story, name)
    except UnknownTarget as problem:
        raise NoWay(f"cannot play at `{name}`: {problem}") from problem


def prepare(story: Story, moves: list[str], folder: Path, settings: Mapping[str, Any]) -> None:
    """Make saves in `folder` that have these settings and one life, which stands where `moves` lead."""
    store = Store.open(folder)
    try:
        for name, value in settings.items():
            store.settings.set(name, value)
        Session(story, store).live(moves)
    finally:
        store.close()
