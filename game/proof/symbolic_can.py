"""CAN: from where something can come, backwards from it, exactly.

`sets[spot]` has the states at a spot from which the player can bring it about. Each set keeps the times at
which it grew; going from one state to any that was there earlier leads to the goal, and that is how a list
of moves is read off.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping

from game.story.variables import Variable

from .prove_graph import Spot, marks_of
from .symbolic_diagrams import Diagram
from .symbolic_space import Space

__all__ = ["Can"]


class Can:
    """Backwards from marks (`goal`, each perhaps only in some states) and from states at spots (`goal_at`).

    `within` has, for some spots, the only states in which a play may pass there (in a menu with a fallback: stop).
    """

    def __init__(
        self,
        space: Space,
        goal: Mapping[int, Diagram | None],
        goal_at: Mapping[int, Diagram],
        within: Mapping[int, Diagram] | None = None,
    ) -> None:
        self.space, self.graph = space, space.graph
        self.goal, self.goal_at, self.within = dict(goal), dict(goal_at), dict(within or {})
        self.sets: dict[int, Diagram] = {}
        self.history: dict[int, list[tuple[int, Diagram]]] = {}
        self.time = 0
        self._members: dict[tuple[int, int], Callable[[Callable[[Variable], int]], bool]] = {}
        self._rank = space.rank
        self._before = space.before
        self._heap: list[tuple[int, int, int]] = []
        self._waiting: set[int] = set()
        for spot in self.graph.spots:
            if spot.number in self.goal_at or any(mark.number in self.goal for mark in marks_of(spot)):
                self._push(spot.number)

    def at(self, spot: int) -> Diagram:
        """The states at a spot from which the goal can be reached, as far as they are known."""
        return self.sets.get(spot, self.space.dd.false)

    def run(self, downto: int = 0, steps: int | None = None) -> None:
        """Until nothing changes in episodes from the `downto`-th on, or for so many steps. Raises TooMuch."""
        last = None if steps is None else self.time + steps
        while self._heap and -self._heap[0][0] >= downto and (last is None or self.time < last):
            _, _, number = heapq.heappop(self._heap)
            self._waiting.discard(number)
            spot = self.graph.spots[number]
            found = self._menu(spot) if spot.menu else self.space.backward(spot.code, self.at, self.goal)
            if number in self.within and spot.fallback is None:
                found = self.space.dd.both(found, self.within[number])
            if number in self.goal_at:
                found = self.space.dd.either(found, self.goal_at[number])
            if found != self.at(number):
                self.time += 1
                self.sets[number] = found
                self.history.setdefault(number, []).append((self.time, found))
                for earlier in self._before[number]:
                    self._push(earlier)
            self.space.dd.check()

    def drop(self, order: int) -> bool:
        """Forget what leads from earlier episodes into the `order`-th. Whether nothing else is to be done."""
        for number in sorted(self._waiting):
            spot = self.graph.spots[number]
            own = number in self.goal_at or any(mark.number in self.goal for mark in marks_of(spot))
            if number in self.graph.closes.values() and not own:
                self._waiting.discard(number)
        self._heap = [entry for entry in self._heap if entry[2] in self._waiting]
        heapq.heapify(self._heap)
        return not self._heap

    @property
    def waiting(self) -> int:
        """The latest episode in which something is still to be done; -1: none."""
        return -self._heap[0][0] if self._heap else -1

    def _push(self, number: int) -> None:
        if number not in self._waiting:
            self._waiting.add(number)
            order = self.graph.order[self.graph.spots[number].episode]
            heapq.heappush(self._heap, (-order, -self._rank[number], number))

    def _menu(self, spot: Spot) -> Diagram:
        space, dd = self.space, self.space.dd
        found, closed = dd.false, dd.true
        for move in spot.moves:
            when = space.test(move.when)
            onward = space.backward(move.code, self.at, self.goal)
            found = dd.either(found, dd.both(when, onward))
            dd.check()
            closed = dd.both(closed, dd.negate(when)) if spot.fallback is not None else closed
        if spot.fallback is not None:
            onward = space.backward(spot.fallback.code, self.at, self.goal)
            found = dd.either(found, dd.both(closed, onward))
        for pin in spot.pins:
            found = dd.either(found, space.unpinned(pin, self.at, self.goal))
        for mark in spot.shown:
            if mark.number in self.goal:
                narrowed = self.goal[mark.number]
                met = space.test(mark.when)
                found = dd.either(found, met if narrowed is None else dd.both(met, narrowed))
        if spot.fallback is not None and spot.number in self.within:
            return dd.both(found, dd.either(self.within[spot.number], closed))
        return found

    def rank(self, spot: int, read: Callable[[Variable], int]) -> int | None:
        """When a concrete state at a spot was first known to lead to the goal; None: it is not."""
        steps = self.history.get(spot)
        if not steps or not self._inside(spot, len(steps) - 1, read):
            return None
        low, high = 0, len(steps) - 1
        while low < high:
            middle = (low + high) // 2
            if self._inside(spot, middle, read):
                high = middle
            else:
                low = middle + 1
        return steps[low][0]

    def _inside(self, spot: int, step: int, read: Callable[[Variable], int]) -> bool:
        key = (spot, step)
        if key not in self._members:
            self._members[key] = self.space.member(self.history[spot][step][1])
        return self._members[key](read)

    def earlier(self, spot: int, time: int) -> Diagram:
        """The states that were known at a spot before a time."""
        found = self.space.dd.false
        for when, states in self.history.get(spot, ()):
            if when >= time:
                break
            found = states
        return found
