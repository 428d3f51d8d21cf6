"""Breaking prose into lines, and finding the emphasis in it.

Offsets into the text are kept instead of pieces of it, so that a place in the text survives a change of
width. Prose is never looked at as markup: a bracket is a bracket.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

__all__ = ["Prose", "parse", "wrap"]

_EMPHASIS = re.compile(r"(?<![\\*])\*(?=[^\s*])([^*]*[^\s*\\])\*(?!\*)")
_WORD = re.compile(r"\s*\S+")


class Prose(NamedTuple):
    """Text without its emphasis marks, and where the emphasis is: pairs of offsets, in order."""

    text: str
    spans: tuple[tuple[int, int], ...]


def parse(raw: str) -> Prose:
    """Takes `*emphasis*` out of `raw`. A star that does not open and close a word stays a star."""
    if "*" not in raw:
        return Prose(raw, ())
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = position = 0
    for match in _EMPHASIS.finditer(raw):
        before = raw[position : match.start()].replace("\\*", "*")
        inside = match[1]
        parts += (before, inside)
        length += len(before)
        spans.append((length, length + len(inside)))
        length += len(inside)
        position = match.end()
    parts.append(raw[position:].replace("\\*", "*"))
    return Prose("".join(parts), tuple(spans))


def _hard(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """A word wider than a line, cut where it must be."""
    pieces: list[tuple[int, int]] = []
    for piece in chop_cells(text[start:end], width):
        pieces.append((start, start + len(piece)))
        start += len(piece)
    return pieces


def _wrap_line(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """One line of the source, from `start` to `end`, as lines of at most `width` cells."""
    measure = len if text.isascii() else cell_len
    if measure(text[start:end]) <= width:
        return [(start, end)]
    lines: list[tuple[int, int]] = []
    line_start = line_end = start
    for match in _WORD.finditer(text, start, end):
        word_start = match.end() - len(match[0].lstrip())
        if measure(text[line_start : match.end()]) <= width:
            line_end = match.end()
            continue
        if line_end > line_start:
            lines.append((line_start, line_end))
        line_start, line_end = word_start, match.end()
        if measure(text[line_start:line_end]) > width:
            *full, (line_start, line_end) = _hard(text, line_start, line_end, width)
            lines += full
    if line_end > line_start:
        lines.append((line_start, line_end))
    return lines


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Offsets of the lines of `text`, each at most `width` cells (at least 1); line breaks in it are kept."""
    width = max(1, width)
    lines: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        lines += _wrap_line(text, start, start + len(line), width) if line else [(start, start)]
        start += len(line) + 1
    return lines
