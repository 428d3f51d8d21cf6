"""A list to pick from, for saves, settings, the casebook and the board.

Textual's list without its own Enter: what Enter does belongs to the screen, whose key bar then says so. A
click still picks.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.widgets import OptionList

from game.tui.widgets.wrap import parse

__all__ = ["Rows", "prose"]


class Rows(OptionList, inherit_bindings=False):
    """Options to move through and to pick from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", show=False, id="rows.up", tooltip="The line above"),
        Binding("down,j", "cursor_down", show=False, id="rows.down", tooltip="The line below"),
        Binding("pageup", "page_up", show=False, id="rows.pageup", tooltip="A page up"),
        Binding("pagedown", "page_down", show=False, id="rows.pagedown", tooltip="A page down"),
        Binding("home", "first", show=False, id="rows.home", tooltip="The first"),
        Binding("end", "last", show=False, id="rows.end", tooltip="The last"),
    ]

    @property
    def marked(self) -> str | None:
        """The id of the option that is marked, if it has one."""
        return None if self.highlighted is None else self.get_option_at_index(self.highlighted).id

    def mark(self, id: str | None) -> None:
        """Marks the option with this id; the first that can be picked if there is none."""
        for index, option in enumerate(self.options):
            if not option.disabled and (id is None or option.id == id):
                self.highlighted = index
                return
        if id is not None:
            self.mark(None)


def prose(raw: str) -> Content:
    """Text of the story with its `*emphasis*`; nothing else in it means anything."""
    text, spans = parse(raw)
    return Content(text, spans=[Span(start, end, "italic") for start, end in spans])
