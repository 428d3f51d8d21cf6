"""The language of conditions: comparisons, `and`, `or`, `not`, `in`, brackets, and declared names.

The standard library's `ast` reads the text, a short list of node types is allowed through, and every name
is looked up at once. What comes out is a small tree over variables that the engine compiles and the proof
reasons about. Source text is never evaluated.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Protocol

import msgspec

from .findings import Findings, Scalar, nearest
from .variables import Variable

__all__ = [
    "FALSE",
    "TRUE",
    "All",
    "Any",
    "Condition",
    "Constant",
    "Names",
    "Not",
    "Test",
    "holds",
    "parse_condition",
    "tests",
]


class Constant(msgspec.Struct, frozen=True):
    """Always or never."""

    value: bool


class Test(msgspec.Struct, frozen=True):
    """`variable` has one of `values` (a subset of its domain, as it stands when loading is done)."""

    variable: Variable
    operator: str
    operand: int | tuple[int, ...]
    __test__ = False


class All(msgspec.Struct, frozen=True):
    """Every part holds."""

    parts: tuple[Condition, ...]


class Any(msgspec.Struct, frozen=True):
    """Some part holds."""

    parts: tuple[Condition, ...]


class Not(msgspec.Struct, frozen=True):
    """The part does not hold."""

    part: Condition


Condition = Constant | Test | All | Any | Not
TRUE = Constant(True)
FALSE = Constant(False)


class Names(Protocol):
    """What a condition may speak of, seen from the place it stands in."""

    def lookup(self, dotted: str) -> Variable | Condition | str:
        """What is called `dotted` here: a variable, a condition by that name, or a sentence saying why not.

        A sentence may have a hint after a line break.
        """
        ...


_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_SWAPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
MAX_LENGTH = 600


def holds(operator: str, value: int, operand: int | tuple[int, ...]) -> bool:
    """Whether `value operator operand`."""
    if isinstance(operand, tuple):
        return (value in operand) == (operator == "in")
    return {
        "==": value == operand,
        "!=": value != operand,
        "<": value < operand,
        "<=": value <= operand,
        ">": value > operand,
        ">=": value >= operand,
    }[operator]


def tests(condition: Condition) -> Iterator[Test]:
    """Every test in a condition."""
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, Not):
        yield from tests(condition.part)
    elif isinstance(condition, All | Any):
        for part in condition.parts:
            yield from tests(part)


def parse_condition(text: str, names: Names, findings: Findings, where: Scalar, offset: int = 0) -> Condition:
    """The condition `text`, which stands in `where` at `offset`. A bad one is noted and reads as FALSE."""
    return _Parser(text, names, findings, where, offset).parse()


class _Bad(Exception):
    def __init__(self, node: ast.AST | None, message: str, hint: str = "") -> None:
        self.node, self.message, self.hint = node, message, hint


class _Parser:
    def __init__(self, text: str, names: Names, findings: Findings, where: Scalar, offset: int) -> None:
        self.text, self.names, self.findings, self.where, self.offset = text, names, findings, where, offset

    def parse(self) -> Condition:
        lead = len(self.text) - len(self.text.lstrip())
        source = self.text.strip().replace("\n", " ")
        try:
            if not source:
                raise _Bad(None, "the condition is empty")
            if len(source) > MAX_LENGTH:
                raise _Bad(None, f"a condition of more than {MAX_LENGTH} characters")
            try:
                tree = ast.parse(source, mode="eval")
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                column = (getattr(error, "offset", 1) or 1) - 1
                raise _Bad(
                    None, f"`{source}` is not a condition ({_plain(error)} at character {column + 1})"
                ) from None
            return self.condition(tree.body)
        except _Bad as bad:
            at = lead + (getattr(bad.node, "col_offset", 0) or 0)
            self.findings.add(self.where, bad.message, offset=self.offset + at, hint=bad.hint)
            return FALSE

    def condition(self, node: ast.expr) -> Condition:
        if isinstance(node, ast.BoolOp):
            parts = tuple(self.condition(part) for part in node.values)
            return All(parts) if isinstance(node.op, ast.And) else Any(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return Not(self.condition(node.operand))
        if isinstance(node, ast.Compare):
            return self.comparison(node)
        if isinstance(node, ast.Name | ast.Attribute):
            named = self.named(node)
            if not isinstance(named, Variable):
                return named
            variable = named
            if not variable.boolean and variable.kind not in ("visits", "took"):
                raise _Bad(node, f"`{_dotted(node)}` is not yes or no", f"Compare it: {variable.domain}.")
            variable.high = max(variable.high, 1)
            return Test(variable, ">=", 1)
        raise _Bad(node, "only comparisons, `and`, `or`, `not`, `in` and names can stand in a condition")

    def comparison(self, node: ast.Compare) -> Condition:
        parts: list[Condition] = []
        left: ast.expr = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            parts.append(self.one(left, operator, right))
            left = right
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Condition:
        if isinstance(operator, ast.In | ast.NotIn):
            variable = self.variable(left)
            if not isinstance(right, ast.Tuple | ast.List | ast.Set):
                raise _Bad(right, "`in` wants words in brackets: `turn.t1 in (refused, retainer)`")
            values = tuple(self.value(variable, item) for item in right.elts)
            return self.test(left, variable, "in" if isinstance(operator, ast.In) else "not in", values)
        symbol = _OPERATORS.get(type(operator))
        if symbol is None:
            raise _Bad(left, "`is` does not compare here; write `==`")
        if isinstance(left, ast.Constant) and not isinstance(right, ast.Constant):
            left, right, symbol = right, left, _SWAPPED[symbol]
        variable = self.variable(left)
        return self.test(left, variable, symbol, self.value(variable, right))

    def test(
        self, node: ast.expr, variable: Variable, symbol: str, operand: int | tuple[int, ...]
    ) -> Condition:
        if variable.kind in ("visits", "took") and isinstance(operand, int):
            variable.high = max(variable.high, operand + (symbol not in (">=", "<")))
        if not any(holds(symbol, value, operand) for value in range(variable.low, variable.high + 1)):
            raise _Bad(node, f"this comparison can never hold: `{_dotted(node)}` is {variable.domain}")
        return Test(variable, symbol, operand)

    def variable(self, node: ast.expr) -> Variable:
        found = self.named(node)
        if not isinstance(found, Variable):
            raise _Bad(node, f"`{_dotted(node)}` is yes or no and compares with nothing")
        return found

    def named(self, node: ast.expr) -> Variable | Condition:
        dotted = _dotted(node)
        if dotted is None:
            raise _Bad(node, "expected a name")
        found = self.names.lookup(dotted)
        if isinstance(found, str):
            message, _, hint = found.partition("\n")
            raise _Bad(node, message, hint)
        return found

    def value(self, variable: Variable, node: ast.expr) -> int:
        word = _dotted(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            word = ast.unparse(node)  # a negative number
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int)
            and not isinstance(node.value, bool)
        ):
            word = str(node.value)
            if variable.kind in ("visits", "took"):
                return node.value
            if not variable.words and not variable.boolean:
                return node.value
        if word is None:
            raise _Bad(node, "expected a word or a number")
        value = variable.value(word)
        if value is None:
            raise _Bad(
                node,
                f"`{word}` is not a value of `{variable.name}`",
                nearest(word, variable.words) or f"It is {variable.domain}.",
            )
        return value


def _dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = _dotted(node.value)
        return None if head is None else f"{head}.{node.attr}"
    return None


def _plain(error: BaseException) -> str:
    return str(getattr(error, "msg", "") or "too deep")
