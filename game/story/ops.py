"""What a choice or a passage does to the state: five small operations, whatever the effect is called.

An effect of the scene files is written as a few of these. The engine compiles them and the proof
interprets them; neither knows the effects themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from .expressions import Condition
from .prose import Text
from .variables import Variable

__all__ = ["Assign", "Block", "Op", "Say", "Shift", "Tell", "walk_ops"]


class Assign(msgspec.Struct, frozen=True):
    """Give `variable` a value. If that changes it, a notice of kind `notice` is told.

    `detail` is what the casebook keeps with it: for a death, how and where.
    """

    variable: Variable
    value: int
    notice: str | None = None
    detail: tuple[str, ...] = ()


class Shift(msgspec.Struct, frozen=True):
    """Add `by` to `variable`, clamped to its domain."""

    variable: Variable
    by: int
    notice: str | None = None


class Block(msgspec.Struct, frozen=True):
    """Do `ops` if `condition` holds when the block is reached."""

    condition: Condition
    ops: tuple[Op, ...]


class Tell(msgspec.Struct, frozen=True):
    """A notice that changes nothing."""

    notice: str
    subject: str
    name: str


class Say(msgspec.Struct, frozen=True):
    """Text that belongs to what happens, read before the passage's own."""

    text: Text


Op = Assign | Shift | Block | Tell | Say


def walk_ops(ops: Iterable[Op]) -> Iterator[Op]:
    """Every operation, and every one inside a block."""
    for op in ops:
        yield op
        if isinstance(op, Block):
            yield from walk_ops(op.ops)
