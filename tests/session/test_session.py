"""A session: the play and the saves in step."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from game.engine import NotOffered
from game.saves import BadImport, Store
from game.session import Session, SessionError, replay_file, take_in
from game.story import Story


def play(session: Session, *choices: str) -> None:
    for choice in choices:
        session.choose(choice)


class TestPlaying:
    """Turns, and that they are kept before they are seen."""

    def test_a_turn_has_move_echo_and_view(self, session: Session) -> None:
        turn = session.choose("put_out")
        assert turn.move == "e01.door.start/put_out"
        assert turn.echo == "Put him out."
        assert turn.view is session.view
        assert session.transcript[-1] is turn
        assert session.transcript[0].move is None

    def test_a_turn_is_in_the_database_when_it_is_returned(self, session: Session, saves: Path) -> None:
        """Another connection sees the node, and this window's autosave on it, at once."""
        session.choose("hear")
        other = sqlite3.connect(saves / "igh.db")
        try:
            found = other.execute(
                "SELECT n.move, b.moves FROM bookmarks b JOIN nodes n ON n.id = b.node WHERE b.auto"
            ).fetchall()
        finally:
            other.close()
        assert found == [("e01.door.start/hear", 1)]

    def test_what_is_not_on_offer_changes_nothing(self, session: Session, store: Store) -> None:
        before = session.play.state
        for refused in ("lift", "nonsense", ""):
            with pytest.raises(NotOffered):
                session.choose(refused)
        with pytest.raises(NotOffered):
            session.pin("who_fell", "fell", ["lamp"])
        assert session.play.state == before
        assert len(session.transcript) == 1
        assert store.children(session.nodes[0] or 0) == []

    def test_pins_are_turns(self, session: Session) -> None:
        play(session, "hear", "cellar", "up")
        pinned = session.pin("who_fell", "fell", ["lamp"])
        assert pinned.move == "board/who_fell=fell:lamp"
        assert pinned.echo == ""
        taken_down = session.unpin("who_fell")
        assert taken_down.move == "board/who_fell="
        assert session.trouble is None

    def test_going_back(self, session: Session, store: Store) -> None:
        play(session, "hear", "cellar", "up")
        assert session.rewind(2).move == "e01.door.start/hear"
        assert session.view.passage == "e01.office.desk"
        assert session.rewind(99).move is None
        assert session.rewind().move is None
        assert len(session.nodes) == len(session.transcript) == 1
        [mark] = session.bookmarks()
        assert mark.node == session.nodes[0]

    def test_a_choice_of_another_life_is_known(self, session: Session) -> None:
        """Taken in this life it is not marked; taken in one that was left, it is."""
        play(session, "hear", "remember")
        assert not session.taken_before("cellar")
        session.rewind(2)
        assert session.taken_before("hear")
        session.choose("hear")
        assert session.taken_before("remember")
        assert not session.taken_before("sleep")

    def test_closed_episodes(self, session: Session) -> None:
        play(session, "hear")
        assert session.closed() == set()
        play(session, "sleep")
        assert session.closed() == {"e01"}
        session.new()
        assert session.closed() == {"e01"}


class TestComingBack:
    """Resume, load, go."""

    def test_resume_rebuilds_the_whole_transcript(self, session: Session, small: Story, saves: Path) -> None:
        play(session, "hear", "cellar", "up", "remember", "sleep", "continue", "stay")
        session.store.close()
        store = Store.open(saves)
        again = Session(small, store)
        resumed = again.resume()
        assert resumed == session.transcript[-1]
        assert again.transcript == session.transcript
        assert again.nodes == session.nodes
        assert again.play.state == session.play.state
        assert again.messages() == []
        again.choose("stay")
        assert again.rewind(3).move == "e01.office.desk/sleep"
        store.close()

    def test_nothing_to_resume(self, small: Story, store: Store) -> None:
        assert Session(small, store).resume() is None

    def test_lives_of_another_story_are_left_alone(self, session: Session, season: Story) -> None:
        """The same folder may hold saves of several stories."""
        session.choose("hear")
        other = Session(season, session.store)
        assert other.bookmarks() == []
        assert other.resume() is None

    def test_load_and_save(self, session: Session) -> None:
        session.choose("hear")
        mark = session.save("the desk")
        assert (mark.name, mark.moves, mark.place) == ("the desk", 1, "The office")
        play(session, "cellar", "down")
        turn = session.load(mark.id)
        assert turn.view.passage == "e01.office.desk"
        assert [turn.move for turn in session.transcript] == [None, "e01.door.start/hear"]
        session.delete(mark.id)
        with pytest.raises(SessionError):
            session.load(mark.id)

    def test_go_to_any_node(self, session: Session) -> None:
        play(session, "hear", "cellar", "down")
        deep = session.nodes[-1]
        assert deep is not None
        session.new()
        session.choose("put_out")
        turn = session.go(deep)
        assert turn.move == "e01.cellar.stairs/down"
        assert len(session.transcript) == 4


