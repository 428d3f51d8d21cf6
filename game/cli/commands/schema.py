"""`igh schema`: the JSON Schemas that let an editor complete and check a scene while it is written."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..faults import Fault

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "write"
HELP = "writes the schemas for editors into scenes/schema/"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing; say whether they are up to date")


def run(args: argparse.Namespace) -> int:
    from game.story import default_folder, schemas

    folder: Path = (args.scenes or default_folder()) / "schema"
    wanted = {
        folder / f"{name}.json": json.dumps(schema, indent=1, sort_keys=True) + "\n"
        for name, schema in schemas().items()
    }
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    if args.check:
        if stale:
            raise Fault(
                f"not up to date: {', '.join(path.name for path in stale)}. `igh schema` writes them."
            )
        return 0
    try:
        folder.mkdir(exist_ok=True)
        for path in stale:
            path.write_text(wanted[path], "utf-8")
    except OSError as problem:
        raise Fault(f"cannot write {folder}: {problem}") from problem
    print(f"{len(stale)} of {len(wanted)} schemas written to {folder}")
    return 0
