"""The tree of everything ever decided.

Nothing is loaded that is not asked for. What one window must not lose, the rows from its root to where its
player stands, is also kept here: they are what the game goes on with should the file be unreadable.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from game.saves.database import Database, Statement
from game.saves.model import Life, Node, NotKept, Opening, Path, Snapshot, TreeNode, now, stable_id
from game.saves.recovery import Row
from game.saves.schema import COLUMNS, insert

__all__ = ["BOARD", "Tree", "life_rows", "story_id", "story_statement"]

BOARD = "board/"
"""Moves that begin so are pins; they are not among the choices of a passage."""

_COLUMNS = ", ".join(f"n.{column}" for column in COLUMNS["nodes"])
_PUT = insert("nodes") + " ON CONFLICT(id) "
_RENEW = """DO UPDATE SET edition = excluded.edition, opening = excluded.opening,
    passage = CASE excluded.passage WHEN '' THEN passage ELSE excluded.passage END,
    offered = CASE WHEN excluded.parent IS NULL AND excluded.offered = '[]' THEN offered
              ELSE excluded.offered END"""
_UP = f"""WITH RECURSIVE up(id, depth) AS (
    SELECT ?, 0
    UNION ALL SELECT n.parent, up.depth + 1 FROM up JOIN nodes n ON n.id = up.id
    WHERE n.parent IS NOT NULL AND up.depth < 1000000)
    SELECT {_COLUMNS} FROM up JOIN nodes n ON n.id = up.id ORDER BY up.depth DESC"""
_LIFE = """WITH RECURSIVE
    life(id) AS (SELECT ? UNION SELECT n.parent FROM life JOIN nodes n ON n.id = life.id
        WHERE n.parent IS NOT NULL),
    needed(id) AS (SELECT node FROM bookmarks WHERE id <> ? UNION SELECT n.parent FROM needed
        JOIN nodes n ON n.id = needed.id WHERE n.parent IS NOT NULL),
    doomed(id) AS (SELECT id FROM life WHERE id NOT IN (SELECT id FROM needed)
        UNION SELECT n.id FROM doomed JOIN nodes n ON n.parent = doomed.id)
    DELETE FROM nodes WHERE id IN (SELECT id FROM doomed)"""


class Tree:
    """The nodes of a database, and the trail of this window in it: the rows from the root to its player."""

    def __init__(self, database: Database, trail: list[Row]) -> None:
        self._database = database
        self._trail = trail

    @property
    def here(self) -> Row | None:
        """The row the player of this window stands on."""
        return self._trail[-1] if self._trail else None

    def new_root(
        self,
        title: str,
        edition: str,
        opening: tuple[str, Mapping[str, str]],
        passage: str,
        offered: Sequence[str],
    ) -> tuple[Row, tuple[Statement, ...]]:
        """The row of a root, and what writes it. The same opening of the same story is the same root."""
        row = _root_row(title, edition, opening, passage, offered)
        return row, (story_statement(title, edition), (_PUT + _RENEW, row))

    def new_node(
        self,
        parent: int,
        move: str,
        passage: str,
        offered: Sequence[str],
        edition: str,
        opening: tuple[str, Mapping[str, str]] | None,
    ) -> tuple[Row, Statement]:
        """The row of a node, and what writes it; one that was there is renewed. Raises NotKept."""
        if not move:
            raise ValueError("a move is not empty")
        self.stand(parent)
        above = self._trail[-1]
        episode = opening[0] if opening else str(above[5])
        row: Row = (
            stable_id(parent, move),
            above[1],
            parent,
            sys.intern(move),
            sys.intern(passage),
            sys.intern(episode),
            sys.intern(edition),
            sys.intern(_json(list(offered))),
            _json(dict(opening[1])) if opening else None,
            now(),
        )
        return row, (_PUT + _RENEW, row)

    def put_quietly(self, row: Row) -> Statement:
        """What writes a row unless its node is there already."""
        return _PUT + "DO NOTHING", row

    def step(self, row: Row) -> None:
        """Go on to a child of where the player stands, or begin again at a root."""
        if row[2] is None:
            self._trail.clear()
        self._trail.append(row)

    def stand(self, node: int) -> None:
        """Make `node` where the player stands. Raises NotKept."""
        for index in range(len(self._trail) - 1, -1, -1):
            if self._trail[index][0] == node:
                del self._trail[index + 1 :]
                return
        self._trail[:] = self._rows(node)

    def leave(self) -> None:
        """Stand nowhere, because what was stood on has been erased."""
        self._trail.clear()

    def node(self, node: int) -> Node:
        """Raises NotKept."""
        rows = self._database.read(f"SELECT {_COLUMNS} FROM nodes n WHERE n.id = ?", (node,))
        if not rows:
            raise NotKept(f"No place with the number {node} is in the saves.")
        return _node(rows[0])

    def children(self, node: int) -> list[Node]:
        """What was ever chosen at a node, in the order it was first chosen."""
        rows = self._database.read(
            f"SELECT {_COLUMNS} FROM nodes n WHERE n.parent = ? ORDER BY n.made, n.seq", (node,)
        )
        return [_node(row) for row in rows]

    def path(self, node: int) -> Path:
        """The way to a node from its root; in a recovered tree, from the earliest opening that is left.

        Raises NotKept.
        """
        rows: list[Any] = self._rows(node)
        title = self._database.read("SELECT title FROM stories WHERE id = ?", (rows[0][1],))
        openings = tuple(
            Opening(index, row[5], msgspec.json.decode(row[8], type=Snapshot))
            for index, row in enumerate(rows)
            if row[8] is not None
        )
        return Path(
            story=str(title[0][0]) if title else "",
            edition=rows[-1][6],
            episode=rows[0][5],
            snapshot=openings[0].snapshot,
            moves=tuple(row[3] for row in rows[1:]),
            nodes=tuple(row[0] for row in rows),
            passages=tuple(row[4] for row in rows),
            openings=openings,
        )

    def _rows(self, node: int) -> list[Row]:
        rows: list[Row] = list(self._database.read(_UP, (node,)))
        if rows and rows[0][2] is not None:
            start = next((index for index, row in enumerate(rows) if row[8] is not None), len(rows))
            rows = rows[start:]
        if not rows:
            raise NotKept(f"No place with the number {node} is in the saves.")
        return rows

    def taken(self, passage: str, story: str | None, besides: Collection[int]) -> set[str]:
        """The ids of the choices ever made at `passage`, but for those that led to the nodes `besides`.

        A root may not know its passage; the moves made at it do.
        """
        found: Any = self._database.read(
            """SELECT c.id, c.move FROM nodes p JOIN nodes c ON c.parent = p.id
               WHERE p.passage = ?1 AND p.story IN (SELECT id FROM stories WHERE ?2 IS NULL OR id = ?2)
               UNION ALL
               SELECT c.id, c.move FROM nodes p JOIN nodes c ON c.parent = p.id
               WHERE p.passage = '' AND p.story IN (SELECT id FROM stories WHERE ?2 IS NULL OR id = ?2)
               AND substr(c.move, 1, length(?1) + 1) = ?1 || '/'""",
            (passage, None if story is None else story_id(story)),
        )
        skip = set(besides)
        moves = {move for node, move in found if node not in skip and not move.startswith(BOARD)}
        return {move.rpartition("/")[2] for move in moves}

    def all(self, story: str) -> list[TreeNode]:
        """Every node of a story, oldest first. A `parent` is always one of them."""
        rows: Any = self._database.read(
            """SELECT id, parent, move, passage, episode, made, offered FROM nodes
               WHERE story = ? ORDER BY made, seq""",
            (story_id(story),),
        )
        there = {row[0] for row in rows}  # in a recovered tree, the parent of an opening may be lost
        menus = {text: tuple(msgspec.json.decode(text, type=list[str])) for text in {row[6] for row in rows}}
        return [
            TreeNode(node, parent if parent in there else None, move, passage, episode, made, menus[offered])
            for node, parent, move, passage, episode, made, offered in rows
        ]

    def renewal(self, node: int, passage: str, offered: Sequence[str], edition: str) -> Statement:
        """What writes down that a node leads to that passage now, with that on offer."""
        update = "UPDATE nodes SET passage = ?, offered = ?, edition = ? WHERE id = ?"
        return update, (passage, _json(list(offered)), edition, node)

    def erasure(self, node: int, bookmark: int) -> Statement:
        """What erases the path to `node` as far as no bookmark but `bookmark` needs it, and all that grew
        from what it erases."""
        return _LIFE, (node, bookmark)


def life_rows(life: Life) -> list[Row]:
    """The rows of a life from a file, its root first. What was on offer there is not known."""
    first, *later = life.openings
    root = _root_row(life.story, life.edition, (first.episode, first.snapshot), "", ())
    openings = {opening.at: opening for opening in later}
    rows, episode, made = [root], first.episode, now()
    for count, (move, passage) in enumerate(zip(life.moves, life.passages, strict=True), 1):
        opening = openings.get(count)
        episode = opening.episode if opening else episode
        parent = rows[-1][0]
        kept = _json(opening.snapshot) if opening else None
        node = stable_id(parent, move)
        rows.append((node, root[1], parent, move, passage, episode, life.edition, "[]", kept, made))
    return rows


def _root_row(
    title: str, edition: str, opening: tuple[str, Mapping[str, str]], passage: str, offered: Sequence[str]
) -> Row:
    story = story_id(title)
    episode, snapshot = opening
    kept = _json(dict(snapshot))
    node = stable_id("root", story, episode, kept)
    return node, story, None, "", passage, episode, edition, _json(list(offered)), kept, now()


def story_id(title: str) -> int:
    """The id of a story by its title."""
    return stable_id("story", title)


def story_statement(title: str, edition: str) -> Statement:
    """What writes a story down, or its newer edition."""
    return (
        insert("stories") + " ON CONFLICT(id) DO UPDATE SET edition = excluded.edition",
        (story_id(title), title, edition, now()),
    )


def _node(row: Sequence[Any]) -> Node:
    node, _, parent, move, passage, episode, edition, offered, opening, made = row
    return Node(
        id=node,
        parent=parent,
        move=move,
        passage=passage,
        episode=episode,
        edition=edition,
        offered=tuple(msgspec.json.decode(offered, type=list[str])),
        opening=None if opening is None else (episode, msgspec.json.decode(opening, type=Snapshot)),
        when=made,
    )


def _json(value: dict[str, str] | list[str]) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
