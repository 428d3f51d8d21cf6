"""What is wrong with a scene file, said the way a good compiler says it.

Loading collects every mistake in every file before it gives up, because a writer who is told of one
mistake at a time runs the loader once per mistake.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

__all__ = ["Finding", "Findings", "Scalar", "Source", "StoryError", "nearest"]


class Source:
    """One file as it was read. `path` is shown to the writer, `lines` are quoted in findings."""

    __slots__ = ("lines", "path", "text")

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.lines = text.split("\n")


class Scalar(str):
    """A scalar of a scene file: the text exactly as written, and where it stands.

    `line` and `column` count from 0 and point at the scalar's first character, or at its opening quote
    or `|`. `style` is YAML's: `"` `'` `|` `>` or None for a plain one.
    """

    __slots__ = ("column", "line", "source", "style")
    source: Source
    line: int
    column: int
    style: str | None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 0, of the character at `offset` of the value."""
        if self.style in ("|", ">"):
            before = self[:offset]
            line = self.line + 1 + before.count("\n")
            indent = next(
                (
                    len(text) - len(text.lstrip())
                    for text in self.source.lines[self.line + 1 :]
                    if text.strip()
                ),
                0,
            )
            return line, indent + offset - (before.rfind("\n") + 1)
        return self.line, self.column + offset + (self.style is not None)


class Finding(msgspec.Struct, frozen=True):
    """One finding. `line` and `column` count from 1; `quote` is the line it stands in.

    `severity` is `error` (the season does not load or must not ship), `warning`, or `due` (asked of an
    episode that is not written yet).
    """

    path: str
    line: int
    column: int
    message: str
    severity: Literal["error", "warning", "due"] = "error"
    code: str = ""
    quote: str = ""
    hint: str = ""

    @property
    def place(self) -> str:
        """`file:line:col`."""
        return f"{self.path}:{self.line}:{self.column}"

    def render(self) -> str:
        """The finding with its line and a caret under the column, ready to print."""
        label = "" if self.severity == "error" else f"{self.severity}: "
        text = f"{self.place}: {label}{self.message}"
        if self.quote:
            start = max(0, self.column - 90)
            quote = self.quote[start : start + 110]
            text += f"\n    {quote}\n    {' ' * (self.column - 1 - start)}^"
        if self.hint:
            text += f"\n    {self.hint}"
        return text


class StoryError(Exception):
    """The season does not load. `findings` says everything that is wrong with it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(findings, key=lambda f: (f.path, f.line, f.column))
        count = len(self.findings)
        super().__init__(
            f"{count} mistake{'s' * (count != 1)} in the scenes\n"
            + "\n".join(f.render() for f in self.findings)
        )


class Findings:
    """Collects findings while a season is loaded."""

    def __init__(self) -> None:
        self.items: list[Finding] = []

    def add(
        self,
        where: str | tuple[Source, int, int],
        message: str,
        *,
        offset: int = 0,
        hint: str = "",
        severity: Literal["error", "warning", "due"] = "error",
        code: str = "",
    ) -> None:
        """Note `message` at `where`: a Scalar (`offset` characters in) or (source, line, column) from 0."""
        if isinstance(where, Scalar):
            source = where.source
            line, column = where.position(offset)
        elif isinstance(where, str):  # a name the program made up: it stands in no file
            source, line, column = Source(Path(where), ""), 0, 0
        else:
            source, line, column = where
        quote = source.lines[line] if line < len(source.lines) else ""
        self.items.append(
            Finding(str(source.path), line + 1, column + 1, message, severity, code, quote.rstrip(), hint)
        )

    def raise_errors(self) -> None:
        """Raise StoryError if anything collected so far is an error."""
        if any(item.severity == "error" for item in self.items):
            raise StoryError(item for item in self.items if item.severity == "error")


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint naming what exists and looks most like `name`, or nothing."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"Did you mean `{found[0]}`?" if found else ""
