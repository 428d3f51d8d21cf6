"""`igh ordinals`: keeps the numbers that share codes count with."""

from __future__ import annotations

import argparse

from ..faults import Fault

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "write"
HELP = "keeps the numbers that share codes count with (--write, --check)"
_SHOWN = 12


def arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--write", action="store_true", help="number what is new; only ever adds lines")
    which.add_argument("--check", action="store_true", help="write nothing; fail if something has no number")


def run(args: argparse.Namespace) -> int:
    from game.story import Story
    from game.story.ordinals import FILE, BadOrdinals, Ordinals

    try:
        ordinals = Ordinals(Story.load(args.scenes))
        missing = [
            f"{episode}/{FILE}: {key} lacks {' '.join(item.name for item in items)}"
            for episode, lacking in ordinals.pending.items()
            for key, items in lacking.items()
        ]
        if args.check:
            if missing:
                rest = [f"and {len(missing) - _SHOWN} more"] if len(missing) > _SHOWN else []
                raise Fault("\n".join([*missing[:_SHOWN], *rest, "`igh ordinals --write` adds them."]))
            print("Everything that can be done has its number.")
            return 0
        for path in ordinals.write():
            print(f"{path} has grown.")
        print(f"{len(missing)} lines added.")
    except (BadOrdinals, OSError, UnicodeError) as problem:
        raise Fault(str(problem)) from problem
    return 0
