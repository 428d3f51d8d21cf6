"""A fairground out of season, with one wheel turning for nobody."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Final

from .canvas import Canvas, Role, noise
from .plot import Braille

__all__ = ["STILL", "draw"]

STILL: Final = 9
CARS: Final = 12


def draw(width: int, height: int, tick: int) -> Canvas:
    """The wheel takes about a minute to go round; the bulbs along the midway sway a little."""
    canvas = Canvas(width, height)
    plot = Braille(canvas)
    center = (plot.width * 0.34, plot.height * 0.68)
    reach = plot.height * 0.61
    midway(plot, center, tick)
    wheel(plot, center, reach, tick)
    plot.develop()
    return canvas


def wheel(plot: Braille, center: tuple[float, float], reach: float, tick: int) -> None:
    """Legs, spokes, rim, and a car with its lamp on every other spoke."""
    x0, y0 = center
    for side in (-1, 1):
        plot.line(x0, y0, x0 + side * reach * 0.55, plot.height, "dim")
    turn = tick * 2 * pi / 480
    for step in range(int(reach * 8)):
        angle = step * 2 * pi / int(reach * 8)
        plot.dot(x0 + cos(angle) * reach, y0 + sin(angle) * reach, "ember")
        plot.dot(x0 + cos(angle) * reach * 0.8, y0 + sin(angle) * reach * 0.8, "coal")
    for car in range(CARS):
        angle = turn + car * 2 * pi / CARS
        x, y = x0 + cos(angle) * reach, y0 + sin(angle) * reach
        plot.line(x0, y0, x, y, "coal")
    for car in range(CARS):
        angle = turn + car * 2 * pi / CARS
        x, y = x0 + cos(angle) * reach, y0 + sin(angle) * reach
        role: Role = "red" if car == 5 else "light" if (car + tick // 6) % 3 == 0 else "amber"
        plot.box(int(x) - 1, int(y) - 1, 3, 3, role)
    plot.box(int(x0) - 1, int(y0) - 1, 2, 2, "light")


def midway(plot: Braille, center: tuple[float, float], tick: int) -> None:
    """Shut for the winter, under a string of bulbs that somebody left on."""
    ground = plot.height - 1
    for x in range(plot.width):
        plot.dot(x, ground, "faint")
    start, span = int(center[0] + plot.height * 1.05), max(12, int(plot.height * 1.9))
    for pole in range(start, plot.width, span):
        plot.line(pole, plot.height * 0.28, pole, ground, "faint")
        for step in range(0, span, 2):
            sag = plot.height * (0.3 + 1.1 * (step / span) * (1 - step / span))
            plot.dot(pole + step, sag, "faint")
            if step % 8 == 4 and noise(pole, step) < 0.85:
                role: Role = "amber" if noise(pole, step, 2) < 0.6 else "ember"
                plot.box(pole + step, int(sag + sin(tick / 11 + pole) * 0.5) + 1, 2, 2, role)
