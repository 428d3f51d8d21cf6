"""Prose with inline variation, from the text as written to parts the engine can compose.

Written forms (`scenes/README.md` explains them to writers): `{condition: a|b}`, `{first|second|after}`,
`{&heads|tails}`, `{!once}`, `{=name}`, and `*emphasis*`, which stays in the text for the front ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from .expressions import Condition, Names, parse_condition
from .findings import Findings, Scalar
from .variables import Variable

__all__ = [
    "Branch",
    "Counted",
    "Paragraph",
    "Part",
    "Shown",
    "Text",
    "parse_lines",
    "parse_prose",
    "walk_parts",
]


class Branch(msgspec.Struct, frozen=True):
    """`{condition: yes|no}`"""

    condition: Condition
    yes: tuple[Part, ...]
    no: tuple[Part, ...] = ()
    line: int = 0


class Counted(msgspec.Struct, frozen=True):
    """Alternatives picked by how often this place has been reached.

    With `cycle` the counter runs round and its value is the index. Otherwise the index is the counter
    less `ahead` (1 where the visit has already been counted), and the last alternative stays.
    """

    counter: Variable
    alternatives: tuple[tuple[Part, ...], ...]
    cycle: bool = False
    ahead: int = 1
    line: int = 0


class Shown(msgspec.Struct, frozen=True):
    """`{=name}`: the word for a variable's value; `words` from its lowest value up."""

    variable: Variable
    words: tuple[str, ...]


Part = str | Branch | Counted | Shown


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph. `breaks`: a branch in it holds several, so it is split once it is composed."""

    parts: tuple[Part, ...]
    speaker: str | None = None
    breaks: bool = False


class Text(msgspec.Struct, frozen=True):
    """Paragraphs in order. `variations` counts the inline variations written in them."""

    paragraphs: tuple[Paragraph, ...]
    variations: int = 0


Counter = Callable[[str, int], Variable | None]
"""(`visits` or `cycle`, how many alternatives) -> the variable that counts here, None if nothing does."""

_BREAK = "\x0c"
_MARK = re.compile(r"[{}|]")
_ESCAPE = re.compile(r"\\([{}|:*])")
_BLANK_LINES = re.compile(r"[ ]*\n[ ]*\n\s*")
_BLANKS = re.compile(r"[ \n]+")
_ESCAPED = {"{": "\x01", "}": "\x02", "|": "\x03", ":": "\x04", "*": "∗"}
_UNESCAPE = str.maketrans({"\x01": "{", "\x02": "}", "\x03": "|", "\x04": ":"})


def walk_parts(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Every part, and every part inside it."""
    for part in parts:
        yield part
        if isinstance(part, Branch):
            yield from walk_parts(part.yes)
            yield from walk_parts(part.no)
        elif isinstance(part, Counted):
            for alternative in part.alternatives:
                yield from walk_parts(alternative)


def parse_lines(text: str) -> str:
    """An exhibit: line breaks stay, nothing varies."""
    return text.strip("\n")


def parse_prose(
    value: str,
    names: Names,
    findings: Findings,
    counter: Counter,
    *,
    shown: Callable[[Variable], tuple[str, ...] | None],
    ahead: int = 1,
    speaker: str | None = None,
) -> Text:
    """`value` as paragraphs of parts. Mistakes are noted where they stand."""
    parser = _Parser(value, names, findings, counter, shown, ahead)
    parts = parser.parse()
    return Text(tuple(_paragraphs(parts, speaker)), parser.variations)


