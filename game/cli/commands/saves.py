"""`igh saves`: the bookmarks, and lives in and out of files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..faults import BadArguments, Fault
from ..files import read_file
from ..output import print_json
from ..parser import common

if TYPE_CHECKING:
    from game.saves import Bookmark, Store

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "play"
HELP = "lists, exports, imports and deletes bookmarks"


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(metavar="list|export|import|delete", required=True, dest="word")
    listing = words.add_parser("list", help="the bookmarks, newest first", allow_abbrev=False)
    listing.add_argument("--json", action="store_true", help="one JSON list")
    export = words.add_parser("export", help="writes a life as a readable file", allow_abbrev=False)
    export.add_argument("bookmark", metavar="NAME", help="a bookmark's name, or `auto` for the last play")
    export.add_argument("file", metavar="FILE", nargs="?", help="standard output unless given")
    taking = words.add_parser("import", help="takes in a life, after checking every move", allow_abbrev=False)
    taking.add_argument(
        "file",
        metavar="FILE_OR_CODE",
        nargs="+",
        help="what `export` wrote, or a share code; - for standard input",
    )
    delete = words.add_parser("delete", help="removes a bookmark; what was played stays", allow_abbrev=False)
    delete.add_argument("bookmark", metavar="NAME", help="a bookmark's name, or `auto` for the last play")
    for inner in (listing, export, taking, delete):
        common(inner, inner=True)


def run(args: argparse.Namespace) -> int:
    from game.saves import Store

    store = Store.open(args.saves)
    try:
        if store.temporary and args.word in ("import", "delete"):
            raise Fault("the saves cannot be written, so nothing was changed")
        {"list": _list, "export": _export, "import": _import, "delete": _delete}[args.word](args, store)
        for message in store.messages:
            print(f"igh: {message}", file=sys.stderr)
        return 1 if store.messages else 0
    finally:
        store.close()


def _find(store: Store, name: str) -> Bookmark:
    marks = store.bookmarks()
    for mark in marks:
        if (mark.auto and name == "auto") or (not mark.auto and mark.name == name):
            return mark
    raise BadArguments(f"there is no bookmark {name!r}; `igh saves list` lists them")


def _list(args: argparse.Namespace, store: Store) -> None:
    marks = store.bookmarks()
    if args.json:
        fields = ("name", "episode", "place", "moves", "when", "auto")
        print_json([{field: getattr(mark, field) for field in fields} for mark in marks])
        return
    for mark in marks:
        when = mark.when[:16].replace("T", " ")
        name = "auto" if mark.auto else mark.name
        print(f"{name}: {mark.episode}, {mark.place}, {mark.moves} choices, {when} UTC")
    if not marks:
        print("No bookmarks.")


def _export(args: argparse.Namespace, store: Store) -> None:
    text = store.export(_find(store, args.bookmark))
    if args.file is None:
        print(text, end="")
        return
    try:
        Path(args.file).write_text(text, "utf-8")
    except (OSError, ValueError) as problem:
        raise BadArguments(f"cannot write {args.file!r}: {problem}") from problem


def _import(args: argparse.Namespace, store: Store) -> None:
    from game.session import take_in, take_in_code
    from game.session.transfer import is_code
    from game.story import Story

    from .replay import is_typed_code

    life = " ".join(args.file)
    text = life.encode("utf-8", "surrogateescape") if is_typed_code(life) else read_file(life)
    story, note = Story.load(args.scenes), None
    if is_typed_code(life) or is_code(text):
        mark, note = take_in_code(story, store, text.decode("utf-8", "replace"))
    else:
        mark = take_in(story, store, text)
    print(f"Imported as `{mark.name}`: {mark.moves} choices.")
    if note is not None:
        print(f"igh: {note}", file=sys.stderr)


def _delete(args: argparse.Namespace, store: Store) -> None:
    mark = _find(store, args.bookmark)
    store.delete(mark)
    print(
        f"Deleted the bookmark `{'auto' if mark.auto else mark.name}`. What was played is still on the map."
    )
