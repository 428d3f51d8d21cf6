"""Does the proof notice? The season is broken in memory, one way at a time, and proved again.

Each mutant is proved, and apart from that the witnesses of the season as it was are replayed on it, as the tests do
with the stored ones. What neither catches plays as the season does as far as anything declared can tell, or is a hole.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

import msgspec

from game.story import Story

from .prove import LISTS, Prover, prove
from .prove_build import build_graph
from .prove_model import Claim
from .prove_mutants import KINDS, Mutant, mutants
from .witness_cover import Tracer, covering

__all__ = ["Verdict", "mutate", "table"]


DECIDED = tuple(name for name in LISTS if name != "bounded")


class Verdict(msgspec.Struct, frozen=True):
    """What became of one mutant: the list that the proof puts it on, and the claim (empty: it holds).

    On `bounded` it is not caught: nothing could be decided. `replayed`: some witness of the season as it was can no
    longer be played, or no longer shows what it showed.
    """

    kind: str
    about: str
    caught: str
    claim: str
    replayed: bool

    @property
    def proved(self) -> bool:
        """Whether the proof catches it."""
        return self.caught in DECIDED


def mutate(
    story: Story,
    count: int,
    seed: int = 1,
    seconds: float = 60,
    *,
    jobs: int = 1,
    plays: Iterable[Sequence[str]] = (),
) -> Iterator[Verdict]:
    """Break the story in `count` random ways (a seed always breaks it alike), each proved in at most `seconds`.

    `plays` as for `prove`. With `jobs`, so many mutants are proved at a time, where processes can be forked.
    """
    judge = _Judge(story, seconds, plays)
    made = mutants(story, count, seed)
    if jobs < 2 or sys.platform != "linux" or threading.active_count() > 1:
        yield from map(judge.verdict, made)
        return
    global _judge
    _judge = judge, made
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        yield from pool.imap(_verdict, range(len(made)))
    _judge = None


_judge: tuple[_Judge, list[Mutant]] | None = None
"""What forked processes share."""


def _verdict(number: int) -> Verdict:
    assert _judge is not None
    judge, made = _judge
    return judge.verdict(made[number])


class _Judge:
    """Knows what the season is without a mutation: what is wrong with it, and what its witnesses show."""

    def __init__(self, story: Story, seconds: float, plays: Iterable[Sequence[str]]) -> None:
        self.story, self.seconds = story, seconds
        made = [tuple(moves) for moves in plays]
        proof = prove(story, seconds=seconds, plays=made)
        self.known = {(name, claim.what) for name in LISTS for claim in getattr(proof, name)}
        graph = build_graph(story)
        tracer = Tracer(graph)
        self.plays: dict[tuple[str, ...], set[str]] = {}
        for moves in (*made, *covering(graph, proof.witnesses.values())):
            with suppress(ValueError):  # it may not hold of the season as it is either
                self.plays[moves] = _keys(tracer, moves)

    def verdict(self, mutant: Mutant) -> Verdict:
        """Prove a mutant and replay the witnesses on it."""
        broken = mutant.story(self.story)
        name, claim = self._fault(broken) or ("", None)
        what = f"{claim.what}: {claim.why}" if claim is not None else ""
        return Verdict(mutant.kind, mutant.about, name, what, self._differs(broken))

    def _fault(self, broken: Story) -> tuple[str, Claim] | None:
        """The first claim that does not hold of the season too, and its list. The proof ends there, if it decides."""
        prover = Prover(broken, self.seconds, walks=self.seconds / 12, plays=self.plays)

        def new(names: Iterable[str]) -> Iterator[tuple[str, Claim]]:
            for name in names:
                for claim in getattr(prover.proof, name):
                    if (name, claim.what) not in self.known:
                        yield name, claim

        prover.walk()
        met = prover.met_on_walks()
        found = next(new(DECIDED), None)
        if found is None:
            prover.never(met)
            found = next(new(DECIDED), None)
        if found is None:
            found = next((first for _ in prover.unreached() for first in new(DECIDED)), None)
        return found or next(new(LISTS), None)

    def _differs(self, broken: Story) -> bool:
        """Whether some play can no longer be played, or no longer shows what it showed."""
        tracer = Tracer(build_graph(broken))
        try:
            return any(not shown <= _keys(tracer, moves) for moves, shown in self.plays.items())
        except ValueError:
            return True


def _keys(tracer: Tracer, moves: Sequence[str]) -> set[str]:
    return {key for keys in tracer.met(moves) for key in keys}


def table(verdicts: Sequence[Verdict]) -> str:
    """Per kind: how many were made, are caught each way, by either and by neither; and how many are bounded."""
    heads = ("", "made", "prove", "witnesses", "either", "missed", "bounded")
    rows: list[tuple[str, ...]] = [heads]
    for kind in (*KINDS, "all"):
        mine = [verdict for verdict in verdicts if kind in ("all", verdict.kind)]
        either = sum(verdict.proved or verdict.replayed for verdict in mine)
        counts = (
            len(mine),
            sum(verdict.proved for verdict in mine),
            sum(verdict.replayed for verdict in mine),
            either,
            len(mine) - either,
            sum(verdict.caught == "bounded" for verdict in mine),
        )
        rows.append((kind, *map(str, counts)))
    first = max(len(row[0]) for row in rows)
    return "\n".join(
        row[0].ljust(first)
        + "".join(cell.rjust(len(head) + 2) for cell, head in zip(row[1:], heads[1:], strict=True))
        for row in rows
    )
