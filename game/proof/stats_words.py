"""Counting words in prose that varies.

A branch that is not taken is not read, so there are two counts: every word that was written, and the longest
a reader can meet in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from game.story.prose import Branch, Counted, Part, Shown, Text, walk_parts

__all__ = ["longest", "longest_text", "strings", "words_in", "written_words"]

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def words_in(text: str) -> int:
    """How many words a text has: `five-year-old`, `3,900` and `don't` are one each."""
    return len(_WORD.findall(text))


def strings(text: Text | None) -> Iterator[str]:
    """Every stretch of text as written, those of every branch."""
    for paragraph in text.paragraphs if text is not None else ():
        yield from (part for part in walk_parts(paragraph.parts) if isinstance(part, str))


def written_words(text: Text | None) -> int:
    """The words of every branch together."""
    return sum(words_in(part) for part in strings(text))


def longest(parts: tuple[Part, ...]) -> int:
    """The most words these parts can come to in one reading."""
    total = 0
    for part in parts:
        if isinstance(part, str):
            total += words_in(part)
        elif isinstance(part, Branch):
            total += max(longest(part.yes), longest(part.no))
        elif isinstance(part, Shown):
            total += max((words_in(word) for word in part.words), default=0)
        elif isinstance(part, Counted):
            total += max(map(longest, part.alternatives), default=0)
    return total


def longest_text(text: Text | None) -> int:
    """The most words a text can come to in one reading."""
    return 0 if text is None else sum(longest(paragraph.parts) for paragraph in text.paragraphs)
