"""The wall of the Board: clues as cards, and red string from one pinned card to the next.

The string is drawn through the gaps between the cards as lines that know their crossings, so it reads as
string in any color and in none.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from game.tui.widgets.strips import ellipsis
from game.tui.widgets.wrap import wrap

__all__ = ["Card", "Cards"]

_UP, _RIGHT, _DOWN, _LEFT = 1, 2, 4, 8
_STRING: Final = " ╵╶└╷│┌├╴┘─┴┐┤┬┼"
_GAP: Final = 3
_TALL: Final = 4
"""Lines of a card: two edges, two lines of title."""
_STEP: Final = _TALL + 1
_LEAST: Final = 22


@dataclass(frozen=True, slots=True)
class Card:
    """A clue on the wall: its id and its title."""

    id: str
    title: str


class Cards(ScrollView, can_focus=False):
    """Cards in rows. The screen hands it its keys; a click pins as well."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "cards--edge",
        "cards--text",
        "cards--marked",
        "cards--string",
        "cards--empty",
    }

    class Picked(Message):
        """A card was clicked."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id_of_card = id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cards: tuple[Card, ...] = ()
        self._pinned: frozenset[str] = frozenset()
        self._marked = 0
        self._empty = ""
        self._lines: list[list[tuple[str, str]]] = []
        self._drawn = 0

    @property
    def marked(self) -> str | None:
        """The id of the card that is marked."""
        return self._cards[self._marked].id if self._cards else None

    def show(self, cards: Sequence[Card], pinned: frozenset[str], empty: str) -> None:
        """Puts these cards up, some of them pinned; `empty` is said where there is none."""
        if tuple(cards) != self._cards:
            self._marked = 0
        self._cards, self._pinned, self._empty = tuple(cards), pinned, empty
        self._draw()

    def move(self, across: int, down: int) -> None:
        """Marks another card."""
        if not self._cards:
            return
        target = self._marked + across + down * self._columns()
        if 0 <= target < len(self._cards):
            self._marked = target
            self._draw()
            row = self._marked // self._columns()
            self.scroll_to_region(Region(0, row * _STEP, 1, _STEP), animate=False, force=True)

    # -- drawing --------------------------------------------------------------------------------------

    def _columns(self) -> int:
        return max(1, min(4, (self.scrollable_content_region.width - _GAP) // (_LEAST + _GAP)))

    def _wide(self) -> int:
        columns = self._columns()
        return max(8, (self.scrollable_content_region.width - _GAP * (columns + 1)) // columns)

    def _place(self, index: int) -> tuple[int, int]:
        """Left and top of a card. Above each row of cards there is one line for string."""
        row, column = divmod(index, self._columns())
        return _GAP + column * (self._wide() + _GAP), 1 + row * _STEP

    def _draw(self) -> None:
        """Draws the whole wall: it is small, and only a key press changes it."""
        width = self.scrollable_content_region.width
        if not width:
            return
        rows = -(-len(self._cards) // self._columns())
        height = max(1, rows * _STEP + 1)
        canvas = [[(" ", "text")] * width for _ in range(height)]
        for index, card in enumerate(self._cards):
            self._card(canvas, index, card)
        self._strings(canvas)
        if not self._cards:
            text = ellipsis(self._empty, width - _GAP)
            canvas[0][_GAP : _GAP + len(text)] = [(char, "empty") for char in text]
        self._lines = canvas
        self._drawn = width
        self.virtual_size = Size(width, height)
        self.refresh()

    def _card(self, canvas: list[list[tuple[str, str]]], index: int, card: Card) -> None:
        left, top = self._place(index)
        wide = self._wide()
        marked = index == self._marked
        edge = "marked" if marked else "edge"
        corners = "┏━┓┃┗┛" if marked else "┌─┐│└┘"
        pin = "●" if card.id in self._pinned else corners[1]
        middle = (wide - 2) // 2
        spans = wrap(card.title, wide - 4)[:2]
        lines = [card.title[start:end] for start, end in spans]
        if len(wrap(card.title, wide - 4)) > 2:
            lines[1] = ellipsis(card.title[spans[1][0] :], wide - 4)
        lines += [""] * (2 - len(lines))
        self._write(canvas, left, top, corners[0] + corners[1] * (wide - 2) + corners[2], edge)
        if card.id in self._pinned:
            self._write(canvas, left + 1 + middle, top, pin, "string")
        for offset, line in enumerate(lines, 1):
            self._write(canvas, left, top + offset, corners[3], edge)
            self._write(canvas, left + 2, top + offset, set_cell_size(line, wide - 4), "text")
            self._write(canvas, left + wide - 1, top + offset, corners[3], edge)
        self._write(canvas, left, top + 3, corners[4] + corners[1] * (wide - 2) + corners[5], edge)

    @staticmethod
    def _write(canvas: list[list[tuple[str, str]]], x: int, y: int, text: str, style: str) -> None:
        for char in text:
            if y < len(canvas) and x < len(canvas[y]):
                canvas[y][x] = (char, style)
            x += 1

    def _strings(self, canvas: list[list[tuple[str, str]]]) -> None:
        """String from each pinned card to the next: over the cards' pins, down through the gutters."""
        pinned = [index for index, card in enumerate(self._cards) if card.id in self._pinned]
        paths: dict[tuple[int, int], int] = {}
        for one, two in itertools.pairwise(pinned):
            self._route(paths, one, two)
        for (x, y), ways in paths.items():
            if canvas[y][x][0] == " ":
                canvas[y][x] = (_STRING[ways], "string")

    def _route(self, paths: dict[tuple[int, int], int], one: int, two: int) -> None:
        (left, top), (other_left, other_top) = self._place(one), self._place(two)
        middle = 1 + (self._wide() - 2) // 2
        start, end = (left + middle, top - 1), (other_left + middle, other_top - 1)
        gutter = (other_left if other_left > left else left) - 2
        points = [start, end] if start[1] == end[1] else [start, (gutter, start[1]), (gutter, end[1]), end]
        self._join(paths, start, _DOWN)
        self._join(paths, end, _DOWN)
        for (x, y), (to_x, to_y) in itertools.pairwise(points):
            while (x, y) != (to_x, to_y):
                step_x, step_y = (to_x > x) - (to_x < x), (to_y > y) - (to_y < y)
                way = {(1, 0): _RIGHT, (-1, 0): _LEFT, (0, 1): _DOWN, (0, -1): _UP}[(step_x, step_y)]
                back = {_RIGHT: _LEFT, _LEFT: _RIGHT, _DOWN: _UP, _UP: _DOWN}[way]
                self._join(paths, (x, y), way)
                x, y = x + step_x, y + step_y
                self._join(paths, (x, y), back)

    @staticmethod
    def _join(paths: dict[tuple[int, int], int], at: tuple[int, int], way: int) -> None:
        paths[at] = paths.get(at, 0) | way

    def render_line(self, y: int) -> Strip:
        """Line `y` of the window."""
        base, width = self.rich_style, self.size.width
        y += round(self.scroll_y)
        if not 0 <= y < len(self._lines):
            return Strip.blank(width, base)
        styles: dict[str, Style] = {}
        segments: list[Segment] = []
        run, name = "", ""
        for char, style in [*self._lines[y], ("", "end")]:
            if style != name:
                if run:
                    styles.setdefault(
                        name, base + self.get_component_rich_style(f"cards--{name}", partial=True)
                    )
                    segments.append(Segment(run, styles[name]))
                run, name = "", style
            run += char
        return Strip(segments, sum(cell_len(segment.text) for segment in segments)).adjust_cell_length(
            width, base
        )

    # -- mouse ----------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Another width: other columns."""
        if self.scrollable_content_region.width != self._drawn:
            self._draw()

    def on_click(self, event: events.Click) -> None:
        """A click marks a card and picks it."""
        y = event.y + round(self.scroll_y)
        for index, card in enumerate(self._cards):
            left, top = self._place(index)
            if left <= event.x < left + self._wide() and top <= y < top + _TALL:
                self._marked = index
                self._draw()
                self.post_message(self.Picked(card.id))
                return
