"""Code run on whole sets of states: forwards and backwards.

Forwards gives what can be (strongest postconditions); backwards gives from where something can come
(weakest preconditions: an assignment is a substitution, so nothing has to be guessed). Moves are
deterministic, and so both are exact; only pinning is a choice inside a move, and it is taken as such.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from game.story.expressions import All, Any, Not, Test
from game.story.ops import Assign, Shift

from .prove_graph import Code, Graph, Instr, Jump, Mark, Pin, Rotate, When
from .prove_regions import ties
from .symbolic_bits import Bits
from .symbolic_diagrams import Diagram
from .symbolic_limits import Limits
from .symbolic_order import reading_order

__all__ = ["At", "Flow", "Space"]

At = Callable[[int], Diagram]
"""The set of states at a spot."""


class Flow(Protocol):
    """Where code run forwards delivers what it comes to. `watched` are the marks it wants to hear of."""

    watched: frozenset[int]

    def go(self, spot: int, states: Diagram) -> None:
        """A way onward, and with which states."""
        ...

    def met(self, mark: int, states: Diagram) -> None:
        """A watched mark was met in these states."""
        ...

    def follows(self, variable: str) -> bool:
        """Whether a variable matters ahead; one that does not is not followed."""
        ...


class Space(Bits):
    """Code, run on sets of states. `rank`, `before` and `ties` say of the graph what all that runs on it asks for."""

    def __init__(self, graph: Graph, limits: Limits, backend: str | None = None) -> None:
        super().__init__(graph, limits, backend)
        self.rank, self.before, self.ties = reading_order(graph), graph.before(), ties(graph)

    # Forwards ----------------------------------------------------------------------------------

    def forward(self, code: Code, states: Diagram, flow: Flow) -> None:
        """Run code on a set; what comes of it goes to `flow`."""
        dd = self.dd
        for instr in code:
            if states == dd.false:
                return
            if isinstance(instr, Jump):
                taken = dd.both(states, self.test(instr.when))
                if taken != dd.false:
                    for inner in instr.body:
                        taken = self._do(inner, taken, flow)
                    flow.go(instr.to, taken)
                states = dd.both(states, dd.negate(self.test(instr.when)))
            else:
                states = self._do(instr, states, flow)

    def _do(self, instr: Instr, states: Diagram, flow: Flow) -> Diagram:
        dd = self.dd
        if isinstance(instr, Mark):
            if instr.number in flow.watched:
                met = dd.both(states, self.test(instr.when))
                if met != dd.false:
                    flow.met(instr.number, met)
            return states
        if isinstance(instr, When):
            inside = dd.both(states, self.test(instr.condition))
            if inside == dd.false:
                return states
            after = inside
            for inner in instr.body:
                after = self._do(inner, after, flow)
            if after == inside:
                return states
            return dd.either(after, dd.both(states, dd.negate(self.test(instr.condition))))
        assert isinstance(instr, Assign | Shift | Rotate)
        if not flow.follows(instr.variable.name):
            return states
        if isinstance(instr, Assign):
            return self.put(states, instr.variable, instr.value)
        return self._moved(states, instr)

    def _moved(self, states: Diagram, instr: Shift | Rotate) -> Diagram:
        dd, variable, found = self.dd, instr.variable, self.dd.false
        for value in range(variable.low, variable.high + 1):
            rest = dd.fix(states, self.values(variable, value))
            if rest != dd.false:
                found = dd.either(found, dd.both(rest, self.is_(variable, after(instr, value))))
        return found

    def pinned(self, pin: Pin, states: Diagram, flow: Flow) -> Diagram:
        """After a theory has been put up or taken down in every way there is; before its code."""
        dd, question = self.dd, pin.question
        states = dd.both(states, self.test(pin.when))
        if (
            pin.theory is None
            or states == dd.false
            or not any(flow.follows(v.name) for v in question.pins.values())
        ):
            return states
        bits = [bit for variable in question.pins.values() for bit in self.bits[variable.name]]
        return dd.both(dd.forget(states, bits), self.placing(pin))

    def placing(self, pin: Pin) -> Diagram:
        """How the pins of a theory can lie: all of them known, and enough to carry it."""
        question, clues = pin.question, self.story.clues
        if pin.theory is None:
            return self.dd.true
        known = All(
            tuple(
                Any((Not(Test(variable, ">=", 1)), Test(clues[clue].variable, ">=", 1)))
                for clue, variable in question.pins.items()
            )
        )
        carried = Any(
            tuple(
                All(tuple(Test(question.pins[clue], ">=", 1) for clue in sorted(needed)))
                for needed in question.theories[pin.theory].carried_by
            )
        )
        return self._test(All((known, carried)))

    # Backwards ---------------------------------------------------------------------------------

    def backward(self, code: Code, at: At, goal: Mapping[int, Diagram | None]) -> Diagram:
        """The states from which `code` leads into the sets of `at`, or meets a mark of `goal` (narrowed by its set)."""
        found = self.dd.false
        for instr in reversed(code):
            if isinstance(instr, Jump):
                onward = self._back(instr.body, at(instr.to), goal)
                found = onward if instr.when is None else self.dd.pick(self.test(instr.when), onward, found)
            else:
                found = self._back((instr,), found, goal)
        return found

    def _back(self, code: Code, found: Diagram, goal: Mapping[int, Diagram | None]) -> Diagram:
        dd = self.dd
        for instr in reversed(code):
            if isinstance(instr, Mark):
                if instr.number in goal:
                    narrowed = goal[instr.number]
                    met = self.test(instr.when)
                    found = dd.either(found, met if narrowed is None else dd.both(met, narrowed))
            elif isinstance(instr, When):
                inside = self._back(instr.body, found, goal)
                if inside != found:
                    found = dd.pick(self.test(instr.condition), inside, found)
            elif found == dd.false or found == dd.true:
                continue
            elif isinstance(instr, Assign):
                found = dd.fix(found, self.values(instr.variable, instr.value))
            else:
                assert isinstance(instr, Shift | Rotate)
                found = self._unmoved(found, instr)
        return found

    def _unmoved(self, found: Diagram, instr: Shift | Rotate) -> Diagram:
        dd, variable = self.dd, instr.variable
        rests = [
            dd.fix(found, self.values(variable, after(instr, value)))
            for value in range(variable.low, variable.high + 1)
        ]
        if all(rest == found for rest in rests):
            return found
        whole = dd.false
        for value, rest in zip(range(variable.low, variable.high + 1), rests, strict=True):
            whole = dd.either(whole, dd.both(self.is_(variable, value), rest))
        return whole

    def unpinned(self, pin: Pin, at: At, goal: Mapping[int, Diagram | None]) -> Diagram:
        """The states from which this pin, placed in some way, leads into the sets of `at` or meets a mark."""
        dd = self.dd
        found = self.backward(pin.code, at, goal)
        if found == dd.false:
            return found
        if pin.theory is not None:
            bits = [bit for variable in pin.question.pins.values() for bit in self.bits[variable.name]]
            if found == dd.true or not (dd.support(found) & set(bits)):
                return dd.both(found, self.test(pin.when))  # if it is carried at all, pin all that is known
            found = dd.forget(dd.both(found, self.placing(pin)), bits)
        return dd.both(found, self.test(pin.when))


def after(instr: Shift | Rotate, value: int) -> int:
    """The value after the instruction."""
    variable = instr.variable
    if isinstance(instr, Rotate):
        return variable.low if value >= variable.high else value + 1
    return max(variable.low, min(variable.high, value + instr.by))
