"""MAY: for every spot a set that has every state a play can be in there, and perhaps more.

At each spot a few variables are followed together, as a diagram: those that decide something in its scene, and
how far the investigation is. Of every other variable that matters only the values it can have are kept. What is
lost is what holds between variables of different scenes; where that matters, `prove_focus` looks closer. One
episode comes after the other, and what an episode brings along is multiplied out in the same way.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping

from .prove_graph import Code, Spot, marks_in, marks_of
from .prove_live import Liveness
from .symbolic_diagrams import Diagram
from .symbolic_parts import ALL, CLOCK, LARGE, Invariant, Parts, Values
from .symbolic_space import Space

__all__ = ["CLOCK", "Invariant", "May"]


class May(Parts):
    """`at(spot)`, and for each alarm that may go off the states in which it does (`rung`).

    `only`, if given, are the variables (as bits) that are followed, together and at every spot; whatever hangs on
    others may then go either way.
    """

    def __init__(
        self,
        space: Space,
        live: Liveness,
        invariants: list[Invariant],
        watched: frozenset[int],
        only: int | None = None,
    ) -> None:
        super().__init__(space, live, invariants, only)
        self.watched = watched
        self.rung: dict[int, Diagram] = {}
        self.within: Mapping[int, Diagram] = {}
        self.done: list[str] = []
        self._entries: dict[int, tuple[Diagram, Values]] = {}
        self._heap: list[tuple[int, bool, int, int]] = []
        self._waiting: set[int] = set()
        self._rank = space.rank
        self._openings = set(self.graph.openings.values()) - {self.graph.start}
        self._order = {spot.number: self.graph.order[spot.episode] for spot in self.graph.spots}
        self._following, self._known, self._from = 0, 0, 0
        self._probing = False

    # Running -----------------------------------------------------------------------------------

    def run(self) -> None:
        """Fill everything. Raises TooMuch; what is there then is not everything."""
        graph, dd = self.graph, self.space.dd
        values: Values = {}
        for name in self._list(self.live.live[graph.start]):
            variable = graph.story.variables[name]
            values[name] = 1 << (variable.starts - variable.low)
        self._enter(graph.start, dd.true, values)
        self._drain()
        while self._entries:
            opening = min(self._entries, key=lambda spot: self._order[spot])
            self._open(opening, *self._entries.pop(opening))
            self._drain()

    def focused(self, episode: str, names: Collection[str]) -> May:
        """The same for one episode and a few variables, with more of what holds between them. Raises TooMuch."""
        only = 0
        for name in names:
            only |= self.live.bits[name]
        may = May(self.space, self.live, [], self.watched, only)
        opening = self.graph.openings[episode]
        if opening in self.states:
            mine = {n: mask for n, mask in self.values[opening].items() if self.live.bits[n] & only}
            may._enter(opening, self.states[opening], mine)
            may._drain(self._order[opening])
        return may

    def restricted(self, episode: str, within: Mapping[int, Diagram]) -> May:
        """The same for one episode, where a play may pass at some spots only in these states. Raises TooMuch."""
        may = May(self.space, self.live, [], frozenset())
        may.within = within
        opening = self.graph.openings[episode]
        if opening in self.states:
            may.together[opening] = self.together[opening]
            may._add(opening, self.states[opening], self.values[opening])
            may._drain(self._order[opening])
        return may

    def _open(self, opening: int, states: Diagram, values: Values) -> None:
        """Open an episode with what may come in."""
        spot = self.graph.spots[opening]
        earlier = [
            name for name in self.graph.story.episodes if self.graph.order[name] < self._order[opening]
        ]
        for invariant in self.invariants:
            if invariant.held and earlier and invariant.held[-1] == earlier[-1]:
                states = self._with(states, values, self.live.reads(invariant.condition))
                states = self.space.dd.both(states, self.space.test(invariant.condition))
                self.together[opening] |= self.live.reads(invariant.condition)
        self.done.append(spot.episode)
        self._enter(opening, states, values)

    def _drain(self, upto: int | None = None) -> None:
        while self._heap and (upto is None or self._heap[0][0] <= upto):
            number = heapq.heappop(self._heap)[3]
            self._waiting.discard(number)
            self._step(self.graph.spots[number])
            self.space.dd.check()

    def _step(self, spot: Spot) -> None:
        space, dd, self._from = self.space, self.space.dd, spot.number
        if not spot.menu:
            self._run(spot.code, self._lifted(spot.number, spot.code, 0))
            return
        guards = 0
        for move in spot.moves:
            guards |= self.live.reads(move.when)
            states = self._lifted(spot.number, move.code, self.live.reads(move.when))
            self._run(move.code, dd.both(states, space.test(move.when)))
        if spot.fallback is not None:
            states = self._lifted(spot.number, spot.fallback.code, guards)
            for move in spot.moves:
                states = dd.both(states, dd.negate(space.test(move.when)))
            self._run(spot.fallback.code, states, guards)
        for pin in spot.pins:
            read = self.live.reads(pin.when)
            for clue, variable in pin.question.pins.items():
                if self.live.live[spot.number] & self.live.bits[variable.name]:
                    read |= (
                        self.live.bits[variable.name]
                        | self.live.bits[self.graph.story.clues[clue].variable.name]
                    )
            states = self._lifted(spot.number, pin.code, read)
            self._following = self.live.within(pin.code) & self._mine
            self._run(pin.code, space.pinned(pin, states, self), read)
        if spot.number in self.graph.closes.values():
            self._establish(spot)

    def _run(self, code: Code, states: Diagram, read: int = 0) -> None:
        if states != self.space.dd.false:
            self._following = (self.live.within(code) | self._asked(code)) & self._mine
            self._known = self.together[self._from] | self.live.touched(code) | read
            self.space.forward(code, states, self)

    def _establish(self, spot: Spot) -> None:
        for invariant in self.invariants:
            if self.graph.order[invariant.episode] <= self._order[spot.number]:
                if self.meets(spot.number, self.space.dd.negate(self.space.test(invariant.condition))):
                    invariant.failed |= invariant.episode == spot.episode
                    invariant.held = [name for name in invariant.held if name != spot.episode]
                elif spot.episode not in invariant.held:
                    invariant.held.append(spot.episode)

    # What code run forwards delivers (symbolic_space.Flow) --------------------------------------

    def follows(self, variable: str) -> bool:
        return bool(self._following & self.live.bits[variable])

    def met(self, mark: int, states: Diagram) -> None:
        self.rung[mark] = self.space.dd.either(self.rung.get(mark, self.space.dd.false), states)

    def go(self, spot: int, states: Diagram) -> None:
        """Arrive at a spot: some variables are followed on, of others the values are noted."""
        if self._probing:
            return
        base, known = self.values[self._from], self._known
        values: Values = {}
        if self.only is None:
            for name in self._list(self.live.live[spot] & ~self.together[spot] & known):
                values[name] = self._can_be(states, name)
            for name in self._list(self.live.live[spot] & ~known):
                values[name] = base.get(name, ALL)
        states = self._with(states, values, self.together[spot] & ~known)
        self._arrive(
            spot, states, {n: m for n, m in values.items() if not self.together[spot] & self.live.bits[n]}
        )

    def _arrive(self, spot: int, states: Diagram, values: Values) -> None:
        if spot in self._openings:
            before, had = self._entries.get(spot, (self.space.dd.false, {}))
            merged = {name: mask | had.get(name, 0) for name, mask in values.items()}
            self._entries[spot] = (self.space.dd.either(before, self._cut(spot, states)), merged)
        else:
            self._add(spot, states, values)

    def _enter(self, spot: int, states: Diagram, values: Values) -> None:
        """Begin at a spot with these values of every variable that matters there."""
        states = self._with(states, values, self.together[spot])
        self._add(
            spot, states, {n: m for n, m in values.items() if not self.together[spot] & self.live.bits[n]}
        )

    def _add(self, spot: int, states: Diagram, values: Values) -> None:
        dd = self.space.dd
        if spot in self.within:
            states, values = self._narrowed(states, values, self.within[spot])
            if states == dd.false:
                return
        had = self.values.setdefault(spot, {})
        grown = False
        for name, mask in values.items():
            if mask & ~had.get(name, 0):
                had[name], grown = had.get(name, 0) | mask, True
        known = self.states.get(spot, dd.false)
        states = dd.either(known, self._cut(spot, states))
        if states != known and (dd.size(states) > LARGE or (self.only is not None and spot in self._hubs)):
            states = dd.either(known, self._loosened(states))
        if states == known and not grown:
            return
        self.states[spot] = states
        self._whole.pop(spot, None)
        if spot not in self._waiting:
            self._waiting.add(spot)
            heapq.heappush(self._heap, (self._order[spot], spot in self._hubs, self._rank[spot], spot))

    def probe(self, marks: frozenset[int]) -> set[int]:
        """Those of some marks that can be met, as far as this knows. Ask once everything is filled. Raises TooMuch."""
        watched, kept = self.watched, self.rung
        self.watched, self.rung, self._probing = marks, {}, True
        try:
            for number in self.states:
                self._ask(self.graph.spots[number])
                self.space.dd.check()
            return set(self.rung)
        finally:
            self.watched, self.rung, self._probing = watched, kept, False

    def _ask(self, spot: Spot) -> None:
        for mark in spot.shown:
            if mark.number in self.watched and self.meets(spot.number, self.space.test(mark.when)):
                self.rung[mark.number] = self.space.dd.true
        if any(mark.number in self.watched for mark in marks_of(spot)):
            self._step(spot)

    # Sets --------------------------------------------------------------------------------------

    def clocks(self) -> dict[int, Diagram]:
        """For the spots of every hub, how far the investigation can be there."""
        owner = self.space.owner
        clock = {bit for bit, variable in owner.items() if variable.kind in CLOCK}
        return {spot: self.part(spot, clock) for spot in self._hubs}

    @property
    def _mine(self) -> int:
        return -1 if self.only is None else self.only

    def _lifted(self, spot: int, code: Code, read: int) -> Diagram:
        """The states at a spot, with the values of what some code touches."""
        return self._with(
            self.states[spot], self.values[spot], self.live.touched(code) | self._asked(code) | read
        )

    def _asked(self, code: Code) -> int:
        """What the marks of `code` that are probed for read."""
        if not self._probing:
            return 0
        marks = [mark for mark in marks_in([code]) if mark.number in self.watched]
        return self.live.of_conditions(mark.when for mark in marks if mark.when is not None)
