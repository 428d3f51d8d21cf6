"""Which variables still matter at a spot: slicing and liveness in one.

A variable matters where some way ahead can read it, before it is overwritten, in a condition that decides
where the play goes, what it offers, or whether an alarm goes off; or where it decides the value of one that
matters. Everything else is forgotten there, so that plays which differ only in it become one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from game.story.expressions import Condition, tests
from game.story.ops import Assign, Shift

from .prove_graph import Code, Graph, Jump, Mark, Rotate, Spot, When, writes

__all__ = ["Liveness"]


class Liveness:
    """`live[spot]`: the variables that matter there, as bits of one integer; `bits` gives each its bit.

    `extra` are conditions that are read at a spot besides: the invariants at a close.
    """

    def __init__(self, graph: Graph, extra: dict[int, list[Condition]] | None = None) -> None:
        self.graph = graph
        self.bits = {name: 1 << at for at, name in enumerate(graph.story.variables)}
        self.alarms = graph.alarms()
        self.extra = {spot: self.of_conditions(found) for spot, found in (extra or {}).items()}
        self._read: dict[int, tuple[Condition, int]] = {}
        self._touched: dict[int, tuple[Code, int]] = {}
        self._written: dict[int, tuple[Code, int]] = {}
        self.live = [0] * len(graph.spots)
        self._solve()

    def of_conditions(self, conditions: Iterable[Condition]) -> int:
        """The variables that some conditions read."""
        found = 0
        for condition in conditions:
            for test in tests(condition):
                found |= self.bits[test.variable.name]
        return found

    def reads(self, condition: Condition | None) -> int:
        """The variables that a condition reads."""
        if condition is None:
            return 0
        known = self._read.get(id(condition))
        if known is None:
            known = self._read[id(condition)] = (condition, self.of_conditions([condition]))
        return known[1]

    def written(self, code: Code) -> int:
        """The variables that some code can write."""
        known = self._written.get(id(code))
        if known is None:
            found = 0
            for variable in writes(code):
                found |= self.bits[variable.name]
            known = self._written[id(code)] = (code, found)
        return known[1]

    def _solve(self) -> None:
        before = self.graph.before()
        todo = list(range(len(self.graph.spots)))
        waiting = set(todo)
        while todo:
            number = todo.pop()
            waiting.discard(number)
            found = self._at(self.graph.spots[number])
            if found != self.live[number]:
                self.live[number] = found
                for earlier in before[number]:
                    if earlier not in waiting:
                        waiting.add(earlier)
                        todo.append(earlier)

    def _at(self, spot: Spot) -> int:
        live, at = self.extra.get(spot.number, 0), self.live.__getitem__
        if not spot.menu:
            return live | self.ahead(spot.code, at)
        for move in spot.moves:
            live |= self.reads(move.when) | self.ahead(move.code, at)
        if spot.fallback is not None:
            live |= self.ahead(spot.fallback.code, at)
        now = self.live[spot.number]
        for pin in spot.pins:
            touched = self.bits[pin.question.variable.name]
            for variable in pin.question.pins.values():
                touched |= self.bits[variable.name]
            if now & touched:
                live |= self.reads(pin.when)
                live |= self.of_pins(pin.question.pins)
        return live

    def of_pins(self, pins: Iterable[str]) -> int:
        """The clues of these pins: only what is known can be pinned."""
        clues = self.graph.story.clues
        found = 0
        for clue in pins:
            found |= self.bits[clues[clue].variable.name]
        return found

    def touched(self, code: Code) -> int:
        """What `code` reads or changes, of what has to be followed while it runs."""
        known = self._touched.get(id(code))
        if known is None:
            known = self._touched[id(code)] = (code, self._touch(code) & self.within(code))
        return known[1]

    def _touch(self, code: Code) -> int:
        found = 0
        for instr in code:
            if isinstance(instr, Jump):
                found |= self.reads(instr.when) | self._touch(instr.body)
            elif isinstance(instr, When):
                found |= self.reads(instr.condition) | self._touch(instr.body)
            elif isinstance(instr, Mark):
                found |= self.reads(instr.when) if instr.number in self.alarms else 0
            else:
                found |= self.bits[instr.variable.name]
        return found

    def within(self, code: Code) -> int:
        """What has to be followed while `code` runs: what it reads, and what matters where it leads."""
        found = 0
        for instr in code:
            if isinstance(instr, Jump):
                found |= self.live[instr.to] | self.reads(instr.when) | self.within(instr.body)
            elif isinstance(instr, When):
                found |= self.reads(instr.condition) | self.within(instr.body)
            elif isinstance(instr, Mark) and instr.number in self.alarms:
                found |= self.reads(instr.when)
        return found

    def ahead(self, code: Code, at: Callable[[int], int]) -> int:
        """What matters before `code`, given what matters at the spots it leads to."""
        live = 0
        for instr in reversed(code):
            if isinstance(instr, Jump):
                onward = self._through(instr.body, at(instr.to))
                live = onward if instr.when is None else live | onward | self.reads(instr.when)
            else:
                live = self._through((instr,), live)
        return live

    def _through(self, code: Code, live: int) -> int:
        for instr in reversed(code):
            if isinstance(instr, Assign):
                live &= ~self.bits[instr.variable.name]
            elif isinstance(instr, When):
                if self.written(instr.body) & live or self._rings(instr.body):
                    live |= self._through(instr.body, live) | self.reads(instr.condition)
            elif isinstance(instr, Mark):
                if instr.number in self.alarms:
                    live |= self.reads(instr.when)
            else:
                assert isinstance(instr, Shift | Rotate)
        return live

    def _rings(self, code: Code) -> bool:
        return any(
            instr.number in self.alarms
            if isinstance(instr, Mark)
            else isinstance(instr, When) and self._rings(instr.body)
            for instr in code
        )
