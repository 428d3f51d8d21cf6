"""The big tank, after closing: the light comes down through the water, and something goes by in it."""

from __future__ import annotations

from math import hypot, sin
from typing import Final

from .canvas import Canvas, Role, noise
from .plot import Braille

__all__ = ["STILL", "draw"]

STILL: Final = 300
LAP: Final = 720
ARMS: Final = 6


def draw(width: int, height: int, tick: int) -> Canvas:
    """An octopus crosses in a minute and a half, slowly, and takes a while to come back."""
    canvas = Canvas(width, height)
    plot = Braille(canvas)
    water(plot, tick)
    weed(plot, tick)
    bubbles(plot, tick)
    share = (tick % LAP) / LAP
    octopus(plot, (share * 1.7 - 0.35) * plot.width, plot.height * (0.42 + 0.06 * sin(tick / 23)), tick)
    plot.develop()
    return canvas


def water(plot: Braille, tick: int) -> None:
    """The surface from below, and shafts of light leaning through."""
    for x in range(plot.width):
        top = 1.2 + sin(x / 9 + tick / 17) + 0.9 * sin(x / 23 - tick / 29)
        bright = sin(x / 13 + tick / 31) + sin(x / 7 - tick / 43)
        plot.dot(x, top, "water" if bright > 0.5 else "deep")
        for y in range(3, plot.height):
            lean = (x - y * 0.9) / plot.width
            shaft = sin(lean * 27 + tick / 80) + 0.6 * sin(lean * 61 - tick / 120)
            plot.shade(x, y, (shaft - 0.35) * 0.5 * (1 - y / plot.height), "abyss")


def weed(plot: Braille, tick: int) -> None:
    """Along the bottom, leaning with the pump."""
    for x in range(plot.width):
        plot.dot(x, plot.height - 1 - (noise(x // 5, 61) < 0.4), "abyss")
        if noise(x, 62) < 0.09:
            for up in range(int(plot.height * (0.15 + 0.3 * noise(x, 63)))):
                plot.dot(x + sin(tick / 19 + up / 4 + x) * up / 5, plot.height - 1 - up, "abyss")


def bubbles(plot: Braille, tick: int) -> None:
    """A few columns of air, from the same places every time."""
    for source in range(1 + plot.width // 50):
        x0 = int((source + 0.2 + 0.6 * noise(source, 64)) * 50)
        for index in range(4):
            rise = (tick * 0.35 + index * 9 + noise(source, index, 65) * 6) % (plot.height + 14)
            x, y = x0 + sin(rise / 3 + index) * 1.6, plot.height - rise
            plot.dot(x, y, "water")
            if index % 2 and rise > plot.height * 0.3:
                for dx, dy in ((1, 0), (0, 1), (1, 1)):
                    plot.dot(x + dx, y + dy, "water")


def octopus(plot: Braille, x0: float, y0: float, tick: int) -> None:
    """Mantle first, arms after: it swims the way it looks, as if it had thought about it."""
    scale = plot.height / 28
    pulse = 1 + 0.07 * sin(tick / 7)
    for arm in range(ARMS):
        spread = (arm - (ARMS - 1) / 2) / ARMS
        for step in range(int(46 * scale)):
            bend = sin(step / 9 / scale - tick / 9 + arm * 1.3) * step * 0.07
            x = x0 - 8 * scale - step
            y = y0 + spread * (9 * scale + step * 0.42) + bend
            role: Role = "deep" if step < 26 * scale else "abyss"
            plot.dot(x, y, role)
            if step < 24 * scale:
                plot.dot(x, y + 1, role)
    for dy in range(int(-9 * scale), int(9 * scale) + 1):
        for dx in range(int(-14 * scale), int(20 * scale) + 1):
            wide = 18 * scale if dx > 0 else 12 * scale
            far = hypot(dx / wide, dy / (7.5 * scale * pulse))
            if far <= 1:
                plot.dot(x0 + dx, y0 + dy, "water" if far > 0.7 and dy < -2 * scale else "deep")
    for dx in (-5, -4, -3):
        for dy in (-2, -1):
            plot.erase(x0 + dx * scale, y0 + dy * scale)
