"""The visiting room, from the side: two handsets, and the glass between them."""

from __future__ import annotations

from math import hypot, pi, sin
from typing import Final

from .canvas import GLASS, Canvas, noise, tone
from .plot import Braille

__all__ = ["STILL", "draw"]

STILL: Final = 0
HANDSET: Final = (
    "  ######   ",
    " ########  ",
    "########## ",
    "########## ",
    "###########",
    " ###   ####",
    "        ###",
    "        ###",
    "        ###",
    "        ###",
    "        ###",
    "        ###",
    "        ###",
    " ###   ####",
    "###########",
    "########## ",
    "########## ",
    " ########  ",
    "  ######   ",
)
"""The one on the right; its mouth and ear are toward the glass."""


def draw(width: int, height: int, tick: int) -> Canvas:
    """Nothing moves here but the tube on the ceiling, which has a flicker nobody reports."""
    canvas = Canvas(width, height)
    plot = Braille(canvas)
    middle = plot.width // 2
    power = 0.6 if noise(tick // 2, 81) < 0.04 else 1.0
    for y in range(plot.height):
        for x in range(plot.width):
            for tube, lit in ((-0.25, 1.0), (0.25, power)):
                far = hypot((x - middle - tube * plot.width) / (plot.width * 0.22), y / (plot.height * 1.05))
                plot.shade(x, y, (lit - far) * 0.42, "faint")
    counter(plot, middle)
    gap = max(6, min(22, plot.width // 10))
    for side in (-1, 1):
        handset(plot, middle, side, gap)
    plot.develop()
    for y in range(height - 1):
        canvas.put(width // 2, y, "┃", tone(GLASS, 0.9 - 0.09 * y))
    for tube, lit in ((-width // 4, 1.0), (width // 4, power)):
        for x in range(-4, 5):
            canvas.put(width // 2 + tube + x, 0, "━", "light" if lit == 1 else "dim")
    return canvas


def counter(plot: Braille, middle: int) -> None:
    """The shelf both of them lean on."""
    for x in range(plot.width):
        level = 1 - abs(x - middle) / (plot.width * 0.42)
        if level > 0:
            plot.dot(x, plot.height - 3, tone(GLASS[:3], level))


def handset(plot: Braille, middle: int, side: int, gap: int) -> None:
    """One receiver, off its hook, and the steel cord it hangs from."""
    rows: tuple[str, ...] = HANDSET if plot.height >= 24 else HANDSET[:6] + HANDSET[8:11] + HANDSET[13:]
    if plot.height < 20:
        rows = rows[1::2]
    top = max(0, (plot.height - 3 - len(rows)) // 2)
    shape = rows if side > 0 else tuple(row[::-1] for row in rows)
    wide = len(HANDSET[0])
    left = middle + gap if side > 0 else middle - gap - wide
    plot.box(left - 1, top - 1, wide + 2, len(rows) + 2, None)
    plot.bitmap(left, top, shape, "glass")
    foot = middle + side * (gap + wide - 3)
    for step in range(70):
        x = foot + side * step * 0.62
        y = top + len(rows) - 1 + sin(step / 70 * pi) * 4 - step * 0.16
        plot.dot(x, y + (step % 4 > 1), "dim" if step < 46 else "faint")
