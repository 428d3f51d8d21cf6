"""Windows: each has its own autosave, and none is lost with its window."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from game.saves import InUse, NotKept, Store

from .conftest import EDITION, STORY, Child, Grow


class TestAutosave:
    def test_it_moves_with_every_choice(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 3)
        (mark,) = store.bookmarks()
        assert (mark.node, mark.auto, mark.mine, mark.live) == (nodes[-1], True, True, False)
        store.move(nodes[1])
        assert [mark.node for mark in store.bookmarks()] == [nodes[1]]

    def test_it_says_what_it_was_told_before_the_write(self, folder: Path, grow: Grow) -> None:
        """And what it was told after the last write, too, once somebody asks or the window closes."""
        store = Store.open(folder)
        (root,) = grow(store, 0)
        store.describe("e01", "desk", 1, "The phone rings.")
        store.add(root, "e01.office.desk/roof", "e01.roof", (), EDITION)
        other = Store.open(folder)
        (mark,) = other.bookmarks()
        assert (mark.episode, mark.place, mark.moves, mark.line) == ("e01", "desk", 1, "The phone rings.")
        store.describe("e01", "roof", 1, "It rains.")
        store.close()
        assert [mark.line for mark in other.bookmarks()] == ["It rains."]
        other.close()

    def test_a_new_life_leaves_the_old_one_to_be_found(self, store: Store, grow: Grow) -> None:
        first = grow(store, 3)
        second = grow(store, 2, name="d")
        marks = store.bookmarks()
        assert [(mark.node, mark.mine, mark.live) for mark in marks] == [
            (second[-1], True, False),
            (first[-1], False, False),
        ]

    def test_a_life_in_which_nothing_was_played_leaves_nothing(self, store: Store, grow: Grow) -> None:
        grow(store, 0)
        grow(store, 0)
        assert len(store.bookmarks()) == 1

    def test_a_life_that_another_bookmark_goes_on_from_leaves_nothing(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 3)
        store.bookmark("further", nodes[-1], "e01", "desk", 3, "")
        store.move(nodes[2])
        grow(store, 0)
        assert [mark.name for mark in store.bookmarks() if not mark.mine] == ["further"]

    def test_a_window_whose_autosave_was_taken_makes_a_new_one(self, store: Store, grow: Grow) -> None:
        """Whoever is taken for dead while alive goes on without touching what is no longer its own."""
        nodes = grow(store, 2)
        store._database.write(("UPDATE bookmarks SET owner = 'another'", ()))
        more = store.add(nodes[-1], "e01.a/b", "e01.b", (), EDITION)
        assert [(mark.node, mark.mine) for mark in store.bookmarks()] == [(more, True), (nodes[-1], False)]


class TestResume:
    def test_the_autosave_of_a_closed_window_becomes_mine(self, folder: Path, grow: Grow) -> None:
        first = Store.open(folder)
        nodes = grow(first, 3)
        first.close()
        second = Store.open(folder)
        (found,) = second.bookmarks()
        assert (found.mine, found.live) == (False, False)
        mine = second.resume(found)
        assert (mine.id, mine.node, mine.mine) == (found.id, nodes[-1], True)
        more = second.add(mine.node, "e01.a/b", "e01.b", (), EDITION)
        assert [mark.node for mark in second.bookmarks()] == [more]
        second.close()

    def test_the_autosave_of_a_killed_window_becomes_mine(
        self, folder: Path, crashed: Callable[[int], list[int]]
    ) -> None:
        nodes = crashed(5)
        assert list(folder.glob("window-*.lock"))
        store = Store.open(folder)
        (found,) = store.bookmarks()
        assert not found.live
        assert store.resume(found).id == found.id
        assert store.resume(found).node == nodes[-1]
        assert len(list(folder.glob("window-*.lock"))) == 1
        store.close()

    def test_the_autosave_of_an_open_window_is_left_to_it(
        self, store: Store, folder: Path, grow: Grow
    ) -> None:
        nodes = grow(store, 2)
        other = Store.open(folder)
        (theirs,) = other.bookmarks()
        assert theirs.live
        mine = other.resume(theirs)
        assert (mine.id != theirs.id, mine.node, mine.mine) == (True, nodes[-1], True)
        other.add(mine.node, "e01.a/b", "e01.b", (), EDITION)
        assert [mark.node for mark in store.bookmarks() if mark.mine] == [nodes[-1]]
        other.close()

    def test_only_one_of_two_windows_gets_it(self, folder: Path, grow: Grow) -> None:
        gone = Store.open(folder)
        grow(gone, 2)
        gone.close()
        one, two = Store.open(folder), Store.open(folder)
        (seen_by_one,), (seen_by_two,) = one.bookmarks(), two.bookmarks()
        assert one.resume(seen_by_one).id == seen_by_one.id
        assert two.resume(seen_by_two).id != seen_by_one.id
        assert len(two.bookmarks()) == 2
        one.close()
        two.close()

    def test_beside_a_named_bookmark_a_new_one_is_made(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 4)
        named = store.bookmark("before", nodes[2], "e01", "desk", 2, "line")
        mine = store.resume(named)
        assert (mine.auto, mine.node, mine.place, mine.moves) == (True, nodes[2], "desk", 2)
        assert sorted(mark.node for mark in store.bookmarks() if mark.auto) == sorted([nodes[2], nodes[4]])
        store.add(mine.node, "e01.a/b", "e01.b", (), EDITION)
        assert [mark.node for mark in store.bookmarks() if not mark.auto] == [nodes[2]]

    def test_going_back_to_mine_stands_where_it_is(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 2)
        (mine,) = store.bookmarks()
        assert store.resume(mine).id == mine.id
        assert store.path(store.add(nodes[-1], "e01.a/b", "e01.b", (), EDITION)).nodes[:3] == tuple(nodes)


class TestTwoAtOnce:
    def test_two_processes_write_the_same_tree(self, folder: Path, child: Child) -> None:
        """Both write 150 moves at once, half of them the same; none is lost, none is there twice."""
        script = """
            store = Store.open(folder)
            root = life(store)
            print("ready", flush=True)
            sys.stdin.readline()
            name = sys.stdin.readline().strip()
            shared = grow(store, root, [f"s{i}" for i in range(75)])
            own = grow(store, shared[-1], [f"{name}{i}" for i in range(75)])
            assert store.trouble is None, store.trouble
            assert store.messages == []
            print(*shared, *own)
            store.close()
        """
        windows = [child(script), child(script)]
        for window in windows:
            assert window.stdout is not None
            assert window.stdout.readline() == "ready\n"
        outs = []
        for window, name in zip(windows, "ab", strict=True):
            assert window.stdin is not None
            window.stdin.write(f"go\n{name}\n")
            window.stdin.flush()
        for window in windows:
            out, err = window.communicate(timeout=60)
            assert window.returncode == 0, err
            outs.append([int(word) for word in out.split()])
        assert outs[0][:75] == outs[1][:75]
        store = Store.open(folder)
        assert len(store.tree(STORY)) == 1 + 75 + 75 + 75
        assert {mark.node for mark in store.bookmarks()} == {outs[0][-1], outs[1][-1]}
        store.close()

    def test_what_another_process_plays_cannot_be_deleted(self, store: Store, child: Child) -> None:
        window = child("store = Store.open(folder)\nprint(life(store), flush=True)\nsys.stdin.readline()")
        assert window.stdout is not None
        root = int(window.stdout.readline())
        (theirs,) = store.bookmarks()
        assert (theirs.node, theirs.live) == (root, True)
        for refuse in (store.delete, store.forget):
            with pytest.raises(InUse):
                refuse(theirs)
        os.kill(window.pid, signal.SIGKILL)
        window.wait()
        store.forget(theirs)
        assert store.bookmarks() == []
        with pytest.raises(NotKept):
            store.node(root)

    def test_eight_open_a_new_folder_at_the_same_moment(self, folder: Path, child: Child) -> None:
        script = "store = Store.open(folder)\nlife(store)\nassert not store.messages\nstore.close()"
        windows = [child(script) for _ in range(8)]
        for window in windows:
            _, err = window.communicate(timeout=60)
            assert window.returncode == 0, err
        store = Store.open(folder)
        assert len(store.bookmarks()) == 8
        store.close()
