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

__all__ = ["GROUP", "HELP", "arguments", "is_typed_code", "run", "turns_of"]

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
    from game.story import Story

    story = Story.load(args.scenes)
    turns, note = turns_of(story, " ".join(args.life))
    last = turns[-1].view
    if note is not None:
        print(f"igh: {note}", file=sys.stderr)
    if args.json:
        place = {"episode": last.episode, "passage": last.passage, "ending": last.ending}
        print_json({"moves": [turn.move for turn in turns[1:]], **place, "note": note})
        return 0
    before = None
    for index, turn in enumerate(turns):
        if args.plain or index == len(turns) - 1:
            for line in turn_lines(story, turn, before, lambda _: False):
                print(*wrap(line, WIDEST), sep="\n")
            before = turn.view
    return 0


def turns_of(story: Story, life: str) -> tuple[list[Turn], str | None]:
    """The turns of a life by its code, or by the name of a file that has a life or a code in it.

    With what the player must be told. Raises BadArguments if there is no such file, BadImport.
    """
    from game.session import replay_code, replay_file
    from game.session.transfer import is_code

    if is_typed_code(life):
        return replay_code(story, life)
    text = read_file(life)
    if is_code(text):
        return replay_code(story, text.decode())
    return replay_file(story, text), None


def is_typed_code(life: str) -> bool:
    """Whether this is meant as a code: no file has that name, and it does not look like the name of one."""
    if life == "-" or len(life) > _LONGEST or any(char in life for char in "./\\\0"):
        return False
    try:
        return not os.path.exists(life)
    except (OSError, ValueError):
        return True
