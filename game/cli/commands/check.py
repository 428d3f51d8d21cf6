"""`igh check`: every mistake in every scene file at once."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..output import print_json

if TYPE_CHECKING:
    from game.story import Finding

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "write"
HELP = "every mistake in every scene file at once, with line and caret"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object, what is due included")
    parser.add_argument("--due", action="store_true", help="list what is due once more is written, too")


def run(args: argparse.Namespace) -> int:
    import msgspec

    findings = _findings(args)
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = sum(finding.severity == "warning" for finding in findings)
    if args.json:
        listed = [msgspec.to_builtins(finding) for finding in findings]
        print_json({"errors": errors, "warnings": warnings, "findings": listed})
        return 1 if errors else 0
    for finding in findings:
        if args.due or finding.severity != "due":
            print(finding.render())
    due = len(findings) - errors - warnings
    more = "" if args.due or not due else " (`igh check --due` lists them)"
    print(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}, {due} due when more is written{more}")
    return 1 if errors else 0


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _findings(args: argparse.Namespace) -> list[Finding]:
    from game.proof import check
    from game.story import Story, StoryError

    try:
        return check(Story.load(args.scenes))
    except StoryError as error:
        return error.findings
