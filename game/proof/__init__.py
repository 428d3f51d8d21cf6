"""What can be said of a season without reading it: checked, counted, drawn, walked at random, proved.

Everything is imported when first asked for, because a game that only wants the shares of a season should not
pay for its proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .checking import check
    from .graph_map import episode_map
    from .refs import references
    from .shares_file import Shares, shares
    from .stats import season_stats
    from .walking import walk

__all__ = ["Shares", "check", "episode_map", "references", "season_stats", "shares", "walk"]

_HOMES = {
    "Shares": "shares_file",
    "check": "checking",
    "episode_map": "graph_map",
    "references": "refs",
    "season_stats": "stats",
    "shares": "shares_file",
    "walk": "walking",
}


def __getattr__(name: str) -> object:
    """The names above, imported on first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value: object = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
