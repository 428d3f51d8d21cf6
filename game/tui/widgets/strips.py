"""One line with a left and a right part, cut where it has to be: what headers are made of."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

__all__ = ["ellipsis", "two_sided"]


def ellipsis(text: str, width: int) -> str:
    """`text` in at most `width` cells, with `…` where something is missing."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…" if width > 0 else ""


def two_sided(left: tuple[str, Style], right: Iterable[tuple[str, Style]], width: int, base: Style) -> Strip:
    """A line with `left` at its left edge, cut if need be, and the pieces of `right` at its right edge."""
    pieces = list(right)
    room = width - sum(cell_len(text) for text, _ in pieces) - 2
    text = ellipsis(left[0], max(0, room - 1))
    gap = max(1, room - cell_len(text))
    segments = [Segment(" ", base), Segment(text, left[1]), Segment(" " * gap, base)]
    segments += [Segment(piece, style) for piece, style in pieces]
    return Strip(segments).adjust_cell_length(width, base)
