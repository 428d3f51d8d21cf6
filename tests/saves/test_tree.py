"""The tree: what was decided is there, once, and is found without reading everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.saves import Node, NotKept, Opening, Store, TreeNode
from game.saves import tree as tree_module

from .conftest import EDITION, STORY, Grow


class TestNodes:
    def test_a_node_keeps_what_was_known(self, store: Store) -> None:
        """Edition, passage, ids on offer, the opening and the time are all recorded."""
        root = store.root(STORY, EDITION, "e01", {"temper": "level"})
        node = store.add(
            root, "e01.end/continue", "e02.start", ("go", "stay"), EDITION, ("e02", {"temper": "short"})
        )
        kept = store.node(node)
        assert kept == Node(
            id=node,
            parent=root,
            move="e01.end/continue",
            passage="e02.start",
            episode="e02",
            edition=EDITION,
            offered=("go", "stay"),
            opening=("e02", {"temper": "short"}),
            when=kept.when,
        )
        assert kept.when.endswith("+00:00")
        assert store.node(root).opening == ("e01", {"temper": "level"})

    def test_the_same_move_is_the_same_node(self, store: Store, grow: Grow) -> None:
        """Nodes are unique on (parent, move); the second time renews what was on offer."""
        root, first = grow(store, 1)
        again = store.add(root, "e01.office.desk/c0", "e01.office.elsewhere", ("z",), "edition-2")
        assert again == first
        assert len(store.children(root)) == 1
        assert (store.node(first).offered, store.node(first).edition) == (("z",), "edition-2")

    def test_the_same_opening_is_the_same_root(self, store: Store) -> None:
        """Whatever the order of the snapshot; another state is another root."""
        one = store.root(STORY, EDITION, "e01", {"a": "1", "b": "2"})
        assert store.root(STORY, "edition-2", "e01", {"b": "2", "a": "1"}) == one
        assert store.root(STORY, EDITION, "e01", {"a": "1", "b": "3"}) != one
        assert store.root("Another", EDITION, "e01", {"a": "1", "b": "2"}) != one

    def test_children_come_in_the_order_they_were_made(self, store: Store, grow: Grow) -> None:
        (root,) = grow(store, 0)
        moves = [f"e01.office.desk/{name}" for name in ("roof", "coats", "alley", "lid")]
        for move in moves:
            store.add(root, move, "e01.office.x", (), EDITION)
        assert [child.move for child in store.children(root)] == moves

    def test_a_deep_place_is_in_the_episode_of_the_last_opening(self, store: Store, grow: Grow) -> None:
        root, first = grow(store, 1)
        second = store.add(first, "e01.end/continue", "e02.a", (), EDITION, ("e02", {"x": "1"}))
        third = store.add(second, "e02.a/b", "e02.b", (), EDITION)
        assert [store.node(node).episode for node in (root, first, second, third)] == [
            "e01",
            "e01",
            "e02",
            "e02",
        ]

    @pytest.mark.parametrize("ask", ["node", "path", "move", "begin"])
    def test_an_unknown_node_is_refused(self, store: Store, ask: str) -> None:
        with pytest.raises(NotKept, match="12345"):
            getattr(store, ask)(12345)

    def test_nothing_grows_from_an_unknown_node(self, store: Store) -> None:
        with pytest.raises(NotKept):
            store.add(12345, "e01.a/b", "e01.b", (), EDITION)
        with pytest.raises(ValueError, match="empty"):
            store.add(store.root(STORY, EDITION, "e01", {}), "", "e01.b", (), EDITION)


class TestPath:
    def test_the_path_has_moves_nodes_passages_and_openings(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 3)
        nodes.append(store.add(nodes[-1], "e01.end/continue", "e02.a", (), EDITION, ("e02", {"x": "1"})))
        path = store.path(nodes[-1])
        assert path.nodes == tuple(nodes)
        assert path.moves == (*(f"e01.office.desk/c{i}" for i in range(3)), "e01.end/continue")
        assert path.passages == ("", *(f"e01.office.c{i}" for i in range(3)), "e02.a")
        assert (path.story, path.edition, path.episode) == (STORY, EDITION, "e01")
        assert path.snapshot == {"temper": "level"}
        assert path.openings == (Opening(0, "e01", {"temper": "level"}), Opening(4, "e02", {"x": "1"}))

    def test_a_rewind_and_another_choice_grow_a_branch(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 5)
        store.move(nodes[2])
        other = store.add(nodes[2], "e01.office.c1/other", "e01.other", (), EDITION)
        assert store.path(other).nodes == (*nodes[:3], other)
        assert store.path(nodes[5]).nodes == tuple(nodes)

    def test_ten_thousand_nodes_are_not_read_for_one_path(self, store: Store) -> None:
        """The queries that a turn needs never scan the nodes."""
        for query, values in ((tree_module._UP, (1,)), ("SELECT * FROM nodes WHERE parent = ?", (1,))):
            plan = store._database.read(f"EXPLAIN QUERY PLAN {query}", values)
            assert plan
            assert not [row[3] for row in plan if "SCAN n" in str(row[3])], plan

    def test_a_long_path_comes_back_whole(self, folder: Path, grow: Grow) -> None:
        store = Store.open(folder)
        nodes = grow(store, 400)
        store.close()
        store = Store.open(folder)
        path = store.path(nodes[-1])
        store.close()
        assert len(path.moves) == 400
        assert path.nodes == tuple(nodes)


class TestTaken:
    def test_choices_of_every_life_count(self, store: Store, grow: Grow) -> None:
        """Found by the passage they were made at, through different paths."""
        for start in ("roof", "alley"):
            (root,) = grow(store, 0)
            there = store.add(root, f"e01.office.desk/{start}", "e01.bar.stool", (), EDITION)
            store.add(there, f"e01.bar.stool/{start}_then", "e01.bar.x", (), EDITION)
        assert store.taken("e01.bar.stool") == {"roof_then", "alley_then"}
        assert store.taken("e01.bar.stool", STORY) == {"roof_then", "alley_then"}
        assert store.taken("e01.bar.stool", "Another story") == set()
        assert store.taken("e01.bar") == set()

    def test_choices_at_a_root_count_though_it_does_not_know_its_passage(
        self, store: Store, grow: Grow
    ) -> None:
        grow(store, 1)
        assert store.taken("e01.office.desk") == {"c0"}
        assert store.taken("e01.office.desk", "Another story") == set()

    def test_pins_are_not_choices_and_the_life_in_hand_can_be_left_out(
        self, store: Store, grow: Grow
    ) -> None:
        root, first = grow(store, 1)
        store.add(first, "board/coleman_fall=pushed:soles+thump", "e01.office.c0", (), EDITION)
        mine = store.add(first, "e01.office.c0/mine", "e01.x", (), EDITION)
        store.add(first, "e01.office.c0/theirs", "e01.y", (), EDITION)
        assert store.taken("e01.office.c0") == {"mine", "theirs"}
        assert store.taken("e01.office.c0", besides=(root, mine)) == {"theirs"}

    def test_passages_seen_are_those_reached_and_those_marked(self, store: Store, grow: Grow) -> None:
        grow(store, 2)
        store.mark_seen(STORY, ["e01.tunnel", "e01.office.c0"])
        store.mark_seen(STORY, ["e01.tunnel"])
        assert store.seen(STORY) == {"e01.tunnel", "e01.office.c0", "e01.office.c1"}
        assert store.seen("Another story") == frozenset()


class TestWholeTree:
    def test_every_node_with_its_parent(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 3)
        other = store.root("Another story", "1", "e01", {})
        whole = store.tree(STORY)
        assert [node.id for node in whole] == nodes
        assert [node.parent for node in whole] == [None, *nodes[:-1]]
        assert whole[1] == TreeNode(
            nodes[1],
            nodes[0],
            "e01.office.desk/c0",
            "e01.office.c0",
            "e01",
            store.node(nodes[1]).when,
            store.node(nodes[1]).offered,
        )
        assert [node.id for node in store.tree("Another story")] == [other]


class TestSettings:
    def test_what_is_set_is_there_for_every_window_and_later(self, folder: Path) -> None:
        store, other = Store.open(folder), Store.open(folder)
        assert store.settings.get("theme", "night") == "night"
        store.settings.set("theme", {"name": "paper", "size": [1, 2]})
        store.settings.set("theme", "paper")
        store.settings.set("speed", None)
        assert other.settings.get("theme") == "paper"
        store.close()
        other.close()
        again = Store.open(folder)
        assert again.settings.get("theme") == "paper"
        assert again.settings.get("speed", 3) is None
        again.close()
