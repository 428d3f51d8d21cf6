"""The graph of spots as Python functions: what the walker and the descent run.

The same trick as the engine's compiler, for the same reason: a condition becomes an expression over the flat
state, and nothing is looked up while a play runs. What is met goes into `out` the first time it is met, so
that a walk pays for a mark with one test of a byte.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as Anything

from game.engine.layout import Layout
from game.engine.program import program_of
from game.story.expressions import Condition
from game.story.ops import Assign, Shift
from game.story.variables import Variable

from .prove_graph import Code, Graph, Instr, Mark, Rotate, Spot, When

__all__ = ["Lost", "Machine", "Routine", "State"]

State = list[int]
MAX_STEPS = 2_000


class Lost(Exception):
    """The story goes round without a choice, or leads nowhere. `spot` is where."""

    def __init__(self, spot: int, why: str) -> None:
        super().__init__(why)
        self.spot = spot
        self.why = why


class Routine:
    """A spot, compiled: `enter` where it is an arrival; `menu`, `takes` and `fallback` where it is a menu.

    `enter(s, out)` and a take return the next spot (-1: nowhere). `menu(s, out)` returns the numbers of the
    moves that are open.
    """

    __slots__ = ("enter", "fallback", "menu", "spot", "takes")

    def __init__(self, spot: Spot, scope: dict[str, Anything]) -> None:
        self.spot = spot
        self.enter: Callable[[State, list[int]], int] | None = scope.get("enter")
        self.menu: Callable[[State, list[int]], list[int]] | None = scope.get("menu")
        self.takes: list[Callable[[State, list[int]], int]] = [
            scope[f"take_{n}"] for n in range(len(spot.moves))
        ]
        self.fallback: Callable[[State, list[int]], int] | None = scope.get("fallback")


class Machine:
    """Runs a graph on concrete states. `met` has a byte for each target that has been met."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.layout: Layout = program_of(graph.story).layout
        self.met = bytearray(len(graph.targets))
        self._routines: list[Routine | None] = [None] * len(graph.spots)
        self._testers: dict[int, tuple[Condition, Callable[[State], bool]]] = {}

    def forget(self) -> None:
        """Nothing has been met."""
        self.met[:] = bytes(len(self.met))

    def begin(self, out: list[int]) -> tuple[int, State, list[int]]:
        """The first menu, the state there, and the moves that are open."""
        state = list(self.layout.initial)
        spot, moves = self.run(self.graph.start, state, out)
        return spot, state, moves

    def routine(self, number: int) -> Routine:
        """The spot, compiled."""
        found = self._routines[number]
        if found is None:
            found = self._routines[number] = self._compile(self.graph.spots[number])
        return found

    def run(
        self, at: int, state: State, out: list[int], until: Callable[[int, State], bool] | None = None
    ) -> tuple[int, list[int]]:
        """From a spot on to the next menu at which the play stops; and the moves that are open there.

        Or to a spot and state at which `until` holds; what is open is then not said. Raises Lost.
        """
        for _ in range(MAX_STEPS):
            if until is not None and at >= 0 and until(at, state):
                return at, []
            if at < 0:
                raise Lost(-1, "leads nowhere")
            routine = self._routines[at] or self.routine(at)
            if routine.enter is not None:
                at = routine.enter(state, out)
                continue
            assert routine.menu is not None
            moves = routine.menu(state, out)
            if moves or routine.fallback is None:
                return at, moves
            at = routine.fallback(state, out)
        raise Lost(at, "goes round without a choice")

    def take(
        self,
        at: int,
        move: int,
        state: State,
        out: list[int],
        until: Callable[[int, State], bool] | None = None,
    ) -> tuple[int, list[int]]:
        """Make an open move; like `run`."""
        return self.run(self.routine(at).takes[move](state, out), state, out, until)

    def reader(self, at: int, state: State) -> Callable[[Variable], int]:
        """The values of a state at a spot. What belongs to another episode stands at its start: bits are shared."""
        episode, layout = self.graph.spots[at].episode, self.layout

        def read(variable: Variable) -> int:
            if variable.local and variable.episode != episode and variable.name in layout.bit:
                return variable.starts
            return layout.get(state, variable)

        return read

    def holds(self, condition: Condition | None, state: State) -> bool:
        """Whether a condition holds in a state."""
        if condition is None:
            return True
        found = self._testers.get(id(condition))
        if found is None:
            scope: dict[str, Anything] = {}
            source = f"def test(s):\n    return bool({self.layout.test(condition)})"
            exec(compile(source, "<condition>", "exec"), scope)  # our own line, from the resolved model
            found = self._testers[id(condition)] = (condition, scope["test"])
        return found[1](state)

    def meet(self, code: Code, state: State, out: list[int]) -> None:
        """Note the marks of `code` that hold in a state."""
        for instr in code:
            if isinstance(instr, Mark) and not self.met[instr.number] and self.holds(instr.when, state):
                self.met[instr.number] = 1
                out.append(instr.number)

    # Compiling ---------------------------------------------------------------------------------

    def _compile(self, spot: Spot) -> Routine:
        lines: list[str] = []
        if not spot.menu:
            self._function(lines, "enter", spot.code)
        else:
            self._menu(lines, spot)
            for number, move in enumerate(spot.moves):
                self._function(lines, f"take_{number}", move.code)
            if spot.fallback is not None:
                self._function(lines, "fallback", spot.fallback.code)
        scope: dict[str, Anything] = {"met": self.met}
        exec(compile("\n".join(lines), f"<{spot.passage}>", "exec"), scope)  # our own lines, as in the engine
        return Routine(spot, scope)

    def _menu(self, lines: list[str], spot: Spot) -> None:
        lines += ["def menu(s, out):", " v = []"]
        for number, move in enumerate(spot.moves):
            guard = "" if move.when is None else f" if {self.layout.test(move.when)}:"
            lines.append(f"{guard} v.append({number})")
        if spot.fallback is not None:
            lines.append(" if not v: return v")
        for mark in spot.shown:
            self._mark(lines, " ", mark)
        lines.append(" return v")

    def _function(self, lines: list[str], name: str, code: Code) -> None:
        lines.append(f"def {name}(s, out):")
        for instr in code:
            self._instr(lines, " ", instr)
        lines.append(" return -1")

    def _instr(self, lines: list[str], pad: str, instr: Instr) -> None:
        layout = self.layout
        if isinstance(instr, Mark):
            self._mark(lines, pad, instr)
        elif isinstance(instr, Assign):
            lines.append(pad + layout.write(instr.variable, str(int(instr.value))))
        elif isinstance(instr, Shift):
            self._shift(lines, pad, instr.variable, instr.by)
        elif isinstance(instr, Rotate):
            read = layout.read(instr.variable)
            lines.append(pad + layout.write(instr.variable, f"({read} + 1) % {instr.variable.high + 1}"))
        elif isinstance(instr, When):
            lines.append(f"{pad}if {layout.test(instr.condition)}:")
            for inner in instr.body:
                self._instr(lines, pad + " ", inner)
        else:
            if instr.when is not None:
                lines.append(f"{pad}if {layout.test(instr.when)}:")
                pad += " "
            for inner in instr.body:
                self._instr(lines, pad, inner)
            lines.append(f"{pad}return {instr.to}")

    def _shift(self, lines: list[str], pad: str, variable: Variable, by: int) -> None:
        if variable.name in self.layout.bit:
            lines.append(pad + self.layout.write(variable, "1" if by > 0 else "0"))
            return
        bound = f"min({variable.high}, s_)" if by > 0 else f"max({variable.low}, s_)"
        read = self.layout.read(variable)
        lines.append(pad + self.layout.write(variable, bound.replace("s_", f"{read} + {by}")))

    def _mark(self, lines: list[str], pad: str, mark: Mark) -> None:
        also = "" if mark.when is None else f" and {self.layout.test(mark.when)}"
        lines.append(
            f"{pad}if not met[{mark.number}]{also}: met[{mark.number}] = 1; out.append({mark.number})"
        )
