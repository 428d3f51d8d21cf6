"""`igh refs`: where a name is set and where it is read."""

from __future__ import annotations

import argparse

from ..faults import Fault
from ..output import print_json

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "write"
HELP = "where a name is set and where it is read"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name",
        metavar="NAME",
        help="a flag, clue, turn, passage, passage/choice, person, place, beat or ending",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    import msgspec

    from game.proof.refs import UnknownName, references
    from game.story import Story

    try:
        found = references(Story.load(args.scenes), args.name)
    except UnknownName as problem:
        raise Fault(str(problem)) from problem
    if args.json:
        print_json(msgspec.to_builtins(found))
        return 0
    print(f"{found.name}: {found.kind}{f' — {found.about}' if found.about else ''}")
    for group, places in found.groups.items():
        print(f"{group} ({len(places)})")
        for one in places:
            print(f"  {one.place}: {one.where}: {one.what}")
    return 0
