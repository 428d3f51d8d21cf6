"""`igh play`: the game, full screen or line by line; for writers from a passage, and while they write."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from ..faults import BadArguments, Fault
from ..fullscreen import full_screen, need_screen

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "play"
HELP = "the game, full screen; with --plain line by line"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plain", action="store_true", help="line by line, for screen readers and pipes")
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--new", action="store_true", help="begin a new life (with --plain)")
    start.add_argument(
        "--at",
        metavar="PASSAGE",
        help="begin at a passage, such as e01.office.desk, by a real path; your saves are left alone",
    )
    parser.add_argument(
        "--watch", action="store_true", help="take in the scene files as they are edited, where you stand"
    )


def run(args: argparse.Namespace) -> int:
    if not args.plain:
        need_screen()
    if args.at is None:
        return _play(args, args.saves, None)
    return _at(args)


def _play(args: argparse.Namespace, saves: Path | None, preview: str | None) -> int:
    if not args.plain:
        return full_screen(args, saves=saves, watch=args.watch, go_on=preview is not None)
    from game.plain import run as run_plain

    return run_plain(args.scenes, saves, args.new, watch=args.watch, preview=preview)


def _at(args: argparse.Namespace) -> int:
    """Play from a passage, on saves in a temporary folder."""
    from game.saves import settings_in
    from game.session.preview import NoSuchPassage, NoWay, prepare, way_to
    from game.story import Story

    story = Story.load(args.scenes)
    try:
        moves = way_to(story, args.at)
    except NoSuchPassage as problem:
        raise BadArguments(str(problem)) from problem
    except NoWay as problem:
        raise Fault(str(problem)) from problem
    with tempfile.TemporaryDirectory(prefix="igh-", ignore_cleanup_errors=True) as folder:
        saves = Path(folder)
        prepare(story, moves, saves, settings_in(args.saves))
        choices = "choice" if len(moves) == 1 else "choices"
        return _play(args, saves, f"You are at {args.at}, {len(moves)} {choices} in.")
