"""The page of the transcript, broken into lines.

Lines are kept as offsets into paragraphs, so that a place in the text can be found again when the width is
another. What has been added is wrapped once; only a new width wraps it all again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len

from game.tui.widgets.blocks import Block
from game.tui.widgets.wrap import wrap

__all__ = ["Line", "Place", "Typeset"]

Place = tuple[int, int]
"""A place in the text: a block, and an offset into it (-1: the blank line before it)."""


class Line(NamedTuple):
    """A line of the page: which block, which part of its text, and whether the block begins here.

    The block of a blank line is -1.
    """

    block: int
    start: int
    end: int
    first: bool


_BLANK: Final = Line(-1, 0, 0, False)

_MOST: Final = 2_000
"""Turns kept on a page. No episode has so many; somebody who asks the same thing forever has."""


class Typeset:
    """Turns of blocks, and the lines they make at the width that was set last."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lines: list[Line] = []
        self.width = 0
        self._turns: list[int] = []
        self._starts: list[int] = []

    @property
    def newest(self) -> int:
        """The first block of the newest turn."""
        return self._turns[-1] if self._turns else 0

    @property
    def fresh(self) -> int:
        """The line where the newest turn begins: the blank one before its first."""
        return self._starts[-1] if self._starts else 0

    def begin(self, turns: Sequence[Sequence[Block]]) -> None:
        """Replaces what is on the page."""
        self.blocks, self._turns = [], []
        for blocks in turns[-_MOST:]:
            self._turns.append(len(self.blocks))
            self.blocks += blocks
        self.set_width(self.width)

    def add(self, blocks: Sequence[Block]) -> bool:
        """Appends a turn. True if the oldest had to go, so that every line has another number now."""
        self._turns.append(len(self.blocks))
        self.blocks += blocks
        if len(self._turns) <= _MOST:
            self._wrap(len(self._turns) - 1)
            return False
        kept = self._turns[_MOST // 4 :]
        del self.blocks[: kept[0]]
        self._turns = [turn - kept[0] for turn in kept]
        self.set_width(self.width)
        return True

    def set_width(self, width: int) -> None:
        """Wraps everything for a column `width` cells wide; 0 wraps nothing yet."""
        self.width = width
        self.lines, self._starts = [], []
        if width:
            for turn in range(len(self._turns)):
                self._wrap(turn)

    def _wrap(self, turn: int) -> None:
        """Appends the lines of one turn, the one after those wrapped so far."""
        after = self._turns[turn + 1] if turn + 1 < len(self._turns) else len(self.blocks)
        lines = self.lines
        self._starts.append(len(lines))
        for index in range(self._turns[turn], after):
            block = self.blocks[index]
            if not block.tight:
                lines.append(_BLANK)
            for number, (start, end) in enumerate(wrap(block.text, self.width - cell_len(block.lead))):
                lines.append(Line(index, start, end, number == 0))

    def place(self, y: int) -> Place:
        """The place of line `y` in the text."""
        if y >= len(self.lines):
            return (len(self.blocks), 0)
        line = self.lines[max(0, y)]
        return (line.block, line.start) if line.block >= 0 else (self.lines[max(0, y) + 1].block, -1)

    def find(self, place: Place) -> int:
        """The line that holds a place in the text; the last one if the text does not go so far."""
        low, high = 0, len(self.lines)
        while low < high:
            middle = (low + high) // 2
            if self.place(middle) < place:
                low = middle + 1
            else:
                high = middle
        if low < len(self.lines) and self.place(low) == place:
            return low
        return max(0, low - 1)

    def voiced(self, y: int) -> Block | None:
        """The block whose voice goes on over the blank line `y`."""
        if not 0 < y < len(self.lines) - 1:
            return None
        before, after = self.lines[y - 1].block, self.lines[y + 1].block
        if before < 0 or after < 0:
            return None
        block = self.blocks[after]
        goes_on = block.kind == "voice" and not block.named and self.blocks[before].speaker == block.speaker
        return block if goes_on else None

    def text(self, y: int) -> str:
        """Line `y` as it is read, without margins."""
        line = self.lines[y]
        if line.block < 0:
            return ""
        block = self.blocks[line.block]
        return (block.lead if line.first else block.hang) + block.text[line.start : line.end]
