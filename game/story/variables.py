"""Everything that can change in a play, as variables with finite domains.

A flag, a clue, an alliance, a lead, a standing theory, the number of visits to a passage: all of them are
the same thing to the engine and to the proof, a small integer with a name. That is what makes the season
finite, and so what makes it provable.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["Variable", "VariableKind", "word_of"]

VariableKind = Literal[
    "dial", "flag", "trust", "clue", "pin", "theory", "turn", "dead", "blame", "lead", "hours", "dry",
    "visits", "cycle", "took", "event", "asked", "internal",
]  # fmt: skip


class Variable:
    """A named integer in `low..high`.

    `words` names its values from `low` up, where they have names, and `display` says how a player reads
    them. `episode` is the episode it belongs to
    (None: the season's own); `local` says that it is reset when that episode opens, so that no other
    episode can depend on it. `high` may grow while the season is being loaded, because a visit count
    saturates just above the largest number any condition compares it with; after that nothing changes.
    """

    __slots__ = (
        "about",
        "display",
        "episode",
        "high",
        "kind",
        "label",
        "local",
        "low",
        "name",
        "starts",
        "words",
    )

    def __init__(
        self,
        name: str,
        kind: VariableKind,
        *,
        low: int = 0,
        high: int = 1,
        words: tuple[str, ...] = (),
        display: tuple[str, ...] = (),
        starts: int = 0,
        episode: str | None = None,
        local: bool = False,
        label: str = "",
        about: str = "",
    ) -> None:
        self.name = name
        self.kind: VariableKind = kind
        self.low = low
        self.high = high
        self.words = words
        self.display = display or tuple(word.replace("_", " ") for word in words)
        self.starts = starts
        self.episode = episode
        self.local = local
        self.label = label or name
        self.about = about

    def __repr__(self) -> str:
        return f"<Variable {self.name} {self.low}..{self.high}>"

    @property
    def boolean(self) -> bool:
        """Whether it is a plain yes or no."""
        return self.low == 0 and self.high == 1 and not self.words

    def value(self, word: str) -> int | None:
        """The value that `word` names, or None if it is not in the domain."""
        if word in self.words:
            return self.low + self.words.index(word)
        if self.words:
            return None
        if self.boolean and word in ("yes", "no", "true", "false"):
            return int(word in ("yes", "true"))
        try:
            number = int(word)
        except ValueError:
            return None
        return number if self.low <= number <= self.high else None

    @property
    def domain(self) -> str:
        """The domain in words, for a finding."""
        if self.words:
            return ", ".join(self.words)
        return "yes or no" if self.boolean else f"{self.low} to {self.high}"


def word_of(variable: Variable, value: int) -> str:
    """A value as it is read by a player: the step's name, yes or no, or the number."""
    if variable.display:
        return variable.display[value - variable.low]
    return ("no", "yes")[value] if variable.boolean else str(value)
