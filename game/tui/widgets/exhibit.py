"""Exhibits, laid out as the documents they are: each form has its own edge, its lines stand as written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from game.tui.widgets.wrap import wrap

if TYPE_CHECKING:
    from game.story.model import Exhibit

__all__ = ["laid_out"]


class _Edge(NamedTuple):
    """Corners and sides: top left, top, top right, side, bottom left, bottom, bottom right."""

    top: tuple[str, str, str]
    side: str
    bottom: tuple[str, str, str]


_SHEET: Final = _Edge(("┌", "─", "┐"), "│", ("└", "─", "┘"))
_EDGES: Final = {
    "report": _SHEET,
    "form": _SHEET,
    "letter": _Edge(("┌", "─", "┐"), "│", ("└", "─", "╱")),
    "receipt": _Edge(("╷", " ", "╷"), "┊", ("╵", "v", "╵")),
    "label": _Edge(("╔", "═", "╗"), "║", ("╚", "═", "╝")),
    "card": _Edge(("╭", "─", "╮"), "│", ("╰", "─", "╯")),
    "photograph": _Edge(("┏", "━", "┓"), "┃", ("┗", "━", "┛")),
    "drawing": _Edge(("┌", "╌", "┐"), "╎", ("└", "╌", "┘")),
    "transcript": _Edge(("╓", "─", "─"), "║", ("╙", "─", "─")),
    "voicemail": _Edge(("╓", "─", "─"), "║", ("╙", "─", "─")),
}


def laid_out(exhibit: Exhibit, width: int) -> Content:
    """The document in at most `width` cells: its form and title, then its text within its edge."""
    edge = _EDGES.get(exhibit.form, _SHEET)
    text = exhibit.text.rstrip("\n")
    lines = [text[start:end] for start, end in wrap(text, max(8, width - 4))]
    wide = max((cell_len(line) for line in lines), default=0)
    rule = wide + 2
    rows = [
        Content.assemble((f"{exhibit.form.capitalize()}: ", "$old"), (exhibit.title, "$ink")),
        Content.styled(edge.top[0] + edge.top[1] * rule + edge.top[2], "$ember"),
    ]
    rows += [
        Content.assemble(
            (f"{edge.side} ", "$ember"), (set_cell_size(line, wide), "$ink"), (f" {edge.side}", "$ember")
        )
        for line in lines
    ]
    rows.append(Content.styled(edge.bottom[0] + edge.bottom[1] * rule + edge.bottom[2], "$ember"))
    return Content("\n").join(rows)
