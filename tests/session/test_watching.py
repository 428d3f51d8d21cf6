"""Watching the scene files: edits are noticed, and the place is found again in what they made."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.saves import Store
from game.session import Session
from game.session.watching import Broken, Watch, finding_lines
from game.story import Story
from game.story.findings import Finding
from tests.writing import Draft


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return Draft(tmp_path / "scenes")


@pytest.fixture
def watch(draft: Draft) -> Watch:
    return Watch(draft.folder)


@pytest.fixture
def session(draft: Draft, store: Store) -> Session:
    """A life that stands on the cellar stairs."""
    begun = Session(Story.load(draft.folder), store)
    begun.live(["e01.door.start/hear", "e01.office.desk/cellar"])
    return begun


class TestNoticing:
    """Any scene file that comes, goes or is written; once."""

    def test_nothing(self, watch: Watch, session: Session) -> None:
        assert not watch.changed()
        assert watch.look(session) is None

    def test_every_change_once(self, watch: Watch, draft: Draft) -> None:
        draft.edit("people.yaml", "\n", "\n\n")
        assert watch.changed()
        (draft.folder / "e02" / "new.yaml").write_text("scene: new\n", "utf-8")
        assert watch.changed()
        (draft.folder / "e02" / "new.yaml").unlink()
        assert watch.changed()
        assert not watch.changed()

    def test_other_files_are_no_scenes(self, watch: Watch, draft: Draft) -> None:
        """What editors leave beside a file is not looked at."""
        (draft.folder / "e01" / ".door.yaml.swp").write_text("x", "utf-8")
        (draft.folder / "notes.md").write_text("x", "utf-8")
        assert not watch.changed()

    def test_a_folder_that_is_gone(self, watch: Watch, draft: Draft, session: Session) -> None:
        draft.folder.rename(draft.folder.with_name("elsewhere"))
        news = watch.look(session)
        assert news is not None
        assert news.findings
        assert session.view.passage == "e01.cellar.stairs"


class TestWhereYouStand:
    """The same place in the new story."""

    def test_a_text(self, watch: Watch, draft: Draft, session: Session) -> None:
        draft.edit("e01/cellar.yaml", "has no bulb", "has a new bulb")
        moves, nodes = session.play.moves, session.nodes
        news = watch.look(session)
        assert news is not None
        assert (news.changed, news.moved, news.findings) == (True, False, ())
        assert "The lamp on the stairs has a new bulb." in session.view.paragraphs
        assert (session.play.moves, session.nodes) == (moves, nodes)
        session.choose("down")
        assert session.trouble is None
        assert session.messages() == []

    def test_elsewhere(self, watch: Watch, draft: Draft, session: Session) -> None:
        draft.edit("e02/north.yaml", "at nine", "at ten")
        news = watch.look(session)
        assert news is not None
        assert not news.changed
        assert "Nothing is different here." in news.text
        assert session.story.folder == draft.folder

    def test_before_a_life_has_begun(self, watch: Watch, draft: Draft, store: Store) -> None:
        """There is no life to go on with, and none is made."""
        session = Session(Story.load(draft.folder), store)
        draft.edit("e01/door.yaml", "his hat on", "his hat off")
        assert watch.look(session) is not None
        assert session.bookmarks() == []
        session.new()
        assert "his hat off" in session.view.paragraphs[-2]

    def test_the_title(self, watch: Watch, draft: Draft, session: Session) -> None:
        """Another title is another story to the saves: the life goes on as one of its own."""
        draft.edit("season.yaml", "title: ", "title: Not ")
        assert watch.look(session) is not None
        assert len(session.play.moves) == 2
        [mark] = session.bookmarks()
        assert mark.node == session.nodes[-1]
        session.choose("up")
        assert session.trouble is None


class TestABrokenEdit:
    """It says where, keeps the last good story, and goes on when it is mended."""

    def test_break_and_mend(self, watch: Watch, draft: Draft, session: Session) -> None:
        story = session.story
        draft.edit("e01/cellar.yaml", "to: bottom", "to: bottle")
        news = watch.look(session)
        assert news is not None
        assert "cannot be read as they are now" in news.text
        said = finding_lines(news.findings, 72)
        [line] = [number for number, each in enumerate(said) if "to: bottle" in each]
        assert said[0].endswith("cellar.yaml:13:13:")
        assert said[line + 1].index("^") == said[line].index("bottle")
        assert session.story is story
        session.choose("up")
        draft.edit("e01/cellar.yaml", "to: bottle", "to: bottom")
        news = watch.look(session)
        assert news is not None
        assert "in order again" in news.text
        assert news.findings == ()
        assert session.view.passage == "e01.office.desk"

    def test_a_story_that_goes_round(self, watch: Watch, draft: Draft, session: Session) -> None:
        """It loads and cannot be played: that is a mistake as well."""
        draft.edit("e01/episode.yaml", "opening: door.start", "opening: door.round")
        draft.edit(
            "e01/door.yaml", "passages:\n", "passages:\n  round:\n    text: |\n      Round.\n    to: round\n"
        )
        news = watch.look(session)
        assert news is not None
        assert "round" in news.findings[0].message
        assert session.view.passage == "e01.cellar.stairs"

    def test_whatever_else_goes_wrong(
        self, watch: Watch, draft: Draft, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def load(path: Path) -> Story:
            raise PermissionError("not yours")

        monkeypatch.setattr(Story, "load", load)
        assert isinstance(watch.read(), Broken)
        draft.edit("season.yaml", "title: ", "title: Not ")
        news = watch.look(session)
        assert news is not None
        assert "not yours" in news.findings[0].message


class TestAPathThatIsGone:
    """The last place that exists, what was done in words, and back again when it is mended."""

    def test_the_choice_you_took(self, watch: Watch, draft: Draft, session: Session) -> None:
        session.choose("up")
        nodes = session.nodes
        draft.edit("e01/cellar.yaml", "      up:\n", "      climb:\n")
        news = watch.look(session)
        assert news is not None
        assert news.moved
        assert "last place that still exists (The lamp, The cellar); 1 choice after it" in news.text
        assert session.view.passage == "e01.cellar.stairs"
        assert session.nodes == nodes[:-1]
        session.choose("climb")
        assert session.trouble is None

    def test_it_is_said_once(self, watch: Watch, draft: Draft, session: Session) -> None:
        session.choose("up")
        draft.edit("e01/cellar.yaml", "      up:\n", "      climb:\n")
        watch.look(session)
        draft.edit("e02/north.yaml", "at nine", "at ten")
        news = watch.look(session)
        assert news is not None
        assert "last place" not in news.text

    @pytest.mark.parametrize("mended", ["      up:\n", "      climb:\n        was: up\n"])
    def test_mended(self, watch: Watch, draft: Draft, session: Session, mended: str) -> None:
        """The id is there again, or the new one says what it was: you are back where you were."""
        session.choose("up")
        nodes = session.nodes
        draft.edit("e01/cellar.yaml", "      up:\n", "      climb:\n")
        watch.look(session)
        draft.edit("e01/cellar.yaml", "      climb:\n", mended)
        news = watch.look(session)
        assert news is not None
        assert "you are where you were" in news.text
        assert session.view.passage == "e01.office.desk"
        assert session.nodes == nodes

    def test_gone_another_way_in_between(self, watch: Watch, draft: Draft, session: Session) -> None:
        """Then that is where you are, and nobody takes you back."""
        session.choose("up")
        draft.edit("e01/cellar.yaml", "      up:\n", "      climb:\n")
        watch.look(session)
        session.choose("down")
        draft.edit("e01/cellar.yaml", "      climb:\n", "      up:\n")
        news = watch.look(session)
        assert news is not None
        assert not news.moved
        assert session.play.moves[-1] == "e01.cellar.stairs/down"

    def test_an_earlier_episode(self, watch: Watch, draft: Draft, session: Session) -> None:
        """Gone from under you: this episode as it was entered, once, and mended again."""
        for choice in ("up", "sleep", "continue", "stay"):
            session.choose(choice)
        draft.edit("e01/cellar.yaml", "      up:\n", "      climb:\n")
        news = watch.look(session)
        assert news is not None
        assert news.moved
        assert session.play.moves == ("e02.north.start/stay",)
        lives = len(session.bookmarks())
        draft.edit("e02/north.yaml", "at nine", "at ten")
        watch.look(session)
        assert len(session.bookmarks()) == lives
        draft.edit("e01/cellar.yaml", "      climb:\n", "      up:\n")
        watch.look(session)
        assert len(session.play.moves) == 6


class TestFindings:
    """Laid out for any width, with the caret where it belongs."""

    @pytest.mark.parametrize("width", [40, 60, 72, 110])
    @pytest.mark.parametrize("column", [1, 5, 30, 90, 200])
    def test_the_caret(self, width: int, column: int) -> None:
        quote = "".join(chr(97 + at % 26) for at in range(220))
        said = finding_lines([Finding("e01/a.yaml", 3, column, "no", quote=quote)], width)
        assert max(map(len, said)) <= width
        assert said[1][said[2].index("^")] == quote[column - 1]

    def test_a_long_list_is_cut(self) -> None:
        said = finding_lines([Finding("a.yaml", line, 1, "no") for line in range(1, 31)], 72)
        assert said[-1] == "And 22 more: `igh check` lists them."
