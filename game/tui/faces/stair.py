"""A tenement stair at night: two flights, a banister, and the one bulb the landlord pays for."""

from __future__ import annotations

from math import hypot
from typing import Final

from .canvas import AMBER, GLASS, Canvas, Role, noise, tone
from .plot import Braille

__all__ = ["STILL", "draw"]

STILL: Final = 0
TREAD: Final = 10
RISE: Final = 4


class Stair(Braille):
    """A plot whose strokes are as bright as the bulb makes them where they are."""

    bulb: tuple[float, float] = (0.0, 0.0)
    power: float = 1.0

    def light_at(self, x: float, y: float) -> float:
        """0 (black) to 1 (under the bulb)."""
        far = hypot(
            (x - self.bulb[0]) / max(60.0, self.width * 0.36), (y - self.bulb[1]) / (self.height * 1.9)
        )
        return self.power * max(0.0, 1 - far)

    def stroke(self, x0: float, y0: float, x1: float, y1: float, ramp: tuple[Role, ...]) -> None:
        """A straight line, lit along its length."""
        steps = max(1, int(max(abs(x1 - x0), abs(y1 - y0))))
        for step in range(steps + 1):
            x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
            level = self.light_at(x, y)
            if level > 0.04:
                self.dot(x, y, tone(ramp, level))


def draw(width: int, height: int, tick: int) -> Canvas:
    """The bulb dips once in a while, and the stair goes with it."""
    canvas = Canvas(width, height)
    plot = Stair(canvas)
    plot.power = 0.5 if noise(tick // 2, 31) < 0.02 else 1.0
    plot.bulb = (plot.width * 0.46, plot.height * 0.3)
    for y in range(plot.height):
        for x in range(plot.width):
            level = plot.power - hypot((x - plot.bulb[0]) / 30, (y - plot.bulb[1]) / 15)
            plot.shade(x, y, level * 0.55, "coal")
    door(plot)
    flight(plot, int(plot.bulb[0]) + 18)
    plot.develop()
    column, row = int(plot.bulb[0] / 2), int(plot.bulb[1] / 4)
    for y in range(row):
        canvas.put(column, y, "│", "dim")
    canvas.put(column, row, "●", "light" if plot.power == 1 else "ember")
    return canvas


def door(plot: Stair) -> None:
    """Somebody's door on the landing, with a line of light under it."""
    right = int(plot.bulb[0]) - 22
    left, top, sill = right - 22, plot.height * 0.24, plot.height - 1
    for x in (left, right):
        plot.stroke(x, top, x, sill, AMBER[:3])
    plot.stroke(left, top, right, top, AMBER[:3])
    plot.stroke(left + 4, top + 4, right - 4, top + 4, GLASS[:2])
    plot.stroke(left + 4, top + 4, left + 4, plot.height * 0.62, GLASS[:2])
    plot.stroke(right - 4, top + 4, right - 4, plot.height * 0.62, GLASS[:2])
    plot.stroke(left + 4, plot.height * 0.62, right - 4, plot.height * 0.62, GLASS[:2])
    plot.dot(right - 3, plot.height * 0.74, "amber")
    plot.stroke(0, sill, left, sill, AMBER[:3])


def flight(plot: Stair, foot: int) -> None:
    """Treads and risers climbing from the landing, with balusters and a rail over them."""
    x, y = foot, plot.height - 1
    plot.stroke(plot.bulb[0] - 22, y, x, y, AMBER[:3])
    rail = plot.height * 0.42
    plot.box(x - 1, int(y - rail) - 1, 2, int(rail) + 1, "amber" if plot.power == 1 else "coal")
    while y > -rail and x < plot.width:
        plot.stroke(x, y, x, y - RISE, AMBER[:3])
        y -= RISE
        plot.stroke(x, y, x + TREAD, y, AMBER[:3])
        middle = x + TREAD // 2
        plot.stroke(middle, y, middle, y - rail + RISE // 2, GLASS[:3])
        x += TREAD
    plot.stroke(foot, plot.height - 1 - rail, x, y - rail, AMBER[:3])
