"""Witnesses on disk: one readable file per episode, a play a line or two, replayed by a test.

A play is cut where episodes begin. Each piece stands in the file of its episode, names the piece it goes on from,
and lists what it is the witness of. A choice is written by its id alone, since the play says where it stands.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
import yaml

from game.story import Story

from .prove_build import build_graph
from .prove_graph import Graph
from .witness_cover import Tracer, covering

__all__ = ["Piece", "moves_to", "read_witnesses", "stored_plays", "write_witnesses"]

HEAD = "# Written by `igh prove --write-witnesses`. Each play was found by search and shows what it lists.\n"
WIDTH = 110


class Piece(msgspec.Struct):
    """A play's part in one episode. `after` is the piece before it, by `episode.name`; `shows` are targets."""

    episode: str
    name: str
    after: str | None
    moves: tuple[str, ...]
    shows: list[str] = []

    @property
    def id(self) -> str:
        """`e02.p7`."""
        return f"{self.episode}.{self.name}"


def write_witnesses(story: Story, witnesses: Mapping[str, tuple[str, ...]], folder: Path) -> list[Path]:
    """Write the files of a season, and remove those of episodes that are gone. Returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces = _pieces(build_graph(story), witnesses.values())
    files = {folder / f"{episode}.yaml": found for episode, found in pieces.items()}
    for path in folder.glob("*.yaml"):
        if path not in files:
            path.unlink()
    for path, found in files.items():
        path.write_text(_text(found), "utf-8")
    return list(files)


def read_witnesses(folder: Path) -> dict[str, Piece]:
    """Every piece by its id, the files in order."""
    found: dict[str, Piece] = {}
    for path in sorted(folder.glob("*.yaml")):
        document = yaml.safe_load(path.read_text("utf-8"))
        for name, play in document["plays"].items():
            moves = tuple((play["moves"] or "").split())
            piece = Piece(
                str(document["episode"]), name, play.get("after"), moves, (play["shows"] or "").split()
            )
            found[piece.id] = piece
    return found


def moves_to(pieces: Mapping[str, Piece], piece: Piece) -> tuple[str, ...]:
    """All moves of a play up to the end of one piece."""
    moves = piece.moves
    while piece.after is not None:
        piece = pieces[piece.after]
        moves = piece.moves + moves
    return moves


def stored_plays(folder: Path) -> list[tuple[str, ...]]:
    """The moves of every play in a folder, none if there is no such folder. Raises ValueError if they make no sense."""
    try:
        pieces = read_witnesses(folder)
        return [moves_to(pieces, piece) for piece in pieces.values()]
    except (yaml.YAMLError, AttributeError, KeyError, TypeError) as wrong:
        raise ValueError(f"{folder} does not hold witnesses ({type(wrong).__name__}: {wrong})") from wrong


def _pieces(graph: Graph, witnesses: Iterable[tuple[str, ...]]) -> dict[str, list[Piece]]:
    tracer, told = Tracer(graph), set[str]()
    made: dict[tuple[str | None, tuple[str, ...]], Piece] = {}
    pieces: dict[str, list[Piece]] = {}
    for moves in covering(graph, witnesses):
        met = tracer.met(moves)
        after: str | None = None
        start = 0
        for end in [n for n, move in enumerate(moves) if move.endswith(".close/continue")] + [len(moves) - 1]:
            part = tuple(
                move if move.startswith("board/") else move.rpartition("/")[2]
                for move in moves[start : end + 1]
            )
            if not part and start:
                continue
            piece = made.get((after, part))
            if piece is None:
                episode = moves[start].partition(".")[0] if moves else graph.spots[graph.start].episode
                episode = next(
                    (m.partition(".")[0] for m in moves[start:] if not m.startswith("board/")), episode
                )
                here = pieces.setdefault(episode, [])
                piece = made[after, part] = Piece(episode, f"p{len(here) + 1}", after, part)
                here.append(piece)
            first = 0 if start == 0 else start + 1
            shown = [key for keys in met[first : end + 2] for key in keys if key not in told]
            piece.shows += shown
            told.update(shown)
            after, start = piece.id, end + 1
    return pieces


def _text(pieces: list[Piece]) -> str:
    lines = [HEAD, f"episode: {pieces[0].episode}", "plays:"]
    for piece in pieces:
        lines.append(f"  {piece.name}:")
        if piece.after is not None:
            lines.append(f"    after: {piece.after}")
        lines += ["    moves: >-", *_wrapped(piece.moves), "    shows: >-", *_wrapped(piece.shows)]
    return "\n".join(lines) + "\n"


def _wrapped(words: Iterable[str]) -> list[str]:
    indent = " " * 6
    return textwrap.wrap(
        " ".join(words), WIDTH, initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
