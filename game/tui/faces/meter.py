"""A radio studio at night: one needle in its lit dial, and the sign that says somebody can hear you."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Final

from .canvas import Canvas, Role, noise
from .letters import lettering
from .plot import Braille, Quads

__all__ = ["STILL", "draw"]

STILL: Final = 21
MARKS: Final = ((-44, "20"), (-26, "10"), (-9, "5"), (14, "0"), (40, "3"))
RED_FROM: Final = 14
SIGN_FROM: Final = 70
"""Columns it takes for the sign to hang beside the dial."""


def draw(width: int, height: int, tick: int) -> Canvas:
    """The needle follows a voice: it swings up, falls back, and waits for the other one to answer."""
    canvas = Canvas(width, height)
    middle = int(width * (0.33 if width >= SIGN_FROM else 0.5))
    dial(canvas, middle, tick)
    if width >= SIGN_FROM:
        on_air(canvas, int(width * 0.77))
    return canvas


def loudness(tick: int) -> float:
    """0 to 1: syllables within phrases within silence."""
    here, there = noise(tick // 3, 6), noise(tick // 3 + 1, 6)
    level = here + (there - here) * (tick % 3 / 3)
    return 0.3 + 0.55 * level if noise(tick // 40, 5) < 0.8 else 0.03 + 0.05 * level


def dial(canvas: Canvas, middle: int, tick: int) -> None:
    """The arc, its figures, the needle, and the glow behind them."""
    plot = Braille(canvas)
    x0, y0 = middle * 2 + 1, plot.height * 1.35
    tall, wide = plot.height * 1.04, min(62.0, canvas.width * (0.62 if canvas.width >= SIGN_FROM else 1.1))

    def at(angle: float, reach: float) -> tuple[float, float]:
        return x0 + sin(radians(angle)) * wide * reach, y0 - cos(radians(angle)) * tall * reach

    for y in range(plot.height):
        for x in range(plot.width):
            glow = 1 - ((x - x0) / (wide * 0.98)) ** 2 - ((y - plot.height * 0.75) / (plot.height * 0.8)) ** 2
            plot.shade(x, y, min(0.45, glow * 0.5), "coal")
    for step in range(-500, 501, 3):
        hot = step / 10 > RED_FROM
        for reach in (1.0, 0.965, 0.93) if hot else (1.0,):
            plot.dot(*at(step / 10, reach), "red" if hot else "amber")
    for angle, _ in MARKS:
        role: Role = "red" if angle > RED_FROM else "amber"
        plot.line(*at(angle, 1.0), *at(angle, 0.9), role)
    swing = -50 + 100 * loudness(tick)
    plot.line(*at(swing, 0.34), *at(swing, 1.06), "light")
    plot.develop()
    for angle, figure in MARKS if canvas.height >= 5 else ():
        across, down = at(angle, 1.17)
        role = "red" if angle >= RED_FROM else "amber"
        canvas.text(int(across / 2) - len(figure) // 2, max(0, int(down / 4)), figure, role)


def on_air(canvas: Canvas, middle: int) -> None:
    """The box over the door, lit."""
    rows = lettering("ON AIR")
    wide, top = (len(rows[0]) + 1) // 2, (canvas.height - 5) // 2
    left = middle - wide // 2
    if canvas.height < 5:
        canvas.text(middle - 3, canvas.height // 2, "ON AIR", "red")
        return
    canvas.text(left - 3, top, f"╭{'─' * (wide + 4)}╮", "rust")
    for row in range(1, 4):
        canvas.text(left - 3, top + row, f"│{' ' * (wide + 4)}│", "rust")
    canvas.text(left - 3, top + 4, f"╰{'─' * (wide + 4)}╯", "rust")
    quads = Quads(canvas)
    quads.bitmap(left * 2, top * 2 + 2, rows, "red")
    quads.develop()
