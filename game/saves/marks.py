"""Bookmarks: the named ones, and the one of each window that moves by itself.

A window finds its autosave by its own token, never by a row's number, so that two windows cannot write to
the same one even if one of them was taken for dead: whoever is left without makes a new one.
"""

from __future__ import annotations

import secrets
from typing import Any

import msgspec

from game.saves.database import Database, Statement
from game.saves.model import Bookmark, InUse, Life, NotKept, now, stable_id
from game.saves.recovery import Row
from game.saves.schema import insert
from game.saves.tree import Tree, story_id, story_statement
from game.saves.window import Window

__all__ = ["AUTOSAVE", "NAME_LENGTH", "Marks"]

AUTOSAVE = "autosave"
"""What an autosave is called in a list; a named bookmark may be called so too."""
NAME_LENGTH = 100

_PUT = f"""{insert("bookmarks")} ON CONFLICT DO UPDATE SET
    story = excluded.story, node = excluded.node, name = excluded.name, auto = excluded.auto,
    owner = excluded.owner, episode = excluded.episode, place = excluded.place, moves = excluded.moves,
    line = excluded.line, origin = excluded.origin, trail = excluded.trail, made = excluded.made"""
_LIST = """SELECT b.id, b.name, b.auto, b.owner, coalesce(s.title, ''), b.node, b.episode, b.place, b.moves,
    b.line, b.made FROM bookmarks b LEFT JOIN stories s ON s.id = b.story"""
_ELSEWHERE = """WITH RECURSIVE down(id) AS (
    SELECT ? UNION SELECT n.id FROM down JOIN nodes n ON n.parent = down.id)
    SELECT 1 FROM bookmarks b WHERE b.id <> ? AND b.node IN (SELECT id FROM down) LIMIT 1"""


