"""`igh play`: the game, full screen or line by line."""

from __future__ import annotations

import argparse

from ..fullscreen import full_screen

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "play"
HELP = "the game, full screen; with --plain line by line"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plain", action="store_true", help="line by line, for screen readers and pipes")
    parser.add_argument("--new", action="store_true", help="begin a new life (with --plain)")


def run(args: argparse.Namespace) -> int:
    if not args.plain:
        return full_screen(args)
    from game.plain import run as run_plain

    return run_plain(args.scenes, args.saves, args.new)
