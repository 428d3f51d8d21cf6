"""What must never happen, and what must always be possible: decided over MAY, then exactly.

MAY says which places could be bad, generously. Each of those is then asked backwards whether the first page
leads to it. Three answers: moves that show it; certainty that nothing does; or a limit, and then it is *bounded*.
"""

from __future__ import annotations

from collections.abc import Callable

from game.story.expressions import tests
from game.story.model import Passage

from .graph import cyclic
from .prove_focus import Focus
from .prove_graph import Graph, Spot, marks_of
from .prove_model import Claim, Proof
from .symbolic_can import Can
from .symbolic_diagrams import Diagram
from .symbolic_limits import TooMuch
from .symbolic_may import May
from .symbolic_space import Space
from .witness_search import Search
from .witness_walk import MOST_OPEN

__all__ = ["Never"]


class Never:
    """The checks of one story; what they find goes into `proof`."""

    def __init__(self, proof: Proof, may: May, search: Search, clock: Callable[[float], None]) -> None:
        self.proof, self.may, self.search, self.clock = proof, may, search, clock
        self.space: Space = may.space
        self.graph: Graph = may.graph
        self.dd = may.space.dd
        self.focus = Focus(may)
        self.known: frozenset[str] = frozenset()
        self.closed: dict[int, Diagram] = {}
        self.rounds: dict[int, Diagram] = {}
        for spot in self.graph.spots:
            if spot.menu and not spot.end and spot.fallback is None:
                shut = self._closed(spot)
                if shut != self.dd.false:
                    self.closed[spot.number] = shut

    def run(self, known: frozenset[str]) -> None:
        """Everything but what is `known` (as keys of claims) to be wrong already, because a walk came there."""
        self.known = known
        checks: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("alarms", "whether something happens that must not", self._alarms),
            ("invariants", "whether every invariant holds", self._invariants),
            ("stuck", "whether somebody can be stuck", self._stuck),
            ("crowded", "whether there are keys for all that is open", self._crowded),
            ("rounds", "whether the story can go round by itself", self._rounds),
            ("unending", "whether every play can end", self._unending),
        )
        for name, what, check in checks:
            try:
                check()
            except TooMuch as limit:
                why = f"{what} could not be decided: {limit}"
                self.proof.bounded.append(Claim(f"check:{name}", why, "season.yaml"))

    def _closed(self, spot: Spot) -> Diagram:
        found = self.dd.true
        for move in spot.moves:
            found = self.dd.both(found, self.dd.negate(self.space.test(move.when)))
        return found

    # The checks --------------------------------------------------------------------------------

    def _alarms(self) -> None:
        for number in sorted(self.may.rung):
            target = self.graph.targets[number]
            if target.key in self.known or self._excluded(number):
                continue
            at = f"{target.path}:{target.line}"
            self._decide(self.proof.stuck, target.key, target.about, at, {number: None}, {})

    def _excluded(self, alarm: int) -> bool:
        """Whether a closer look shows that an alarm never goes off."""
        self.clock(10)
        target = self.graph.targets[alarm]
        whens = [
            mark.when for s in self.graph.spots for mark in marks_of(s) if mark.number == alarm and mark.when
        ]
        names = {test.variable.name for when in whens for test in tests(when)}
        return self.focus.excludes(target.episode, names, lambda may: alarm in may.rung)

    def _invariants(self) -> None:
        """Those that MAY could not show at their close; it has not used them."""
        for invariant in self.may.invariants:
            if invariant.failed:
                close = self.graph.closes[invariant.episode]
                bad = self.dd.negate(self.space.test(invariant.condition))
                what, at = f"invariant:{invariant.episode}", f"{invariant.episode}/episode.yaml"
                why = f"an invariant of {invariant.episode} does not hold at its close"
                self._decide(self.proof.stuck, what, why, at, {}, {close: bad})

    def _stuck(self) -> None:
        for number, shut in self.closed.items():
            if not self.may.meets(number, shut):
                continue
            passage = self._passage(number)
            if f"passage:{passage.id}" not in self.known:
                why = f"nothing is open in `{passage.id}`, and it has no fallback"
                self._place(self.proof.stuck, passage, why, number, shut)

    def _crowded(self) -> None:
        for spot in self.graph.spots:
            if len(spot.moves) > MOST_OPEN:
                many = self._many(spot)
                passage = self._passage(spot.number)
                if f"crowded:{passage.id}" not in self.known and self.may.meets(spot.number, many):
                    why = f"more than {MOST_OPEN} choices are open in `{passage.id}`"
                    self._place(self.proof.stuck, passage, why, spot.number, many)

    def _many(self, spot: Spot) -> Diagram:
        """The states in which more choices are open than there are number keys."""
        dd = self.dd
        counts = [dd.true] + [dd.false] * (MOST_OPEN + 1)  # counts[n]: at least n are open
        for move in spot.moves:
            when = self.space.test(move.when)
            for n in range(MOST_OPEN + 1, 0, -1):
                counts[n] = dd.either(counts[n], dd.both(counts[n - 1], when))
        return counts[MOST_OPEN + 1]

    def _rounds(self) -> None:
        """States from which the story goes on by itself for ever."""
        around = cyclic({spot.number: tuple(self.graph.by_itself(spot)) for spot in self.graph.spots})
        if not around:
            return
        dd, ends = self.dd, dict.fromkeys(self.graph.alarms())
        stops: dict[int, Diagram] = {}

        def at(spot: int) -> Diagram:
            return stops.get(spot, dd.false if spot in around else dd.true)

        changed = True
        while changed:
            changed = False
            for number in sorted(around, reverse=True):
                found = self._stops(self.graph.spots[number], at, ends)
                if found != at(number):
                    stops[number], changed = found, True
        told = False
        for number in sorted(around):
            bad = self.rounds[number] = dd.negate(at(number))
            passage = self._passage(number)
            if told or f"passage:{passage.id}" in self.known or not self.may.meets(number, bad):
                continue
            why = f"the story goes round without a choice at `{passage.id}`"
            told = self._place(self.proof.stuck, passage, why, number, bad)  # one of a round says it all

    def _stops(self, spot: Spot, at: Callable[[int], Diagram], ends: dict[int, None]) -> Diagram:
        if not spot.menu:
            return self.space.backward(spot.code, at, ends)
        if spot.fallback is None:
            return self.dd.true
        onward = self.space.backward(spot.fallback.code, at, ends)
        return self.dd.pick(self._closed(spot), onward, self.dd.true)

    def _unending(self) -> None:
        """States from which no end can be reached. One that only leads to a stuck one is told as that."""
        dd = self.dd
        ends = {
            s.number: dd.true for s in self.graph.spots if s.end or s.number in self.graph.closes.values()
        }
        can = Can(self.space, dict.fromkeys(self.graph.alarms()), {**self.closed, **self.rounds, **ends})
        self.clock(30)
        can.run()
        told: set[str] = set()
        for spot in self.graph.spots:
            if not spot.menu:
                continue
            bad = dd.negate(can.at(spot.number))
            passage = self._passage(spot.number)
            if passage.scene in told or not self.may.meets(spot.number, bad):
                continue
            why = f"from `{passage.id}` no end can be reached any more"
            if self._place(self.proof.unending, passage, why, spot.number, bad):
                told.add(passage.scene)

    # Deciding ----------------------------------------------------------------------------------

    def _passage(self, spot: int) -> Passage:
        return self.graph.story.passages[self.graph.spots[spot].passage]

    def _place(self, claims: list[Claim], passage: Passage, why: str, spot: int, bad: Diagram) -> bool:
        what = f"passage:{passage.id}"
        self.clock(10)
        names = {self.space.owner[bit].name for bit in self.dd.support(bad)}
        episode = self.graph.spots[spot].episode
        if self.focus.excludes(episode, names, lambda may: may.meets(spot, bad)):
            return False
        return self._decide(claims, what, why, f"{passage.path}:{passage.line}", {}, {spot: bad})

    def _decide(
        self,
        claims: list[Claim],
        what: str,
        why: str,
        at: str,
        goal: dict[int, Diagram | None],
        goal_at: dict[int, Diagram],
    ) -> bool:
        """Whether it happens; if so it is a claim, and if nobody can tell, a bounded one."""
        self.clock(10)
        try:
            moves = self.search.find(goal, goal_at)
        except TooMuch as limit:
            self.proof.bounded.append(Claim(what, f"{why}, perhaps: {limit}", at))
            return False
        if moves is not None:
            claims.append(Claim(what, why, at, moves))
        return moves is not None
