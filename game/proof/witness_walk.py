"""Walks that go where nothing has been yet: they find almost every witness, in seconds.

A walk begins where an earlier one met something new, and prefers the choices taken least. What it finds is
a list of moves, shared with the walk it began from, so that a season's worth of witnesses stays small.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence

from .prove_graph import Graph
from .witness_code import Lost, Machine, State
from .witness_moves import Path, full_move, make_move, random_pin

__all__ = ["MOST_OPEN", "Found", "Node", "Walker"]

MOST_OPEN = 9
"""As many choices as there are keys for."""


class Node:
    """A play, standing at a menu. `tries` counts the walks that began here."""

    __slots__ = ("depth", "moves", "path", "spot", "state", "tries")

    def __init__(self, spot: int, state: State, moves: list[int], path: Path | None, depth: int) -> None:
        self.spot, self.state, self.moves, self.path, self.depth = spot, state, moves, path, depth
        self.tries = 0


class Found:
    """How a target was met: the moves, and how many they are."""

    __slots__ = ("depth", "path")

    def __init__(self, path: Path | None, depth: int) -> None:
        self.path, self.depth = path, depth


class Walker:
    """Walks over one graph, from one seed. `found` grows; `faults` has the first path to each spot without a way on."""

    def __init__(self, graph: Graph, seed: int = 1) -> None:
        self.graph = graph
        self.machine = Machine(graph)
        self.random = random.Random(seed)
        self.found: dict[int, Found] = {}
        self.faults: dict[tuple[int, str], Found] = {}
        self._lasting = [v for v in graph.story.variables.values() if not v.local and v.kind != "pin"]
        self._cells: dict[tuple[str, str, int], list[Node]] = {}
        self._doors: list[list[Node]] = []
        self._taken: dict[tuple[int, int], int] = {}
        self.kept: dict[int, list[Node]] = {}
        self._all: list[Node] = []
        self._new: list[Node] = []
        self._opens: dict[int, str] = {}
        for episode, close in graph.closes.items():
            self._opens[close] = episode
        self._begin()

    def standing(self) -> Iterator[tuple[int, list[Node]]]:
        """Plays to go on from, by spot: some at every menu that was reached, and more at the openings of episodes."""
        yield from self.kept.items()
        found: dict[int, list[Node]] = {}
        for node in {id(node): node for nodes in self._cells.values() for node in nodes}.values():
            found.setdefault(node.spot, []).append(node)
        yield from found.items()

    def _begin(self) -> None:
        out: list[int] = []
        try:
            spot, state, moves = self.machine.begin(out)
        except Lost as lost:
            self.faults[lost.spot, lost.why] = Found(None, 0)
            return
        self.note(out, None, 0)
        self._keep(Node(spot, state, moves, None, 0), True)

    def walk(self, seconds: float, *, wanted: frozenset[int] = frozenset(), quiet: float = 0.2) -> None:
        """Walk until all (of `wanted`) is met, or nothing new came for `quiet` of the time, or time is up."""
        start = last = time.perf_counter()
        aim = wanted or frozenset(t.number for t in self.graph.targets if t.required and not t.alarm)
        left = sum(number not in self.found for number in aim)
        while self._all and left:
            met = len(self.found)
            for _ in range(20):
                self._one(self._pick())
            now = time.perf_counter()
            if len(self.found) != met:
                last = now
                left = sum(number not in self.found for number in aim)
            if now - start > seconds or now - last > quiet * seconds:
                return

    def follow(self, moves: Sequence[str]) -> int:
        """Make these moves from the first page, and pass over any that is not open. How many were made."""
        if not self._all:
            return 0  # the first page leads nowhere
        machine, out = self.machine, list[int]()
        spot, state, open_ = machine.begin(out)
        self.note(out, None, 0)
        path: Path | None = None
        depth = 0
        for move in moves:
            out, was = [], spot
            onward = (path, full_move(self.graph.spots[spot], move))
            try:
                spot, open_ = make_move(machine, spot, open_, move, state, out)
            except ValueError:
                continue
            except Lost as lost:
                self._lose(lost, out, onward, depth + 1)
                return depth
            path, depth = onward, depth + 1
            self.note(out, path, depth)
            self._keep(Node(spot, list(state), open_, path, depth), bool(out), self._opens.get(was))
            if not self._goes_on(spot, open_, path, depth):
                break
        return depth

    def _pick(self) -> Node:
        if self._new:
            node = self._new[-1]
            node.tries += 1
            if node.tries >= 3:
                self._new.pop()
            return node
        if self._doors and self.random.random() < 0.25:
            return self.random.choice(self.random.choice(self._doors))
        one, other = self.random.choice(self._all), self.random.choice(self._all)
        node = one if one.tries <= other.tries else other
        node.tries += 1
        return node

    def _one(self, node: Node) -> None:
        machine, chance, taken = self.machine, self.random, self._taken
        spot, state, moves, path, depth = node.spot, list(node.state), node.moves, node.path, node.depth
        out: list[int] = []
        for _ in range(chance.choice((8, 25, 60))):
            routine = machine.routine(spot)
            if routine.spot.pins and chance.random() < 0.25:
                move = random_pin(machine, spot, state, chance, out)
                if move is not None:
                    path, depth = (path, move), depth + 1
                    moves = machine.run(spot, state, out)[1]
                    if out:
                        self.note(out, path, depth)
                        out = []
            if not self._goes_on(spot, moves, path, depth):
                return
            pick = moves[0]
            if len(moves) > 1:
                pick = moves[int(chance.random() * len(moves))]
                if chance.random() < 0.7:
                    fewest = min(taken.get((spot, each), 0) for each in moves)
                    pick = chance.choice([each for each in moves if taken.get((spot, each), 0) == fewest])
            taken[spot, pick] = taken.get((spot, pick), 0) + 1
            was = spot
            path, depth = (path, f"{routine.spot.passage}/{routine.spot.moves[pick].id}"), depth + 1
            try:
                spot, moves = machine.take(spot, pick, state, out)
            except Lost as lost:
                self._lose(lost, out, path, depth)
                return
            news = bool(out)
            if news:
                self.note(out, path, depth)
                out = []
            if news or was in self._opens:
                self._keep(Node(spot, list(state), moves, path, depth), news, self._opens.get(was))

    def _lose(self, lost: Lost, out: list[int], path: Path, depth: int) -> None:
        """Note a way that never stops. Of what is met on it only an alarm counts: the rest is read by nobody."""
        for number in out:
            if self.graph.targets[number].alarm:
                self.note([number], path, depth)
            else:
                self.machine.met[number] = 0
        self.faults.setdefault((lost.spot, lost.why), Found(path, depth))

    def _goes_on(self, spot: int, moves: list[int], path: Path | None, depth: int) -> bool:
        """Whether anything is open at a menu; and note what is wrong with it, or which ending it is."""
        if len(moves) > MOST_OPEN:
            self.faults.setdefault((spot, "crowded"), Found(path, depth))
        if not moves and not self.graph.spots[spot].end:
            self.faults.setdefault((spot, "stuck"), Found(path, depth))
        elif not moves:
            self._end(spot, path, depth)
        return bool(moves)

    def _end(self, spot: int, path: Path | None, depth: int) -> None:
        ending = self.graph.story.passages[self.graph.spots[spot].passage].ending
        number = self.graph.by_key.get(f"ending:{ending}")
        if number is not None and depth < self.found[number].depth:
            self.found[number] = Found(path, depth)

    def note(self, out: list[int], path: Path | None, depth: int) -> None:
        """Remember how some targets were met."""
        for number in out:
            self.found[number] = Found(path, depth)

    def _opened(self, closed: str, node: Node) -> None:
        """Keep a few plays for every value that anything lasting has where an episode opens: rare ones are worth it."""
        layout = self.machine.layout
        for variable in self._lasting:
            cell = (closed, variable.name, layout.get(node.state, variable))
            kept = self._cells.get(cell)
            if kept is None:
                kept = self._cells[cell] = []
                self._doors.append(kept)
            if len(kept) < 3:
                kept.append(node)

    def _keep(self, node: Node, news: bool, closed: str | None = None) -> None:
        if closed is not None:
            self._opened(closed, node)
        here = self.kept.setdefault(node.spot, [])
        if len(here) < 12:
            here.append(node)
            self._all.append(node)
        elif news:
            here[self.random.randrange(12)] = node
            self._all.append(node)
        if news:
            self._new.append(node)
