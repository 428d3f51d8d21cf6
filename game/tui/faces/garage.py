"""An underground garage: columns into the dark, under one tube that is about to go."""

from __future__ import annotations

from math import hypot
from typing import Final

from .canvas import GLASS, Canvas, Role, noise, tone
from .plot import Braille

__all__ = ["STILL", "draw"]

STILL: Final = 4
COLUMNS: Final = ((-0.44, 15), (-0.24, 9), (-0.13, 5), (0.15, 5), (0.27, 9), (0.46, 15))
"""Where each stands, as a share of the width from the middle, and how wide it is in dots."""


def draw(width: int, height: int, tick: int) -> Canvas:
    """The tube fails, catches, and fails again; what it shows comes and goes with it."""
    canvas = Canvas(width, height)
    plot = Braille(canvas)
    power = strength(tick)
    middle = plot.width * 0.48
    concrete(plot, middle, power)
    for share, wide in COLUMNS:
        column(plot, middle, share, wide, power)
    plot.develop()
    tube: Role = "light" if power > 0.8 else "glass" if power > 0.4 else "dim"
    half = max(2, width // 22)
    for x in range(-half, half + 1):
        canvas.put(int(middle / 2) + x, 1 if height > 4 else 0, "━", tube)
    return canvas


def strength(tick: int) -> float:
    """How much light there is, 0 to 1: long steady stretches, then trouble."""
    if noise(tick // 32, 91) < 0.6:
        return 1.0
    return 0.25 + 0.75 * (noise(tick // 2, 92) > 0.45)


def concrete(plot: Braille, middle: float, power: float) -> None:
    """Ceiling and floor as far as the light goes, and the painted lines it lands on."""
    horizon = plot.height * 0.5
    for y in range(int(plot.height * 0.14)):
        for x in range(plot.width):
            far = hypot((x - middle) / (plot.width * 0.26), (plot.height * 0.2 - y) / plot.height)
            plot.shade(x, y, (power - far) * 0.6, "faint")
    for y in range(int(horizon) + 3, plot.height):
        near = (y - horizon) / (plot.height - horizon)
        for x in range(plot.width):
            far = hypot((x - middle) / (plot.width * 0.34), (near - 0.55) / 0.75)
            plot.shade(x, y, (power - far) * 0.5, "faint")
        for bay in (-3, -2, -1, 1, 2, 3):
            painted = middle + bay * plot.width * 0.13 * (0.35 + near)
            level = power - abs(painted - middle) / (plot.width * 0.42)
            if level > 0.1:
                plot.box(int(painted), y, 1 + int(near * 2), 1, tone(GLASS[:3], level))


def column(plot: Braille, middle: float, share: float, wide: int, power: float) -> None:
    """Concrete, from floor to ceiling; only the side toward the tube is seen."""
    center = middle + share * plot.width
    rise = 0.5 + abs(share) * 1.25
    top, foot = plot.height * (0.5 - rise * 0.5), plot.height * (0.55 + rise * 0.42)
    for y in range(int(top), int(foot) + 1):
        for step in range(wide):
            x = center - wide / 2 + step
            toward = 1 - step / wide if share > 0 else step / wide
            plot.erase(x, y)
            level = power * (1.15 - abs(share) * 1.6) * toward
            plot.shade(int(x), y, level * 1.2, tone(GLASS[:3], level * 0.9))
