"""The command line: `igh`, and `python -m game`."""

from __future__ import annotations

from .main import main

__all__ = ["main"]
