"""What ends a command early, and the exit code it ends with."""

from __future__ import annotations

__all__ = ["BadArguments", "Fault"]


class Fault(Exception):
    """The story or a save is at fault: exit code 1. The text is said on stderr."""


class BadArguments(Exception):
    """What was asked for makes no sense: exit code 2. The text is said on stderr."""
