"""Leads, hours and the hub, written out as ordinary choices and operations."""

from __future__ import annotations

from .effects import effect_ops
from .expressions import All, Not, Test
from .loading import RawEpisode
from .model import Choice, Divert
from .ops import Assign, Block, Op, Say, Shift
from .prose import Branch, Paragraph, Shown, Text
from .schema import Lead
from .symbols import Scope, Symbols
from .written import all_of, names_of, text_of

__all__ = ["arrival_ops", "gone_ops", "lead_choices", "leaving_ops"]

OPEN, TAKEN, GONE = 0, 1, 2


def gone_ops(raw: RawEpisode, symbols: Symbols, lead: str, aloud: bool = True) -> tuple[Op, ...]:
    """What happens when an open lead is gone; not `aloud`, nobody is told."""
    scope = Scope(symbols, raw.id)
    status = symbols.variables[f"lead.{raw.id}.{lead}"]
    written = raw.file.leads[lead].gone
    ops: list[Op] = [Assign(status, GONE, "lead_gone" if aloud else None)]
    if status in symbols.going:
        return ()
    if written is not None:
        symbols.going.append(status)
        ops += effect_ops(written, scope)
        symbols.going.pop()
        text = text_of(written.text, scope)
        if aloud and text is not None:
            ops.append(Say(text))
    return (Block(Test(status, "==", OPEN), tuple(ops)),)


def leaving_ops(raw: RawEpisode, symbols: Symbols) -> tuple[Op, ...]:
    """What happens to the leads nobody followed when the hub is left for good."""
    return tuple(op for lead in raw.file.leads for op in gone_ops(raw, symbols, lead, aloud=False))


def arrival_ops(raw: RawEpisode, symbols: Symbols, scope: Scope) -> tuple[Op, ...]:
    """What happens on coming back to the hub: the last lead is weighed, and late ones go."""
    if not raw.file.leads:
        return ()
    active, fruitful, dry, hours = (
        symbols.variables[f"{name}.{raw.id}"] for name in ("active", "fruitful", "dry", "hours")
    )
    weighed = (
        Block(Test(fruitful, ">=", 1), (Assign(dry, 0),)),
        Block(Not(Test(fruitful, ">=", 1)), (Shift(dry, 1),)),
        Assign(active, 0),
        Assign(fruitful, 0),
    )
    ops: list[Op] = [Block(Test(active, ">=", 1), weighed)]
    for name, lead in raw.file.leads.items():
        if lead.until is not None:
            ops.append(Block(Test(hours, "<", lead.until), gone_ops(raw, symbols, name)))
    return tuple(ops)


def lead_choices(raw: RawEpisode, symbols: Symbols, scope: Scope, hub: str) -> tuple[Choice, ...]:
    """The leads as they stand in the hub's menu."""
    return tuple(
        choice
        for name, lead in raw.file.leads.items()
        if (choice := _lead_choice(raw, symbols, scope, hub, name, lead)) is not None
    )


def _lead_choice(
    raw: RawEpisode, symbols: Symbols, scope: Scope, hub: str, name: str, lead: Lead
) -> Choice | None:
    status = symbols.variables[f"lead.{raw.id}.{name}"]
    hours = symbols.variables[f"hours.{raw.id}"]
    to = scope.require_passage(lead.to)
    if to is None:
        return None
    if lead.place is not None:
        scope.place(lead.place)
    requires = [scope.declared("clue", clue) for clue in names_of(lead.requires)]
    moot = [
        Test(v, ">=", 1)
        for v in (scope.declared("clue", clue) for clue in names_of(lead.moot))
        if v is not None
    ]
    ready = all_of(
        *(Test(v, ">=", 1) for v in requires if v is not None),
        scope.condition(lead.when) if lead.when else None,
    )
    enough = Test(hours, ">=", lead.hours) if lead.hours else None
    short = Text(
        (Paragraph((f"Takes {_hours(lead.hours)}; you have ", Shown(hours, _numbers(hours.high)), ".")),)
    )
    locked = short if enough is not None else None
    written = text_of(lead.locked, scope)
    if written is not None and ready is not None:
        reason = Branch(Not(ready), written.paragraphs[0].parts, short.paragraphs[0].parts)
        locked = Text((Paragraph((reason,)),))
    visible = all_of(
        Test(status, "==", OPEN),
        Not(All(tuple(moot))) if moot else None,
        Test(hours, ">=", 1) if lead.hours else None,
        None if lead.locked else ready,
    )
    ops: list[Op] = [Assign(status, TAKEN)]
    if lead.hours:
        ops.append(Shift(hours, -lead.hours))
    ops += [
        Assign(symbols.variables[f"active.{raw.id}"], 1),
        Assign(symbols.variables[f"fruitful.{raw.id}"], 0),
    ]
    return Choice(
        id=str(name), text=text_of(lead.text, scope) or Text(()), echo=None,
        when=all_of(ready if lead.locked else None, enough), visible=visible, locked=locked, then=None,
        ops=tuple(ops), to=(Divert(to),), tunnel=None,
        took=symbols.counter("took", f"{hub}.{name}", raw.id), once=False, fallback=False,
        conditional=bool(lead.when or requires or moot), hours=lead.hours or None,
        known=text_of(lead.known, scope),
        line=getattr(name, "line", -1) + 1,
    )  # fmt: skip


def _numbers(high: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(high + 1))


def _hours(count: int) -> str:
    return "an hour" if count == 1 else f"{count} hours"
