"""A narrow capital alphabet, six pixels high, as a sign painter would letter a door.

Only the letters and figures the faces need. Uprights are two pixels: a quadrant is
half as wide as tall.
"""

from __future__ import annotations

from typing import Final

__all__ = ["lettering", "mirrored"]

LETTERS: Final[dict[str, tuple[str, ...]]] = {
    "A": (" #### ", "##  ##", "##  ##", "######", "##  ##", "##  ##"),
    "E": ("######", "##    ", "##### ", "##    ", "##    ", "######"),
    "G": (" #####", "##    ", "##    ", "## ###", "##  ##", " #####"),
    "I": ("##", "##", "##", "##", "##", "##"),
    "L": ("##    ", "##    ", "##    ", "##    ", "##    ", "######"),
    "N": ("##  ##", "### ##", "######", "## ###", "##  ##", "##  ##"),
    "O": (" #### ", "##  ##", "##  ##", "##  ##", "##  ##", " #### "),
    "R": ("##### ", "##  ##", "##  ##", "##### ", "## ## ", "##  ##"),
    "S": (" #####", "##    ", " #### ", "    ##", "    ##", "##### "),
    "T": ("######", "  ##  ", "  ##  ", "  ##  ", "  ##  ", "  ##  "),
    "V": ("##  ##", "##  ##", "##  ##", "##  ##", " #### ", "  ##  "),
    " ": ("   ", "   ", "   ", "   ", "   ", "   "),
    "0": (" #### ", "##  ##", "##  ##", "##  ##", "##  ##", " #### "),
    "1": (" ## ", "### ", " ## ", " ## ", " ## ", "####"),
    "2": (" #### ", "##  ##", "   ## ", "  ##  ", " ##   ", "######"),
    "3": ("##### ", "    ##", " #### ", "    ##", "    ##", "##### "),
    "4": ("##  ##", "##  ##", "##  ##", "######", "    ##", "    ##"),
    "5": ("######", "##    ", "##### ", "    ##", "    ##", "##### "),
    "6": (" #### ", "##    ", "##### ", "##  ##", "##  ##", " #### "),
    "7": ("######", "    ##", "   ## ", "  ##  ", "  ##  ", "  ##  "),
    "8": (" #### ", "##  ##", " #### ", "##  ##", "##  ##", " #### "),
    "9": (" #### ", "##  ##", "##  ##", " #####", "    ##", " #### "),
}


def lettering(text: str, gap: int = 1) -> tuple[str, ...]:
    """Six rows of `#` and spaces spelling `text`. KeyError for a letter that is not in the alphabet."""
    return tuple((" " * gap).join(LETTERS[char][row] for char in text) for row in range(6))


def mirrored(rows: tuple[str, ...]) -> tuple[str, ...]:
    """The same rows as seen from behind the glass."""
    return tuple(row[::-1] for row in rows)
