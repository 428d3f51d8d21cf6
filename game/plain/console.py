"""The two streams: lines out, lines in.

Append-only by construction: this can write a line and read a line, and nothing else. Text is wrapped for
the width there is, control characters never reach the terminal, and a reader who closes the pipe is told
apart from a fault.
"""

from __future__ import annotations

import os
import re
import select
import unicodedata
from collections.abc import Callable, Iterable
from typing import TextIO

__all__ = ["WIDEST", "Console", "wrap"]

WIDEST = 72
_NARROWEST = 20
_LONGEST_LINE = 4096
_LEAD = re.compile(r"\s*(?:[0-9]+[a-z]?\. |[*-] )?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Console:
    """Says lines and asks for lines. `widest` caps the width; the terminal may be narrower."""

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        self.widest = WIDEST
        self._in = stdin
        self._out = stdout
        self._typed_is_seen = stdin.isatty()

    @property
    def width(self) -> int:
        """Columns to write in."""
        columns = WIDEST
        if self._out.isatty():
            try:
                columns = os.get_terminal_size(self._out.fileno()).columns or WIDEST
            except (OSError, ValueError):
                columns = WIDEST
        return max(_NARROWEST, min(columns, self.widest))

    def say(self, lines: Iterable[str]) -> None:
        """Write logical lines, each wrapped; then flush, so that what was said is out."""
        width = self.width
        text = "".join(f"{piece}\n" for line in lines for piece in wrap(line, width))
        self._out.write(text)
        self._out.flush()

    def ask(self, idle: Callable[[], bool] | None = None, every: float = 1.0) -> str | None:
        """One line from the player, without its end; None when there will be no more.

        On a terminal `idle` is called `every` so many seconds while nothing is typed; if it says that it has
        written something, the player is asked once more. Elsewhere it is not called.
        """
        self._prompt()
        while idle is not None and not self._typed(every):
            if idle():
                self._prompt()
        line = self._in.readline(_LONGEST_LINE)
        rest = line
        while rest and not rest.endswith("\n"):
            rest = self._in.readline(_LONGEST_LINE)
        if not line:
            self.say([""])
            return None
        line = _CONTROL.sub("", line.rstrip("\n"))
        if not self._typed_is_seen:
            self.say([line[: self.width]])
        return line

    def _prompt(self) -> None:
        self._out.write("\n> ")
        self._out.flush()

    def _typed(self, patience: float) -> bool:
        """Whether there is a line to read, or will never be known to be. Waits `patience` seconds at most."""
        if not self._typed_is_seen or os.name != "posix":  # only there can a terminal be waited for
            return True
        try:
            return bool(select.select([self._in], [], [], patience)[0])
        except (OSError, ValueError):
            return True


def wrap(line: str, width: int) -> list[str]:
    """`line` in pieces of at most `width` columns; those after the first line up under a number or mark."""
    line = _CONTROL.sub("", line.replace("\t", " ")).rstrip()
    if _columns(line) <= width:
        return [line]
    match = _LEAD.match(line)
    lead = match[0] if match else ""
    words = line[len(lead) :].split()
    lead = lead[max(0, len(lead) - width // 2) :]
    hang = " " * len(lead)
    pieces: list[str] = []
    current = lead
    empty = True
    for word in words:
        for part in _parts(word, width - len(hang)):
            if not empty and _columns(current) + 1 + _columns(part) > width:
                pieces.append(current)
                current, empty = hang, True
            current = f"{current}{part}" if empty else f"{current} {part}"
            empty = False
    return [*pieces, current]


def _parts(word: str, width: int) -> list[str]:
    """A word too long for a line, cut."""
    if _columns(word) <= width:
        return [word]
    step = max(1, width // 2 if _columns(word) != len(word) else width)
    return [word[start : start + step] for start in range(0, len(word), step)]


def _columns(text: str) -> int:
    """Columns that `text` takes: two for a wide character, none for one that combines."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
