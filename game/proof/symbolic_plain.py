"""Decision diagrams in plain Python, by the textbook (Bryant 1986), for where `dd` is not installed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping

from .symbolic_limits import Limits

__all__ = ["Plain"]

MEMO = 2_000_000
"""So many results are remembered."""

Visit = Callable[[int], int]


class Plain:
    """`Diagrams` as numbers of rows in three lists; 0 and 1 are the empty set and all states."""

    def __init__(self, bits: int, limits: Limits) -> None:
        self.name = "plain"
        self.limits = limits
        self.false, self.true = 0, 1
        self._level, self._low, self._high = [bits, bits], [0, 1], [0, 1]
        deepest = 2_000 + 2 * bits  # a call per bit, and what calls it
        sys.setrecursionlimit(max(sys.getrecursionlimit(), deepest))
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

    def bit(self, number: int) -> int:
        return self._row(number, 0, 1)

    def both(self, one: int, other: int) -> int:
        return self.pick(one, other, 0)

    def either(self, one: int, other: int) -> int:
        return self.pick(one, 1, other)

    def negate(self, one: int) -> int:
        return self.pick(one, 0, 1)

    def pick(self, when: int, then: int, other: int) -> int:
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

    def fix(self, one: int, values: Mapping[int, bool]) -> int:
        def fixed(u: int, visit: Visit) -> int:
            return visit(self._high[u] if values[self._level[u]] else self._low[u])

        return self._rebuilt(one, values, fixed)

    def forget(self, one: int, bits: Iterable[int]) -> int:
        def forgotten(u: int, visit: Visit) -> int:
            return self.either(visit(self._low[u]), visit(self._high[u]))

        return self._rebuilt(one, set(bits), forgotten)

    def _rebuilt(self, one: int, bits: Collection[int], change: Callable[[int, Visit], int]) -> int:
        """`one` with each row of these bits replaced by what `change` makes of it."""
        last = max(bits, default=-1)
        memo: dict[int, int] = {}

        def visit(u: int) -> int:
            level = self._level[u]
            if level > last:
                return u
            if u not in memo:
                if level in bits:
                    memo[u] = change(u, visit)
                else:
                    memo[u] = self._row(level, visit(self._low[u]), visit(self._high[u]))
            return memo[u]

        return visit(one)

    def support(self, one: int) -> set[int]:
        return {self._level[u] for u in self._rows_below(one)}

    def _rows_below(self, one: int) -> set[int]:
        seen, todo = {0, 1}, [one]
        while todo:
            u = todo.pop()
            if u not in seen:
                seen.add(u)
                todo += (self._low[u], self._high[u])
        return seen - {0, 1}

    def size(self, one: int) -> int:
        return len(self._rows_below(one))

    def some(self, one: int) -> dict[int, bool]:
        found: dict[int, bool] = {}
        while one > 1:
            up = self._low[one] == 0
            found[self._level[one]] = up
            one = self._high[one] if up else self._low[one]
        return found

    def check(self) -> None:
        self.limits.check(len(self._level))
