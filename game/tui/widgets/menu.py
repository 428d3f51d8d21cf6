"""A menu: numbered lines to choose from, the ones that are locked with their reason.

One widget draws the whole menu, so that a new one costs a repaint and not a tree of widgets. Nothing is
highlighted until an arrow key asks for it: Enter by itself chooses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from game.tui.widgets.column import MEASURE, column
from game.tui.widgets.tint import tint
from game.tui.widgets.wrap import wrap

__all__ = ["BEFORE", "Entry", "Menu"]

BEFORE: Final = "°"
"""The quiet mark of a choice taken in another life."""

_LEAD: Final = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu.

    `id` is what `Menu.Chosen` says. A `locked` reason takes the number away. `aside` stands at the right
    edge (what a lead costs), `known` is a dim line about it, `before` is the quiet mark, `voice` the name of
    whose line this is and `color` the color of that voice.
    """

    id: str
    text: str
    locked: str | None = None
    aside: str = ""
    known: str | None = None
    before: bool = False
    voice: str | None = None
    color: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the screen: which entry, which number, the pieces with the names of their styles."""

    entry: int
    pieces: tuple[tuple[str, str], ...]


class Menu(ScrollView, can_focus=False):
    """Numbered choices. The screen decides how high it is and hands it its keys."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "menu--text",
        "menu--number",
        "menu--locked",
        "menu--known",
        "menu--voice",
        "menu--rule",
        "menu--lift",
    }

    class Chosen(Message):
        """An entry was clicked, or chosen by key. `at` is when that happened, as Textual's events tell it."""

        def __init__(self, entry: Entry, at: float | None = None) -> None:
            super().__init__()
            self.entry = entry
            self.at = self.time if at is None else at

    class Unfold(Message):
        """The folded menu was clicked: the reader wants to go on."""

    def __init__(self, *, id: str | None = None, measure: int = MEASURE, ruled: bool = False) -> None:
        super().__init__(id=id)
        self._entries: tuple[Entry, ...] = ()
        self._open: list[int] = []
        self._measure = measure
        self._ruled = ruled
        self._selected: int | None = None
        self._folded: str | None = None
        self._rows: list[_Row] = []
        self._wrapped: tuple[int, int, int] | None = None
        self._detail = False

    # -- what is on it --------------------------------------------------------------------------------

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lines of the menu, locked ones included."""
        return self._entries

    @property
    def selected(self) -> Entry | None:
        """The highlighted entry, if an arrow key has highlighted one."""
        return None if self._selected is None else self._entries[self._open[self._selected]]

    @property
    def folded(self) -> bool:
        """Whether only the line that says how to go on is shown."""
        return self._folded is not None

    def show(self, entries: Sequence[Entry], *, selected: int | None = None) -> None:
        """Replaces the menu. `selected` is the index of an open entry to highlight."""
        self._entries = tuple(entries)
        self._open = [index for index, entry in enumerate(entries) if entry.locked is None]
        self._selected = selected if selected is not None and selected < len(self._open) else None
        self._forget()
        self.scroll_to(y=0, animate=False, force=True)

    def fold(self, hint: str | None) -> None:
        """Shows `hint` instead of the choices, or the choices again (None)."""
        if hint != self._folded:
            self._folded = hint
            self.refresh()

    def set_measure(self, measure: int) -> None:
        """Changes the width of the column at most."""
        self._measure = measure
        self._forget()

    def number(self, digit: int) -> Entry | None:
        """The open entry with this number, from 1."""
        return self._entries[self._open[digit - 1]] if 0 < digit <= len(self._open) else None

    def move(self, step: int) -> None:
        """Moves the highlight up or down, around the ends."""
        if not self._open or self.folded:
            return
        if self._selected is None:
            self._selected = 0 if step > 0 else len(self._open) - 1
        else:
            self._selected = (self._selected + step) % len(self._open)
        if self._detail:
            self._wrapped = None
            self._layout_rows(self.scrollable_content_region.width, self.size.height)
        self._reveal()
        self.refresh()

    def _reveal(self) -> None:
        """Scrolls so that the highlighted entry is in view."""
        assert self._selected is not None
        index = self._open[self._selected]
        rows = [y for y, row in enumerate(self._rows) if row.entry == index]
        if rows:
            self.scroll_to_region(Region(0, rows[0], 1, len(rows)), animate=False, force=True)

    # -- laying out -----------------------------------------------------------------------------------

    def _forget(self) -> None:
        self._wrapped = None
        self.refresh()

    def rows_for(self, width: int, limit: int) -> int:
        """How many lines the menu takes in a window `width` wide if it may take `limit`."""
        return min(limit, self._layout_rows(width, limit))

    def _layout_rows(self, width: int, limit: int) -> int:
        """Lays the menu out, with what is known about leads below them, or for the highlighted one only."""
        key = (width, limit, self._selected if self._detail and self._selected is not None else -1)
        if self._wrapped == key:
            return len(self._rows)
        self._detail = False
        rows = self._build(width, known=True)
        if len(rows) > limit and any(entry.known for entry in self._entries):
            self._detail = True
            rows = self._build(width, known=False)
            rows.append(self._known_row(self.selected))
        self._rows = rows
        self._wrapped = key
        self.virtual_size = Size(width, len(rows))
        return len(rows)

    def _known_row(self, entry: Entry | None) -> _Row:
        text = (entry.known or "") if entry else ""
        return _Row(-1, ((" " * _LEAD, "text"), (text, "known")))

    def _build(self, width: int, *, known: bool) -> list[_Row]:
        _, wide = column(width, self._measure)
        rows: list[_Row] = []
        if self._ruled:
            rows.append(_Row(-1, (("─" * wide, "rule"),)))
        room = wide - _LEAD
        aside = max((cell_len(entry.aside) for entry in self._entries), default=0)
        number = 0
        for index, entry in enumerate(self._entries):
            number += entry.locked is None
            rows += self._entry_rows(index, entry, number, room - (aside + 2 if aside else 0), wide)
            if known and entry.known and entry.locked is None:
                for start, end in wrap(entry.known, room):
                    rows.append(_Row(index, ((" " * _LEAD, "text"), (entry.known[start:end], "known"))))
        return rows

    def _entry_rows(self, index: int, entry: Entry, number: int, room: int, wide: int) -> list[_Row]:
        locked = entry.locked is not None
        voice = f"{entry.voice}: " if entry.voice else ""
        text = voice + entry.text
        text_style = "locked" if locked else "voice" if voice else "text"
        full = f"{text} — {entry.locked}" if entry.locked else text
        mark = BEFORE if entry.before else " "
        rows: list[_Row] = []
        for start, end in wrap(full, room):
            lead = (" " * _LEAD, "text")
            if start == 0:
                lead = (f" {'×' if locked else number}{mark} ", "locked" if locked else "number")
            pieces = [lead, (full[start:end], text_style)]
            if start == 0 and entry.aside:
                used = _LEAD + cell_len(full[start:end])
                pieces.append((" " * (wide - used - cell_len(entry.aside)), "text"))
                pieces.append((entry.aside, "locked" if locked else "known"))
            rows.append(_Row(index, tuple(pieces)))
        return rows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """For menus whose height is automatic."""
        return 1 if self.folded else self._layout_rows(width, max(1, viewport.height))

    # -- drawing ----------------------------------------------------------------------------------------

    def _style(self, name: str) -> Style:
        return self.rich_style + self.get_component_rich_style(f"menu--{name}", partial=True)

    def render_line(self, y: int) -> Strip:
        """Line `y` of the menu."""
        width = self.size.width
        base = self.rich_style
        left, wide = column(self.scrollable_content_region.width, self._measure)
        if self._folded is not None:
            if y > 0:
                return Strip.blank(width, base)
            hint = f" {self._folded} "
            rule = "─" * max(0, wide - cell_len(hint) - 2)
            rule_style = self._style("rule")
            pieces = [
                Segment(rule, rule_style),
                Segment(hint, self._style("number")),
                Segment("──", rule_style),
            ]
            return Strip([Segment(" " * left, base), *pieces]).adjust_cell_length(width, base)
        self._layout_rows(self.scrollable_content_region.width, self.size.height)
        y += round(self.scroll_y)
        if not 0 <= y < len(self._rows):
            return Strip.blank(width, base)
        return self._draw(self._rows[y], left, wide, width)

    def _draw(self, row: _Row, left: int, wide: int, width: int) -> Strip:
        base = self.rich_style
        chosen = self._selected is not None and row.entry == self._open[self._selected]
        lift = self.get_component_rich_style("menu--lift", partial=True) if chosen else Style.null()
        segments = []
        for text, name in row.pieces:
            if chosen and name == "number":
                text = f"▸{text[1:]}"
            style = self._style(name)
            if name == "voice":
                style += tint(self, self._entries[row.entry].color)
            segments.append(Segment(text, style + lift))
        line = Strip(segments).adjust_cell_length(wide, base + lift)
        return Strip([Segment(" " * left, base), *line]).adjust_cell_length(width, base)

    # -- mouse ------------------------------------------------------------------------------------------

    def _entry_at(self, y: int) -> int | None:
        """The open entry on a line of the window, as an index into the open ones."""
        y += round(self.scroll_y)
        if self.folded or not 0 <= y < len(self._rows) or self._rows[y].entry not in self._open:
            return None
        return self._open.index(self._rows[y].entry)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The line under the pointer is highlighted."""
        index = self._entry_at(event.y)
        if index is not None and index != self._selected and not self._detail:
            self._selected = index
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        event.stop()
        if self.folded:
            self.post_message(self.Unfold())
            return
        index = self._entry_at(event.y)
        if index is not None:
            self.post_message(self.Chosen(self._entries[self._open[index]], event.time))

    def choose(self, entry: Entry | None, at: float | None = None) -> None:
        """Says that `entry` was chosen, if there is one."""
        if entry is not None and entry.locked is None and not self.folded:
            self.post_message(self.Chosen(entry, at))
