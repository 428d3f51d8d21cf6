"""From numbers to a short text that can be read out over a telephone, and back.

`Packer` and `Unpacker` are an entropy coder (asymmetric numeral systems, after Jarek Duda) on one large
integer: every symbol comes with the weights of what it could have been, and costs exactly as many bits as
it was unlikely. Because Python has integers of any size, nothing has to be renormalized and no bit is lost.

`to_text` writes the integer in Crockford's base 32 (no I, L, O or U, so that nothing can be misread), with
four characters of checksum. The checksum comes before everything else that is looked at, and is made in the
same way in every version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

__all__ = ["LONGEST", "NotAText", "Packer", "Unpacker", "from_text", "short_hash", "to_text"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VERSION = "1"
LONGEST = 300
GROUP = 10
_CHECK = 4
_TYPED = 1_000
"""More than this, whatever it is, is not looked at."""
_VALUES = {char: value for value, char in enumerate(ALPHABET)} | {"I": 1, "L": 1, "O": 0}
_SIZES = 16
"""Bit lengths that `natural` can say: numbers below 2 ** 15."""


class NotAText(ValueError):
    """What was typed is not a code. The text is a sentence without a subject: 'it is too long'."""


class Packer:
    """Symbols, to be made into one number."""

    def __init__(self) -> None:
        self._items: list[tuple[int, int, int]] = []

    def pick(self, index: int, weights: Sequence[int]) -> None:
        """One of several, which have these weights."""
        self._items.append((sum(weights[:index]), weights[index], sum(weights)))

    def uniform(self, value: int, total: int) -> None:
        """A number below `total`, any of which is as likely."""
        self._items.append((value, 1, total))

    def natural(self, value: int) -> None:
        """A number from 0 that is probably small. Raises ValueError from 2 ** 15 - 1 on."""
        size = (value + 1).bit_length()
        if size > _SIZES - 1:
            raise ValueError(f"{value} is too large")
        self.uniform(size, _SIZES)
        self.uniform(value + 1 - (1 << (size - 1)), 1 << (size - 1))

    def number(self) -> int:
        """All of it as one number, which `Unpacker` takes."""
        number = 1
        for start, weight, total in reversed(self._items):
            number = number // weight * total + start + number % weight
        return number


class Unpacker:
    """The symbols in a number, in the order in which they were packed, given the same weights."""

    def __init__(self, number: int) -> None:
        self._number = number

    def pick(self, weights: Sequence[int]) -> int:
        """Which of several."""
        total = sum(weights)
        self._number, slot = divmod(self._number, total)
        for index, weight in enumerate(weights):
            if slot < weight:
                self._number = self._number * weight + slot
                return index
            slot -= weight
        raise AssertionError("a slot is below the total")

    def uniform(self, total: int) -> int:
        """A number below `total`."""
        self._number, value = divmod(self._number, total)
        return value

    def natural(self) -> int:
        """A number that `Packer.natural` packed; anything at all if there was none."""
        size = self.uniform(_SIZES)
        return 0 if size == 0 else self.uniform(1 << (size - 1)) + (1 << (size - 1)) - 1

    @property
    def done(self) -> bool:
        """Whether exactly what was packed has been taken out."""
        return self._number == 1


def to_text(number: int) -> str:
    """The code for a number from 1, in groups if there is room for dashes. It may be longer than LONGEST."""
    digits = []
    while number:
        number, digit = divmod(number, 32)
        digits.append(ALPHABET[digit])
    body = VERSION + "".join(reversed(digits))
    body += _checksum(body)
    grouped = "-".join(body[start : start + GROUP] for start in range(0, len(body), GROUP))
    return grouped if len(grouped) <= LONGEST else body


def from_text(text: str) -> int:
    """The number in a code, however it was typed: dashes, blanks and case do not matter. Raises NotAText."""
    if len(text) > _TYPED:
        raise NotAText(f"it is too long: a code has at most {LONGEST} characters")
    body = "".join(char for char in text.upper() if char != "-" and not char.isspace())
    if len(body) > LONGEST:
        raise NotAText(f"it is too long: a code has at most {LONGEST} characters")
    wrong = next((char for char in body if char not in _VALUES), None)
    if wrong is not None:
        raise NotAText(f"{wrong!a} is not in the alphabet of codes ({ALPHABET})")
    if len(body) < len(VERSION) + 1 + _CHECK:
        raise NotAText("it is too short")
    body = "".join(ALPHABET[_VALUES[char]] for char in body)
    if _checksum(body[:-_CHECK]) != body[-_CHECK:]:
        raise NotAText("a character of it is wrong, or missing (the checksum does not fit)")
    if body[0] != VERSION:
        raise NotAText("a newer version of the game made it")
    number = 0
    for char in body[len(VERSION) : -_CHECK]:
        number = number * 32 + _VALUES[char]
    return number


def short_hash(text: str, below: int) -> int:
    """A number below `below` that is another one if the text is, as a rule. The same everywhere."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % below


def _checksum(body: str) -> str:
    value = short_hash(body, 1 << (5 * _CHECK))
    return "".join(ALPHABET[value >> (5 * place) & 31] for place in reversed(range(_CHECK)))
