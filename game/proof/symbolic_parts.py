"""What MAY keeps at a spot: a diagram of a few variables, and the values of the others; and sums with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from game.story.expressions import Condition

from .prove_graph import Jump
from .prove_live import Liveness
from .symbolic_diagrams import Diagram
from .symbolic_space import Space

__all__ = ["ALL", "CLOCK", "LARGE", "Invariant", "Parts", "Values"]

FEW = 20
"""Up to so many variables that matter at a spot all are followed together."""
LARGE = 1500
"""Above so many nodes a diagram is loosened: what is left is the clock, and each variable by itself."""
CLOCK = ("hours", "dry", "lead", "event", "internal")
"""The kinds of variables that say how far an investigation is."""

Values = dict[str, int]
"""For each variable the values it can have, as bits from its lowest up."""
ALL = -1
"""Every value."""


class Invariant:
    """A condition declared by an episode, to hold from its close on. `held` are the closes at which it did."""

    def __init__(self, episode: str, condition: Condition) -> None:
        self.episode, self.condition = episode, condition
        self.held: list[str] = []
        self.failed = False


class Parts:
    """The variables that are followed together at each spot (`together`, as bits), and what is done with sets of them.

    `only`, if given, are the only variables that are followed. `states` and `values` are what is kept so far.
    """

    def __init__(
        self, space: Space, live: Liveness, invariants: Sequence[Invariant], only: int | None
    ) -> None:
        self.space, self.live, self.graph, self.only = space, live, space.graph, only
        self.invariants = invariants
        hubs = {episode.hub for episode in self.graph.story.episodes.values()}
        self._hubs = {spot.number for spot in self.graph.spots if spot.passage in hubs}
        self._names = list(live.bits)
        self.together = self._choose()
        self._ties = space.ties if only is not None else {}
        self.states: dict[int, Diagram] = {}
        self.values: dict[int, Values] = {}
        self._whole: dict[int, Diagram] = {}
        self._boxes: dict[tuple[str, int], Diagram] = {}

    def _list(self, bits: int) -> list[str]:
        found = []
        while bits:
            low = bits & -bits
            found.append(self._names[low.bit_length() - 1])
            bits ^= low
        return found

    def _choose(self) -> list[int]:
        """For every spot the variables, as bits, that are followed together."""
        if self.only is not None:
            return [live & self.only for live in self.live.live]
        deciding: dict[str, int] = {}
        clock: dict[str, int] = {}
        for name, variable in self.graph.story.variables.items():
            if variable.kind in CLOCK and variable.episode is not None:
                clock[variable.episode] = clock.get(variable.episode, 0) | self.live.bits[name]
        for spot in self.graph.spots:
            scene = spot.passage.rpartition(".")[0]
            for when in [move.when for move in spot.moves] + [
                i.when for i in spot.code if isinstance(i, Jump)
            ]:
                if spot.number not in self._hubs:
                    deciding[scene] = deciding.get(scene, 0) | self.live.reads(when)
        sworn = {invariant.episode: self.live.reads(invariant.condition) for invariant in self.invariants}
        found = []
        for spot in self.graph.spots:
            live = self.live.live[spot.number]
            near = deciding.get(spot.passage.rpartition(".")[0], 0)
            near |= clock.get(spot.episode, 0) | sworn.get(spot.episode, 0)
            found.append(live if live.bit_count() <= FEW else live & near)
        return found

    # What is kept ------------------------------------------------------------------------------

    def at(self, spot: int) -> Diagram:
        """The states that can be at a spot."""
        if spot not in self.states:
            return self.space.dd.false
        if spot not in self._whole:
            self._whole[spot] = self._with(self.states[spot], self.values[spot], -1)
        return self._whole[spot]

    def meets(self, spot: int, states: Diagram) -> bool:
        """Whether some of these states can be at a spot."""
        dd = self.space.dd
        if spot not in self.states or states == dd.false:
            return False
        asked = 0
        for bit in dd.support(states):
            asked |= self.live.bits[self.space.owner[bit].name]
        return bool(dd.both(self._with(self.states[spot], self.values[spot], asked), states) != dd.false)

    def part(self, spot: int, bits: Collection[int]) -> Diagram:
        """What can be at a spot, said only of some bits."""
        whole = self.at(spot)
        return self.space.dd.forget(whole, self.space.dd.support(whole) - set(bits))

    # Sums with it ------------------------------------------------------------------------------

    def _narrowed(self, states: Diagram, values: Values, within: Diagram) -> tuple[Diagram, Values]:
        """The states inside a set, and the values that are left of what it asks for."""
        asked = 0
        for bit in self.space.dd.support(within):
            asked |= self.live.bits[self.space.owner[bit].name]
        states = self.space.dd.both(self._with(states, values, asked), within)
        return states, {
            n: self._can_be(states, n) if asked & self.live.bits[n] else m for n, m in values.items()
        }

    def _cut(self, spot: int, states: Diagram) -> Diagram:
        """Of a set, what is followed together at a spot."""
        space, bits, mine = self.space, self.live.bits, self.together[spot]
        return space.dd.forget(
            states, [b for b in space.dd.support(states) if not mine & bits[space.owner[b].name]]
        )

    def _with(self, states: Diagram, values: Values, bits: int) -> Diagram:
        """A set, narrowed by the values of some variables."""
        if not values or not bits:
            return states
        names = [name for name in self._list(bits) if name in values] if bits != ALL else list(values)
        for name in sorted(names, key=lambda name: self.space.bits[name], reverse=True):
            states = self.space.dd.both(self._box(name, values[name]), states)
        return states

    def _box(self, name: str, mask: int) -> Diagram:
        key = (name, mask)
        if key not in self._boxes:
            variable, dd = self.graph.story.variables[name], self.space.dd
            found, span = dd.false, range(variable.low, variable.high + 1)
            for value in span:
                if mask >> (value - variable.low) & 1:
                    found = dd.either(found, self.space.is_(variable, value))
            self._boxes[key] = dd.true if all(mask >> (v - variable.low) & 1 for v in span) else found
        return self._boxes[key]

    def _can_be(self, states: Diagram, name: str) -> int:
        """The values of a variable in a set."""
        dd, variable = self.space.dd, self.graph.story.variables[name]
        own = dd.forget(states, dd.support(states) - set(self.space.bits[name]))
        mask = 0
        for value in range(variable.low, variable.high + 1):
            if own == dd.true or dd.both(own, self.space.is_(variable, value)) != dd.false:
                mask |= 1 << (value - variable.low)
        return mask

    def _loosened(self, states: Diagram) -> Diagram:
        """How far the investigation is, and what each variable can be; what holds between others is forgotten.

        Where only a few are followed, what holds between a variable and the leads in which it changes is kept.
        """
        dd, space = self.space.dd, self.space
        support = dd.support(states)
        clock = {bit for bit in support if space.owner[bit].kind in CLOCK}
        names = {space.owner[bit].name for bit in support - clock}
        found = dd.forget(states, support - clock)
        if self.only is None:
            near = dd.forget(states, clock)
            if dd.size(near) <= LARGE:
                return dd.both(found, near)
        for name in sorted(names, key=lambda name: space.bits[name], reverse=True):
            tied = {bit for lead in self._ties.get(name, ()) for bit in space.bits[lead]}
            found = dd.both(dd.forget(states, support - tied - set(space.bits[name])), found)
        return found
