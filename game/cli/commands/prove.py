"""`igh prove`: that nobody gets stuck, every play can end, everything can be read and every question is fair."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..faults import Fault
from ..output import print_json

if TYPE_CHECKING:
    from game.proof.prove_model import Proof
    from game.story import Story

__all__ = ["GROUP", "HELP", "arguments", "run"]

GROUP = "write"
HELP = "proves that nobody gets stuck, every play can end and everything can be read"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--seconds", type=float, default=60, help="how long it may take; 60 unless given")
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


def run(args: argparse.Namespace) -> int:
    from game.story import Story

    story = Story.load(args.scenes)
    if args.witness is not None:
        return _witness(story, args)
    if args.mutate is not None:
        return _mutate(story, args)
    from game.proof.prove import prove

    proof = prove(story, seconds=args.seconds, seed=args.seed)
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
    from game.proof.witness import UnknownTarget, witness

    try:
        moves = witness(story, args.witness, seconds=args.seconds)
    except UnknownTarget as unknown:
        raise Fault(str(unknown)) from unknown
    if moves is None:
        raise Fault(f"nothing leads to {args.witness}")
    if args.json:
        print_json({"target": args.witness, "moves": list(moves)})
    else:
        print("\n".join(moves))
    return 0


def _write(story: Story, proof: Proof, args: argparse.Namespace) -> None:
    from pathlib import Path

    from game.proof.witness_files import write_witnesses

    folder = (
        Path(args.write_witnesses) if args.write_witnesses else story.folder.parent / "tests" / "witnesses"
    )
    write_witnesses(story, proof.witnesses, folder)


def _mutate(story: Story, args: argparse.Namespace) -> int:
    from game.proof.prove_mutate import mutate

    report = mutate(story, args.mutate, args.seed, args.seconds)
    if args.json:
        print_json(report)
    else:
        print(report.render())
    return 0
