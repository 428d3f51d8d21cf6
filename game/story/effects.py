"""The effects a scene can have, one small function each.

To add one: a field in `Effects` (its schema, and so what editors complete) and a function of the same name
under `@_effect` that turns what was written into operations. Loader, engine, proof and both front ends
need no change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Protocol

import msgspec
from msgspec import Meta

from .expressions import TRUE, Condition, Not, Test
from .findings import Findings
from .ops import Assign, Block, Op, Shift, Tell
from .variables import Variable

__all__ = ["EffectContext", "Effects", "Value", "effect_ops"]

Value = str | int | bool
"""A value as written. The loader keeps it as text; editors may take it for a number or a truth value."""


class Learn(msgspec.Struct, forbid_unknown_fields=True):
    """A clue that is learned only sometimes."""

    clue: str
    when: str | None = None


class Kill(msgspec.Struct, forbid_unknown_fields=True):
    """How and where somebody died, and whom Jessica blames."""

    how: Annotated[str, Meta(extra={"kind": "prose"})]
    where: str
    blame: str = "nobody"


class Effects(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a choice or a passage changes. Effects happen in the order of these fields."""

    set: dict[str, Value] = msgspec.field(default_factory=dict)
    trust: dict[str, Value] = msgspec.field(default_factory=dict)
    learn: str | tuple[str | Learn, ...] = ()
    kill: dict[str, Kill] = msgspec.field(default_factory=dict)
    blame: dict[str, str] = msgspec.field(default_factory=dict)
    turn: dict[str, str] = msgspec.field(default_factory=dict)
    hours: Value | None = None
    gone: str | tuple[str, ...] = ()
    ask: str | tuple[str, ...] = ()
    do: tuple[Conditional, ...] = ()


class Conditional(Effects, forbid_unknown_fields=True, kw_only=True):
    """Effects that happen only when a condition holds."""

    when: str


class EffectContext(Protocol):
    """What an effect may ask of the season it stands in."""

    findings: Findings

    def declared(self, prefix: str, name: str) -> Variable | None:
        """The variable `prefix.name` (or `name`, with no prefix), or None after noting that there is none."""
        ...

    def value(self, variable: Variable, word: str) -> int | None:
        """The value `word` names, or None after noting that it names none."""
        ...

    def condition(self, text: str) -> Condition:
        """A condition as it stands in the file."""
        ...

    def contradictions(self, clue: str) -> tuple[tuple[Test, str, str], ...]:
        """For each theory `clue` contradicts: the test that it stands, its question, and that one's text."""
        ...

    def lead_gone(self, lead: str) -> tuple[Op, ...]:
        """What happens when this lead is gone."""
        ...

    def place(self, name: str) -> str:
        """The name of a place, noting one that does not exist."""
        ...


_Effect = Callable[[Any, EffectContext], list[Op]]
_EFFECTS: dict[str, _Effect] = {}


def _effect(function: _Effect) -> _Effect:
    _EFFECTS[function.__name__.strip("_")] = function
    return function


def effect_ops(effects: Effects, context: EffectContext) -> tuple[Op, ...]:
    """The operations of everything in `effects`, in the order in which they happen."""
    ops: list[Op] = []
    for name in Effects.__struct_fields__:
        written = getattr(effects, name)
        if written not in (None, (), {}):
            ops += _EFFECTS[name](written, context)
    return tuple(ops)


def _names(written: str | tuple[str, ...]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else written


def _change(variable: Variable, written: str, context: EffectContext, notice: str | None = None) -> list[Op]:
    """A signed number adds, anything else sets."""
    if written[:1] in "+-" and written[1:].isdigit():
        if variable.boolean:
            context.findings.add(written, f"`{variable.name}` is yes or no; `{written}` adds")
            return []
        return [Shift(variable, int(written), notice)]
    value = context.value(variable, written)
    return [] if value is None else [Assign(variable, value, notice)]


@_effect
def set_(written: dict[str, str], context: EffectContext) -> list[Op]:
    """Dials and flags."""
    ops: list[Op] = []
    for name, value in written.items():
        variable = context.declared("", name)
        if variable is not None:
            ops += _change(variable, value, context, "dial" if variable.kind == "dial" else None)
    return ops


@_effect
def trust(written: dict[str, str], context: EffectContext) -> list[Op]:
    """Alliances, shown when they move."""
    ops: list[Op] = []
    for name, value in written.items():
        variable = context.declared("trust", name)
        if variable is not None:
            ops += _change(variable, value, context, "trust")
    return ops


@_effect
def learn(written: str | tuple[str | Learn, ...], context: EffectContext) -> list[Op]:
    """Clues, each with what it does to a theory that stands."""
    ops: list[Op] = []
    for item in (written,) if isinstance(written, str) else written:
        name, when = (item.clue, item.when) if isinstance(item, Learn) else (item, None)
        clue = context.declared("clue", name)
        if clue is None:
            continue
        new: list[Op] = [Assign(clue, 1, "clue")]
        fruitful = context.declared("internal", "fruitful")
        if fruitful is not None:
            new.append(Assign(fruitful, 1))
        for stands, question, text in context.contradictions(str(name)):
            new.append(Block(stands, (Tell("contradicted", question, text),)))
        ops.append(
            Block(context.condition(when) if when else TRUE, (Block(Not(Test(clue, ">=", 1)), tuple(new)),))
        )
    return ops


@_effect
def kill(written: dict[str, Kill], context: EffectContext) -> list[Op]:
    """Somebody dies, and goes into the ledger."""
    ops: list[Op] = []
    for name, death in written.items():
        dead = context.declared("dead", name)
        if dead is not None:
            ops.append(Assign(dead, 1, "death", (death.how, context.place(death.where))))
            ops += blame({name: death.blame}, context)
    return ops


@_effect
def blame(written: dict[str, str], context: EffectContext) -> list[Op]:
    """Whom she holds responsible, rightly or not."""
    ops: list[Op] = []
    for name, culprit in written.items():
        variable = context.declared("blame", name)
        value = None if variable is None else context.value(variable, culprit)
        if variable is not None and value is not None:
            ops.append(Assign(variable, value, "blame" if value else None))
    return ops


@_effect
def turn(written: dict[str, str], context: EffectContext) -> list[Op]:
    """A fork of the season is taken."""
    ops: list[Op] = []
    for name, outcome in written.items():
        variable = context.declared("turn", name)
        value = None if variable is None else context.value(variable, outcome)
        if variable is not None and value is not None:
            ops.append(Assign(variable, value, "turn"))
    return ops


@_effect
def hours(written: str, context: EffectContext) -> list[Op]:
    """The clock of the episode."""
    variable = context.declared("", "hours")
    return [] if variable is None else _change(variable, written, context)


@_effect
def gone(written: str | tuple[str, ...], context: EffectContext) -> list[Op]:
    """Leads that can no longer be followed, with their consequences."""
    return [op for name in _names(written) for op in context.lead_gone(name)]


@_effect
def ask(written: str | tuple[str, ...], context: EffectContext) -> list[Op]:
    """A question goes up on the Board."""
    ops: list[Op] = []
    for name in _names(written):
        variable = context.declared("asked", name)
        if variable is not None:
            ops.append(Assign(variable, 1, "question"))
    return ops


@_effect
def do(written: tuple[Conditional, ...], context: EffectContext) -> list[Op]:
    """Blocks of effects under a condition each."""
    return [Block(context.condition(block.when), effect_ops(block, context)) for block in written]
