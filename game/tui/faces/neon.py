"""A bar sign on a brick wall over a wet pavement, with one letter that has been dead for years."""

from __future__ import annotations

from math import hypot
from typing import Final

from .canvas import Canvas, Role, noise
from .plot import Braille

__all__ = ["STILL", "draw"]

STILL: Final = 3
LETTERS: Final[dict[str, tuple[str, str, str, str]]] = {
    "T": ("╺━┳━╸", "  ┃  ", "  ┃  ", "  ╹  "),
    "A": ("┏━━━┓", "┃   ┃", "┣━━━┫", "╹   ╹"),
    "V": ("╻   ╻", "┃   ┃", "┗┓ ┏┛", " ┗━┛ "),
    "E": ("┏━━━╸", "┣━━╸ ", "┃    ", "┗━━━╸"),
    "R": ("┏━━━┓", "┃   ┃", "┣━┳━┛", "╹ ┗━╸"),
    "N": ("┏━┓ ╻", "┃ ┃ ┃", "┃ ┃ ┃", "╹ ┗━┛"),
}
WORD: Final = "TAVERN"
DEAD: Final = 2


def draw(width: int, height: int, tick: int) -> Canvas:
    """The sign hums steadily; the dead letter remembers, for an instant, now and then."""
    canvas = Canvas(width, height)
    stride = 8 if width >= 72 else 6 if width >= 40 else 3
    left = (width - stride * len(WORD) + (3 if stride == 8 else 1)) // 2
    top = max(0, (height - 5) // 2)
    remembers = noise(tick // 24, 71) < 0.14 and noise(tick // 2, 72) < 0.45
    alive = [index != DEAD or remembers for index in range(len(WORD))]
    if stride < 5 or height < 4:
        for index, letter in enumerate(WORD):
            canvas.put(left + index * stride + 1, height // 2, letter, "red" if alive[index] else "dim")
        return canvas
    centers = [left + index * stride + 2 for index in range(len(WORD)) if alive[index]]
    bricks(canvas, centers, top)
    canvas.erase(0, top + 4, width, height - top - 4)
    for index, letter in enumerate(WORD):
        role: Role = "red" if alive[index] else "dim"
        for row, strokes in enumerate(LETTERS[letter]):
            canvas.text(left + index * stride, top + row, strokes, role, solid=False)
    puddle(canvas, top, tick)
    return canvas


def bricks(canvas: Canvas, centers: list[int], top: int) -> None:
    """The wall, as far as each living letter lights it; mortar stays dark."""
    plot = Braille(canvas)
    for y in range((top + 4) * 4):
        course = y // 4
        for x in range(plot.width):
            if y % 4 == 3 or (x + course % 2 * 6) % 12 == 11:
                continue
            near = min(hypot((x / 2 - at) / 9, (y / 4 - top - 2) / 4.5) for at in centers)
            plot.shade(x, y, 0.62 * (1 - near), "rust")
    plot.develop()


def puddle(canvas: Canvas, top: int, tick: int) -> None:
    """What the street gives back of the light, more broken the farther down."""
    for y in range(top + 4, canvas.height):
        depth = y - top - 4
        mirror = top + 3 - depth
        for x in range(canvas.width):
            near = any(
                canvas.rows[mirror][x + side][1] == "red"
                for side in (0, 1, -1)
                if 0 <= x + side < canvas.width
            )
            if mirror >= top and near and noise(x, y, (tick + x * 3) // 20) < 0.75 - 0.2 * depth:
                canvas.put(x, y, "─" if noise(x, y) < 0.6 else "╌", "rust")
