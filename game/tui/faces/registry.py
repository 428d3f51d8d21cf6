"""Which face is drawn by what, how it stands still, and whether it has anything to move.

One table, so that a place's `face:` can be checked against it and the widget need
know nothing of the pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from . import bars, blinds, garage, meter, monitor, neon, rain, road, roof, stair, tank, wheel, window
from .canvas import Canvas

__all__ = ["FACES", "FPS", "Shot"]

FPS: Final = 8
"""Ticks in a second."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One establishing shot."""

    draw: Callable[[int, int, int], Canvas]
    """(width, height, tick) to a canvas of exactly that size; the same three always give the same picture."""

    still: int
    """The tick it is shown at when nothing may move, and the one it begins with."""

    every: int = 1
    """It is drawn anew each so many ticks; 0 if it never changes."""


def nothing(width: int, height: int, tick: int) -> Canvas:
    """A place with no face."""
    return Canvas(width, height)


FACES: Final = MappingProxyType(
    {
        "window": Shot(window.draw, window.STILL),
        "neon": Shot(neon.draw, neon.STILL, every=2),
        "blinds": Shot(blinds.draw, blinds.STILL),
        "meter": Shot(meter.draw, meter.STILL),
        "stair": Shot(stair.draw, stair.STILL, every=2),
        "monitor": Shot(monitor.draw, monitor.STILL),
        "tank": Shot(tank.draw, tank.STILL),
        "road": Shot(road.draw, road.STILL),
        "wheel": Shot(wheel.draw, wheel.STILL),
        "rain": Shot(rain.draw, rain.STILL),
        "bars": Shot(bars.draw, bars.STILL, every=2),
        "roof": Shot(roof.draw, roof.STILL, every=8),
        "garage": Shot(garage.draw, garage.STILL, every=2),
        "none": Shot(nothing, 0, every=0),
    }
)
