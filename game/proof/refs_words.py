"""Conditions and effects as a writer would write them."""

from __future__ import annotations

from game.story.expressions import All, Any, Condition, Constant, Not, Test
from game.story.ops import Assign, Block, Op, Say, Shift, Tell
from game.story.variables import Variable

__all__ = ["spell", "spell_name", "spell_op", "spell_value"]


def spell(condition: Condition, inside: bool = False) -> str:
    """A condition in the language of the scene files."""
    if isinstance(condition, Test):
        return _test(condition)
    if isinstance(condition, Constant):
        return "always" if condition.value else "never"
    if isinstance(condition, Not):
        text = spell(condition.part, True)
        return f"not {text}" if " " not in text or text.startswith("(") else f"not ({text})"
    if len(condition.parts) == 1:
        return spell(condition.parts[0], inside)
    word = " and " if isinstance(condition, All) else " or "
    text = word.join(spell(part, isinstance(part, All | Any)) for part in condition.parts)
    return f"({text})" if inside else text


def _test(test: Test) -> str:
    variable = test.variable
    name = spell_name(variable)
    if isinstance(test.operand, tuple):
        values = ", ".join(spell_value(variable, value) for value in test.operand)
        return f"{name} {test.operator} ({values})"
    yes_no = variable.boolean or variable.kind in ("visits", "took")
    if yes_no and (test.operator, test.operand) == (">=", 1):
        return name.replace("visits.", "seen.", 1)
    return f"{name} {test.operator} {spell_value(variable, test.operand)}"


def spell_name(variable: Variable) -> str:
    """A variable's name as conditions use it: `hours` for the hours of an episode, `pinned.x` for a pin."""
    if variable.kind in ("hours", "dry"):
        return variable.kind
    if variable.kind == "pin":
        return f"pinned.{variable.name.rpartition('.')[2]}"
    return variable.name


def spell_value(variable: Variable, value: int) -> str:
    """A value as it is written: its word, yes or no, or the number."""
    if variable.words:
        return variable.words[value - variable.low] if variable.low <= value <= variable.high else str(value)
    if variable.boolean and variable.kind not in ("visits", "took"):
        return "yes" if value else "no"
    return str(value)


def spell_op(op: Op) -> str:
    """An operation in a few words."""
    if isinstance(op, Assign):
        return f"{spell_name(op.variable)} = {spell_value(op.variable, op.value)}"
    if isinstance(op, Shift):
        return f"{spell_name(op.variable)} {op.by:+d}"
    if isinstance(op, Block):
        inner = "; ".join(spell_op(one) for one in op.ops)
        return inner if op.condition == Constant(True) else f"if {spell(op.condition)}: {inner}"
    if isinstance(op, Say):
        return "says something"
    assert isinstance(op, Tell)
    return f"tells: {op.notice} {op.subject}"
