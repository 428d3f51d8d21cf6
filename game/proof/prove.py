"""`prove`: that nobody gets stuck, every play can end, everything written can be read, every question is fair.

In this order. Walks meet most of what is written, and most of what is wrong. MAY bounds what can be, episode by
episode; what it cannot exclude is decided backwards, exactly, with moves for an answer. What no walk has met is
searched the same way. Whatever passes a limit is *bounded*, with its reason, and then nothing is proved.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from game.engine import Play, ReplayError
from game.story import Story

from .fair import Fair
from .prove_build import build_graph
from .prove_graph import Graph, Target
from .prove_live import Liveness
from .prove_model import Claim, Proof
from .prove_never import Never
from .prove_regions import with_regions
from .symbolic_diagrams import Limits, TooMuch
from .symbolic_may import Invariant, May
from .symbolic_space import Space
from .witness_search import Search
from .witness_walk import MOST_OPEN, Walker, moves_of

__all__ = ["Claim", "Proof", "prove"]

NODES = 4_000_000
PLAIN_NODES = 1_500_000


def prove(story: Story, *, seconds: float = 60, seed: int = 1, backend: str | None = None) -> Proof:
    """Prove a story, in about `seconds` at most. `backend` is one of `make_diagrams`; None: the best there is."""
    return _Prover(story, seconds, seed, backend).run()


class _Prover:
    def __init__(self, story: Story, seconds: float, seed: int, backend: str | None) -> None:
        self.story, self.proof = story, Proof()
        self.started = time.monotonic()
        self.deadline = self.started + seconds
        self.graph: Graph = build_graph(story)
        self.walker = Walker(self.graph, seed)
        self.limits = Limits(NODES, self.deadline)
        self.space = Space(with_regions(self.graph), self.limits, backend)
        if self.space.dd.name == "plain":
            self.limits.nodes = PLAIN_NODES
        self.search = Search(self.space, self.walker)
        self.seconds = seconds

    def run(self) -> Proof:
        self._timed("walks", lambda: self.walker.walk(self.seconds / 4))
        known = self._met_on_walks()
        self._timed("never and always", lambda: self._never(known))
        self._timed("searches", self._unreached)
        self._count()
        return self.proof

    def _timed(self, what: str, part: Callable[[], None]) -> None:
        before = time.monotonic()
        part()
        self.proof.notes.append(f"{what}: {time.monotonic() - before:.1f} s")

    def _clock(self, seconds: float) -> None:
        """Give the next question so long, within what is left."""
        self.limits.deadline = min(self.deadline, time.monotonic() + seconds)

    # What walks came to ------------------------------------------------------------------------

    def _met_on_walks(self) -> frozenset[str]:
        """Faults that a walk has run into; their keys."""
        known: set[str] = set()
        for number, found in self.walker.found.items():
            target = self.graph.targets[number]
            if target.alarm:
                known.add(target.key)
                at = f"{target.path}:{target.line}"
                self.proof.stuck.append(Claim(target.key, target.about, at, tuple(moves_of(found.path))))
        for (spot, why), found in self.walker.faults.items():
            if spot < 0:
                continue  # it leads nowhere, and that is an alarm of its own
            passage = self.story.passages[self.graph.spots[spot].passage]
            known.add(f"crowded:{passage.id}" if why == "crowded" else f"passage:{passage.id}")
            about = {
                "stuck": f"nothing is open in `{passage.id}`, and it has no fallback",
                "crowded": f"more than {MOST_OPEN} choices are open in `{passage.id}`",
            }.get(why, f"the story {why} at `{passage.id}`")
            at = f"{passage.path}:{passage.line}"
            self.proof.stuck.append(Claim(f"passage:{passage.id}", about, at, tuple(moves_of(found.path))))
        return frozenset(known)

    # Never and always --------------------------------------------------------------------------

    def _never(self, known: frozenset[str]) -> None:
        invariants = [Invariant(e.id, c) for e in self.story.episodes.values() for c in e.invariants]
        extra = {
            close: [i.condition for i in invariants if self.graph.order[i.episode] <= self.graph.order[name]]
            for name, close in self.graph.closes.items()
        }
        may = May(self.space, Liveness(self.space.graph, extra), invariants, self.graph.alarms())
        self._clock(self.seconds / 2)
        try:
            may.run()
        except TooMuch as limit:
            self._give_up(may, limit)
            return
        for invariant in invariants:
            if invariant.failed:
                at = f"{invariant.episode}/episode.yaml"
                why = f"an invariant of {invariant.episode} could not be shown at its close, and is not used"
                self.proof.bounded.append(Claim(f"invariant:{invariant.episode}", why, at))
        self.search.care = may.clocks()
        Never(self.proof, may, self.search, self._clock).run(known)
        Fair(self.proof, may, self.search, self._clock).run()

    def _give_up(self, may: May, limit: TooMuch) -> None:
        reached = may.done[-1] if may.done else next(iter(self.story.written), "")
        why = f"what can be in {reached} could not be bounded ({limit}); nothing is decided from there on"
        self.proof.bounded.append(Claim(f"episode:{reached}", why, f"{reached}/episode.yaml"))

    # Everything written ------------------------------------------------------------------------

    def _unreached(self) -> None:
        for target in self.graph.targets:
            if target.alarm or not target.required or target.number in self.walker.found:
                continue
            at = f"{target.path}:{target.line}"
            self._clock(10)
            try:
                moves = self.search.find({target.number: None})
            except TooMuch as limit:
                self.proof.bounded.append(Claim(target.key, f"no way to {target.about} was found: {limit}", at))
                continue
            if moves is None:
                self.proof.unreached.append(Claim(target.key, f"nothing leads to {target.about}", at))
            else:
                self._witness(target, moves)

    def _witness(self, target: Target, moves: tuple[str, ...]) -> None:
        self.proof.witnesses[target.key] = moves

    def _count(self) -> None:
        """Collect the witnesses, and replay in the engine itself those that are endings, and every claim's."""
        proof = self.proof
        for number, found in self.walker.found.items():
            target = self.graph.targets[number]
            if not target.alarm:
                proof.witnesses.setdefault(target.key, tuple(moves_of(found.path)))
        proof.passages = sum(key.startswith("passage:") for key in proof.witnesses)
        proof.choices = sum(key.startswith("choice:") for key in proof.witnesses)
        for key, moves in proof.witnesses.items():
            if key.startswith("ending:"):
                proof.endings[key.partition(":")[2]] = len(moves)
                Play.replay(self.story, moves)
        for claims in (proof.stuck, proof.unending, proof.unfair):
            for claim in claims:
                self._replays(claim)

    def _replays(self, claim: Claim) -> None:
        """Raises ReplayError unless the engine follows the moves: at the last it may find itself going round."""
        moves = claim.moves or ()
        try:
            Play.replay(self.story, moves)
        except ReplayError as error:
            if error.index != len(moves) - 1:
                raise
