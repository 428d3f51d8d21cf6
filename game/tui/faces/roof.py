"""The roofs of the Kitchen: water towers against the glow, windows, and the gravel underfoot."""

from __future__ import annotations

from typing import Final

from .canvas import AMBER, Canvas, noise, tone
from .plot import Braille

__all__ = ["STILL", "draw"]

STILL: Final = 40
TOWERS: Final = (0.14, 0.37, 0.79)
TOWER: Final = (0, 1, 3, 4, 6, 7, 7, 7, 7, 7, 7, 7, 7)
"""Half widths in dots of a tank, from the tip of its roof."""


def draw(width: int, height: int, tick: int) -> Canvas:
    """Windows go on and off across the way; nothing else moves up here."""
    canvas = Canvas(width, height)
    plot = Braille(canvas)
    ground = plot.height - 4
    for y in range(plot.height):
        for x in range(plot.width):
            high = 1 - y / plot.height
            plot.shade(x, y, 1 - 0.5 * high, "coal" if high + (x % 2) * 0.12 < 0.52 else "faint")
    left = -5
    while left < plot.width:
        wide = 14 + int(noise(left, 51) * 18)
        roof = ground - int(plot.height * (0.14 + 0.3 * noise(left, 52) ** 2))
        plot.box(left, roof, wide, plot.height, None)
        windows(plot, left, roof, wide, tick)
        left += wide
    for share in TOWERS if plot.height >= 20 else ():
        tank(plot, int(plot.width * share), ground)
    plot.box(0, ground, plot.width, 4, None)
    for x in range(plot.width):
        if noise(x, 54) < 0.6:
            plot.dot(x, ground + 1 + int(noise(x, 55) * 3), "dim" if noise(x, 56) < 0.5 else "faint")
        plot.dot(x, ground, "dim")
    plot.develop()
    return canvas


def windows(plot: Braille, left: int, roof: int, wide: int, tick: int) -> None:
    """Two dots of light each, for as long as somebody is up."""
    for x in range(left + 3, left + wide - 3, 4):
        for y in range(roof + 2, plot.height - 5, 4):
            shift = (tick + int(noise(x, y, 57) * 300)) // 300
            if noise(x, y, shift) < 0.55:
                role = tone(AMBER[:3], noise(x, y, 58))
                plot.box(x, y, 2, 2, role)


def tank(plot: Braille, middle: int, ground: int) -> None:
    """A water tower: cone, staves, legs and a brace. Black, like everything that stands up here."""
    top = 1 + int(noise(middle, 53) * 3)
    under = top + len(TOWER)
    for row, half in enumerate(TOWER):
        plot.box(middle - half, top + row, half * 2 + 1, 1, None)
    for leg in (-6, 0, 5):
        plot.box(middle + leg, under, 2, ground - under, None)
    plot.box(middle - 8, under, 17, 1, None)
    plot.box(middle - 6, under + 3, 12, 1, None)
