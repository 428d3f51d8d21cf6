"""The full-screen game, where there is a screen to fill."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from .faults import BadArguments

__all__ = ["full_screen", "need_screen"]


def need_screen() -> None:
    """Raise BadArguments, which says what to do instead, where there is no terminal."""
    in_browser = (
        "TEXTUAL_DRIVER" in os.environ
    )  # `igh serve` runs the game behind a pipe, with a driver for it
    if not in_browser and not (sys.stdout.isatty() and sys.stdin.isatty()):
        raise BadArguments("this is not a terminal. `igh play --plain` is the same game, line by line.")


def full_screen(
    args: argparse.Namespace, *, saves: Path | None = None, watch: bool = False, go_on: bool = False
) -> int:
    """Start the full-screen game on `saves` (None: those of `args`).

    `watch`: scenes are taken in as they are edited. `go_on`: the last life is gone on with at once.
    """
    need_screen()
    from game.tui import run

    return run(args.scenes, saves or args.saves, watch=watch, go_on=go_on)
