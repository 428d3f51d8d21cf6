"""The content note before a first scene, and what the game says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.tui.screens.page import Page, lines

if TYPE_CHECKING:
    from game.tui.desk import Desk

__all__ = ["about", "content_note"]

_ABOUT: Final = (
    "An unofficial text adventure after the second season of Jessica Jones. You are Jessica, in every scene. "
    "Nobody at Marvel or Netflix had a hand in it, and every sentence in it was written for it.",
    "Every choice is saved as you make it. Nothing you have played is ever lost: a different choice is "
    "another branch, and the old one is kept.",
)


def _note(desk: Desk) -> str:
    text = desk.story.content_note if desk.story is not None else ""
    paragraphs = [" ".join(each.split()) for each in text.strip().split("\n\n")]
    return "\n\n".join(paragraphs)


def content_note(desk: Desk) -> Page:
    """What a new game says first. Dismissed with True if the player goes on."""
    note = _note(desk) or "This story has violence, drinking, and people who were made to do things."
    passed = "Scenes of self-harm can be passed over; the switch is in Settings."
    return Page("Before you open the file", lines(note, passed), go_on="Open it")


def about(desk: Desk) -> Page:
    """What the game is, and its content note."""
    note = _note(desk)
    return Page("The IGH File", lines(*_ABOUT, *([note] if note else [])))
