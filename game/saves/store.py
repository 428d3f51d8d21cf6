"""The store: what the session calls.

Each choice is one transaction, the node and the autosave together, and it is on the disk before `add`
returns; so whatever the player has seen happen is there after any crash.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from game.saves.database import Database
from game.saves.folder import saves_folder
from game.saves.marks import Marks
from game.saves.model import BadImport, Bookmark, Life, Node, Path, TreeNode, stable_id
from game.saves.recovery import Row
from game.saves.schema import insert
from game.saves.tree import Tree, life_rows, story_id
from game.saves.window import Window

__all__ = ["Settings", "Store"]


class Settings:
    """What a player has set, for every window: values that JSON can hold, by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, default: Any = None) -> Any:
        """The value set last, or `default`."""
        rows = self._database.read("SELECT value FROM settings WHERE name = ?", (name,))
        return msgspec.json.decode(str(rows[0][0])) if rows else default

    def set(self, name: str, value: Any) -> None:
        """Raises TypeError for a value that JSON cannot hold."""
        kept = msgspec.json.encode(value).decode()
        self._database.write(
            (
                insert("settings") + " ON CONFLICT(id) DO UPDATE SET value = excluded.value",
                (stable_id("setting", name), name, kept),
            )
        )


class Store:
    """One window on the saves. Methods raise NotKept for a node or bookmark that is not there.

    `messages`: what the player must be told; whoever shows them clears the list. `settings`: the player's.
    """

    def __init__(self, folder: pathlib.Path | None = None) -> None:
        """As `open`."""
        trail: list[Row] = []
        self._database = Database(saves_folder() if folder is None else folder.absolute(), lambda: trail)
        self._window = Window(self._database.folder)
        self._tree = Tree(self._database, trail)
        self._marks = Marks(self._database, self._tree, self._window)
        self.messages = self._database.messages
        self.settings = Settings(self._database)

    @classmethod
    def open(cls, folder: pathlib.Path | None = None) -> Store:
        """Open the saves in `folder`, or where `saves_folder` says; the folder is made if need be.

        Raises StoreTooNew. Whatever else is wrong is in `messages`, and the game can be played.
        """
        return cls(folder)

    @property
    def trouble(self) -> str | None:
        """Why what is played cannot be written now, as sentences; None when all of it is on the disk."""
        return self._database.trouble

    @property
    def folder(self) -> pathlib.Path:
        """Where the database is; a temporary folder if the one asked for cannot be written."""
        return self._database.folder

    @property
    def temporary(self) -> bool:
        """Whether this is a temporary copy, which nobody will look for later."""
        return self._database.temporary

    # -- the tree ------------------------------------------------------------------------------------------

    def root(
        self,
        story_title: str,
        edition: str,
        episode: str,
        snapshot: Mapping[str, str],
        passage: str = "",
        offered: Sequence[str] = (),
    ) -> int:
        """The node where a life begins: an episode's opening with that state."""
        row, writes = self._tree.new_root(story_title, edition, (episode, snapshot), passage, offered)
        self._database.write(*writes)
        self._tree.step(row)
        return _id(row)

    def add(
        self,
        parent: int,
        move: str,
        passage: str,
        offered: Sequence[str],
        edition: str,
        opening: tuple[str, Mapping[str, str]] | None = None,
    ) -> int:
        """Write one decision, and the autosave with it; both are on the disk when this returns.

        `passage` is the one it led to, `offered` the ids on offer there, `opening` the episode it opened
        with the state there. A move made there before is the same node.
        """
        row, write = self._tree.new_node(parent, move, passage, offered, edition, opening)
        self._database.write(write, self._marks.follow(row))
        self._tree.step(row)
        return _id(row)

    def node(self, node: int) -> Node:
        """One node."""
        return self._tree.node(node)

    def path(self, node: int) -> Path:
        """The way from the root to a node, with the snapshots on it."""
        return self._tree.path(node)

    def children(self, node: int) -> list[Node]:
        """What was ever decided at a node, in the order it first was."""
        return self._tree.children(node)

    def tree(self, story: str) -> list[TreeNode]:
        """Every node of a story, oldest first."""
        return self._tree.all(story)

    def renew(self, nodes: Iterable[tuple[int, str, Sequence[str]]], edition: str) -> None:
        """Write down where nodes lead in an edited story: (node, passage, what is on offer there)."""
        writes = [self._tree.renewal(*each, edition) for each in nodes]
        if writes:
            self._database.write(*writes, flush=False)

    def taken(self, parent_passage: str, story: str | None = None, besides: Collection[int] = ()) -> set[str]:
        """The short ids of the choices ever made at a passage, in any life; pins are not choices.

        `story`: of that story only. `besides`: nodes that do not count, such as those of the life in hand.
        """
        return self._tree.taken(parent_passage, story, besides)

    # -- this window ---------------------------------------------------------------------------------------

    def describe(self, episode: str, place: str, moves: int, line: str) -> None:
        """What the autosave says of itself. Costs nothing: the next write takes it along, so call it
        *before* `add`, `begin` or `move`."""
        self._marks.describe(episode, place, moves, line)

    def begin(self, root: int) -> Bookmark:
        """Begin a life in this window: a new autosave. The one before stays as a bookmark of no window,
        unless nothing was played there or another bookmark leads as far."""
        self._tree.stand(root)
        self._database.write(*self._marks.leave(), self._marks.follow(self._here()))
        return self._marks.own()

    def resume(self, bookmark: Bookmark) -> Bookmark:
        """Put this window's autosave where `bookmark` is, and return it."""
        return self._marks.resume(bookmark)

    def move(self, node: int) -> None:
        """Put this window's autosave on another node, as after a rewind."""
        self._tree.stand(node)
        self._database.write(self._marks.follow(self._here()))

    def retry(self) -> str | None:
        """Try to write what waits, if anything does; returns `trouble`."""
        self._database.retry()
        return self._database.trouble

    def close(self) -> None:
        """Write what waits, if it can be, and leave the autosave to whoever comes next.

        `messages` may have something new afterwards: where to find what could not be written.
        """
        self._marks.settle()
        self._database.close()
        self._window.close()

    def _here(self) -> Row:
        row = self._tree.here
        assert row is not None
        return row

    # -- bookmarks -----------------------------------------------------------------------------------------

    def bookmark(self, name: str, node: int, episode: str, place: str, moves: int, line: str) -> Bookmark:
        """Put the bookmark of that name on a node; there is one of each name in a story.

        Raises ValueError for a name that is empty, too long or cannot be printed.
        """
        return self._marks.name(name, node, (episode, place, moves, line))

    def bookmarks(self) -> list[Bookmark]:
        """Named ones and autosaves, newest first."""
        self._marks.settle()
        return self._marks.list()

    def delete(self, bookmark: Bookmark | int) -> None:
        """Remove a bookmark; the tree stays. Raises InUse for the autosave of another open window."""
        self._marks.delete(_mark(bookmark), forget=False)

    def forget(self, bookmark: Bookmark | int) -> None:
        """Remove a bookmark and erase its life: every node on its path that no other bookmark's path
        needs, and everything that grew from those. Raises InUse as `delete`."""
        self._marks.delete(_mark(bookmark), forget=True)

    # -- passages seen -------------------------------------------------------------------------------------

    def mark_seen(self, story: str, passages: Iterable[str]) -> None:
        """Remember passages that were shown on the way, beyond those that a node has reached."""
        put = insert("seen", ignore=True)
        batch = [(put, (stable_id("seen", story, name), story_id(story), name)) for name in passages]
        if batch:
            self._database.write(*batch, flush=False)

    def seen(self, story: str) -> frozenset[str]:
        """Every passage this player has ever come to, in any life."""
        rows = self._database.read(
            "SELECT passage FROM seen WHERE story = ?1 UNION SELECT passage FROM nodes WHERE story = ?1",
            (story_id(story),),
        )
        return frozenset(str(row[0]) for row in rows if row[0])

    # -- files ---------------------------------------------------------------------------------------------

    def export(self, bookmark: Bookmark | int) -> str:
        """The life that leads to a bookmark, as YAML that a person can read."""
        from game.saves import exchange  # YAML is not wanted before somebody exports

        mark = self._marks.get(_mark(bookmark))
        path = self._tree.path(mark.node)
        return exchange.write_life(
            Life(
                story=path.story,
                edition=path.edition,
                name=mark.name,
                episode=mark.episode,
                place=mark.place,
                line=mark.line,
                openings=path.openings,
                moves=path.moves,
                passages=path.passages[1:],
            )
        )

    def import_(self, text: str | bytes, verify: Callable[[Life], Life | None] | None = None) -> Bookmark:
        """Take in what `export` wrote, as a named bookmark; a name that is taken gets a number.

        `verify` is given the life before anything is written. It raises any ValueError to refuse it, with
        the reason as its text, and may return the life to write instead: with moves renamed, with
        passages and snapshots as the story has them. Raises BadImport; then nothing has changed.
        """
        from game.saves import exchange

        life = exchange.read_life(text)
        if verify is not None:
            try:
                life = verify(life) or life
            except BadImport:
                raise
            except ValueError as problem:
                raise BadImport(f"This file does not fit the story: {problem}") from problem
        return self._take_in(life)

    def _take_in(self, life: Life) -> Bookmark:
        rows = life_rows(life)
        mark, writes = self._marks.take_in(life, rows[0], rows[-1])
        self._database.write(*(self._tree.put_quietly(row) for row in rows), *writes)
        return self._marks.get(mark)


def _id(row: Row) -> int:
    assert isinstance(row[0], int)
    return row[0]


def _mark(bookmark: Bookmark | int) -> int:
    return bookmark.id if isinstance(bookmark, Bookmark) else bookmark
