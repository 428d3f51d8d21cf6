"""The IGH File: a text adventure for the terminal.

`Story` is a season, read and checked; `Play` is one way through it. Both are imported when first asked
for, so that `import game` costs nothing and the full-screen game can paint before anything is parsed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.engine import Play
    from game.story import Story

__all__ = ["Play", "Story"]

_HOMES = {"Play": "game.engine", "Story": "game.story"}


def __getattr__(name: str) -> object:
    """`Story` and `Play`, imported on first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value: object = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
