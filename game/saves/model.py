"""The values the saves hand out, and what can go wrong with them.

All are frozen: a caller may keep one for as long as it likes, and no two windows share anything but the
file.
"""

from __future__ import annotations

import hashlib
import pathlib
from datetime import UTC, datetime

import msgspec

__all__ = [
    "BadImport",
    "Bookmark",
    "InUse",
    "Life",
    "Node",
    "NotKept",
    "Opening",
    "Path",
    "SavesError",
    "Snapshot",
    "StoreTooNew",
    "TreeNode",
    "now",
    "stable_id",
]

Snapshot = dict[str, str]
"""Every season variable by name, as a word."""


class SavesError(Exception):
    """Anything the saves refuse. The text is a sentence for the player."""


class StoreTooNew(SavesError):
    """The database was written by a newer version of the game. It has not been touched."""

    def __init__(self, path: pathlib.Path, found: int, known: int) -> None:
        self.path = path
        self.found = found
        self.known = known
        super().__init__(
            f"The saves in {path} were written by a newer version of this game (format {found}; this version "
            f"knows up to {known}). They have not been touched. Update the game, or choose another folder."
        )


class BadImport(SavesError, ValueError):
    """A file that is not a life this game can take in. Nothing was changed."""


class NotKept(SavesError, LookupError):
    """No node or bookmark of this id is in the saves."""


class InUse(SavesError):
    """The bookmark is the autosave of another window that is open."""


class Node(msgspec.Struct, frozen=True):
    """One decision. `offered` are the ids that were on offer after it; `when` is UTC, ISO 8601.

    `parent` is None and `move` is empty for a root, where a life begins. `opening` is (episode, snapshot)
    if the move opened an episode; a root always has one.
    """

    id: int
    parent: int | None
    move: str
    passage: str
    episode: str
    edition: str
    offered: tuple[str, ...]
    opening: tuple[str, Snapshot] | None
    when: str


class TreeNode(msgspec.Struct, frozen=True, gc=False):
    """A node as the map needs it: without its snapshot."""

    id: int
    parent: int | None
    move: str
    passage: str
    episode: str
    when: str
    offered: tuple[str, ...] = ()


class Opening(msgspec.Struct, frozen=True):
    """An episode's opening on a path: the state there, after `at` moves."""

    at: int
    episode: str
    snapshot: Snapshot


class Path(msgspec.Struct, frozen=True):
    """The way from a root to a node.

    `episode` and `snapshot` are the origin. `nodes` and `passages` have one more than `moves`: the root is
    first. `openings` begins with the origin, at 0. `edition` is the story's at the last node. A snapshot is
    empty only where a damaged file lost it.
    """

    story: str
    edition: str
    episode: str
    snapshot: Snapshot
    moves: tuple[str, ...]
    nodes: tuple[int, ...]
    passages: tuple[str, ...]
    openings: tuple[Opening, ...]


class Bookmark(msgspec.Struct, frozen=True):
    """A named place in the tree, or an autosave.

    `mine`: the autosave of this window. `live`: the autosave of another window that is open now. `moves` is
    how many led there; `episode`, `place` and `line` are what the front end said of it.
    """

    id: int
    name: str
    auto: bool
    mine: bool
    live: bool
    story: str
    node: int
    episode: str
    place: str
    moves: int
    line: str
    when: str


class Life(msgspec.Struct, frozen=True):
    """One path as a file holds it: what `export` writes and `import_` reads.

    `openings` begins with the origin, at 0. `passages` has one for each move, the one it led to.
    """

    story: str
    edition: str
    name: str
    episode: str
    place: str
    line: str
    openings: tuple[Opening, ...]
    moves: tuple[str, ...]
    passages: tuple[str, ...]


def stable_id(*parts: str | int | None) -> int:
    """The id of something by what it is: 63 bits, never 0.

    The same move from the same node has the same id in every window, before it is written and after, and
    in a database put together again from what was left of another.
    """
    digest = hashlib.blake2b("\x00".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big") >> 1 or 1


def now() -> str:
    """The time by the wall clock, UTC, ISO 8601 with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
