"""Decision diagrams: sets of states, small where what they depend on is small.

`dd` with CUDD does the work where it is installed (an author's machine, and CI). Without it the few operations
that the proof needs are done in plain Python (`symbolic_plain`): slower, but the same answers, so that nobody
needs a C library to prove a small story.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from .symbolic_limits import Limits
from .symbolic_plain import Plain

__all__ = ["Diagram", "Diagrams", "make_diagrams"]

Diagram = Any
"""A set of states. Compare with `==`; everything else goes through `Diagrams`."""


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
        if not values:
            return one
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
    return Plain(bits, limits)
