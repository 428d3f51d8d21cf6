"""The transcript: everything read in this episode, in one column, drawn line by line.

Lines are wrapped once when they are added and again only when the width changes; what is on the screen is
the only thing rendered. The reader's place is kept as an offset into a paragraph, so that a new width shows
the same words. Nothing scrolls by itself: new text is shown where it fits under what is there, or with its
first line at the top.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from game.tui.widgets.blocks import Block, Person
from game.tui.widgets.column import MEASURE, column
from game.tui.widgets.tint import tint
from game.tui.widgets.typeset import Line, Typeset

__all__ = ["Transcript"]

_ITALIC: Final = Style(italic=True)
_BOLD: Final = Style(bold=True)

_KEPT: Final = 1_000
"""Drawn lines kept."""


class Transcript(ScrollView, can_focus=False):
    """The page. `begin` starts it afresh, `add` appends a turn; both leave the new text's start in view."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--new",
        "transcript--old",
        "transcript--chosen",
        "transcript--chosen-old",
        "transcript--notice",
        "transcript--notice-old",
        "transcript--heading",
        "transcript--place",
    }

    class Moved(Message):
        """The reader has moved, or the page has: how much is left below may be different."""

    def __init__(self, *, id: str | None = None, measure: int = MEASURE) -> None:
        super().__init__(id=id)
        self._people: Mapping[str, Person] = {}
        self._measure = measure
        self._set = Typeset()
        self._strips: dict[int, Strip] = {}
        self._left = 0
        self._base: Style | None = None
        self._anchor = (0, 0)
        self._floor = 0
        self._floor_place = (0, 0)
        self._shown: int | None = None

    # -- what is on the page ------------------------------------------------------------------------

    @property
    def end(self) -> int:
        """Number of lines on the page."""
        return len(self._set.lines)

    @property
    def top(self) -> int:
        """The first line in view."""
        return round(self.scroll_y)

    @property
    def text(self) -> str:
        """The page as it is broken into lines now, without margins."""
        return "\n".join(self._set.text(y) for y in range(self.end))

    @property
    def in_view(self) -> str:
        """What of the page is in the window, without margins."""
        return "\n".join(
            self._set.text(y) for y in range(self.top, min(self.end, self.top + self.size.height))
        )

    def begin(self, turns: Sequence[Sequence[Block]], people: Mapping[str, Person]) -> None:
        """Puts `turns` on an empty page; the last of them is the new one."""
        self._people = people
        self._set.begin(turns)
        self._strips.clear()
        self._shown = None
        self._anchor = self._floor_place = (self._set.newest, -1)
        if self._set.width:
            self._go(self._set.fresh, floor=True)

    def renew(self, turns: Sequence[Sequence[Block]], people: Mapping[str, Person]) -> None:
        """Puts the same turns, told in other words, where they were. The reader's place is kept."""
        places, newest = (self._anchor, self._floor_place), self._set.newest
        self._people = people
        self._set.begin(turns)
        self._shown = None
        moved = self._set.newest - newest
        self._anchor, self._floor_place = ((max(0, block + moved), offset) for block, offset in places)
        self._rewrap()

    def add(self, blocks: Sequence[Block], height: int) -> None:
        """Appends a turn. `height` is how many lines of the page will be in view.

        Nothing moves if the whole turn fits below what is there; otherwise its first line goes to the top.
        """
        last = self._set.fresh
        if self._set.add(blocks) or len(self._strips) > _KEPT:
            self._strips.clear()
        for index in range(last, self._set.fresh):
            self._strips.pop(index, None)
        self._shown = None
        fits = self.end - self.top <= height
        self._go(self.top if fits else self._set.fresh, floor=True)

    def set_measure(self, measure: int) -> None:
        """Changes the width of the column at most, keeping the place."""
        if measure != self._measure:
            self._measure = measure
            self._rewrap()

    def _rewrap(self) -> None:
        """Wraps everything anew and finds the reader's place again."""
        anchor, floor = self._anchor, self._floor_place
        self._left, width = column(self.scrollable_content_region.width, self._measure)
        self._set.set_width(width)
        self._strips.clear()
        self._floor = self._set.find(floor)
        self._go(self._set.find(anchor))
        self._anchor, self._floor_place = anchor, floor

    # -- moving ---------------------------------------------------------------------------------------

    @property
    def max_scroll_y(self) -> int:
        """The end of the text at the bottom, or the newest page at the top, whichever is further down."""
        return max(0, self._floor, self.end - self.container_size.height)

    def _fit(self) -> None:
        """The page is as long as its text, and long enough for the newest page to begin at the top."""
        height = max(self.end, self._floor + self.container_size.height)
        self.virtual_size = Size(self.scrollable_content_region.width, height)

    def _go(self, y: int, *, floor: bool = False) -> None:
        if floor or y > self._floor:
            self._floor, self._floor_place = y, self._set.place(y)
        self._fit()
        self.scroll_to(y=y, animate=False, force=True)
        self._anchor = self._set.place(self.top)
        self.refresh()

    def page_on(self, height: int, last: int) -> bool:
        """Shows the next page. False at the end.

        It begins with the paragraph that was cut off, if little of it was shown; else with its last line.
        The last page, which has room for `last` lines, is filled with what came before it.
        """
        bottom = self.top + height
        if self.end <= bottom:
            return False
        block, _ = self._set.place(bottom)
        start = self._set.find((block, -1)) if block < len(self._set.blocks) else bottom
        target = start if bottom - start <= min(5, height // 3) else bottom - 1
        self._go(max(self.top + 1, min(target, self.end - last)))
        return True

    def page_to(self, y: int) -> None:
        """Shows line `y` at the top, or as near to it as the page allows."""
        self._fit()
        self.scroll_to(y=max(0, y), animate=False, force=True)

    def to_end(self, height: int) -> None:
        """Back to where reading stopped: the last of the text, and its start if all of it fits."""
        self._go(max(self._floor, self.end - height))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remembers the place when the reader moves."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._anchor = self._set.place(self.top)
            self.post_message(self.Moved())

    def _on_resize(self, event: events.Resize) -> None:
        if column(self.scrollable_content_region.width, self._measure) != (self._left, self._set.width):
            self._rewrap()
        else:
            self._fit()
        self.post_message(self.Moved())

    # -- typing ---------------------------------------------------------------------------------------

    @property
    def typing(self) -> bool:
        """Whether some of the newest turn is still held back."""
        return self._shown is not None

    def type_from(self, cells: int) -> None:
        """Shows only the first `cells` cells of the newest turn; more than it has shows all of it."""
        before = self._shown
        total = sum(line.end - line.start for line in self._set.lines[self._set.fresh :])
        self._shown = cells if cells < total else None
        if before != self._shown:
            for index in range(self._set.fresh, self.end):
                self._strips.pop(index, None)
            self.refresh()
        if before is not None and self._shown is None:
            self.post_message(self.Moved())

    def _limit(self, index: int, line: Line) -> int:
        """How much of a line may be shown while text is being typed: an offset into its block."""
        if self._shown is None or index < self._set.fresh:
            return line.end
        before = sum(other.end - other.start for other in self._set.lines[self._set.fresh : index])
        return max(line.start, min(line.end, line.start + self._shown - before))

    # -- drawing ----------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """A new theme: what was drawn is drawn again."""
        self._strips.clear()
        self._base = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Line `y` of the window, with its margins."""
        index = self.top + y
        width = self.size.width
        if not 0 <= index < self.end:
            return Strip.blank(width, self._page)
        strip = self._strips.get(index)
        if strip is None or strip.cell_length != width:
            segments = [Segment(" " * self._left, self._page), *self._segments(index)]
            strip = Strip(segments).adjust_cell_length(width, self._page)
            self._strips[index] = strip
        return strip

    @property
    def _page(self) -> Style:
        """The page itself, under the ink."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def _style(self, name: str) -> Style:
        return self._page + self.get_component_rich_style(f"transcript--{name}", partial=True)

    def _ink(self, block: Block, old: bool) -> tuple[Style, Style]:
        """The styles of a block's text and of what leads it."""
        match block.kind:
            case "chosen" | "notice":
                style = self._style(f"{block.kind}-old" if old else block.kind)
                return style, style
            case "heading" | "place":
                style = self._style(block.kind)
                return style, style
        style = self._style("old" if old else "new")
        if block.kind == "voice" and block.speaker is not None:
            voice = style + self._voice(block.speaker, old)
            return voice, voice
        return style, style

    def _voice(self, speaker: str, old: bool) -> Style:
        person = self._people.get(speaker)
        return tint(self, person.color if person is not None else None, old=old)

    def _segments(self, index: int) -> list[Segment]:
        line = self._set.lines[index]
        if line.block < 0:
            voiced = self._set.voiced(index)
            if voiced is None or self.typing:
                return []
            return [
                Segment(
                    voiced.hang, self._ink(voiced, self._set.lines[index + 1].block < self._set.newest)[1]
                )
            ]
        block = self._set.blocks[line.block]
        old = line.block < self._set.newest
        style, lead = self._ink(block, old)
        if block.kind == "heading":
            return [Segment(self._heading(block.text[line.start : line.end]), style)]
        end = self._limit(index, line)
        if end <= line.start < line.end:
            return []
        segments = [Segment(block.lead if line.first else block.hang, lead)]
        cuts = sorted({line.start, end, *(cut for span in block.spans for cut in span), block.named})
        cuts = [cut for cut in cuts if line.start <= cut <= end]
        starts = [span[0] for span in block.spans]
        for start, stop in itertools.pairwise(cuts):
            span = bisect_right(starts, start) - 1
            piece = style
            if span >= 0 and start < block.spans[span][1]:
                piece += _ITALIC
            if stop <= block.named:
                piece += _BOLD
            segments.append(Segment(block.text[start:stop], piece))
        return segments

    def _heading(self, text: str) -> str:
        """An episode's heading, in the middle of a thin line."""
        room = max(0, self._set.width - cell_len(text) - 2)
        return f"{'─' * (room // 2)} {text} {'─' * (room - room // 2)}"
