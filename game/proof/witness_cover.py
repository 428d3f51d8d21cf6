"""A few plays in which everything is: what is replayed, and what is kept."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from .prove_graph import Graph
from .witness_code import Lost, Machine
from .witness_moves import make_move

__all__ = ["Tracer", "covering"]


class Tracer:
    """Follows lists of moves through a graph, and says what each move meets."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.machine = Machine(graph)

    def met(self, moves: Sequence[str]) -> list[list[str]]:
        """For the first page, and then for every move, the keys of the targets met there for the first time.

        Moves may be given in full or, for a choice, by its id alone. Raises ValueError at one that is not open.
        """
        machine, targets = self.machine, self.graph.targets
        machine.forget()
        out: list[int] = []
        found: list[list[str]] = []
        try:
            spot, state, open_ = machine.begin(out)
            for move in moves:
                found.append([targets[number].key for number in out])
                out = []
                spot, open_ = make_move(machine, spot, open_, move, state, out)
        except Lost as lost:
            found.append([targets[number].key for number in out])
            raise ValueError(str(lost)) from lost
        found.append([targets[number].key for number in out])
        return found


def covering(graph: Graph, witnesses: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Some of these plays, in which everything is met that is met in any of them; the most telling first."""
    tracer = Tracer(graph)
    plays: dict[tuple[str, ...], set[str]] = {}
    inside: set[tuple[str, ...]] = set()
    for moves in sorted(set(witnesses), key=len, reverse=True):
        if moves in inside:
            continue
        inside.update(moves[:length] for length in range(len(moves)))
        plays[moves] = {key for keys in tracer.met(moves) for key in keys}
    left = set().union(*plays.values()) if plays else set()
    found: list[tuple[str, ...]] = []
    heap = [(-len(shown), len(moves), moves) for moves, shown in plays.items()]
    heapq.heapify(heap)
    while left:
        _, length, moves = heapq.heappop(heap)
        new = len(plays[moves] & left)
        if heap and (-new, length) > heap[0][:2]:
            heapq.heappush(heap, (-new, length, moves))  # what it showed has been shown since
        elif new:
            found.append(moves)
            left -= plays[moves]
    return found
