"""The season as plain data: every struct a mapping, every variable named where it is used.

Conditions are written as in the scene files. What is one of several shapes (an operation, a part of a text)
says which under `is`; fields that have their default are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from game.proof.refs_words import spell
from game.story import Story
from game.story.expressions import All, Constant, Not, Test
from game.story.expressions import Any as AnyOf
from game.story.variables import Variable

__all__ = ["season_document"]

_SHAPED = ("game.story.ops", "game.story.prose")


def season_document(story: Story) -> dict[str, Any]:
    """Everything that a play of `story` is made of."""
    tables = ("episodes", "passages", "clues", "people", "places", "turns", "beats", "endings", "epilogues")
    return {
        "title": story.title,
        "edition": story.edition,
        "content_note": story.content_note,
        "start": story.start,
        **{table: _data(getattr(story, table)) for table in tables},
        "variables": {name: _variable(variable) for name, variable in story.variables.items()},
    }


def _data(value: object) -> Any:
    if isinstance(value, Variable):
        return value.name
    if isinstance(value, Test | All | AnyOf | Not | Constant):
        return spell(value)
    if isinstance(value, msgspec.Struct):
        return _struct(value)
    if isinstance(value, Mapping):
        return {str(key): _data(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_data(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, str):
        return str(value)
    return value


def _struct(value: msgspec.Struct) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if type(value).__module__ in _SHAPED:
        found["is"] = type(value).__name__.lower()
    for field in msgspec.structs.fields(value):
        item = getattr(value, field.name)
        if field.default is msgspec.NODEFAULT or item != field.default:
            found[field.name] = _data(item)
    return found


def _variable(variable: Variable) -> dict[str, Any]:
    fields = ("kind", "low", "high", "starts", "episode", "local", "label", "about")
    return {**{field: getattr(variable, field) for field in fields}, "words": list(variable.words)}
