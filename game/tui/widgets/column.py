"""Where the column of prose stands: at most so wide, in the middle, the same for the text and the menu."""

from __future__ import annotations

from typing import Final

__all__ = ["MEASURE", "column"]

MEASURE: Final = 68
"""Cells in a line of prose at most."""

_MARGIN: Final = 2


def column(width: int, measure: int = MEASURE) -> tuple[int, int]:
    """Left edge and width of the column in a window `width` cells wide."""
    wide = max(1, min(measure, MEASURE, width - 2 * _MARGIN))
    return max(0, (width - wide) // 2), wide
