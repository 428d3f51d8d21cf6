"""How much a proof may spend, and what is raised when it has."""

from __future__ import annotations

import time

__all__ = ["Limits", "TooMuch"]


class TooMuch(Exception):
    """A limit of nodes or of time was passed. The text says which."""


class Limits:
    """How much may be spent: nodes, and time until `deadline` (of `time.monotonic`)."""

    def __init__(self, nodes: int, deadline: float) -> None:
        self.nodes, self.deadline = nodes, deadline

    def check(self, nodes: int) -> None:
        """Raises TooMuch if there is more."""
        if nodes > self.nodes:
            raise TooMuch(f"more than {self.nodes:,} diagram nodes")
        if time.monotonic() > self.deadline:
            raise TooMuch("no time left")
