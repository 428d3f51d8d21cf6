"""The arguments. Every module of `game.cli.commands` is a command; adding one is adding a file.

A command module has `GROUP` (`play` or `write`: where `igh --help` lists it), `HELP` (one line),
`arguments(parser)` and `run(args) -> exit code`. Its name is the module's, with `-` for `_`.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from pathlib import Path
from typing import Protocol, cast

from . import commands

__all__ = ["Command", "common", "find_commands", "make_parser"]


class Command(Protocol):
    """A module of `game.cli.commands`."""

    GROUP: str
    HELP: str

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what the command takes."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it. Returns the exit code."""


def find_commands() -> dict[str, Command]:
    """Every command by the word that calls it, in the order of the alphabet."""
    modules = sorted(each.name for each in pkgutil.iter_modules(commands.__path__))
    return {
        name.strip("_").replace("_", "-"): cast(
            Command, importlib.import_module(f"{commands.__name__}.{name}")
        )
        for name in modules
    }


def common(parser: argparse.ArgumentParser, *, inner: bool) -> None:
    """The options of every command. `inner`: after the command word, where leaving one out says nothing."""
    default = argparse.SUPPRESS if inner else None
    group = parser.add_argument_group("everywhere")
    group.add_argument("--scenes", type=_folder, metavar="DIR", default=default, help="the season to use")
    group.add_argument(
        "--saves", type=_path, metavar="DIR", default=default, help="where saves are kept (or IGH_SAVES)"
    )


def make_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    found = find_commands()
    parser = argparse.ArgumentParser(
        prog="igh",
        description="The IGH File: a text adventure. Without a command: the game, full screen.",
        epilog=_listing(found),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="igh [COMMAND] [OPTION ...]",
        allow_abbrev=False,
    )
    common(parser, inner=False)
    parser.set_defaults(command=None)
    words = parser.add_subparsers(metavar="COMMAND", help=argparse.SUPPRESS, title=argparse.SUPPRESS)
    for word, command in found.items():
        inner = words.add_parser(
            word,
            help=command.HELP,
            description=command.HELP,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        inner.set_defaults(command=command)
        command.arguments(inner)
        common(inner, inner=True)
    return parser


def _listing(found: dict[str, Command]) -> str:
    lines = []
    for group, title in (("play", "To play:"), ("write", "To write:")):
        lines += [
            title,
            *(f"  {word:<14}{each.HELP}" for word, each in found.items() if group == each.GROUP),
            "",
        ]
    return "\n".join(
        [
            *lines,
            "`igh COMMAND --help` says more. Exit code: 0 well, 1 story or save at fault, 2 bad arguments.",
        ]
    )


def _path(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("a folder needs a name")
    return Path(text).expanduser()


def _folder(text: str) -> Path:
    path = _path(text)
    try:
        if path.is_dir():
            return path
    except (OSError, ValueError):
        pass
    raise argparse.ArgumentTypeError(f"there is no folder {text!r}")
