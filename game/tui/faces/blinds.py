"""A streetlight through venetian blinds, aslant on a wall, and the shadow of what is on the sill."""

from __future__ import annotations

from typing import Final

from .canvas import AMBER, Canvas, tone
from .plot import Quads

__all__ = ["STILL", "draw"]

STILL: Final = 200
LAP: Final = 480
BOTTLE: Final = (3, 3, 3, 3, 3, 6, 9, 10, 10, 10, 10, 10, 10, 10)
"""Half widths in pixels, from the cork down."""
TUMBLER: Final = (0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 7, 7)


def draw(width: int, height: int, tick: int) -> Canvas:
    """The bars hold still; at long intervals a car goes by, and its own bars cross them."""
    canvas = Canvas(width, height)
    plot = Quads(canvas)
    slant = 1.6
    left, right = plot.width * 0.24, plot.width * 0.86 - plot.height * slant
    car = (tick % LAP) / 48 * plot.width - plot.width * 0.4
    reach = plot.width * 0.12
    for y in range(0, plot.height, 2):
        for x in range(plot.width):
            flat = x - (plot.height - y) * slant
            at = (flat - left) / (right - left)
            if 0 <= at <= 1 and abs(at - 0.2) > 0.016:
                level = 1 - abs(at - 0.62) * 1.35
                plot.dot(x, y, tone(AMBER[:3], level))
            elif abs(flat - car) < reach and not (0 <= at <= 1):
                plot.dot(x, y, "dim" if abs(flat - car) < reach * 0.5 else "faint")
    shadow(plot, BOTTLE, int(plot.width * 0.53))
    shadow(plot, TUMBLER, int(plot.width * 0.53) + 24)
    plot.develop()
    return canvas


def shadow(plot: Quads, shape: tuple[int, ...], middle: int) -> None:
    """A thing made of nothing but the light it stops; it stands on the lower edge."""
    for up, half in enumerate(reversed(shape)):
        if half:
            plot.box(middle - half, plot.height - 1 - up, half * 2, 1, None)
