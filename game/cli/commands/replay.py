"""`igh replay`: a life from a code or a file, played to its last place without touching the saves."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from ..files import read_file
from ..output import print_json

if TYPE_CHECKING:
    from game.session import Turn
    from game.story import Story

__all__ = ["GROUP", "HELP", "arguments", "is_typed_code", "run"]

GROUP = "play"
_LONGEST = 1_000
HELP = "replays a share code or an exported life to its last place"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "life",
        metavar="CODE_OR_FILE",
        nargs="+",
        help="a share code, or what `igh saves export` wrote; - for standard input",
    )
    parser.add_argument("--plain", action="store_true", help="print the whole life as a transcript")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    from game.plain.console import WIDEST, wrap
    from game.plain.page import turn_lines
    from game.saves import settings_in
    from game.session.passing import SETTING, as_read
    from game.story import Story

    life = " ".join(args.life)
    kept = None if is_typed_code(life) else read_file(life)
    story = Story.load(args.scenes)
    turns, note = _turns_of(story, life, kept)
    last = turns[-1].view
    if note is not None:
        print(f"igh: {note}", file=sys.stderr)
    if args.json:
        place = {"episode": last.episode, "passage": last.passage, "ending": last.ending}
        print_json({"moves": [turn.move for turn in turns[1:]], **place, "note": note})
        return 0
    before, passing = None, settings_in(args.saves).get(SETTING) == "pass"
    for index, turn in enumerate(turns):
        if args.plain or index == len(turns) - 1:
            for line in turn_lines(story, as_read(turn, passing), before, lambda _: False):
                print(*wrap(line, WIDEST), sep="\n")
            before = turn.view
    return 0


def _turns_of(story: Story, life: str, kept: bytes | None) -> tuple[list[Turn], str | None]:
    """The turns of a life by its code, or from a file that has a life or a code in it; and a note, if any.

    `kept` is what is in the file, None if there is none. Raises BadImport.
    """
    from game.session import replay_code, replay_file
    from game.session.transfer import is_code

    if kept is None:
        return replay_code(story, life)
    return replay_code(story, kept.decode()) if is_code(kept) else (replay_file(story, kept), None)


def is_typed_code(life: str) -> bool:
    """Whether this is meant as a code: no file has that name, and it does not look like the name of one."""
    if life == "-" or len(life) > _LONGEST or any(char in life for char in "./\\\0"):
        return False
    try:
        return not os.path.exists(life)
    except (OSError, ValueError):
        return True
