"""Small pieces of what was written, turned into what is meant: lists of names, conditions, prose."""

from __future__ import annotations

from typing import Literal

from . import schema
from .expressions import All, Condition
from .prose import Branch, Paragraph, Text, parse_prose
from .symbols import Scope
from .variables import Variable

__all__ = ["Counter", "all_of", "names_of", "text_of"]

Counter = tuple[Literal["visits", "took"], str]
"""What counts in a text: visits to a passage, or takings of a choice, by id."""


def names_of(written: str | tuple[str, ...]) -> tuple[str, ...]:
    """One name or several, as a tuple."""
    return (written,) if isinstance(written, str) else tuple(written)


def all_of(*parts: Condition | None) -> Condition | None:
    """The conjunction of what is not None."""
    found = tuple(part for part in parts if part is not None)
    return None if not found else found[0] if len(found) == 1 else All(found)


def _words(variable: Variable) -> tuple[str, ...] | None:
    """What `{=name}` prints for each value, lowest first."""
    if variable.display:
        return variable.display
    if variable.kind in ("hours", "dry", "flag") and not variable.boolean:
        return tuple(str(value) for value in range(variable.low, variable.high + 1))
    return None


def text_of(
    written: schema.Blocks | None,
    scope: Scope,
    counter: Counter | None = None,
    ahead: int = 1,
) -> Text | None:
    """Prose, or blocks of it, as a Text. `counter`: what counts its sequences; None where nothing does."""
    if written is None:
        return None

    def count(kind: str, length: int) -> Variable | None:
        if counter is None or scope.episode is None:
            return None
        name, owner = counter
        if kind == "cycle":
            return scope.symbols.cycle(owner, scope.episode, length) if name == "visits" else None
        return scope.symbols.counter(name, owner, scope.episode, length - 1 + ahead)

    if isinstance(written, str):
        return parse_prose(written, scope, scope.findings, count, shown=_words, ahead=ahead)
    paragraphs: list[Paragraph] = []
    variations = 0
    for block in written:
        speaker = None if block.speaker is None else scope.person(block.speaker)
        text = parse_prose(
            block.text, scope, scope.findings, count, shown=_words, ahead=ahead, speaker=speaker
        )
        variations += text.variations + (block.when is not None)
        if block.when is None:
            paragraphs += text.paragraphs
        else:
            paragraphs += _guarded(text, scope.condition(block.when), speaker)
    return Text(tuple(paragraphs), variations)


def _guarded(text: Text, condition: Condition, speaker: str | None) -> list[Paragraph]:
    return [Paragraph((Branch(condition, p.parts),), speaker, p.breaks) for p in text.paragraphs]
