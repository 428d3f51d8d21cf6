"""`igh export-story`: the compiled season as one JSON document, for other tools."""

from __future__ import annotations

import argparse

from ..output import print_json

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "write"
HELP = "the compiled season as one JSON document"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the same: it is always JSON")


def run(args: argparse.Namespace) -> int:
    from game.story import Story

    from ..document import season_document

    print_json(season_document(Story.load(args.scenes)))
    return 0
