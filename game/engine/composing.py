"""Prose into Python: the pieces of a compiled passage that compose its text.

What never varies becomes one constant; the rest becomes concatenations and conditional expressions over
the flat state. The words themselves are passed by reference and never become source.
"""

from __future__ import annotations

from typing import Any as Anything

from game.story.prose import Branch, Counted, Paragraph, Part, Shown, Text

from .layout import Layout
from .view import Spoken

__all__ = ["Prose", "Writer", "constant_text", "is_constant"]


class Writer:
    """Lines of Python, and the constants they name."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.constants: dict[str, Anything] = {}

    def add(self, depth: int, line: str) -> None:
        self.lines.append("    " * depth + line)

    def constant(self, value: Anything) -> str:
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name


class Prose:
    """Writes text into functions. With `on` false it writes none: for walks and proofs."""

    def __init__(self, layout: Layout, on: bool) -> None:
        self.layout, self.on = layout, on

    def text(self, w: Writer, depth: int, text: Text) -> None:
        """Append the paragraphs of a text to `out`; those in which nothing varies as one constant."""
        if not self.on:
            return
        fixed: list[str] = []

        def flush() -> None:
            if fixed:
                w.add(depth, f"out += {w.constant(tuple(fixed))}")
                fixed.clear()

        for paragraph in text.paragraphs:
            if len(paragraph.parts) == 1 and isinstance(paragraph.parts[0], str):
                fixed.append(_voiced(paragraph.parts[0], paragraph.speaker))
                continue
            flush()
            self._varying(w, depth, paragraph)
        flush()

    def _varying(self, w: Writer, depth: int, paragraph: Paragraph) -> None:
        whole = paragraph.parts[0]
        composed = self._concatenated(w, paragraph.parts)
        if len(paragraph.parts) == 1 and isinstance(whole, Branch) and not whole.no:
            w.add(depth, f"if {self.layout.test(whole.condition)}:")
            depth += 1
            composed = self._concatenated(w, whole.yes)
        add = w.constant(_add_several if paragraph.breaks else _add)
        speaker = w.constant(paragraph.speaker)
        w.add(depth, f"{add}(out, {composed}, {speaker})")

    def _concatenated(self, w: Writer, parts: tuple[Part, ...]) -> str:
        pieces = [self._part(w, part) for part in parts]
        return " + ".join(pieces) if pieces else "''"

    def _part(self, w: Writer, part: Part) -> str:
        if isinstance(part, str):
            return w.constant(part)
        if isinstance(part, Branch):
            yes, no = self._concatenated(w, part.yes), self._concatenated(w, part.no)
            return f"(({yes}) if {self.layout.test(part.condition)} else ({no}))"
        if isinstance(part, Shown):
            low = part.variable.low
            index = self.layout.read(part.variable) + (f" - {low}" if low else "")
            return f"{w.constant(part.words)}[{index}]"
        return self._counted(w, part)

    def _counted(self, w: Writer, part: Counted) -> str:
        composed = [f"({self._concatenated(w, one)})" for one in part.alternatives]
        read = self.layout.read(part.counter)
        at = read if part.cycle or not part.ahead else f"({read} - {part.ahead})"
        text = composed[-1]
        for number in range(len(composed) - 2, -1, -1):
            text = f"({composed[number]} if {at} {'==' if part.cycle else '<='} {number} else {text})"
        return text

    def phrase(self, w: Writer, text: Text) -> str:
        """A label or a reason: its paragraphs as one line."""
        if not text.paragraphs:
            return "''"
        tidy = w.constant(_tidy)
        return f"{tidy}({self._concatenated(w, text.paragraphs[0].parts)})"


def is_constant(text: Text) -> bool:
    """Whether nothing in a text varies."""
    return all(isinstance(part, str) for paragraph in text.paragraphs for part in paragraph.parts)


def constant_text(text: Text) -> str:
    """A text in which nothing varies, as one line."""
    return " ".join("".join(str(part) for part in paragraph.parts) for paragraph in text.paragraphs)


def _voiced(text: str, speaker: str | None) -> str:
    return text if speaker is None else Spoken(text, speaker)


def _tidy(text: str) -> str:
    """Without the double blank that an empty branch leaves behind."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()


def _add(out: list[str], text: str, speaker: str | None) -> None:
    text = _tidy(text)
    if text:
        out.append(_voiced(text, speaker))


def _add_several(out: list[str], text: str, speaker: str | None) -> None:
    for piece in text.split("\x0c"):
        _add(out, piece, speaker)
