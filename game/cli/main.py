"""From a command line to an exit code.

0 when all is well, 1 when the story or a save is at fault, 2 for bad arguments. Nothing is imported before
it is known to be needed: `igh` alone must be on the screen in the time that Textual itself takes.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence

from .faults import BadArguments, Fault
from .parser import make_parser

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run `igh` with these arguments (None: the process's own). Returns the exit code; never raises."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")
    try:
        args = make_parser().parse_args(argv)
    except SystemExit as leaving:  # argparse has said why
        return leaving.code if isinstance(leaving.code, int) else 2
    try:
        code = _run(args)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _run(args: argparse.Namespace) -> int:
    if args.command is None:
        from .fullscreen import full_screen

        work = full_screen
    else:
        work = args.command.run
    try:
        return int(work(args))
    except BadArguments as problem:
        return _refuse(args, str(problem), 2)
    except Fault as problem:
        return _refuse(args, str(problem), 1)
    except Exception as problem:
        if not _is_known(problem):
            raise
        return _refuse(args, str(problem), 1)


def _is_known(problem: Exception) -> bool:
    """Whether this is a fault of the story or of a save, which needs a message and no traceback."""
    from game.saves import SavesError
    from game.story import StoryError

    return isinstance(problem, StoryError | SavesError)


def _refuse(args: argparse.Namespace, message: str, code: int) -> int:
    print(f"igh: {message}", file=sys.stderr)
    if getattr(args, "json", False):
        print(json.dumps({"error": message}))
    return code
