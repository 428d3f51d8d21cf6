"""A closer look: MAY again for one episode, following only what a question hangs on, but more closely.

MAY forgets at the hub what holds between a clue and the lead it came from. A question (can these ten choices be
open at once?) is about few variables, and for those it can be kept. If the answer is still yes, the variables
that decide how those change are followed as well, and so on for a few rounds.
"""

from __future__ import annotations

from collections.abc import Callable

from game.story.expressions import Condition, tests

from .prove_graph import Code, Graph, Jump, When, writes
from .symbolic_limits import TooMuch
from .symbolic_may import CLOCK, May

__all__ = ["Focus"]

ROUNDS = 3
MOST = 70
"""Variables beyond which a closer look is no cheaper."""


class Focus:
    """Looks closer at questions that MAY could not settle."""

    def __init__(self, may: May) -> None:
        self.may, self.graph = may, may.graph
        self._deciding = _deciding(may.graph)

    def excludes(self, episode: str, names: set[str], hit: Callable[[May], bool]) -> bool:
        """Whether `hit` (can it be, given a MAY?) is false once `names` are followed closely."""
        variables = self.graph.story.variables
        names = names | {n for n, v in variables.items() if v.kind in CLOCK and v.episode == episode}
        for _ in range(ROUNDS):
            try:
                if not hit(self.may.focused(episode, names)):
                    return True
            except TooMuch:
                return False
            wider = names | {other for name in names for other in self._deciding.get(name, ())}
            if wider == names or len(wider) > MOST:
                return False
            names = wider
        return False


def _deciding(graph: Graph) -> dict[str, set[str]]:
    """For each variable those that decide whether something changes it."""
    found: dict[str, set[str]] = {}

    def note(code: Code, condition: Condition | None) -> None:
        if condition is not None:
            read = {test.variable.name for test in tests(condition)}
            for variable in writes(code):
                found.setdefault(variable.name, set()).update(read)

    for spot in graph.spots:
        for move in spot.moves:
            note(tuple(i for i in move.code if not isinstance(i, Jump)), move.when)
        for pin in spot.pins:
            note(pin.code, pin.when)
        todo = [instr for code in spot.codes() for instr in code]
        while todo:
            instr = todo.pop()
            if isinstance(instr, When):
                note(instr.body, instr.condition)
                todo += instr.body
            elif isinstance(instr, Jump):
                note(instr.body, instr.when)
                todo += instr.body
    return found
