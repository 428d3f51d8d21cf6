"""A heart, drawn by a machine, in a room where nothing else moves."""

from __future__ import annotations

from math import exp
from typing import Final

from .canvas import Canvas, Role
from .letters import lettering
from .plot import Braille, Quads

__all__ = ["STILL", "draw"]

STILL: Final = 30
BEAT: Final = 54
PACE: Final = 6
"""Dots to a beat, and dots the pen writes in a tick: at eight ticks a second, the rate it shows."""
RATE: Final = "53"
WAVES: Final = (
    (0.18, 0.03, 0.16),
    (0.30, 0.010, -0.16),
    (0.335, 0.012, 1.0),
    (0.37, 0.012, -0.34),
    (0.56, 0.045, 0.27),
)
"""Where in the beat, how wide, how high: P, Q, R, S and T."""


def draw(width: int, height: int, tick: int) -> Canvas:
    """The trace is written from left to right; the pen wipes a gap ahead of itself."""
    canvas = Canvas(width, height)
    wide = width if width < 44 else width - 18
    plot = Braille(canvas)
    span = wide * 2
    pen = tick * PACE
    base, tall = plot.height * 0.72, plot.height * 0.64
    for x in range(span):
        age = (pen - x) % span
        if age > span - 16:
            continue
        role: Role = "light" if age < PACE else "green" if age < span * 0.62 else "moss"
        now = base - beat(pen - age) * tall
        last = base - beat(pen - age - 1) * tall
        plot.line(x, last, x, now, role)
    grid(canvas, wide)
    plot.develop()
    if width >= 44:
        figures(canvas, wide + 3, pen)
    return canvas


def beat(at: int) -> float:
    """Height of the trace, about -0.3 to 1."""
    phase = (at % BEAT) / BEAT
    return sum(high * exp(-(((phase - middle) / wide) ** 2)) for middle, wide, high in WAVES)


def grid(canvas: Canvas, wide: int) -> None:
    """The paper it is written on, barely."""
    for y in range(0, canvas.height, 3):
        for x in range(0, wide, 6):
            canvas.put(x, y, "·", "faint")


def figures(canvas: Canvas, left: int, pen: int) -> None:
    """The rate in large figures."""
    quads = Quads(canvas)
    top = max(0, (canvas.height - 4) // 2)
    quads.bitmap(left * 2, top * 2, lettering(RATE, gap=2), "green")
    quads.develop()
    canvas.text(left, top + 3, "BPM", "moss")
    if pen % BEAT / BEAT < 0.45:
        canvas.put(left + 6, top + 3, "•", "green")
