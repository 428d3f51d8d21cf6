"""Conditions that decide nothing: those that can never hold, and those that always do.

Every name has a small domain, so a condition over a few of them is decided by trying all values. What is
reachable is not asked here (`prove` does that): never here is never, but not the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod
from typing import Literal

from game.story.expressions import All, Any, Condition, Constant, Not, Test, holds, tests
from game.story.variables import Variable

from .check_report import Report
from .refs_uses import Reading
from .refs_words import spell

__all__ = ["check_conditions", "evaluate", "verdict"]

LIMIT = 4096
"""Above this many combinations a condition is left to `prove`."""


def check_conditions(report: Report) -> None:
    """Note every condition that is no condition."""
    for reading in report.uses.readings:
        found = verdict(reading.condition)
        if found is not None:
            _note(report, reading, found, "")
        elif reading.given and verdict(All(reading.given)) is None:
            _inner(report, reading)


def _inner(report: Report, reading: Reading) -> None:
    """A condition inside another: it may be decided by the one around it."""
    given = reading.given
    if verdict(All((*given, reading.condition))) == "never":
        _note(report, reading, "never", " here, by what is asked around it")
    elif verdict(All((*given, Not(reading.condition)))) == "never":
        _note(report, reading, "always", " here, by what is asked around it")


def _note(report: Report, reading: Reading, found: str, why: str) -> None:
    text = spell(reading.condition)
    needle = next((test.variable.name.rpartition(".")[2] for test in tests(reading.condition)), "")
    if found == "never":
        report.add(reading.site, f"this can never hold{why}: `{text}`", "never", "error", needle=needle)
    else:
        report.add(reading.site, f"this always holds{why}: `{text}`", "always", needle=needle)


def verdict(condition: Condition) -> Literal["never", "always"] | None:
    """Whether a condition holds for no values of its variables, or for all. None: neither, or too many."""
    variables = list({test.variable.name: test.variable for test in tests(condition)}.values())
    if prod(v.high - v.low + 1 for v in variables) > LIMIT:
        return None
    seen = {evaluate(condition, values) for values in _all_values(variables, condition)}
    if seen == {True}:
        return "always"
    return "never" if seen == {False} else None


def _all_values(variables: list[Variable], condition: Condition) -> list[Mapping[str, int]]:
    names = [variable.name for variable in variables]
    ranges = (range(variable.low, variable.high + 1) for variable in variables)
    return [dict(zip(names, values, strict=True)) for values in product(*ranges)]


def evaluate(condition: Condition, values: Mapping[str, int]) -> bool:
    """Whether a condition holds where its variables have these values."""
    if isinstance(condition, Test):
        return holds(condition.operator, values[condition.variable.name], condition.operand)
    if isinstance(condition, All):
        return all(evaluate(part, values) for part in condition.parts)
    if isinstance(condition, Any):
        return any(evaluate(part, values) for part in condition.parts)
    if isinstance(condition, Not):
        return not evaluate(condition.part, values)
    assert isinstance(condition, Constant)
    return condition.value
