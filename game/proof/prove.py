"""`prove`: that nobody gets stuck, every play can end, everything written can be read, every question is fair.

In this order. Walks, and plays that are known already, meet most of what is written, and most of what is wrong.
MAY bounds what can be, episode by episode; what it cannot exclude is decided backwards, exactly, with moves for an
answer. What no walk has met is searched the same way. Whatever passes a limit is *bounded*, with its reason, and
then nothing is proved.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from game.engine import Play, Program, StoryFault, program_of
from game.story import Story

from .fair import Fair
from .prove_build import build_graph
from .prove_graph import Graph, Target
from .prove_live import Liveness
from .prove_model import Claim, Proof
from .prove_never import Never
from .prove_regions import with_regions
from .symbolic_limits import Limits, TooMuch
from .symbolic_may import Invariant, May
from .symbolic_space import Space
from .witness_cover import covering
from .witness_hunt import Hunt
from .witness_moves import moves_of
from .witness_search import Search
from .witness_walk import MOST_OPEN, Walker

__all__ = ["LISTS", "Claim", "Proof", "Prover", "prove"]

NODES = 4_000_000
PLAIN_NODES = 1_500_000
LISTS = ("stuck", "unending", "unfair", "unreached", "bounded")


def prove(
    story: Story,
    *,
    seconds: float = 60,
    seed: int = 1,
    backend: str | None = None,
    walks: float | None = None,
    plays: Iterable[Sequence[str]] = (),
) -> Proof:
    """Prove a story, in about `seconds` at most, of which `walks` (None: a quarter) for walks at most.

    `plays` are lists of moves from the first page, as of stored witnesses: what is still open of each is made again,
    and what it meets need not be looked for. `backend` is one of `make_diagrams`; None: the best there is.
    Raises ReplayError if the engine does not follow moves that were found here, which would be a bug of the proof
    or of the engine.
    """
    return Prover(story, seconds, seed, backend, walks, plays).run()


class Prover:
    """One proof in the making, in three parts: what walks meet, what must never be, what nothing has met."""

    def __init__(
        self,
        story: Story,
        seconds: float,
        seed: int = 1,
        backend: str | None = None,
        walks: float | None = None,
        plays: Iterable[Sequence[str]] = (),
    ) -> None:
        self.story, self.proof = story, Proof()
        self.seconds, self.walks = seconds, seconds / 4 if walks is None else walks
        self.plays = plays
        self.deadline = time.monotonic() + seconds
        self.graph: Graph = build_graph(story)
        self.walker = Walker(self.graph, seed)
        self.limits = Limits(NODES, self.deadline)
        self.space = Space(with_regions(self.graph), self.limits, backend)
        if self.space.dd.name == "plain":
            self.limits.nodes = PLAIN_NODES
        self.search = Search(self.space, self.walker)
        self.may: May | None = None

    def run(self) -> Proof:
        """All of it."""
        self._timed("walks", self.walk)
        known = self.met_on_walks()
        self._timed("never and always", lambda: self.never(known))
        self._timed("searches", lambda: list(self.unreached()))
        self._timed("replays", self._count)
        return self.proof

    def _timed(self, what: str, part: Callable[[], object]) -> None:
        before = time.monotonic()
        part()
        self.proof.notes.append(f"{what}: {time.monotonic() - before:.1f} s")

    def _clock(self, seconds: float) -> None:
        """Give the next question so long, within what is left."""
        self.limits.deadline = min(self.deadline, time.monotonic() + seconds)

    # What walks came to ------------------------------------------------------------------------

    def walk(self) -> None:
        """Make the plays that are known, then walk from where they came."""
        for moves in self.plays:
            self.walker.follow(moves)
        self.walker.walk(self.walks)

    def met_on_walks(self) -> frozenset[str]:
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

    def never(self, known: frozenset[str]) -> None:
        invariants = [Invariant(e.id, c) for e in self.story.episodes.values() for c in e.invariants]
        extra = {
            close: [i.condition for i in invariants if self.graph.order[i.episode] <= self.graph.order[name]]
            for name, close in self.graph.closes.items()
        }
        may = May(self.space, Liveness(self.space.graph, extra), invariants, self.graph.alarms())
        self._clock(self.seconds / 2)
        try:
            may.run()
            self.search.care = may.clocks()
            self.search.openings = {
                spot: may.at(spot) for spot in self.graph.openings.values() if spot in may.states
            }
            never = Never(self.proof, may, self.search, self._clock)
        except TooMuch as limit:
            self._give_up(may, limit)
            return
        self.may = may
        never.run(known)
        Fair(self.proof, may, self.search, self._clock).run()

    def _give_up(self, may: May, limit: TooMuch) -> None:
        reached = may.done[-1] if may.done else next(iter(self.story.written), "")
        why = f"what can be in {reached} could not be bounded ({limit}); nothing is decided from there on"
        self.proof.bounded.append(Claim(f"episode:{reached}", why, f"{reached}/episode.yaml"))

    # Everything written ------------------------------------------------------------------------

    def unreached(self) -> Iterator[Target]:
        """Search for what no walk has met. Yields each target once it is decided."""
        left = [
            t for t in self.graph.targets if t.required and not t.alarm and t.number not in self.walker.found
        ]
        possible = self._possible(frozenset(target.number for target in left))
        hard: list[Target] = []
        for target in left:
            if target.number not in possible:
                self._unreachable(target)
            elif not self._easily(target, len(left)):
                hard.append(target)
                continue
            yield target
        for count, target in enumerate(hard):
            self._clock(max(1.0, (self.deadline - time.monotonic()) / (len(hard) - count)))
            try:
                self._settle(target, self.search.find({target.number: None}))
            except TooMuch as limit:
                at = f"{target.path}:{target.line}"
                self.proof.bounded.append(
                    Claim(target.key, f"no way to {target.about} was found: {limit}", at)
                )
            yield target

    def _easily(self, target: Target, many: int) -> bool:
        """Decide a target in a moment: asked backwards, then hunted. Whether that was enough."""
        if target.number in self.walker.found:
            return True
        left = max(0.0, self.deadline - time.monotonic())
        share = min(1.5, max(0.2, left / many / 2))
        self._clock(share)
        try:
            self._settle(target, self.search.find({target.number: None}))
        except TooMuch:
            return left > 0 and Hunt(self.walker, target.number).run(min(share, left))
        return True

    def _settle(self, target: Target, moves: tuple[str, ...] | None) -> None:
        if moves is None:
            self._unreachable(target)
        else:
            made = self.walker.follow(moves)
            assert made == len(moves), f"the way to {target.key} cannot be gone"

    def _unreachable(self, target: Target) -> None:
        at = f"{target.path}:{target.line}"
        self.proof.unreached.append(Claim(target.key, f"nothing leads to {target.about}", at))

    def _possible(self, targets: frozenset[int]) -> frozenset[int] | set[int]:
        """Those of some targets that MAY does not exclude."""
        self._clock(10)
        try:
            return self.may.probe(targets) if self.may is not None else targets
        except TooMuch:
            return targets

    def _count(self) -> None:
        """Collect the witnesses, and have the engine itself replay a set of plays in which all of them are."""
        proof = self.proof
        for number, found in self.walker.found.items():
            target = self.graph.targets[number]
            if not target.alarm:
                proof.witnesses[target.key] = tuple(moves_of(found.path))
        proof.passages = sum(key.startswith("passage:") for key in proof.witnesses)
        proof.choices = sum(key.startswith("choice:") for key in proof.witnesses)
        proof.endings = {
            k.partition(":")[2]: len(m) for k, m in proof.witnesses.items() if k.startswith("ending:")
        }
        program = Program(self.story, prose=False, layout=program_of(self.story).layout)
        for moves in covering(self.graph, proof.witnesses.values()):
            replay(self.story, moves, program)
        for claims in (proof.stuck, proof.unending, proof.unfair):
            for claim in claims:
                moves = claim.moves or ()
                try:
                    replay(self.story, moves, program)
                except StoryFault:
                    replay(self.story, moves[:-1], program)  # the last move is the one that goes round


def replay(story: Story, moves: Sequence[str], program: Program) -> Play:
    """The play in which the moves were made, without its text. Raises NotOffered or StoryFault."""
    play = Play(story, program)
    for move in moves:
        play.apply(move)
    return play
