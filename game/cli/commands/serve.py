"""`igh serve`: the same game in a browser, on this machine only unless told otherwise."""

from __future__ import annotations

import argparse
import importlib.util
import shlex
import sys
from pathlib import Path

from ..faults import Fault

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "play"
HELP = "the game in a browser, on localhost"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8000, help="8000 unless given")
    parser.add_argument("--host", default="localhost", help="localhost unless given")


def run(args: argparse.Namespace) -> int:
    if importlib.util.find_spec("textual_serve") is None:
        raise Fault(
            'textual-serve is missing: pip install "igh-file[serve]" (or, in a checkout, -e ".[serve]")'
        )
    from textual_serve.server import Server

    Server(_command(args.scenes, args.saves), host=args.host, port=args.port, title="The IGH File").serve()
    return 0


def _command(scenes: Path | None, saves: Path | None) -> str:
    words = [sys.executable, "-m", "game"]
    for option, folder in (("--scenes", scenes), ("--saves", saves)):
        if folder is not None:
            words += [option, str(folder.absolute())]
    return shlex.join(words)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port (1 to 65535)")
    return int(text)
