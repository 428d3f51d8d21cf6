"""A comparison of two lives, in words that both front ends use."""

from __future__ import annotations

from collections.abc import Sequence

from .compare import Comparison, Difference, Kind
from .wording import Wording

__all__ = ["comparison_lines"]

_BARE = str.maketrans({"*": None, "∗": "*"})
_TITLES: dict[Kind, str] = {
    "turn": "Turns",
    "dead": "The dead",
    "trust": "Where they stand",
    "clue": "In the casebook",
    "theory": "On the Board",
    "dial": "How she is",
    "lead": "Leads",
    "locked": "Choices that were shut",
}
"""What is told, in this order. Flags are not: their names are their writer's."""
_NOTHING: dict[Kind, str] = {
    "turn": "open",
    "theory": "open",
    "lead": "open",
    "dead": "alive",
    "trust": "not known yet",
}


def comparison_lines(found: Comparison, names: Sequence[str], words: Wording) -> list[str]:
    """The comparison, a line each, without emphasis. `names` are what the two lives are called: `life 2`."""
    parting = found.parting
    where = f"{words.episode(parting.episode)}, {parting.place}"
    count = f"{parting.number} {'choice' if parting.number == 1 else 'choices'}"
    lines = [f"{names[0].capitalize()} and {names[1]}", "", f"They part after {count}: {where}."]
    for name, side in zip(names, (found.a, found.b), strict=True):
        lines.append(f"- {name.capitalize()}: {side.label.translate(_BARE) or 'It ends there.'}")
    told = False
    for kind, title in _TITLES.items():
        if some := found.of(kind):
            lines += ["", title, *(f"- {_difference(each, names)}" for each in some)]
            told = True
    return lines if told else [*lines, "", "Nothing is different."]


def _difference(each: Difference, names: Sequence[str]) -> str:
    name = each.name.translate(_BARE)
    sides = [(side, word.translate(_BARE)) for side, word in zip(names, (each.a, each.b), strict=True)]
    if each.kind == "clue":
        return f"{name}: only in {next(side for side, word in sides if word)}."
    if each.kind == "locked":
        return next(f"{name}: locked in {side} ({word})" for side, word in sides if word)
    nothing = _NOTHING.get(each.kind, "nothing")
    return f"{name}: {'; '.join(f'{word or nothing} in {side}' for side, word in sides)}"
