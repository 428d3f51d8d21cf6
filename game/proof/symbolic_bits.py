"""States as bits, and conditions as sets of states."""

from __future__ import annotations

from collections.abc import Callable

from game.story.expressions import All, Condition, Constant, Not, Test, holds
from game.story.variables import Variable

from .prove_graph import Graph
from .symbolic_diagrams import Diagram, Diagrams, make_diagrams
from .symbolic_limits import Limits
from .symbolic_order import variable_order

__all__ = ["Bits"]


class Bits:
    """The variables of a story as bits of diagrams, in an order that keeps near what belongs together."""

    def __init__(self, graph: Graph, limits: Limits, backend: str | None = None) -> None:
        self.graph, self.story = graph, graph.story
        self.bits: dict[str, tuple[int, ...]] = {}
        self.owner: dict[int, Variable] = {}
        count = 0
        for variable in variable_order(graph):
            width = max(1, (variable.high - variable.low).bit_length())
            self.bits[variable.name] = tuple(range(count, count + width))
            self.owner.update(dict.fromkeys(self.bits[variable.name], variable))
            count += width
        self.limits = limits
        self.dd: Diagrams = make_diagrams(count, limits, backend)
        self._is: dict[tuple[str, int], Diagram] = {}
        self._tests: dict[int, tuple[Condition, Diagram]] = {}

    def values(self, variable: Variable, value: int) -> dict[int, bool]:
        """The bits of a value."""
        code = value - variable.low
        return {bit: bool(code >> at & 1) for at, bit in enumerate(self.bits[variable.name])}

    def is_(self, variable: Variable, value: int) -> Diagram:
        """The states in which a variable has a value."""
        key = (variable.name, value)
        if key not in self._is:
            found = self.dd.true
            for bit, up in sorted(self.values(variable, value).items(), reverse=True):
                one = self.dd.bit(bit)
                found = self.dd.both(one if up else self.dd.negate(one), found)
            self._is[key] = found
        return self._is[key]

    def test(self, condition: Condition | None) -> Diagram:
        """The states in which a condition holds (None: all)."""
        if condition is None:
            return self.dd.true
        known = self._tests.get(id(condition))
        if known is None:
            known = self._tests[id(condition)] = (condition, self._test(condition))
        return known[1]

    def _test(self, condition: Condition) -> Diagram:
        dd = self.dd
        if isinstance(condition, Constant):
            return dd.true if condition.value else dd.false
        if isinstance(condition, Test):
            variable, found = condition.variable, dd.false
            for value in range(variable.low, variable.high + 1):
                if holds(condition.operator, value, condition.operand):
                    found = dd.either(found, self.is_(variable, value))
            return found
        if isinstance(condition, Not):
            return dd.negate(self.test(condition.part))
        found = dd.true if isinstance(condition, All) else dd.false
        join = dd.both if isinstance(condition, All) else dd.either
        for part in condition.parts:
            found = join(found, self.test(part))
        return found

    def contains(self, found: Diagram, read: Callable[[Variable], int]) -> bool:
        """Whether a concrete state is in a set; `read` gives its values."""
        return self.member(found)(read)

    def member(self, found: Diagram) -> Callable[[Callable[[Variable], int]], bool]:
        """The same as a function, for many states and one set."""
        dd = self.dd
        if found == dd.false or found == dd.true:
            return lambda read: bool(found == dd.true)
        places = [
            (bit, self.owner[bit], self.bits[self.owner[bit].name].index(bit))
            for bit in sorted(dd.support(found))
        ]

        def inside(read: Callable[[Variable], int]) -> bool:
            fixed = {bit: bool(read(variable) - variable.low >> at & 1) for bit, variable, at in places}
            return bool(dd.fix(found, fixed) == dd.true)

        return inside

    def put(self, states: Diagram, variable: Variable, value: int) -> Diagram:
        """After the variable has been given a value."""
        return self.dd.both(self.dd.forget(states, self.bits[variable.name]), self.is_(variable, value))
