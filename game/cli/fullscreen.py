"""The full-screen game, where there is a screen to fill."""

from __future__ import annotations

import argparse
import os
import sys

from .faults import BadArguments

__all__ = ["full_screen"]


def full_screen(args: argparse.Namespace) -> int:
    """Start the full-screen game, or say what to do where there is no terminal."""
    in_browser = (
        "TEXTUAL_DRIVER" in os.environ
    )  # `igh serve` runs the game behind a pipe, with a driver for it
    if not in_browser and not (sys.stdout.isatty() and sys.stdin.isatty()):
        raise BadArguments("this is not a terminal. `igh play --plain` is the same game, line by line.")
    from game.tui import run

    return run(args.scenes, args.saves)
