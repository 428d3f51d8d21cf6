"""How commands print."""

from __future__ import annotations

import json

__all__ = ["print_json"]


def print_json(value: object) -> None:
    """One JSON value on stdout, and nothing else. ASCII, so that no terminal's encoding can spoil it."""
    print(json.dumps(value, indent=2))
