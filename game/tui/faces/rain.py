"""A street in the rain, and as much of it as one lamp can show."""

from __future__ import annotations

from math import sin
from typing import Final

from .canvas import AMBER, Canvas, noise, tone
from .plot import Braille

__all__ = ["STILL", "draw"]

STILL: Final = 7


def draw(width: int, height: int, tick: int) -> Canvas:
    """Rain falls everywhere and is seen in one place."""
    canvas = Canvas(width, height)
    plot = Braille(canvas)
    post = plot.width * 0.3
    head = (post + plot.height * 0.6, plot.height // 7)
    ground = plot.height - 4
    cone(plot, head, ground)
    fall(plot, head, ground, tick)
    lamp(plot, post, head, ground)
    wet(plot, head, ground, tick)
    plot.develop()
    return canvas


def inside(head: tuple[float, float], x: float, y: float) -> float:
    """How deep in the lamp's light a point is: above 0 within it, 1 on its axis at the top."""
    drop = y - head[1]
    if drop <= 0:
        return 0.0
    return (1 - abs(x - head[0]) / (7 + drop * 2.2)) * (1 - drop / 70)


def cone(plot: Braille, head: tuple[float, float], ground: int) -> None:
    """The lit air."""
    for y in range(int(head[1]), ground):
        for x in range(plot.width):
            plot.shade(x, y, inside(head, x, y) * 0.8, "coal")


def fall(plot: Braille, head: tuple[float, float], ground: int, tick: int) -> None:
    """Slanting streaks, each in its own lane."""
    for lane in range(-plot.height, plot.width + plot.height, 3):
        span = plot.height + 4 + int(noise(lane, 21) * 10)
        y0 = (tick * (2.2 + noise(lane, 22)) + noise(lane, 23) * span) % span - 6
        for step in range(3 + int(noise(lane, 24) * 4)):
            y = y0 + step
            x = lane - y * 0.22
            if y < ground:
                lit = inside(head, x, y)
                plot.dot(x, y, tone(AMBER[1:3], lit * 1.6) if lit > 0.02 else "faint")


def lamp(plot: Braille, post: float, head: tuple[float, float], ground: int) -> None:
    """An iron post, its arm, its shade."""
    top = int(head[1])
    plot.box(int(post), top, 2, ground - top, "dim")
    plot.box(int(post) - 1, ground - 3, 4, 3, "dim")
    plot.line(post, top, post + 4, top - 2, "dim")
    plot.line(post + 4, top - 2, head[0], top - 2, "dim")
    plot.box(int(head[0]) - 4, top, 9, 2, "light")


def wet(plot: Braille, head: tuple[float, float], ground: int, tick: int) -> None:
    """The kerb, and the lamp again, upside down and in pieces."""
    for x in range(plot.width):
        plot.dot(x, ground, "dim" if noise(x, 25) < 0.8 else "faint")
        for y in range(ground + 1, plot.height):
            spread = 10 + (y - ground) * 5
            ripple = sin(x / 3 + tick / 5 + y * 2) * 3
            level = 1 - abs(x + ripple - head[0]) / spread
            if level > 0 and noise(x // 3, y, tick // 4) < level:
                plot.dot(x, y, tone(AMBER[:3], level))
            elif noise(x, y, tick // 3, 26) < 0.03:
                plot.dot(x, y, "faint")
