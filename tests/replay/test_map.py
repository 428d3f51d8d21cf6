"""The map: every decision of every life, and what it says of the ways nobody took."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import Story
from game.saves import Store
from game.session import Session, take_in
from game.session.atlas import Atlas, atlas_of
from game.session.rows import FOLD, Row, found_rows, map_rows

from .seasons import play_blindly


def play(session: Session, *choices: str) -> None:
    for choice in choices:
        session.choose(choice)


def drawn(rows: list[Row]) -> list[str]:
    """The rows as a reader would see them."""
    lines = []
    for row in rows:
        more = {"run": f" ×{row.count}", "branch": f" +{row.count}", "stub": f" ×{row.count}"}.get(
            row.kind, ""
        )
        signs = f"{'@' if row.here else ''}{'' if row.mine or row.kind == 'stub' else '~'}"
        turns = "".join(f" [{turn.title}: {turn.told}]" for turn in row.turns)
        lines.append(f"{'  ' * row.depth}{signs}{row.kind} {row.label}{more}{turns}")
    return lines


class TestTheTree:
    """What there is, before anything is drawn."""

    def test_a_new_life_is_one_spot(self, session: Session) -> None:
        atlas = atlas_of(session)
        [root] = atlas.spots.values()
        assert (root.node, root.mine, root.children, atlas.here) == (session.nodes[0], True, (), root.node)

    def test_where_one_is_and_was(self, session: Session) -> None:
        """After a rewind the old branch is still there, and is not on the way any more."""
        play(session, "hear", "remember", "cellar")
        old = session.nodes[-1]
        session.rewind(2)
        play(session, "rita")
        atlas = atlas_of(session)
        assert [spot.move.rpartition("/")[2] for spot in atlas.way(atlas.here)] == ["", "hear", "rita"]
        assert not atlas.spots[old or 0].mine
        assert {spot.node for spot in atlas.spots.values() if spot.mine} == set(session.nodes)

    def test_lives_are_numbered_as_they_parted(self, session: Session) -> None:
        """Going on is the same life; doing something else is a new one, whatever it grew from."""
        play(session, "hear", "cellar")
        session.new()
        play(session, "put_out", "sleep")
        session.rewind(1)
        play(session, "cellar")
        atlas = atlas_of(session)
        ends = [(spot.life, spot.move) for spot in atlas.lives()]
        assert ends == [
            (1, "e01.office.desk/cellar"), (2, "e01.office.desk/sleep"), (3, "e01.office.desk/cellar"),
        ]  # fmt: skip

    def test_turns_are_named_where_they_were_taken(self, session: Session) -> None:
        play(session, "hear", "cellar")
        named = [
            [(t.title, t.told) for t in atlas.turns(spot)]
            for atlas in [atlas_of(session)]
            for spot in atlas.way(atlas.here)
        ]
        assert named == [[], [("The man at the door", "You let him talk")], []]

    def test_a_tree_that_lost_a_node(self, session: Session, small: Story) -> None:
        """What is left of a damaged file still makes a map: the orphan is a root."""
        play(session, "hear", "cellar", "down")
        nodes = [node for node in session.store.tree(small.title) if not node.move.endswith("/hear")]
        assert len(Atlas(small, nodes).roots) == 2


class TestSealed:
    """Nothing is told of what was not done, until some life has closed the episode."""

    def test_while_it_is_open_there_are_no_stubs(self, session: Session) -> None:
        play(session, "hear", "cellar", "up")
        atlas = atlas_of(session)
        for hints in ("nothing", "another", "labels"):
            assert all(row.kind != "stub" and not row.stubs for row in map_rows(atlas, (), hints))
            assert all(not atlas.stubs(spot, hints) for spot in atlas.spots.values())

    def test_what_was_done_and_left_is_there(self, session: Session) -> None:
        """A branch that was left is no secret: the player has been there, and can go back."""
        play(session, "hear")
        session.rewind(1)
        play(session, "put_out")
        assert [row.kind for row in map_rows(atlas_of(session))] == ["episode", "branch", "spot"]

    def test_closed_it_says_that_there_is_another_way(self, session: Session) -> None:
        play(session, "hear", "cellar", "up", "sleep")
        rows = map_rows(atlas_of(session))
        assert drawn(rows) == [
            "episode Episode 1: The lamp",
            "  stub another way ×1",
            "spot Hear him out. [The man at the door: You let him talk]",
            "  stub another way ×3",
            "spot Look at the cellar.",
            "  stub another way ×1",
            "spot Go back up.",
            "  stub another way ×1",
            "@spot Let the day go.",
        ]
        stubs = [row for row in rows if row.kind == "stub"]
        assert {row.label for row in stubs} == {"another way"}

    def test_or_what_it_was_and_what_locked_it(self, session: Session) -> None:
        """With `labels`, in the words of the menu, and with the reason."""
        play(session, "hear", "cellar", "up", "sleep")
        stubs = {
            row.label: row.locked for row in map_rows(atlas_of(session), (), "labels") if row.kind == "stub"
        }
        assert stubs["Put him out. Now."] is None
        assert stubs["Lift him."] == "You are not that angry."
        assert "Hear him out." not in stubs

    def test_of_a_life_from_a_file(self, session: Session, small: Story, tmp_path: Path) -> None:
        """A file does not say what was on offer; the map knows it all the same."""
        play(session, "hear", "sleep")
        text = session.store.export(session.save("to keep"))
        other = Store.open(tmp_path / "other")
        there = Session(small, other)
        there.load(take_in(small, other, text).id)
        stubs = [row.label for row in map_rows(atlas_of(there), (), "labels") if row.kind == "stub"]
        assert "Put him out. Now." in stubs
        there.new()
        atlas = atlas_of(there)
        desk = next(spot for spot in atlas.spots.values() if spot.move.endswith("/hear"))
        assert [stub.choice for stub in atlas.stubs(desk)] == ["cellar", "rita", "remember"]
        other.close()

    def test_or_nothing(self, session: Session) -> None:
        play(session, "hear", "cellar", "up", "sleep")
        assert all(row.kind != "stub" for row in map_rows(atlas_of(session), (), "nothing"))

    def test_the_next_episode_is_sealed_again(self, session: Session) -> None:
        play(session, "hear", "sleep", "continue", "stay")
        rows = map_rows(atlas_of(session), (), "labels")
        assert {row.episode for row in rows if row.kind == "stub"} == {"e01"}

    def test_a_way_that_another_life_took_is_no_stub(self, session: Session) -> None:
        play(session, "hear", "sleep")
        session.new()
        play(session, "put_out")
        stubs = [row.label for row in map_rows(atlas_of(session), (), "labels") if row.kind == "stub"]
        assert "Put him out. Now." not in stubs

    def test_of_another_life_only_what_was_open(self, session: Session) -> None:
        """The saves keep what was on offer, so a stub off the player's way is told by its label."""
        play(session, "hear", "cellar", "up", "sleep")
        session.new()
        play(session, "put_out")
        atlas = atlas_of(session)
        desk = next(s for s in atlas.spots.values() if s.move.endswith("/up"))
        assert [(stub.label, stub.locked) for stub in atlas.stubs(desk, "labels")] == [
            ("Think about the voice.", None)
        ]