class Marks:
    """The bookmarks of a database as one window sees them."""

    def __init__(self, database: Database, tree: Tree, window: Window) -> None:
        self._database = database
        self._tree = tree
        self._window = window
        self._said = ("", "", 0, "")  # episode, place, moves, line
        self._unsaid = False

    def describe(self, episode: str, place: str, moves: int, line: str) -> None:
        """What the autosave says of itself from its next write on."""
        self._said = (episode, place, moves, line)
        self._unsaid = True

    def settle(self) -> None:
        """Write a description that no other write has taken along."""
        if self._unsaid:
            self._unsaid = False
            update = "UPDATE bookmarks SET episode=?, place=?, moves=?, line=? WHERE owner=?"
            self._database.write((update, (*self._said, self._token)), flush=False)

    def follow(self, row: Row) -> Statement:
        """What puts this window's autosave on the node of `row`, making it if need be."""
        self._unsaid = False
        episode, place, moves, line = self._said
        said = (episode or str(row[5]), place, moves, line)
        return self._put(secrets.randbits(63) or 1, row, AUTOSAVE, self._token, said)

    def leave(self) -> tuple[Statement, ...]:
        """What parts this window from its autosave before it gets another.

        It stays as a bookmark of no window, unless nothing was played there or another one leads as far.
        """
        rows: Any = self._database.read(
            """SELECT b.id, b.node, n.parent FROM bookmarks b LEFT JOIN nodes n ON n.id = b.node
               WHERE b.owner = ?""",
            (self._token,),
        )
        if not rows:
            return ()
        mark, node, parent = rows[0]
        if parent is None or self._database.read(_ELSEWHERE, (node, mark)):
            return (("DELETE FROM bookmarks WHERE id = ?", (mark,)),)
        return (("UPDATE bookmarks SET owner = NULL WHERE owner = ?", (self._token,)),)

    def resume(self, bookmark: Bookmark) -> Bookmark:
        """Put this window's autosave where `bookmark` is. The autosave of a window that is gone becomes
        this one's; beside a named one, or one in use, a new one is made. Raises NotKept."""
        if bookmark.mine:
            self._tree.stand(bookmark.node)
            return self.own()
        self._tree.stand(bookmark.node)
        self._said = (bookmark.episode, bookmark.place, bookmark.moves, bookmark.line)
        row = self._here()
        if bookmark.auto and not bookmark.live:
            owner = self._owner(bookmark.id)
            if not self._window.is_open(owner):
                self._database.write(
                    *self.leave(),
                    (
                        "UPDATE bookmarks SET owner = ?, made = ? WHERE id = ? AND owner IS ?",
                        (self._token, now(), bookmark.id, owner),
                    ),
                )
                if self._owner(bookmark.id) == self._token:
                    return self.own()
        self._database.write(*self.leave(), self.follow(row))
        return self.own()

    def name(self, name: str, node: int, said: tuple[str, str, int, str]) -> Bookmark:
        """Put the bookmark of that name on a node, with the whole list of moves that leads there.

        Raises ValueError for a name that is none, NotKept.
        """
        name = name.strip()
        if not name or len(name) > NAME_LENGTH or not name.isprintable():
            raise ValueError(f"A name has 1 to {NAME_LENGTH} characters that can be printed.")
        path = self._tree.path(node)
        kept = self._tree.node(node)
        mark = stable_id("bookmark", path.story, name)
        row: Row = (node, story_id(path.story), kept.parent)
        origin = msgspec.json.encode((path.episode, path.snapshot, path.nodes[0])).decode()
        trail = msgspec.json.encode(path.moves).decode()
        self._database.write(self._put(mark, row, name, None, said, (origin, trail)))
        return self.get(mark)

    def take_in(self, life: Life, root: Row, last: Row) -> tuple[int, tuple[Statement, ...]]:
        """The id of a new named bookmark for an imported life, and what writes it."""
        taken = {mark.name for mark in self.list() if mark.story == life.story and not mark.auto}
        name, count = life.name, 2
        while name in taken:
            name = f"{life.name[: NAME_LENGTH - 8]} ({count})"
            count += 1
        mark = stable_id("bookmark", life.story, name)
        first = life.openings[0]
        origin = msgspec.json.encode((first.episode, first.snapshot, root[0])).decode()
        trail = msgspec.json.encode(life.moves).decode()
        said = (life.episode or str(last[5]), life.place, len(life.moves), life.line)
        put = self._put(mark, last, name, None, said, (origin, trail))
        return mark, (story_statement(life.story, life.edition), put)

    def list(self) -> list[Bookmark]:
        """All bookmarks, newest first."""
        return [
            self._bookmark(row) for row in self._database.read(f"{_LIST} ORDER BY b.made DESC, b.seq DESC")
        ]

    def get(self, mark: int) -> Bookmark:
        """Raises NotKept."""
        rows = self._database.read(f"{_LIST} WHERE b.id = ?", (mark,))
        if not rows:
            raise NotKept(f"No bookmark with the number {mark} is in the saves.")
        return self._bookmark(rows[0])

    def own(self) -> Bookmark:
        """This window's autosave. Raises NotKept if it has none yet."""
        rows = self._database.read(f"{_LIST} WHERE b.owner = ?", (self._token,))
        if not rows:
            raise NotKept("This window has not begun a play yet.")
        return self._bookmark(rows[0])

    def delete(self, mark: int, *, forget: bool) -> None:
        """Remove a bookmark; with `forget`, what only it leads to as well. Raises NotKept, InUse."""
        bookmark = self.get(mark)
        if bookmark.live:
            raise InUse("That is the play of another window that is open. Close it there first.")
        erase = (self._tree.erasure(bookmark.node, mark),) if forget else ()
        self._database.write(*erase, ("DELETE FROM bookmarks WHERE id = ?", (mark,)))
        here = self._tree.here
        if here is not None and not self._database.read("SELECT 1 FROM nodes WHERE id = ?", (here[0],)):
            self._tree.leave()

    @property
    def _token(self) -> str:
        return self._window.token

    def _here(self) -> Row:
        row = self._tree.here
        assert row is not None
        return row

    def _owner(self, mark: int) -> str | None:
        rows = self._database.read("SELECT owner FROM bookmarks WHERE id = ?", (mark,))
        return str(rows[0][0]) if rows and rows[0][0] is not None else None

    def _put(
        self,
        mark: int,
        row: Row,
        name: str,
        owner: str | None,
        said: tuple[str, str, int, str],
        kept: tuple[str | None, str | None] = (None, None),
    ) -> Statement:
        auto = int(owner is not None)
        return _PUT, (mark, row[1], row[0], name, auto, owner, *said, now(), *kept)

    def _bookmark(self, row: tuple[Any, ...]) -> Bookmark:
        mark, name, auto, owner, story, node, episode, place, moves, line, made = row
        mine = owner == self._token
        live = not mine and self._window.is_open(owner)
        return Bookmark(
            id=mark,
            name=name,
            auto=bool(auto),
            mine=mine,
            live=live,
            story=story,
            node=node,
            episode=episode,
            place=place,
            moves=moves,
            line=line,
            when=made,
        )
