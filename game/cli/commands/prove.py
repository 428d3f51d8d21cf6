"""`igh prove`: that nobody gets stuck, every play can end, everything can be read and every question is fair."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import msgspec

from ..faults import Fault
from ..output import print_json

if TYPE_CHECKING:
    from pathlib import Path

    from game.proof.prove_model import Proof
    from game.story import Story

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "write"
HELP = "proves that nobody gets stuck, every play can end and everything can be read"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument(
        "--seconds", type=float, default=60, help="how long it may take, or one mutant; 60 unless given"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the walks and of the mutations")
    parser.add_argument(
        "--witness",
        metavar="KEY",
        help="the moves to one thing: ending:north, passage:…, clue:…, turn:t1=refused",
    )
    parser.add_argument(
        "--write-witnesses", metavar="DIR", nargs="?", const="", help="write them (tests/witnesses)"
    )
    parser.add_argument(
        "--mutate", type=int, metavar="N", help="break the season in N ways and count what is caught"
    )
    parser.add_argument(
        "--jobs", type=int, default=1, help="how many mutants are proved at a time; 1 unless given"
    )


def run(args: argparse.Namespace) -> int:
    from game.story import Story

    story = Story.load(args.scenes)
    if args.witness is not None:
        return _witness(story, args)
    if args.mutate is not None:
        return _mutate(story, args)
    from game.proof.prove import prove

    proof = prove(story, seconds=args.seconds, seed=args.seed, plays=_stored(story))
    if args.write_witnesses is not None:
        _write(story, proof, args)
    if args.json:
        print_json(proof.contract())
    else:
        _print(proof)
    return 0 if proof.proved else 1


def _print(proof: Proof) -> None:
    for name in ("stuck", "unending", "unfair", "unreached", "bounded"):
        for claim in getattr(proof, name):
            print(f"{claim.at}: {name}: {claim.what}: {claim.why}")
            if claim.moves is not None:
                print(f"    {' '.join(claim.moves) or 'at once'}")
    counts = ", ".join(
        f"{len(getattr(proof, name))} {name}"
        for name in ("stuck", "unending", "unfair", "unreached", "bounded")
    )
    print(f"{proof.passages} passages, {proof.choices} choices, {len(proof.endings)} endings can be read")
    print(f"{'proved' if proof.proved else 'not proved'}: {counts} ({'; '.join(proof.notes)})")


def _witness(story: Story, args: argparse.Namespace) -> int:
    from game.proof.symbolic_limits import TooMuch
    from game.proof.witness import UnknownTarget, witness

    try:
        moves = witness(story, args.witness, seconds=args.seconds)
    except UnknownTarget as unknown:
        raise Fault(str(unknown)) from unknown
    except TooMuch as limit:
        raise Fault(f"no way to {args.witness} was found, and none was excluded: {limit}") from limit
    if moves is None:
        raise Fault(f"nothing leads to {args.witness}")
    if args.json:
        print_json({"target": args.witness, "moves": list(moves)})
    else:
        print("\n".join(moves))
    return 0


def _folder(story: Story) -> Path:
    """Where a season's witnesses are stored."""
    return story.folder.parent / "tests" / "witnesses"


def _stored(story: Story) -> list[tuple[str, ...]]:
    """The plays that are stored with the season; what still holds of them need not be looked for."""
    from game.proof.witness_files import stored_plays

    try:
        return stored_plays(_folder(story))
    except ValueError as wrong:
        raise Fault(f"{wrong}; delete what is there, or write it again") from wrong


def _write(story: Story, proof: Proof, args: argparse.Namespace) -> None:
    from pathlib import Path

    from game.proof.witness_files import write_witnesses

    folder = Path(args.write_witnesses) if args.write_witnesses else _folder(story)
    write_witnesses(story, proof.witnesses, folder)


def _mutate(story: Story, args: argparse.Namespace) -> int:
    from game.proof.prove_mutate import mutate, table

    found = []
    for verdict in mutate(story, args.mutate, args.seed, args.seconds, jobs=args.jobs, plays=_stored(story)):
        found.append(verdict)
        if not args.json:
            by = [verdict.caught] * bool(verdict.caught) + ["witnesses"] * verdict.replayed
            told = f" ({verdict.claim})" if verdict.claim else ""
            print(f"{verdict.kind}: {verdict.about}: {' and '.join(by) or 'missed'}{told}", flush=True)
    if args.json:
        print_json({"mutants": [msgspec.to_builtins(verdict) for verdict in found]})
    else:
        print(table(found))
    return 0
