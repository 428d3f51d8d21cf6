"""The office window at night: rain on the glass, the city out of focus, the agency's name from behind."""

from __future__ import annotations

from typing import Final

from .canvas import AMBER, Canvas, Role, noise, tone
from .letters import lettering, mirrored
from .plot import Braille, Quads

__all__ = ["STILL", "draw"]

STILL: Final = 44
NAME: Final = "ALIAS INVESTIGATIONS"


def draw(width: int, height: int, tick: int) -> Canvas:
    """Rain slides down the pane; now and then somebody over there goes to bed."""
    canvas = Canvas(width, height)
    plot = Braille(canvas)
    city(plot, tick)
    rain(plot, tick)
    plot.develop()
    name(canvas)
    return canvas


def city(plot: Braille, tick: int) -> None:
    """A dirty glow, the buildings cut out of it, and who is still awake in them."""
    left = -3
    while left < plot.width:
        building = left
        wide = 10 + int(noise(building, 1) * 16)
        roof = plot.height - int(plot.height * (0.2 + 0.62 * noise(building, 2) ** 1.2))
        for x in range(building, building + wide):
            for y in range(roof):
                plot.shade(x, y, 0.55 * y / plot.height, "faint")
        for x in range(building + 2, building + wide - 2, 3):
            for y in range(roof + 2, plot.height, 4):
                awake = noise(x, y, 3) < 0.5 and noise(x, y, (tick + int(noise(x, y) * 400)) // 400) < 0.8
                if awake:
                    role = tone(AMBER, noise(x, y, 4) ** 2.2 * 0.75)
                    plot.dot(x, y, role)
                    plot.dot(x, y + 1, role)
        left += wide


def rain(plot: Braille, tick: int) -> None:
    """Drops that hold, let go and run, each with a thinning trail."""
    for x in range(1, plot.width, 3):
        if noise(x, 11) < 0.12:
            continue
        pace = 0.2 + 1.0 * noise(x, 12) ** 3
        span = plot.height + 16 + int(noise(x, 13) * 40)
        head = (tick * pace + noise(x, 14) * span) % span
        trail = 6 + int(noise(x, 15) * 20)
        for back in range(trail):
            y = int(head) - back
            role: Role = "glass" if back < 2 else "dim" if back < trail // 2 else "faint"
            if back < 4 or noise(x, y, 16) < 0.75:
                plot.dot(x + (noise(x, y // 5, 17) < 0.3), y, role)


def name(canvas: Canvas) -> None:
    """The lettering on the glass, as large as the pane allows, lit by a sign across the street."""
    quads = Quads(canvas)
    text = NAME if len(lettering(NAME)[0]) + 8 <= quads.width else NAME[:5]
    wide, top = (len(lettering(text)[0]) + 1) // 2, (canvas.height - 3) // 2
    if wide + 2 > canvas.width or canvas.height < 4:
        plain = "ƧИOITAӘITƧƎVИI ƧAI⅃A" if canvas.width > 24 else "ƧAI⅃A"
        canvas.text((canvas.width - len(plain)) // 2, canvas.height // 2, plain, "amber")
        return
    left = (canvas.width - wide) // 2
    canvas.erase(left - 1, top, wide + 2, 3)
    x = left * 2
    for char in reversed(text):
        rows = mirrored(lettering(char))
        lit = 1 - abs((x / 2 - left) / wide - 0.8) * 1.5
        quads.bitmap(x, top * 2, rows, "coal" if lit < 0.18 else "ember" if lit < 0.62 else "amber")
        x += len(rows[0]) + 1
    quads.develop()
