"""What must never happen, and what must always be possible: decided over MAY, then exactly.

MAY says which places could be bad, generously. Each of those is then asked backwards whether the first page
leads to it. Three answers: moves that show it; certainty that nothing does; or a limit, and then it is *bounded*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from game.story.expressions import tests
from game.story.model import Passage

from .prove_focus import Focus
from .prove_graph import Graph, Spot, marks_of
from .prove_model import Claim, Proof
from .symbolic_can import Can
from .symbolic_diagrams import Diagram, TooMuch
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
        self.closed: dict[int, Diagram] = {}
        self.rounds: dict[int, Diagram] = {}
        for spot in self.graph.spots:
            if spot.menu and not spot.end and spot.fallback is None:
                shut = self._closed(spot)
                if shut != self.dd.false:
                    self.closed[spot.number] = shut

    def run(self, known: frozenset[str]) -> None:
        """Everything but what is `known` (as keys of claims) to be wrong already, because a walk came there."""
        self._alarms(known)
        self._stuck(known)
        self._crowded(known)
        self._rounds(known)
        self._unending()

    def _closed(self, spot: Spot) -> Diagram:
        found = self.dd.true
        for move in spot.moves:
            found = self.dd.both(found, self.dd.negate(self.space.test(move.when)))
        return found

    # The checks --------------------------------------------------------------------------------

    def _alarms(self, known: frozenset[str]) -> None:
        for number in sorted(self.may.rung):
            target = self.graph.targets[number]
            if target.key in known or self._excluded(number):
                continue
            self._decide(
                self.proof.stuck, target.key, target.about, target.path, target.line, goal={number: None}
            )

    def _excluded(self, alarm: int) -> bool:
        """Whether a closer look shows that an alarm never goes off."""
        self.clock(10)
        target = self.graph.targets[alarm]
        whens = [
            mark.when for s in self.graph.spots for mark in marks_of(s) if mark.number == alarm and mark.when
        ]
        names = {test.variable.name for when in whens for test in tests(when)}
        return self.focus.excludes(target.episode, names, lambda may: alarm in may.rung)

    def _stuck(self, known: frozenset[str]) -> None:
        for number, shut in self.closed.items():
            if not self.may.meets(number, shut):
                continue
            passage = self._passage(number)
            if f"passage:{passage.id}" not in known:
                why = f"nothing is open in `{passage.id}`, and it has no fallback"
                self._place(self.proof.stuck, passage, why, number, shut)

    def _crowded(self, known: frozenset[str]) -> None:
        for spot in self.graph.spots:
            if len(spot.moves) > MOST_OPEN:
                many = self.many(spot)
                passage = self._passage(spot.number)
                if f"crowded:{passage.id}" not in known and self.may.meets(spot.number, many):
                    why = f"more than {MOST_OPEN} choices are open in `{passage.id}`"
                    self._place(self.proof.stuck, passage, why, spot.number, many)

    def many(self, spot: Spot) -> Diagram:
        """The states in which more choices are open than there are number keys."""
        dd = self.dd
        counts = [dd.true] + [dd.false] * (MOST_OPEN + 1)  # counts[n]: at least n are open
        for move in spot.moves:
            when = self.space.test(move.when)
            for n in range(MOST_OPEN + 1, 0, -1):
                counts[n] = dd.either(counts[n], dd.both(counts[n - 1], when))
        return counts[MOST_OPEN + 1]

    def _rounds(self, known: frozenset[str]) -> None:
        """States from which the story goes on by itself for ever."""
        around = set(_circular(self.graph))
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
            if told or f"passage:{passage.id}" in known or not self.may.meets(number, bad):
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
        return self._decide(claims, what, why, passage.path, passage.line, goal_at={spot: bad})

    def _decide(
        self,
        claims: list[Claim],
        what: str,
        why: str,
        path: str,
        line: int,
        goal: dict[int, Diagram | None] | None = None,
        goal_at: dict[int, Diagram] | None = None,
    ) -> bool:
        """Whether it happens; if so it is a claim, and if nobody can tell, a bounded one."""
        self.clock(10)
        at = f"{path}:{line}"
        try:
            moves = self.search.find(goal or {}, goal_at or {})
        except TooMuch as limit:
            self.proof.bounded.append(Claim(what, f"{why}, perhaps: {limit}", at))
            return False
        if moves is not None:
            claims.append(Claim(what, why, at, moves))
        return moves is not None


def _circular(graph: Graph) -> Iterator[int]:
    """The spots that lie on a circle of what happens by itself (Tarjan's components, without recursion)."""
    onward = graph.auto()
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    inside: set[int] = set()
    for root in range(len(graph.spots)):
        if root in index:
            continue
        work = [(root, onward(graph.spots[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        inside.add(root)
        while work:
            number, rest = work[-1]
            for to in rest:
                if to not in index:
                    index[to] = low[to] = len(index)
                    stack.append(to)
                    inside.add(to)
                    work.append((to, onward(graph.spots[to])))
                    break
                if to in inside:
                    low[number] = min(low[number], index[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[number])
                if low[number] == index[number]:
                    at = stack.index(number)
                    found, stack = stack[at:], stack[:at]
                    inside.difference_update(found)
                    if len(found) > 1 or number in set(onward(graph.spots[number])):
                        yield from found