class TestRows:
    """Folding, branches, zoom."""

    def test_a_straight_run_is_one_line(self, session: Session) -> None:
        play(
            session, "hear", "remember", "cellar", "down", "sleep", "continue", "stay", "stay", "stay", "stay"
        )
        rows = map_rows(atlas_of(session), (), "nothing")
        assert drawn(rows) == [
            "episode Episode 1: The lamp",
            "spot Hear him out. [The man at the door: You let him talk]",
            "run Think about the voice. ×4",
            "episode Episode 2: The switch",
            "run Stay one more day. ×3",
            "@spot Stay one more day.",
        ]
        [run] = [row for row in rows if row.kind == "run" and row.episode == "e01"]
        assert (run.node, run.head) == (session.nodes[5], session.nodes[2])

    def test_unfolded_it_is_all_there(self, session: Session) -> None:
        play(session, "hear", "remember", "cellar", "down", "sleep", "continue", "stay")
        atlas = atlas_of(session)
        folded = map_rows(atlas, (), "nothing")
        head = next(row.head for row in folded if row.kind == "run")
        rows = map_rows(atlas, [head], "nothing")
        at = next(index for index, row in enumerate(rows) if row.kind == "run")
        assert rows[at].open
        assert [row.label for row in rows[at + 1 : at + 5]] == [
            "Think about the voice.", "Look at the cellar.", "Go down in the dark.", "Let the day go.",
        ]  # fmt: skip
        assert {row.depth for row in rows[at + 1 : at + 5]} == {1}
        assert len(rows) == len(folded) + 4

    def test_bookmarks_are_not_folded_away(self, session: Session) -> None:
        play(session, "hear", "remember")
        session.save("the desk")
        play(session, "cellar", "down", "sleep")
        rows = map_rows(atlas_of(session))
        assert [(row.kind, row.marks) for row in rows if row.marks] == [("spot", ("the desk",))]

    def test_another_life_is_one_line_until_it_is_opened(self, session: Session) -> None:
        play(session, "hear", "remember", "sleep")
        session.new()
        play(session, "put_out")
        atlas = atlas_of(session)
        rows = map_rows(atlas, (), "nothing")
        assert drawn(rows) == [
            "episode Episode 1: The lamp",
            "  ~branch Hear him out. +3 [The man at the door: You let him talk]",
            "@spot Put him out. Now. [The man at the door: You put him out]",
        ]
        opened = map_rows(atlas, [rows[1].head], "nothing")
        assert drawn(opened)[1:4] == [
            "  ~branch Hear him out. +3 [The man at the door: You let him talk]",
            "    ~spot Think about the voice.",
            "    ~spot Let the day go.",
        ]

    def test_one_episode(self, session: Session) -> None:
        """Every life that came into it, the player's own first."""
        play(session, "hear", "sleep", "continue", "stay", "bus")
        session.new()
        play(session, "put_out", "sleep", "continue", "bus")
        atlas = atlas_of(session)
        rows = map_rows(atlas, (), "nothing", "e02")
        assert drawn(rows) == ["episode Episode 2: The switch", "@spot Take the bus.", "~branch Go on. +3"]
        first = map_rows(atlas, (), "nothing", "e01")
        assert {row.episode for row in first} == {"e01"}
        assert [row.count for row in first if row.kind == "branch"] == [2]
        assert atlas.episodes() == ["e01", "e02"]

    def test_search(self, session: Session) -> None:
        """By what was done, where, by a turn, by a bookmark; all words, in any case."""
        play(session, "put_out", "cellar", "down", "sleep")
        session.save("Late at night")
        atlas = atlas_of(session)

        def found(words: str) -> list[str]:
            return [row.label for row in found_rows(atlas, words)]

        assert found("DARK down") == ["Go down in the dark."]
        assert found("man at the door") == ["Put him out. Now."]
        assert found("late night") == ["Let the day go."]
        assert "Look at the cellar." in found("the cellar")
        assert found("xyzzy") == found("") == []
        assert found_rows(atlas, "the", most=2)[2:] == []

    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_every_spot_is_on_the_unfolded_map_once(self, long: Story, store: Store, seed: int) -> None:
        """Whatever the tree: with all of it unfolded nothing is missing and nothing is there twice."""
        session = Session(long, store)
        for life in range(3):
            session.new() if life % 2 == 0 else session.rewind(25)
            for move in play_blindly(long, seed * 7 + life, pins=0).moves[:80]:
                offer = move.rpartition("/")[2]
                if any(each.id == offer and each.locked is None for each in session.view.choices):
                    session.choose(offer)
        atlas = atlas_of(session)
        rows = map_rows(atlas, frozenset(atlas.spots), "nothing")
        spots = [row.node for row in rows if row.kind != "run"]
        assert sorted(spots) == sorted(atlas.spots)
        assert all(row.count >= FOLD for row in rows if row.kind == "run")
        folded = map_rows(atlas, (), "nothing")
        assert len(folded) < len(rows)
        zoomed = [map_rows(atlas, frozenset(atlas.spots), "nothing", name) for name in atlas.episodes()]
        assert sorted(row.node for each in zoomed for row in each if row.kind != "run") == sorted(atlas.spots)


def test_enter_goes_there(session: Session) -> None:
    """As a new branch, with the old one kept."""
    play(session, "hear", "cellar", "up")
    there = session.nodes[1]
    count = len(session.store.tree(session.story.title))
    session.go(there or 0)
    play(session, "remember")
    atlas = atlas_of(session)
    assert len(atlas.spots) == count + 1
    assert [len(spot.children) for spot in atlas.way(atlas.here)] == [1, 2, 0]
