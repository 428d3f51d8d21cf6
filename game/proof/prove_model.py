"""What a proof says, as data."""

from __future__ import annotations

from typing import Any as Anything

import msgspec

__all__ = ["Claim", "Proof"]


class Claim(msgspec.Struct, frozen=True):
    """Something that is not as it should be.

    `what` is the key of a target or of a place (`passage:…`), `why` a sentence, `at` file and line; `moves` lead
    there from the first page, where there is a way (they replay).
    """

    what: str
    why: str
    at: str = ""
    moves: tuple[str, ...] | None = None


class Proof(msgspec.Struct):
    """The outcome. Proved means that the five lists are empty.

    `witnesses` has the moves for each target by its key; `endings` the length of each ending's. `passages` and
    `choices` count those that have a witness. `notes` say how it was done, and how long each part took.
    """

    passages: int = 0
    choices: int = 0
    endings: dict[str, int] = {}
    unreached: list[Claim] = []
    stuck: list[Claim] = []
    unending: list[Claim] = []
    unfair: list[Claim] = []
    bounded: list[Claim] = []
    witnesses: dict[str, tuple[str, ...]] = {}
    notes: list[str] = []

    @property
    def proved(self) -> bool:
        """Whether everything holds."""
        return not (self.unreached or self.stuck or self.unending or self.unfair or self.bounded)

    def contract(self) -> dict[str, Anything]:
        """The JSON of `igh prove --json`."""
        lists = ("unreached", "stuck", "unending", "unfair", "bounded")
        return {
            "proved": self.proved,
            "passages": self.passages,
            "choices": self.choices,
            "endings": self.endings,
            **{name: [msgspec.to_builtins(claim) for claim in getattr(self, name)] for name in lists},
        }
