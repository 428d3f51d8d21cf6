"""The lines of the map, drawn one by one: a tree of ten thousand decisions costs what fits in the window.

What a line is can be told without color: ● is on your way and ○ is not, ◉ is where you are, ◇ a turn, ┊ a
run that is folded, ╌ a way that nobody took.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from game.tui.widgets.strips import ellipsis

if TYPE_CHECKING:
    from game.session.rows import Row

__all__ = ["Branches"]

_DEEPEST: Final = 12
"""Steps in that are drawn; what is deeper stands no further to the right."""
_NARROW: Final = 70
"""Below this width a line has no room for its place."""
_BARE: Final = str.maketrans({"*": None, "∗": "*"})


def _choices(count: int) -> str:
    return "1 choice" if count == 1 else f"{count} choices"


def sign(row: Row) -> str:
    """What a line begins with."""
    if row.here:
        return "◉"
    if row.kind in ("run", "stub"):
        return "┊" if row.kind == "run" else "╌"
    if row.turns:
        return "◇"
    return "●" if row.mine else "○"


def said(row: Row) -> str:
    """What a line says was done."""
    label = row.label.translate(_BARE)
    match row.kind:
        case "run":
            others = f", {row.stubs} other {'way' if row.stubs == 1 else 'ways'}" if row.stubs else ""
            return f"{_choices(row.count)}{others} {'▾' if row.open else '▸'}"
        case "branch":
            return f"Life {row.life} · {label} · {_choices(row.count)} {'▾' if row.open else '▸'}"
        case "stub":
            locked = f" × {row.locked.translate(_BARE)}" if row.locked else ""
            return f"{label}{f' ({row.count})' if row.count > 1 else ''}{locked}"
        case _:
            return label


def aside(row: Row) -> str:
    """What else there is to a line: the turns it took, bookmarks, where you are."""
    turns = [turn.told or turn.title for turn in row.turns]
    marks = [f"“{mark}”" for mark in row.marks]
    here = ["you are here"] if row.here else []
    return " · ".join(each.translate(_BARE) for each in (*turns, *marks, *here))


def guide(row: Row) -> str:
    """The lines that lead to it."""
    depth = min(row.depth, _DEEPEST)
    if depth and row.kind in ("branch", "stub"):
        return f"{'│ ' * (depth - 1)}{'├─' if row.kind == 'branch' else '│ '}"
    return "│ " * depth


class Branches(ScrollView, can_focus=True, inherit_bindings=False):
    """The map's lines, one of them marked. `show` gives it new ones."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "branches--guide",
        "branches--mine",
        "branches--other",
        "branches--episode",
        "branches--aside",
        "branches--place",
        "branches--compared",
        "branches--lift",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False, id="branches.up", tooltip="The line above"),
        Binding("down,j", "step(1)", show=False, id="branches.down", tooltip="The line below"),
        Binding("pageup", "leaf(-1)", show=False, id="branches.pageup", tooltip="A page up"),
        Binding("pagedown", "leaf(1)", show=False, id="branches.pagedown", tooltip="A page down"),
        Binding("home", "step(-1000000)", show=False, id="branches.home", tooltip="The beginning"),
        Binding("end", "step(1000000)", show=False, id="branches.end", tooltip="The end"),
    ]

    class Marked(Message):
        """Another line is marked."""

    class Picked(Message):
        """The marked line was clicked once more."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()
        self.at = 0
        self.compared: int | None = None

    @property
    def row(self) -> Row | None:
        """The line that is marked."""
        return self.rows[self.at] if self.rows else None

    def show(self, rows: Sequence[Row], at: int, compared: int | None = None) -> None:
        """Draws these lines, with one of them marked and in view; `compared` is a node to compare with."""
        self.rows, self.compared = rows, compared
        self.at = max(0, min(at, len(rows) - 1))
        self.virtual_size = Size(1, len(rows))
        self._in_view()
        self.refresh()
        self.post_message(self.Marked())

    def action_step(self, step: int) -> None:
        """Marks another line."""
        self.mark(self.at + step)

    def action_leaf(self, step: int) -> None:
        """Marks a line a page away."""
        self.mark(self.at + step * max(1, self.size.height - 1))

    def mark(self, at: int) -> None:
        """Marks a line by its number; the nearest there is."""
        at = max(0, min(at, len(self.rows) - 1))
        if at != self.at:
            self.at = at
            self._in_view()
            self.refresh()
            self.post_message(self.Marked())

    def _in_view(self) -> None:
        height = max(1, self.size.height)
        if self.at < self.scroll_offset.y:
            self.scroll_to(y=self.at, animate=False, force=True)
        elif self.at >= self.scroll_offset.y + height:
            self.scroll_to(y=self.at - height + 1, animate=False, force=True)

    def on_resize(self, event: events.Resize) -> None:
        """The marked line stays in view."""
        self.call_after_refresh(self._in_view)

    def on_click(self, event: events.Click) -> None:
        """A click marks a line; another one picks it."""
        at = event.y + self.scroll_offset.y
        if 0 <= at < len(self.rows):
            if at == self.at and event.chain > 1:
                self.post_message(self.Picked())
            self.mark(at)

    # -- drawing ----------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        base, width = self.rich_style, self.size.width
        at = y + self.scroll_offset.y
        if at >= len(self.rows):
            return Strip.blank(width, base)
        row = self.rows[at]
        if at == self.at:
            base += self.get_component_rich_style("branches--lift", partial=True)
        return Strip(self._segments(row, base, width)).adjust_cell_length(width, base)

    def _segments(self, row: Row, base: Style, width: int) -> list[Segment]:
        place = f" {row.place}" if width >= _NARROW and row.kind in ("spot", "episode", "branch") else ""
        place = ellipsis(place, width // 3)
        lead = f" {guide(row)}"
        begin = f"{sign(row)} "
        room = width - cell_len(lead) - cell_len(begin) - cell_len(place) - 1
        text = ellipsis(said(row), room)
        more = aside(row)
        more = ellipsis(f"  {more}", room - cell_len(text)) if more else ""
        gap = max(0, room - cell_len(text) - cell_len(more))
        ink = base + self._ink("episode" if row.kind == "episode" else "mine" if row.mine else "other")
        if row.node == self.compared and row.kind != "stub":
            begin = "⇄ "
            ink = base + self._ink("compared")
        return [
            Segment(lead, base + self._ink("guide")),
            Segment(begin, ink),
            Segment(text, ink),
            Segment(more, base + self._ink("aside")),
            Segment(" " * gap, base),
            Segment(place, base + self._ink("place")),
            Segment(" ", base),
        ]

    def _ink(self, name: str) -> Style:
        return self.get_component_rich_style(f"branches--{name}", partial=True)