class _Parser:
    def __init__(
        self,
        value: str,
        names: Names,
        findings: Findings,
        counter: Counter,
        shown: Callable[[Variable], tuple[str, ...] | None],
        ahead: int,
    ) -> None:
        self.where = value
        # Escapes become single characters of the same length, so that offsets still point into the file.
        self.text = _ESCAPE.sub(lambda m: "\x00" + _ESCAPED[m[1]], value) if "\\" in value else str(value)
        self.names, self.findings, self.counter, self.shown, self.ahead = (
            names,
            findings,
            counter,
            shown,
            ahead,
        )
        self.variations = 0
        self.at = 0
        self.opened: list[int] = []

    def note(self, message: str, offset: int, hint: str = "") -> None:
        if isinstance(self.where, Scalar):
            self.findings.add(self.where, message, offset=offset, hint=hint)

    def line(self, offset: int) -> int:
        return self.where.position(offset)[0] + 1 if isinstance(self.where, Scalar) else 0

    def parse(self) -> tuple[Part, ...]:
        if "{" not in self.text and "}" not in self.text:
            return (_clean(self.text),)
        parts, _ = self.sequence(top=True)
        return parts

    def sequence(self, top: bool) -> tuple[tuple[Part, ...], str]:
        """Parts up to `|` or `}` (or the end), and the character that ended them."""
        parts: list[Part] = []
        start = self.at
        while True:
            found = _MARK.search(self.text, self.at)
            end, character = (found.start(), found[0]) if found else (len(self.text), "")
            if character == "|" and top:
                self.at = end + 1
                continue
            if end > start:
                parts.append(_clean(self.text[start:end]))
            if character == "{":
                self.at = end + 1
                self.opened.append(end)
                parts.append(self.variation(end))
                self.opened.pop()
                start = self.at
                continue
            self.at = end + 1
            if character == "" and not top:
                self.note("a `{` that is never closed", self.opened[-1])
            if character == "}" and top:
                self.note("a `}` that closes nothing", end, hint="Write `\\}` for the character.")
                start = self.at
                continue
            return tuple(parts), character

    def variation(self, opened: int) -> Part:
        """The variation whose `{` stands at `opened`; self.at is just behind it."""
        mark = self.text[self.at : self.at + 1]
        if mark == "=":
            return self.value(opened)
        self.variations += 1
        colon = self.colon()
        if colon is not None:
            condition = parse_condition(
                self.text[self.at : colon].replace("\x00", ""),
                self.names,
                self.findings,
                self._scalar(),
                self.at,
            )
            self.at = colon + 1 + (self.text[colon + 1 : colon + 2] == " ")
            alternatives = self.alternatives()
            if len(alternatives) > 2:
                self.note("a condition has two sides, and here are three", opened)
            no = alternatives[1] if len(alternatives) > 1 else ()
            return Branch(condition, _trim(alternatives[0]), _trim(no), self.line(opened))
        cycle, once = mark == "&", mark == "!"
        self.at += cycle or once
        alternatives = [_trim(one) for one in self.alternatives()]
        if once:
            alternatives.append(())
        if len(alternatives) < 2:
            self.note(
                "nothing varies between these braces",
                opened,
                hint="`{first|second}`, `{condition: text}` or `{=name}`.",
            )
            return Counted(Variable("?", "internal"), tuple(alternatives))
        counter = self.counter("cycle" if cycle else "visits", len(alternatives))
        if counter is None:
            self.note("nothing is counted here, so a sequence cannot vary", opened, hint="Use a condition.")
            return Counted(Variable("?", "internal"), tuple(alternatives))
        return Counted(counter, tuple(alternatives), cycle, self.ahead, self.line(opened))

    def _scalar(self) -> Scalar:
        return self.where if isinstance(self.where, Scalar) else Scalar(self.where)

    def alternatives(self) -> list[tuple[Part, ...]]:
        found = []
        while True:
            parts, ended = self.sequence(top=False)
            found.append(parts)
            if ended != "|":
                return found

    def colon(self) -> int | None:
        """Where the condition's `:` stands, if one comes before the first `|`, `{` or `}`."""
        for index in range(self.at, len(self.text)):
            character = self.text[index]
            if character == ":":
                return index
            if character in "{}|":
                return None
        return None

    def value(self, opened: int) -> Part:
        end = self.text.find("}", self.at)
        if end < 0:
            self.note("a `{` that is never closed", opened)
            end = len(self.text)
        name = self.text[self.at + 1 : end].strip()
        self.at = end + 1
        found = self.names.lookup(name)
        if isinstance(found, str):
            message, _, hint = found.partition("\n")
            self.note(message, opened + 2, hint)
            return ""
        words = self.shown(found) if isinstance(found, Variable) else None
        if words is None or not isinstance(found, Variable):
            self.note(f"`{name}` has no words to be read", opened + 2)
            return ""
        return Shown(found, words)


def _clean(text: str) -> str:
    """Paragraph breaks marked, other line breaks and runs of blanks turned into single spaces."""
    if "\n" in text:
        text = _BLANK_LINES.sub(_BREAK, text)
    text = _BLANKS.sub(" ", text)
    return text.replace("\x00", "").translate(_UNESCAPE) if "\x00" in text else text


def _trim(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Without the paragraph breaks just inside the braces, which are layout."""
    if not parts:
        return parts
    trimmed = list(parts)
    if isinstance(trimmed[0], str):
        trimmed[0] = trimmed[0].lstrip(_BREAK)
    if isinstance(trimmed[-1], str):
        trimmed[-1] = trimmed[-1].rstrip(_BREAK)
    return tuple(part for part in trimmed if part != "")


def _paragraphs(parts: tuple[Part, ...], speaker: str | None) -> Iterator[Paragraph]:
    current: list[Part] = []
    for part in parts:
        if not isinstance(part, str):
            current.append(part)
            continue
        pieces = part.split(_BREAK)
        for index, piece in enumerate(pieces):
            if index:
                yield from _finish(current, speaker)
                current = []
            if piece:
                current.append(piece)
    yield from _finish(current, speaker)


def _finish(parts: list[Part], speaker: str | None) -> Iterator[Paragraph]:
    parts = [part for part in parts if part != ""]
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    parts = [part for part in parts if part != ""]
    if parts:
        inner = tuple(parts)
        breaks = any(isinstance(part, str) and _BREAK in part for part in walk_parts(inner))
        yield Paragraph(inner, speaker, breaks)
