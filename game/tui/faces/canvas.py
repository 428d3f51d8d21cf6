"""A grid of single cells, each a character and the role its color plays.

Faces draw on it instead of writing styled text so that they know nothing of themes or of Textual: the widget
decides what "amber" looks like on a light terminal, in sixteen colors or in none.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

__all__ = [
    "AMBER",
    "GLASS",
    "RANK",
    "ROLES",
    "WATER",
    "Canvas",
    "Cell",
    "Role",
    "noise",
    "tone",
]

Role = Literal[
    "faint",
    "abyss",
    "moss",
    "coal",
    "dim",
    "deep",
    "rust",
    "ember",
    "glass",
    "green",
    "water",
    "red",
    "amber",
    "light",
]
"""What a color is for, from the darkest to the brightest. There is no violet: that color has an owner."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)
RANK: Final[dict[Role, int]] = {role: rank for rank, role in enumerate(ROLES)}

Cell = tuple[str, Role]
BLANK: Final[Cell] = (" ", "faint")

AMBER: Final[tuple[Role, ...]] = ("coal", "ember", "amber", "light")
GLASS: Final[tuple[Role, ...]] = ("faint", "dim", "glass", "light")
WATER: Final[tuple[Role, ...]] = ("abyss", "deep", "water", "light")


class Canvas:
    """Drawing beyond the edge is clipped, so that a face need not ask how much room it has."""

    def __init__(self, width: int, height: int) -> None:
        """`width` × `height` blank cells, both at least 0."""
        self.width = width
        self.height = height
        self.rows: list[list[Cell]] = [[BLANK] * width for _ in range(height)]

    def put(self, x: int, y: int, char: str, role: Role) -> None:
        """Draw one single-width character."""
        if 0 <= x < self.width and 0 <= y < self.height:
            self.rows[y][x] = (char, role)

    def text(self, x: int, y: int, text: str, role: Role, *, solid: bool = True) -> None:
        """Draw along a row from (x, y); spaces erase what is under them only when `solid`."""
        for offset, char in enumerate(text):
            if solid or char != " ":
                self.put(x + offset, y, char, role)

    def erase(self, x: int, y: int, width: int = 1, height: int = 1) -> None:
        """Make a block of cells black again."""
        for row in range(y, y + height):
            for column in range(x, x + width):
                self.put(column, row, *BLANK)

    def __str__(self) -> str:
        return "\n".join("".join(char for char, _ in row) for row in self.rows)


def noise(*keys: int) -> float:
    """A number in [0, 1) that depends on nothing but `keys`: chance that is the same at every showing."""
    value = 0x9E3779B9
    for key in keys:
        value = ((value ^ (key & 0xFFFFFFFF)) * 0x85EBCA6B) & 0xFFFFFFFF
        value ^= value >> 13
        value = (value * 0xC2B2AE35) & 0xFFFFFFFF
        value ^= value >> 16
    return value / 0x100000000


def tone(ramp: tuple[Role, ...], level: float) -> Role:
    """The step of `ramp` (dark to bright) for a level of 0 to 1; beyond either end is the end."""
    return ramp[max(0, min(len(ramp) - 1, int(level * len(ramp))))]
