"""`igh walk`: random seasons by the thousand; with --shares, the shares that are kept with the season."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any

from ..faults import BadArguments, Fault
from ..output import print_json

if TYPE_CHECKING:
    from game.proof.walking import Walk
    from game.story import Story

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "write"
HELP = "plays random seasons, choosing and pinning blindly"
_RUNS = 1_000
_SAMPLE = 10_000
_LISTED = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=_count, metavar="N", help=f"how many; {_RUNS:,} unless given")
    parser.add_argument("--seed", type=int, metavar="S", help="1 unless given; the same seed plays the same")
    parser.add_argument("--novelty", action="store_true", help="prefer what was taken least")
    parser.add_argument(
        "--jobs", type=_count, metavar="N", help="processes; the result does not depend on it"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--shares", action="store_true", help="measure how blind plays come out, and keep it")
    parser.add_argument("--check", action="store_true", help="with --shares: compare a sample, write nothing")


def run(args: argparse.Namespace) -> int:
    from game.proof.walking import walk
    from game.story import Story

    if args.check and not args.shares:
        raise BadArguments("--check belongs to --shares")
    if args.shares and args.novelty:
        raise BadArguments("shares are of blind plays, so --novelty has no part in them")
    story = Story.load(args.scenes)
    if args.shares:
        return _check_shares(args, story) if args.check else _write_shares(args, story)
    found = walk(story, _runs(args, _RUNS), _seed(args, 1), args.novelty, _jobs(args))
    if args.json:
        print_json(_as_json(found))
    else:
        _print(found)
    return 1 if found.errors else 0


def _runs(args: argparse.Namespace, default: int) -> int:
    return default if args.runs is None else args.runs


def _seed(args: argparse.Namespace, default: int) -> int:
    return default if args.seed is None else args.seed


def _jobs(args: argparse.Namespace) -> int:
    return args.jobs or os.cpu_count() or 1


def _as_json(found: Walk) -> dict[str, Any]:
    """The promised keys first; what comes after them may grow."""
    return {
        "runs": found.runs,
        "finished": found.finished,
        "errors": found.errors,
        "moves": found.moves,
        "seconds": found.seconds,
        "coverage": {"passages": found.coverage.passages, "choices": found.coverage.choices},
        "endings": found.endings,
        "lengths": _lengths(found.lengths),
        "turns": found.turns,
        "theories": found.theories,
        "deaths": found.deaths,
        "unread": found.coverage.unread,
        "untaken": found.coverage.untaken,
        "faults": found.faults,
    }


def _lengths(lengths: list[int]) -> dict[str, int]:
    if not lengths:
        return {}
    ordered = sorted(lengths)
    return {"shortest": ordered[0], "median": ordered[len(ordered) // 2], "longest": ordered[-1]}


def _print(found: Walk) -> None:
    rate = found.moves / found.seconds if found.seconds else 0
    print(f"{found.finished:,} of {found.runs:,} seasons finished, {found.errors:,} broke")
    print(f"{found.moves:,} moves in {found.seconds:.2f} s ({rate:,.0f} a second)")
    lengths = ", ".join(f"{name} {moves}" for name, moves in _lengths(found.lengths).items())
    print(f"moves in a season: {lengths or 'none'}")
    print(f"read: {found.coverage.passages:.1%} of passages, {found.coverage.choices:.1%} of choices")
    for name, missing in (("never read", found.coverage.unread), ("never taken", found.coverage.untaken)):
        if missing:
            more = f" and {len(missing) - _LISTED} more" if len(missing) > _LISTED else ""
            print(f"  {name}: {', '.join(missing[:_LISTED])}{more}")
    _table("endings", {"": found.endings}, found.finished)
    _table(
        "turns",
        {k: v for k, v in found.turns.items() if len([n for n in v.values() if n]) > 1},
        found.finished,
    )
    _table("theories at the close", found.theories, found.finished)
    _table("deaths", {"": {name: count for name, count in found.deaths.items() if count}}, found.finished)
    for fault in found.faults:
        print(f"{_times(fault.plays)} broke at {fault.passage}: {fault.reason}")
        print(f"  moves: {' '.join(fault.moves)}")


def _times(plays: int) -> str:
    return "one play" if plays == 1 else f"{plays:,} plays"


def _table(title: str, rows: dict[str, dict[str, int]], total: int) -> None:
    lines = [
        f"  {name + ': ' if name else ''}"
        + ", ".join(f"{word} {count / total:.1%}" for word, count in row.items())
        for name, row in rows.items()
        if row and total
    ]
    if lines:
        print(title)
        print(*lines, sep="\n")


# Shares ----------------------------------------------------------------------------------------


def _write_shares(args: argparse.Namespace, story: Story) -> int:
    from game.proof.shares_file import RUNS, SEED, measure, write
    from game.proof.walking import walk

    seed = _seed(args, SEED)
    found = walk(story, _runs(args, RUNS), seed, False, _jobs(args))
    try:
        kept = measure(story, found, seed)
        path = write(story, kept)
    except ValueError as problem:
        raise Fault(f"no shares: {problem}. `igh walk` shows where.") from problem
    except OSError as problem:
        raise Fault(f"the shares cannot be written: {problem}") from problem
    if args.json:
        print_json(kept)
    else:
        print(f"{path}: {len(list(kept.figures()))} shares of {kept.runs:,} blind plays, seed {kept.seed}")
    return 0


def _check_shares(args: argparse.Namespace, story: Story) -> int:
    from game.proof.shares_file import SEED, compare, measure, season_hash, shares
    from game.proof.walking import walk

    kept = shares(story)
    if kept is None:
        raise Fault("no shares are kept for this edition. `igh walk --shares` measures them.")
    seed = _seed(args, SEED + 1)  # plays of its own: the kept ones again would agree by themselves
    found = walk(story, _runs(args, _SAMPLE), seed, False, _jobs(args))
    try:
        wrong = compare(kept, measure(story, found, seed))
    except ValueError as problem:
        raise Fault(f"no sample: {problem}. `igh walk` shows where.") from problem
    current = season_hash(story.folder) == kept.hash
    if args.json:
        print_json({"runs": found.runs, "current": current, "off": wrong})
        return 1 if wrong else 0
    print(*wrong, sep="\n", end="\n" if wrong else "")
    if not current:
        print("The scenes have changed since the shares were measured.")
    print(f"{len(wrong)} of {len(list(kept.figures()))} shares are off, in {found.runs:,} plays")
    if wrong:
        print("`igh walk --shares` measures them again.")
    return 1 if wrong else 0


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 10_000_000):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of them (1 to 10,000,000)")
    return int(text)
