"""Named bookmarks, and what forgetting a life erases."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from game.saves import NotKept, Store

from .conftest import EDITION, STORY, Grow


class TestNamed:
    def test_it_says_what_it_was_told(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 3)
        mark = store.bookmark("  the roof ", nodes[2], "e01", "roof", 2, "It rains.")
        assert (mark.name, mark.auto, mark.mine, mark.story) == ("the roof", False, False, STORY)
        assert (mark.node, mark.episode, mark.place, mark.moves, mark.line) == (
            nodes[2],
            "e01",
            "roof",
            2,
            "It rains.",
        )
        assert mark in store.bookmarks()

    def test_it_keeps_its_whole_list_of_moves(self, folder: Path, store: Store, grow: Grow) -> None:
        nodes = grow(store, 3)
        store.bookmark("here", nodes[-1], "e01", "desk", 3, "")
        with closing(sqlite3.connect(folder / "igh.db")) as raw:
            rows = raw.execute("SELECT trail FROM bookmarks WHERE name='here'").fetchall()
        assert [json.loads(row[0]) for row in rows] == [list(store.path(nodes[-1]).moves)]

    def test_a_name_is_there_once(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 3)
        store.bookmark("here", nodes[1], "e01", "desk", 1, "")
        store.bookmark("here", nodes[3], "e01", "desk", 3, "")
        assert [mark.node for mark in store.bookmarks() if mark.name == "here"] == [nodes[3]]

    def test_the_newest_comes_first(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 1)
        for name in "abc":
            store.bookmark(name, nodes[-1], "e01", "desk", 1, "")
        store.bookmark("a", nodes[-1], "e01", "desk", 1, "")
        assert [mark.name for mark in store.bookmarks()] == ["a", "c", "b", "autosave"]

    @pytest.mark.parametrize("name", ["", "  ", "x" * 101, "two\nlines", "\x1b[31m"])
    def test_what_is_not_a_name_is_refused(self, store: Store, grow: Grow, name: str) -> None:
        nodes = grow(store, 1)
        with pytest.raises(ValueError, match="name"):
            store.bookmark(name, nodes[-1], "e01", "desk", 1, "")
        assert len(store.bookmarks()) == 1

    def test_deleting_one_leaves_the_tree(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 3)
        mark = store.bookmark("here", nodes[-1], "e01", "desk", 3, "")
        store.delete(mark.id)
        assert [found.name for found in store.bookmarks()] == ["autosave"]
        assert store.path(nodes[-1]).nodes == tuple(nodes)
        with pytest.raises(NotKept):
            store.delete(mark.id)


class TestForget:
    def test_a_life_goes_with_all_that_grew_from_it(self, store: Store, grow: Grow) -> None:
        """Branches that were rewound from are part of it."""
        nodes = grow(store, 4)
        store.move(nodes[2])
        other = store.add(nodes[2], "e01.a/other", "e01.x", (), EDITION)
        (mine,) = store.bookmarks()
        assert mine.node == other
        store.forget(mine)
        assert store.tree(STORY) == []
        assert store.bookmarks() == []
        with pytest.raises(NotKept):
            store.add(other, "e01.a/more", "e01.x", (), EDITION)

    def test_what_another_bookmark_needs_stays(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 4)
        kept = store.bookmark("kept", nodes[2], "e01", "desk", 2, "")
        (mine,) = (mark for mark in store.bookmarks() if mark.mine)
        store.forget(mine)
        assert [node.id for node in store.tree(STORY)] == nodes[:3]
        assert store.path(kept.node).nodes == tuple(nodes[:3])
        assert store.bookmarks() == [kept]

    def test_a_bookmark_on_the_way_of_another_erases_nothing(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 4)
        store.forget(store.bookmark("middle", nodes[2], "e01", "desk", 2, ""))
        assert [node.id for node in store.tree(STORY)] == nodes
        assert len(store.bookmarks()) == 1

    def test_two_lives_from_one_root(self, store: Store, grow: Grow) -> None:
        """Only the branch of the one that is forgotten goes; the shared part and the other stay."""
        first = grow(store, 3)
        second = grow(store, 3, name="d")
        old = next(mark for mark in store.bookmarks() if not mark.mine)
        store.forget(old)
        assert [node.id for node in store.tree(STORY)] == second
        assert first[0] == second[0]
        more = store.add(second[-1], "e01.a/more", "e01.x", (), EDITION)
        assert store.path(more).nodes == (*second, more)

    def test_a_choice_that_was_forgotten_was_never_taken(self, store: Store, grow: Grow) -> None:
        grow(store, 2)
        grow(store, 1, name="d")
        store.forget(next(mark for mark in store.bookmarks() if not mark.mine))
        assert store.taken("e01.office.desk") == {"d0"}
