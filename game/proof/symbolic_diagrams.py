"""Decision diagrams: sets of states, small where what they depend on is small.

`dd` with CUDD does the work where it is installed (an author's machine, and CI). Without it the few
operations the proof needs are done here, by the textbook (Bryant 1986): slower, but the same answers, so
that nobody needs a C library to prove a small story.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

__all__ = ["Diagram", "Diagrams", "Limits", "TooMuch", "make_diagrams"]

Diagram = Any
"""A set of states. Compare with `==`; everything else goes through `Diagrams`."""

MEMO = 2_000_000
"""So many results the plain diagrams remember."""


class TooMuch(Exception):
    """A limit of nodes or of time was passed. The text says which."""


class Diagrams(Protocol):
    """The operations on sets of states. Bits are numbered in the order in which they are tested."""

    false: Diagram
    true: Diagram
    name: str

    def bit(self, number: int) -> Diagram:
        """The states in which a bit is set."""
        ...

    def both(self, one: Diagram, other: Diagram) -> Diagram:
        """Intersection."""
        ...

    def either(self, one: Diagram, other: Diagram) -> Diagram:
        """Union."""
        ...

    def negate(self, one: Diagram) -> Diagram:
        """Complement."""
        ...

    def pick(self, when: Diagram, then: Diagram, other: Diagram) -> Diagram:
        """`then` inside `when`, `other` outside."""
        ...

    def fix(self, one: Diagram, values: Mapping[int, bool]) -> Diagram:
        """What remains to be asked once these bits are known."""
        ...

    def forget(self, one: Diagram, bits: Iterable[int]) -> Diagram:
        """The states that are in the set for some value of these bits."""
        ...

    def support(self, one: Diagram) -> set[int]:
        """The bits that a set depends on."""
        ...

    def some(self, one: Diagram) -> dict[int, bool]:
        """Bits of some state in a set that is not empty; bits left out do not matter."""
        ...

    def size(self, one: Diagram) -> int:
        """How many nodes a set takes."""
        ...

    def check(self) -> None:
        """Raises TooMuch if a limit is passed."""
        ...


class Limits:
    """How much may be spent: nodes, and time until `deadline` (of `time.monotonic`)."""

    def __init__(self, nodes: int, deadline: float) -> None:
        self.nodes, self.deadline = nodes, deadline

    def check(self, nodes: int) -> None:
        """Raises TooMuch if there is more."""
        if nodes > self.nodes:
            raise TooMuch(f"more than {self.nodes:,} diagram nodes")
        if time.monotonic() > self.deadline:
            raise TooMuch("no time left")


class _Packaged:
    """`dd`, with CUDD or in pure Python."""

    def __init__(self, module: Any, bits: int, limits: Limits, name: str) -> None:
        self.name = name
        self.limits = limits
        self._bdd = module.BDD()
        self._checks = 0
        self._bdd.configure(reordering=False)
        self._names = [f"b{number}" for number in range(bits)]
        self._bdd.declare(*self._names)
        self._bits = [self._bdd.var(each) for each in self._names]
        self.false, self.true = self._bdd.false, self._bdd.true

    def bit(self, number: int) -> Diagram:
        return self._bits[number]

    def both(self, one: Diagram, other: Diagram) -> Diagram:
        return one & other

    def either(self, one: Diagram, other: Diagram) -> Diagram:
        return one | other

    def negate(self, one: Diagram) -> Diagram:
        return ~one

    def pick(self, when: Diagram, then: Diagram, other: Diagram) -> Diagram:
        return self._bdd.ite(when, then, other)

    def fix(self, one: Diagram, values: Mapping[int, bool]) -> Diagram:
        return self._bdd.let({self._names[number]: value for number, value in values.items()}, one)

    def forget(self, one: Diagram, bits: Iterable[int]) -> Diagram:
        names = [self._names[number] for number in bits]
        return self._bdd.exist(names, one) if names else one

    def support(self, one: Diagram) -> set[int]:
        return {int(name[1:]) for name in self._bdd.support(one)}

    def some(self, one: Diagram) -> dict[int, bool]:
        found = self._bdd.pick(one) or {}
        return {int(name[1:]): bool(value) for name, value in found.items()}

    def size(self, one: Diagram) -> int:
        return int(one.dag_size if hasattr(one, "dag_size") else len(one))

    def check(self) -> None:
        self._checks += 1
        self.limits.check(0 if self._checks % 512 else len(self._bdd))  # counting nodes takes its time


class _Plain:
    """Reduced ordered diagrams as numbers of rows in three lists; 0 and 1 are the empty set and all states."""

    def __init__(self, bits: int, limits: Limits) -> None:
        self.name = "plain"
        self.limits = limits
        self.false, self.true = 0, 1
        self._level, self._low, self._high = [bits, bits], [0, 1], [0, 1]
        self._rows: dict[tuple[int, int, int], int] = {}
        self._memo: dict[tuple[int, int, int], int] = {}

    def _row(self, level: int, low: int, high: int) -> int:
        if low == high:
            return low
        key = (level, low, high)
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = len(self._level)
            self._level.append(level)
            self._low.append(low)
            self._high.append(high)
            if not found & 0xFFFF:
                self.check()
        return found

    def bit(self, number: int) -> Diagram:
        return self._row(number, 0, 1)

    def both(self, one: Diagram, other: Diagram) -> Diagram:
        return self.pick(one, other, 0)

    def either(self, one: Diagram, other: Diagram) -> Diagram:
        return self.pick(one, 1, other)

    def negate(self, one: Diagram) -> Diagram:
        return self.pick(one, 0, 1)

    def pick(self, when: Diagram, then: Diagram, other: Diagram) -> Diagram:
        if when < 2 or then == other:
            return then if when == 1 or then == other else other
        if then == 1 and other == 0:
            return when
        key = (when, then, other)
        found = self._memo.get(key)
        if found is None:
            level, low, high = self._level, self._low, self._high
            top = min(level[when], level[then], level[other])
            parts = [(low[u], high[u]) if level[u] == top else (u, u) for u in key]
            no = self.pick(parts[0][0], parts[1][0], parts[2][0])
            yes = self.pick(parts[0][1], parts[1][1], parts[2][1])
            if len(self._memo) > MEMO:
                self._memo.clear()
            found = self._memo[key] = self._row(top, no, yes)
        return found

    def fix(self, one: Diagram, values: Mapping[int, bool]) -> Diagram:
        last = max(values, default=-1)
        memo: dict[int, int] = {}

        def visit(u: int) -> int:
            level = self._level[u]
            if level > last:
                return u
            if u not in memo:
                if level in values:
                    memo[u] = visit(self._high[u] if values[level] else self._low[u])
                else:
                    memo[u] = self._row(level, visit(self._low[u]), visit(self._high[u]))
            return memo[u]

        return visit(one)

    def forget(self, one: Diagram, bits: Iterable[int]) -> Diagram:
        gone = set(bits)
        last = max(gone, default=-1)
        memo: dict[int, int] = {}

        def visit(u: int) -> int:
            level = self._level[u]
            if level > last:
                return u
            if u not in memo:
                no, yes = visit(self._low[u]), visit(self._high[u])
                memo[u] = self.pick(no, 1, yes) if level in gone else self._row(level, no, yes)
            return memo[u]

        return visit(one)

    def support(self, one: Diagram) -> set[int]:
        return {self._level[u] for u in self._rows_below(one)}

    def _rows_below(self, one: Diagram) -> set[int]:
        seen, todo = {0, 1}, [one]
        while todo:
            u = todo.pop()
            if u not in seen:
                seen.add(u)
                todo += (self._low[u], self._high[u])
        return seen - {0, 1}

    def size(self, one: Diagram) -> int:
        return len(self._rows_below(one))

    def some(self, one: Diagram) -> dict[int, bool]:
        found: dict[int, bool] = {}
        while one > 1:
            up = self._low[one] == 0
            found[self._level[one]] = up
            one = self._high[one] if up else self._low[one]
        return found

    def check(self) -> None:
        self.limits.check(len(self._level))


def make_diagrams(bits: int, limits: Limits, backend: str | None = None) -> Diagrams:
    """Diagrams over that many bits. `backend`: `cudd`, `autoref` or `plain`; None: the best there is."""
    if backend in (None, "cudd"):
        try:
            import dd.cudd
        except ImportError:
            if backend is not None:
                raise
        else:
            return _Packaged(dd.cudd, bits, limits, "cudd")
    if backend == "autoref":
        import dd.autoref

        return _Packaged(dd.autoref, bits, limits, "autoref")
    return _Plain(bits, limits)
