"""How many blind plays came out this way: measured once, kept with the season, checked again by sampling.

Counting the paths of a graph would reward padding: two doors into the same room count double. Plays that
choose and pin blindly do not, and "3% of blind plays" says to a reader exactly what was measured.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from pathlib import Path

import msgspec

from game.story import Story

from .walking import Walk

__all__ = [
    "FILE",
    "RUNS",
    "SEED",
    "Shares",
    "compare",
    "measure",
    "season_hash",
    "shares",
    "wording",
    "write",
]

FILE = "shares.json"
"""Beside `season.yaml`, so that it is installed with the season. The loader of scenes reads only YAML."""
RUNS = 100_000
SEED = 1
POINT = 0.01
SIGMAS = 3.0

Table = dict[str, dict[str, float]]


class Shares(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shares of `runs` blind plays, from 0 to 1.

    `turns[turn][outcome]` is how the turn stood when the play ended, `theories[question][theory]` what
    stood on the Board when the question's episode closed; both have `open`. `deaths[person]` is being dead
    at the end, `endings[ending]` ending there. `hash` is of the scene files the plays were made with.
    """

    edition: str
    hash: str
    runs: int
    seed: int
    turns: Table
    theories: Table
    deaths: dict[str, float]
    endings: dict[str, float]

    def figures(self) -> Iterator[tuple[str, float]]:
        """Every share with a name of its own: `turn t1 refused`."""
        for kind, table in (("turn", self.turns), ("theory", self.theories)):
            for name, row in table.items():
                yield from ((f"{kind} {name} {word}", share) for word, share in row.items())
        yield from ((f"death {name}", share) for name, share in self.deaths.items())
        yield from ((f"ending {name}", share) for name, share in self.endings.items())


def shares(story: Story) -> Shares | None:
    """The shares kept with the season. None: there are none for this edition that can be read."""
    try:
        found = msgspec.json.decode((story.folder / FILE).read_bytes(), type=Shares)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.edition == story.edition else None


def wording(share: float) -> str:
    """A share as it is told: `12% of blind plays`, and under 0.1% `almost none of blind plays`."""
    if share < 0.001:
        return "almost none of blind plays"
    percent = share * 100
    if percent >= 99.95:
        return "100% of blind plays" if share >= 1 else "almost all of blind plays"
    text = f"{percent:.1f}" if percent < 1 else f"{min(percent, 99):.0f}"
    return f"{text}% of blind plays"


def measure(story: Story, found: Walk, seed: int) -> Shares:
    """The shares in a walk. Raises ValueError for one with faults: a season that breaks has no shares."""
    if found.errors or not found.runs:
        raise ValueError(f"{found.errors} of {found.runs} plays broke")
    runs = found.runs

    def table(tally: dict[str, dict[str, int]]) -> Table:
        return {name: _row(row, runs) for name, row in tally.items() if any(row.values())}

    return Shares(
        edition=story.edition,
        hash=season_hash(story.folder),
        runs=runs,
        seed=seed,
        turns=table({name: row for name, row in found.turns.items() if _taken(row)}),
        theories=table(found.theories),
        deaths=_row(found.deaths, runs),
        endings=_row(found.endings, runs),
    )


def _taken(row: dict[str, int]) -> bool:
    """Whether any play took the turn; one that nothing takes yet says nothing."""
    return any(count for word, count in row.items() if word != "open")


def _row(counts: dict[str, int], runs: int) -> dict[str, float]:
    return {name: round(count / runs, 6) for name, count in counts.items()}


def write(story: Story, found: Shares) -> Path:
    """Keep shares with the season. Returns the file. Raises OSError if it cannot be written."""
    path = story.folder / FILE
    path.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    return path


def compare(kept: Shares, sample: Shares) -> list[str]:
    """What differs by more than a point and the error of sampling, a line each."""
    now = dict(sample.figures())
    wrong = []
    for name, share in kept.figures():
        other = now.pop(name, 0.0)
        if abs(share - other) > _allowed(share, kept.runs, sample.runs):
            wrong.append(f"{name}: {share:.2%} kept, {other:.2%} in {sample.runs:,} plays")
    for name, other in now.items():
        if other > _allowed(0.0, kept.runs, sample.runs):
            wrong.append(f"{name}: not kept, {other:.2%} in {sample.runs:,} plays")
    return wrong


def _allowed(share: float, kept: int, sampled: int) -> float:
    spread = math.sqrt(max(share * (1 - share), POINT * (1 - POINT)) * (1 / kept + 1 / sampled))
    return POINT + SIGMAS * spread


def season_hash(folder: Path) -> str:
    """A hash of everything the loader reads, by name and content."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*/*.yaml")]):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]
