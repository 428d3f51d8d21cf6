"""Walks after one thing: what a walk at random meets once in a million, a climber finds in seconds.

A play is nearer to a target the fewer tests of its condition fail, and the fewer choices it is away. The best
plays known are gone on from, mostly toward it, and what comes nearer joins them.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from game.story.expressions import All, Any, Condition, Constant, Not, Test, holds
from game.story.variables import Variable

from .prove_graph import marks_of
from .witness_code import Lost
from .witness_moves import random_pin
from .witness_walk import Node, Walker

__all__ = ["Hunt"]

POOL = 60
FAR = 10_000


class Hunt:
    """One target. `run` walks until it is met or the time is up."""

    def __init__(self, walker: Walker, target: int, seed: int = 1) -> None:
        self.walker, self.graph, self.machine = walker, walker.graph, walker.machine
        self.target = target
        self.random = random.Random(seed * 7919 + target)
        self.whens: list[Condition | None] = []
        spots: list[int] = []
        for spot in self.graph.spots:
            for mark in marks_of(spot):
                if mark.number == target:
                    self.whens.append(mark.when)
                    spots.append(spot.number)
        self.distance = self._distances(spots)
        self.pool: list[tuple[int, int, Node]] = []
        self._count = 0

    def run(self, seconds: float) -> bool:
        """Whether the target was met; then `walker.found` has it."""
        for _, nodes in self.walker.standing():
            for node in nodes:
                self._offer(node)
        until = time.perf_counter() + seconds
        while self.pool and time.perf_counter() < until:
            at = int(len(self.pool) * self.random.random() ** 2)
            self._climb(self.pool[at][2])
            if self.target in self.walker.found:
                return True
        return False

    def _distances(self, spots: list[int]) -> dict[int, int]:
        """How many spots lie between each spot and the target."""
        earlier = self.graph.before()
        found = dict.fromkeys(spots, 0)
        todo = list(found)
        for number in todo:
            for before in earlier[number]:
                if before not in found:
                    found[before] = found[number] + 1
                    todo.append(before)
        return found

    def _offer(self, node: Node) -> None:
        """Let a play into the pool if it is among the nearest."""
        score = self._score(node.spot, node.state)
        if score >= FAR or (len(self.pool) >= POOL and score >= self.pool[-1][0]):
            return
        self._count += 1
        self.pool.append((score, self._count, node))
        self.pool.sort(key=lambda entry: entry[:2])
        del self.pool[POOL:]

    def _score(self, spot: int, state: list[int]) -> int:
        away = self.distance.get(spot, FAR)
        read = self.machine.reader(spot, state)
        return away + 15 * min((_gap(when, read, False) for when in self.whens), default=0)

    def _climb(self, node: Node) -> None:
        machine, chance = self.machine, self.random
        spot, state, moves, path, depth = node.spot, list(node.state), node.moves, node.path, node.depth
        best = self._score(spot, state)
        for _ in range(chance.choice((6, 20, 50))):
            here = machine.routine(spot).spot
            out: list[int] = []
            if here.pins and chance.random() < 0.4:
                pinned = random_pin(machine, spot, state, self.walker.random, out)
                if pinned is not None:
                    path, depth = (path, pinned), depth + 1
                    moves = machine.run(spot, state, out)[1]
                    self.walker.note(out, path, depth)
                    out = []
            if not moves:
                return
            pick = moves[int(chance.random() * len(moves))]
            if chance.random() < 0.5:
                pick = min(moves, key=lambda move: (self._after(spot, move), chance.random()))
            path, depth = (path, f"{here.passage}/{here.moves[pick].id}"), depth + 1
            try:
                spot, moves = machine.take(spot, pick, state, out)
            except Lost:
                for number in out:
                    machine.met[number] = 0
                return
            self.walker.note(out, path, depth)
            if self.target in self.walker.found:
                return
            score = self._score(spot, state)
            if score < best:
                best = score
                self._offer(Node(spot, list(state), moves, path, depth))

    def _after(self, spot: int, move: int) -> int:
        ends = [i.to for i in self.graph.spots[spot].moves[move].code if hasattr(i, "to")]
        return min((self.distance.get(to, FAR) for to in ends), default=FAR)


def _gap(condition: Condition | None, read: Callable[[Variable], int], negated: bool) -> int:
    """How many tests of a condition (or of its opposite) fail, at least."""
    if condition is None:
        return 0
    if isinstance(condition, Constant):
        return 0 if condition.value != negated else FAR
    if isinstance(condition, Test):
        held = holds(condition.operator, read(condition.variable), condition.operand)
        return 0 if held != negated else 1
    if isinstance(condition, Not):
        return _gap(condition.part, read, not negated)
    gaps = [_gap(part, read, negated) for part in condition.parts]
    every = isinstance(condition, All) != negated
    assert isinstance(condition, All | Any)
    return sum(gaps) if every else min(gaps, default=0)
