"""What can go wrong in a play, and whose fault it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .play import Play

__all__ = ["NotOffered", "ReplayError", "StoryFault"]


class NotOffered(ValueError):
    """A move that is not on offer here. Nothing has changed."""


class StoryFault(RuntimeError):
    """The story cannot go on although nothing has ended: a mistake of its author."""


class ReplayError(ValueError):
    """A list of moves does not fit the story.

    `index` is the first move that does not, `reason` says why, and `play` stands just before it.
    """

    def __init__(self, index: int, move: str, reason: str, play: Play) -> None:
        self.index, self.move, self.reason, self.play = index, move, reason, play
        super().__init__(f"move {index + 1} (`{move[:200]}`): {reason}")
