"""Drawing finer than a cell: eight braille dots or four quadrants in each.

A terminal cell is about twice as tall as it is wide, so braille dots are square and lines keep their angle;
quadrants are coarser but solid, which is what lettering wants.
"""

from __future__ import annotations

from typing import Final

from .canvas import RANK, Canvas, Role

__all__ = ["Braille", "Plot", "Quads"]

BAYER: Final = (0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5)
BRAILLE_BITS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
QUAD_BITS: Final = ((1, 2), (4, 8))
QUAD_CHARS: Final = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"


class Plot:
    """Pixels over a canvas. A cell takes the color of the brightest pixel in it."""

    across: int
    down: int

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.width = canvas.width * self.across
        self.height = canvas.height * self.down
        self.pixels: dict[tuple[int, int], Role] = {}

    def dot(self, x: float, y: float, role: Role) -> None:
        """Light one pixel."""
        column, row = int(x // 1), int(y // 1)
        if 0 <= column < self.width and 0 <= row < self.height:
            self.pixels[column, row] = role

    def erase(self, x: float, y: float) -> None:
        """Put one pixel out."""
        self.pixels.pop((int(x // 1), int(y // 1)), None)

    def shade(self, x: int, y: int, level: float, role: Role) -> None:
        """Light the pixel if `level` (0 to 1) passes the ordered screen: even light, without grain."""
        if level * 16 > BAYER[(y & 3) * 4 + (x & 3)] + 0.5:
            self.dot(x, y, role)

    def line(self, x0: float, y0: float, x1: float, y1: float, role: Role) -> None:
        """A straight stroke, both ends included."""
        steps = max(1, int(max(abs(x1 - x0), abs(y1 - y0))))
        for step in range(steps + 1):
            share = step / steps
            self.dot(x0 + (x1 - x0) * share + 0.5, y0 + (y1 - y0) * share + 0.5, role)

    def box(self, x: int, y: int, width: int, height: int, role: Role | None) -> None:
        """A filled rectangle; with no role, a black one."""
        for row in range(y, y + height):
            for column in range(x, x + width):
                if role is None:
                    self.erase(column, row)
                else:
                    self.dot(column, row, role)

    def bitmap(self, x: int, y: int, rows: tuple[str, ...], role: Role) -> None:
        """Pixels where `rows` hold `#`; a `.` puts out what is there, anything else leaves it."""
        for down, row in enumerate(rows):
            for across, mark in enumerate(row):
                if mark == "#":
                    self.dot(x + across, y + down, role)
                elif mark == ".":
                    self.erase(x + across, y + down)

    def glyph(self, bits: int) -> str:
        """The character for the lit pixels of one cell."""
        raise NotImplementedError

    def bit(self, x: int, y: int) -> int:
        """The bit of the pixel (x, y) of a cell."""
        raise NotImplementedError

    def develop(self) -> None:
        """Put what is lit on the canvas, over what is there."""
        cells: dict[tuple[int, int], tuple[int, Role]] = {}
        for (x, y), role in self.pixels.items():
            at = (x // self.across, y // self.down)
            bits, brightest = cells.get(at, (0, role))
            if RANK[role] < RANK[brightest]:
                role = brightest
            cells[at] = (bits | self.bit(x % self.across, y % self.down), role)
        for (x, y), (bits, role) in cells.items():
            self.canvas.put(x, y, self.glyph(bits), role)


class Braille(Plot):
    """Two by four square dots in a cell."""

    across = 2
    down = 4

    def bit(self, x: int, y: int) -> int:
        return BRAILLE_BITS[y][x]

    def glyph(self, bits: int) -> str:
        return chr(0x2800 + bits)


class Quads(Plot):
    """Two by two tall pixels in a cell."""

    across = 2
    down = 2

    def bit(self, x: int, y: int) -> int:
        return QUAD_BITS[y][x]

    def glyph(self, bits: int) -> str:
        return QUAD_CHARS[bits]
