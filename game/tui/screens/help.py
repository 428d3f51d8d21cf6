"""`?`: what the screen you are on is for, and every key that works there."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from game.tui.keys import Key
from game.tui.screens.page import Page, lines

__all__ = ["HelpScreen"]


def _together(keys: Sequence[str]) -> str:
    """Keys that do the same, digits as a range."""
    digits = [key for key in keys if key.isdigit()]
    if len(digits) > 2:
        return " ".join([f"{digits[0]}–{digits[-1]}", *(key for key in keys if not key.isdigit())])
    return " ".join(keys)


class HelpScreen(Page):
    """The help of one screen."""

    def __init__(self, name: str, explained: Sequence[str], keys: Sequence[Key]) -> None:
        rows = [(_together(key.keys).replace("ctrl+", "Ctrl+"), key.about) for key in keys]
        rows.append(("Ctrl+P", "Everything the game can do, by name"))
        wide = max(len(shown) for shown, _ in rows) + 2
        table = Content("\n").join(
            Content.assemble((shown.ljust(wide), "bold $amber"), about) for shown, about in rows
        )
        super().__init__(name, lines(*explained, table))
