"""MAY: for every spot a set that has every state a play can be in there, and perhaps more.

One episode after the other. Where an episode opens, the sets of values that each variable can bring along
are multiplied out (what holds between them is forgotten, unless the set is small or a proved invariant says
it), which keeps every episode's diagrams its own.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator

from game.story.expressions import Condition

from .prove_graph import Code, Jump, Spot
from .prove_live import Liveness
from .prove_regions import ties
from .symbolic_diagrams import Diagram
from .symbolic_order import reading_order
from .symbolic_space import Space

__all__ = ["Invariant", "May"]

SMALL = 400
"""Up to so many nodes a set is carried into the next episode as it is."""
LARGE = 1500
"""Above so many nodes a set is loosened wherever it comes up; at a hub always."""
CLOCK = ("hours", "dry", "lead", "event", "internal")
"""The kinds of variables that say how far an investigation is."""


class Invariant:
    """A condition declared by an episode, to hold from its close on. `held` are the closes at which it did."""

    def __init__(self, episode: str, condition: Condition) -> None:
        self.episode, self.condition = episode, condition
        self.held: list[str] = []
        self.failed = False


class May:
    """`at[spot]` and, for each alarm that may go off, the states in which it does (`rung`).

    `only`, if given, are the variables (as bits) that are followed; whatever hangs on others may go either way.
    """

    def __init__(
        self,
        space: Space,
        live: Liveness,
        invariants: list[Invariant],
        watched: frozenset[int],
        only: int = -1,
    ) -> None:
        self.only = only
        self.space, self.live, self.graph = space, live, space.graph
        self.invariants = invariants
        self.watched = watched
        self.at: dict[int, Diagram] = {}
        self.rung: dict[int, Diagram] = {}
        self.done: list[str] = []
        self._entries: dict[int, Diagram] = {}
        self._waiting: set[int] = set()
        self._heap: list[tuple[int, bool, int, int]] = []
        self._rank = reading_order(self.graph)
        self._openings = set(self.graph.openings.values()) - {self.graph.start}
        self._following = 0
        self._masks: dict[int, tuple[Code, int]] = {}
        self._order = {spot.number: self.graph.order[spot.episode] for spot in self.graph.spots}
        hubs = {episode.hub for episode in self.graph.story.episodes.values()}
        self._near = self._scenes()
        self._ties = ties(self.graph) if only >= 0 else {}
        self._hubs = {spot.number for spot in self.graph.spots if spot.passage in hubs}

    def run(self) -> None:
        """Fill `at`. Raises TooMuch; what is there then is not everything."""
        graph, dd = self.graph, self.space.dd
        start = dd.true
        for name in graph.story.variables:
            if self.live.live[graph.start] & self.live.bits[name]:
                variable = graph.story.variables[name]
                start = dd.both(start, self.space.is_(variable, variable.starts))
        self.go(graph.start, start)
        self._drain()
        while self._entries:
            opening = min(self._entries, key=lambda spot: self._order[spot])
            self.go_on(opening, self._entries.pop(opening))
            self._drain()

    def focused(self, episode: str, names: Collection[str]) -> May:
        """The same for one episode and a few variables, with more of what holds between them. Raises TooMuch."""
        only = 0
        for name in names:
            only |= self.live.bits[name]
        may = May(self.space, self.live, [], self.watched, only)
        opening = self.graph.openings[episode]
        if opening in self.at:
            may._add(opening, self.at[opening])
            may._drain(self._order[opening])
        return may

    def go_on(self, opening: int, states: Diagram) -> None:
        """Open an episode with what may come in."""
        spot = self.graph.spots[opening]
        before = [name for name in self.graph.story.episodes if self.graph.order[name] < self._order[opening]]
        if self.space.dd.size(states) > SMALL:
            states = self._product(opening, states)
        close = before[-1] if before else ""
        for invariant in self.invariants:
            if invariant.held and invariant.held[-1] == close:
                states = self.space.dd.both(states, self.space.test(invariant.condition))
        self.done.append(spot.episode)
        self._add(opening, states)

    def _product(self, opening: int, states: Diagram) -> Diagram:
        dd, found = self.space.dd, self.space.dd.true
        names = sorted(self.live.names(opening), key=lambda name: self.space.bits[name], reverse=True)
        for own in self._alone(states, dd.support(states), names):
            found = dd.both(own, found)
        return found

    def _loosened(self, spot: int, states: Diagram) -> Diagram:
        """What each variable can be, and how far the investigation is; what holds between others is forgotten.

        Kept too: what holds between the variables that the scene itself asks for; and, where only a few are
        followed, between a variable and the leads in which it changes.
        """
        dd, space = self.space.dd, self.space
        support = dd.support(states)
        clock = {bit for bit in support if space.owner[bit].kind in CLOCK}
        names = {space.owner[bit].name for bit in support - clock}
        near = {bit for bit in support if self._near[spot] & self.live.bits[space.owner[bit].name]}
        found = dd.both(dd.forget(states, support - clock), dd.forget(states, support - near))
        names -= {space.owner[bit].name for bit in near}
        for name in [name for name in names if name in self._ties]:
            tied = {bit for lead in self._ties[name] for bit in space.bits[lead]}
            found = dd.both(dd.forget(states, support - tied - set(space.bits[name])), found)
            names.discard(name)
        for own in self._alone(
            states, support, sorted(names, key=lambda name: space.bits[name], reverse=True)
        ):
            found = dd.both(own, found)
        return found

    def _alone(self, states: Diagram, support: set[int], names: list[str]) -> Iterator[Diagram]:
        """What each of some variables can be by itself; halved again and again, so that sets get small at once."""
        if not names:
            return
        bits = {bit for name in names for bit in self.space.bits[name]}
        states = self.space.dd.forget(states, support - bits)
        if len(names) == 1:
            yield states
            return
        half = len(names) // 2
        yield from self._alone(states, bits, names[:half])
        yield from self._alone(states, bits, names[half:])

    def clocks(self) -> dict[int, Diagram]:
        """For the spots of every hub, how far the investigation can be there."""
        return {spot: self.part(spot, CLOCK) for spot in self._hubs}

    def part(self, spot: int, kinds: Collection[str], bits: Collection[int] = ()) -> Diagram:
        """What can be at a spot, said only of variables of some kinds and of some bits."""
        states, owner = self.at.get(spot, self.space.dd.false), self.space.owner
        rest = [b for b in self.space.dd.support(states) if owner[b].kind not in kinds and b not in bits]
        return self.space.dd.forget(states, rest)

    def _scenes(self) -> list[int]:
        """For every spot the variables, as bits, that decide something in its scene; at a hub, only the clock."""
        found: dict[str, int] = {}
        hubs = {episode.hub for episode in self.graph.story.episodes.values()}
        for spot in self.graph.spots:
            reads = 0
            for when in [move.when for move in spot.moves] + [
                i.when for i in spot.code if isinstance(i, Jump)
            ]:
                reads |= self.live.reads(when)
            scene = spot.passage.rpartition(".")[0]
            found[scene] = found.get(scene, 0) | (0 if spot.passage in hubs else reads)
        return [found[spot.passage.rpartition(".")[0]] for spot in self.graph.spots]

    def _drain(self, upto: int | None = None) -> None:
        while self._heap and (upto is None or self._heap[0][0] <= upto):
            _, _, _, number = heapq.heappop(self._heap)
            self._waiting.discard(number)
            self._step(self.graph.spots[number], self.at[number])
            self.space.dd.check()

    def _step(self, spot: Spot, states: Diagram) -> None:
        space, dd = self.space, self.space.dd
        if not spot.menu:
            self._run(spot.code, states)
            return
        closed = space.dd.true
        for move in spot.moves:
            when = space.test(move.when)
            self._run(move.code, dd.both(states, when))
            closed = dd.both(closed, dd.negate(when))
        if spot.fallback is not None:
            self._run(spot.fallback.code, dd.both(states, closed))
        for pin in spot.pins:
            self._following = self.live.within(pin.code)
            self._run(pin.code, space.pinned(pin, states, self))
        if spot.number in self.graph.closes.values():
            self._establish(spot)

    def _establish(self, spot: Spot) -> None:
        dd = self.space.dd
        for invariant in self.invariants:
            if self.graph.order[invariant.episode] > self._order[spot.number]:
                continue
            false = dd.both(self.at[spot.number], dd.negate(self.space.test(invariant.condition)))
            if false != dd.false:
                invariant.failed |= invariant.episode == spot.episode
                invariant.held = [name for name in invariant.held if name != spot.episode]
            elif spot.episode not in invariant.held:
                invariant.held.append(spot.episode)

    def _run(self, code: Code, states: Diagram) -> None:
        if states == self.space.dd.false:
            return
        known = self._masks.get(id(code))
        if known is None:
            known = self._masks[id(code)] = (code, self.live.within(code))
        self._following = known[1]
        self.space.forward(code, states, self)

    # What code run forwards delivers (symbolic_space.Flow) --------------------------------------

    def follows(self, variable: str) -> bool:
        return bool(self._following & self.only & self.live.bits[variable])

    def met(self, mark: int, states: Diagram) -> None:
        self.rung[mark] = self.space.dd.either(self.rung.get(mark, self.space.dd.false), states)

    def go(self, spot: int, states: Diagram) -> None:
        if spot in self._openings:
            dd, live = self.space.dd, self.live.live[spot]
            states = self._slice(states, live)
            self._entries[spot] = dd.either(self._entries.get(spot, dd.false), states)
        else:
            self._add(spot, states)

    def _slice(self, states: Diagram, live: int) -> Diagram:
        """Without what does not matter."""
        space, bits = self.space, self.live.bits
        live &= self.only
        dead = [bit for bit in space.dd.support(states) if not live & bits[space.owner[bit].name]]
        return space.dd.forget(states, dead)

    def _add(self, spot: int, states: Diagram) -> None:
        dd = self.space.dd
        states = self._slice(states, self.live.live[spot])
        known = self.at.get(spot, dd.false)
        states = dd.either(known, states)
        if states != known and (spot in self._hubs or dd.size(states) > LARGE):
            states = self._loosened(spot, states)
        if states == known:
            return
        self.at[spot] = states
        if spot not in self._waiting:
            self._waiting.add(spot)
            heapq.heappush(self._heap, (self._order[spot], spot in self._hubs, self._rank[spot], spot))
