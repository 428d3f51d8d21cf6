"""The road at night, from behind the wheel: what the headlights reach, and nothing else."""

from __future__ import annotations

from math import sin
from typing import Final

from .canvas import AMBER, GLASS, Canvas, noise, tone
from .plot import Braille

__all__ = ["STILL", "draw"]

STILL: Final = 5
DASH: Final = 1.7


def draw(width: int, height: int, tick: int) -> Canvas:
    """Dashes come up out of the dark; the road bends a little, and takes its time."""
    canvas = Canvas(width, height)
    plot = Braille(canvas)
    sky = int(plot.height * 0.26)
    bend = sin(tick / 90) * plot.width * 0.05
    for y in range(sky + 3, plot.height):
        near = (y - sky) / (plot.height - sky)
        middle = plot.width * 0.5 + bend * (1 - near) ** 2
        half = plot.width * 0.36 * near
        lamp(plot, y, near, middle, half)
        edge = tone(GLASS, 0.1 + near * 0.6)
        for side in (-1, 1):
            before = plot.width * 0.36 * (near - 1 / (plot.height - sky))
            plot.box(int(middle + side * (half if side < 0 else before)), y, int(half - before) + 1, 1, edge)
        if (DASH / near + tick * 0.09) % 1.1 < 0.55:
            plot.box(int(middle - near * 3.4), y, max(1, int(near * 7)), 1, tone(AMBER[1:], near * 1.3))
    woods(plot, sky)
    posts(plot, sky, bend, tick)
    if tick % 900 < 700:
        ahead = plot.width * 0.5 + bend * 0.9
        plot.dot(ahead - 3, sky, "red")
        plot.dot(ahead + 3, sky, "red")
    plot.develop()
    return canvas


def lamp(plot: Braille, y: int, near: float, middle: float, half: float) -> None:
    """Headlight on asphalt."""
    for x in range(int(middle - half), int(middle + half)):
        across = abs(x - middle) / max(1.0, half)
        plot.shade(x, y, (1 - across**2) * (1 - abs(near - 0.55) * 1.7) * 0.5, "coal")


def woods(plot: Braille, sky: int) -> None:
    """Where the trees stop and the sky does not begin."""
    for x in range(plot.width):
        gap = min(1.0, abs(x - plot.width * 0.5) / plot.width * 3)
        top = (noise(x // 2, 41) * 0.5 + noise(x // 13, 42)) * sky * 0.6 * gap
        if gap > 0.1:
            for y in range(sky - int(top), sky + 1):
                plot.shade(x, y, 0.4, "faint")


def posts(plot: Braille, sky: int, bend: float, tick: int) -> None:
    """Reflectors at the verge, each seen for a moment."""
    for index in range(7):
        depth = (index - tick * 0.045) % 7 + 0.75
        near = 1 / depth
        for side in (-1, 1):
            x = plot.width * 0.5 + bend * (1 - near) ** 2 + side * plot.width * 0.44 * near
            foot = sky + near * (plot.height - sky)
            for up in range(int(near * 9)):
                plot.dot(x, foot - up, "dim" if up < int(near * 9) - 2 else "amber")
