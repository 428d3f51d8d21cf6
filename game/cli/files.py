"""Reading a file that the command line names."""

from __future__ import annotations

import sys
from pathlib import Path

from .faults import BadArguments

__all__ = ["read_file"]

_LARGEST = 16_000_000


def read_file(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises BadArguments; reads no more than 16 MB."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(_LARGEST)
        with Path(name).open("rb") as file:
            return file.read(_LARGEST)
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise BadArguments(f"cannot read {name!r}: {reason}") from problem