class TestAnEditedStory:
    """The story changes under a save."""

    @pytest.fixture
    def edited(
        self, tmp_path: Path, session: Session, saves: Path
    ) -> Callable[..., tuple[Session, list[str]]]:
        """Resume `session`'s life in a copy of the story in which texts are replaced, file by file."""

        def resume(edits: dict[str, dict[str, str]]) -> tuple[Session, list[str]]:
            import shutil

            from tests.console import SMALL

            copy = tmp_path / "edited"
            shutil.copytree(SMALL, copy)
            for name, replaced in edits.items():
                text = (copy / name).read_text("utf-8")
                for old, new in replaced.items():
                    assert old in text
                    text = text.replace(old, new)
                (copy / name).write_text(text, "utf-8")
            session.store.close()
            again = Session(Story.load(copy), Store.open(saves))
            assert again.resume() is not None
            return again, again.messages()

        return resume

    def test_a_renamed_choice_is_found(self, session: Session, edited: Callable[..., Any]) -> None:
        play(session, "hear", "cellar", "up")
        again, told = edited(
            {"e01/door.yaml": {"      hear:\n": "      listen:\n        was: hear\n"}},
        )
        assert told == []
        assert again.play.moves == ("e01.door.start/listen", *session.play.moves[1:])
        again.store.close()

    def test_the_last_place_that_exists(self, session: Session, edited: Callable[..., Any]) -> None:
        """A choice of this episode is gone: the place before it, and the old branch stays."""
        play(session, "hear", "cellar", "up")
        old = session.nodes
        again, told = edited({"e01/cellar.yaml": {"      up:\n": "      climb:\n"}})
        assert again.view.passage == "e01.cellar.stairs"
        assert "last place that still exists (The lamp, The cellar); 1 choice after it" in told[0]
        assert again.nodes == old[:-1]
        assert again.store.node(old[-1] or 0).move == "e01.cellar.stairs/up"
        again.choose("climb")
        assert again.trouble is None
        again.store.close()

    def test_the_opening_of_the_episode(self, session: Session, edited: Callable[..., Any]) -> None:
        """A choice of an earlier episode is gone: this one, as it was entered, and the moves made in it."""
        play(session, "hear", "sleep", "continue", "stay", "stay")
        again, told = edited({"e01/door.yaml": {"      hear:\n": "      listen:\n"}})
        assert again.view.passage == "e02.north.start"
        assert "You heard him out." in again.transcript[0].view.paragraphs[-1]
        assert [turn.move for turn in again.transcript] == [None, *["e02.north.start/stay"] * 2]
        assert "The switch begins as it did for you, and you are where you were" in told[0]
        again.choose("stay")
        again.rewind(1)
        assert again.play.moves == ("e02.north.start/stay",) * 2
        again.store.close()
        resumed = Session(again.story, Store.open(again.store.folder))
        assert resumed.resume() is not None
        assert resumed.transcript == again.transcript
        assert resumed.messages() == []
        resumed.store.close()

    def test_moved(self, session: Session, edited: Callable[..., Any]) -> None:
        """All choices are still there, and lead somewhere else: she is told."""
        play(session, "hear", "cellar", "up")
        landing = "  landing:\n    text: |\n      A landing.\n    choices:\n      on: {text: On., to: hub}\n"
        up = "        text: Go back up.\n        to: "
        edits = {f"{up}hub": f"{up}landing", "  bottom:\n": f"{landing}  bottom:\n"}
        again, told = edited({"e01/cellar.yaml": edits})
        assert again.view.passage == "e01.cellar.landing"
        assert "another place (The lamp, The cellar)" in told[0]
        again.store.close()


class TestABrokenStore:
    """A store that dies does not take the story with it."""

    def test_the_story_goes_on_and_is_written_later(
        self, session: Session, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session.choose("hear")

        def die(*_: object) -> int:
            raise RuntimeError("out of ideas")

        with monkeypatch.context() as broken:
            broken.setattr(store, "add", die)
            play(session, "cellar", "up")
            assert session.nodes[1] is not None
            assert session.nodes[2:] == (None, None)
            assert "cannot be written" in str(session.trouble)
            [told] = session.messages()
            assert "out of ideas" in told
            with pytest.raises(SessionError):
                session.save("here")
            session.rewind(1)
            assert session.view.passage == "e01.cellar.stairs"
        session.choose("down")
        assert session.trouble is None
        assert None not in session.nodes
        assert session.messages() == ["Everything is saved again."]
        assert store.path(session.nodes[-1] or 0).moves == session.play.moves


class TestFiles:
    """Lives in and out of files."""

    def test_export_and_import(self, session: Session, small: Story, tmp_path: Path) -> None:
        play(session, "hear", "sleep", "continue", "stay")
        text = session.store.export(session.save("to keep"))
        assert [turn.move for turn in replay_file(small, text)[1:]] == list(session.play.moves)
        other = Store.open(tmp_path / "other")
        mark = take_in(small, other, text)
        session_there = Session(small, other)
        session_there.load(mark.id)
        assert session_there.transcript == session.transcript
        other.close()

    @pytest.mark.parametrize(
        ("old", "new"),
        [("/hear", "/lift"), ("/hear", "/nonsense"), ("A small case", "Another case"), ("story", "sorry")],
    )
    def test_a_file_that_does_not_fit_changes_nothing(
        self, session: Session, small: Story, tmp_path: Path, old: str, new: str
    ) -> None:
        play(session, "hear", "cellar")
        text = session.store.export(session.save("to keep"))
        other = Store.open(tmp_path / "other")
        for read in (lambda: take_in(small, other, text.replace(old, new)),
                     lambda: replay_file(small, text.replace(old, new))):  # fmt: skip
            with pytest.raises(BadImport):
                read()
        assert other.bookmarks() == []
        assert other.tree(small.title) == []
        other.close()
