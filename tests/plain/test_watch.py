"""`igh play --watch` and `--at`, line by line."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from game.plain import play
from game.saves import Store
from game.session import Session
from game.session.watching import Watch
from game.story import Story
from tests.console import SMALL, Screen, igh, plain
from tests.writing import Draft

Line = str | Callable[[], object]


class Typist(io.StringIO):
    """Types lines, and edits the story in between: a line may be something to do first."""

    def __init__(self, *lines: Line) -> None:
        super().__init__()
        self._lines: Iterator[Line] = iter(lines)

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        for line in self._lines:
            if isinstance(line, str):
                return f"{line}\n"
            line()
        return ""


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draft:
    monkeypatch.chdir(tmp_path)  # findings name files from here
    return Draft(tmp_path / "scenes")


@pytest.fixture
def played(draft: Draft, store: Store) -> Callable[..., str]:
    """`played("1", edit, "")`: what is said. An empty line lets the game look at the files."""

    def type_(*lines: Line) -> str:
        watch = Watch(draft.folder)
        session = Session(Story.load(draft.folder), store)
        out = io.StringIO()
        assert play(session, Typist(*lines), out, watch=watch) == 0
        return out.getvalue()

    return type_


class TestWatching:
    """Before each prompt the scenes are looked at."""

    def test_a_text_where_you_stand(self, draft: Draft, played: Callable[..., str]) -> None:
        said = played("1", "1", lambda: draft.edit("e01/cellar.yaml", "no bulb", "a new bulb"), "", "1")
        assert said.index("has no bulb") < said.index("Note: The scenes were read again.")
        assert said.index("were read again") < said.index("The lamp on the stairs has a new bulb.")
        assert said.index("has a new bulb") < said.index("the floor he landed on")

    def test_a_text_elsewhere(self, draft: Draft, played: Callable[..., str]) -> None:
        said = played("1", lambda: draft.edit("e02/north.yaml", "at nine", "at ten"), "")
        assert said.rstrip().endswith(
            "Note: The scenes were read again. Nothing is different here.\n\n> \n\nYour place is kept."
        )

    def test_break_and_mend(self, draft: Draft, played: Callable[..., str]) -> None:
        """File, line, column, the line and a caret; the last good story plays on; then the new one."""
        said = played(
            "1",
            lambda: draft.edit("e01/episode.yaml", "to: office.rita", "to: office.ritta"),
            "",
            "1",
            lambda: draft.edit("e01/episode.yaml", "to: office.ritta", "to: office.rita"),
            "",
        )
        assert "scenes/e01/episode.yaml:16:9:" in said
        lines = said.splitlines()
        [at] = [number for number, line in enumerate(lines) if line.strip() == "to: office.ritta"]
        assert lines[at + 1].index("^") == lines[at].index("office.ritta")
        assert "Did you mean `office.rita`?" in said
        assert said.index("office.ritta") < said.index("has no bulb") < said.index("in order again")

    def test_the_choice_you_took_is_gone(self, draft: Draft, played: Callable[..., str]) -> None:
        edit = partial(draft.edit, "e01/cellar.yaml", "      up:\n", "      climb:\n")
        said = played("1", "1", "2", edit, "")
        told = said.partition("Note: ")[2]
        assert "last place that still exists" in " ".join(told.split())
        assert "has no bulb" in told

    def test_not_watching(self, draft: Draft, store: Store) -> None:
        session = Session(Story.load(draft.folder), store)
        out = io.StringIO()
        play(session, Typist("1", lambda: draft.edit("e01/cellar.yaml", "no bulb", "a bulb"), "1"), out)
        assert "has no bulb" in out.getvalue()

    @pytest.mark.skipif("sys.platform == 'win32'", reason="needs a Unix terminal")
    def test_on_a_terminal_nobody_has_to_type(self, draft: Draft, saves: Path) -> None:
        game = Screen("play", "--plain", "--watch", "--scenes", str(draft.folder), saves=saves)
        try:
            game.read()
            draft.edit("e01/door.yaml", "his hat on", "his hat off")
            assert "his hat off" in game.read()
            game.type("1")
            assert "He says it twice." in game.read()
            game.type("quit")
            assert game.end() == 0
        finally:
            game.close()


class TestAt:
    """From a passage, on saves that are thrown away."""

    def test_from_a_passage(self, saves: Path) -> None:
        said = plain(saves, "1", args=["--at", "e01.cellar.stairs"]).stdout
        assert "You are at e01.cellar.stairs, 2 choices in." in said
        assert said.index("has no bulb") < said.index("the floor he landed on")
        assert said.endswith("Nothing of this is kept, and your own saves are as they were.\n")
        assert not saves.exists()

    def test_the_players_saves_are_left_alone(self, saves: Path) -> None:
        plain(saves, "1", "settings width 40")
        before = {path: path.read_bytes() for path in saves.rglob("*") if path.is_file()}
        said = plain(saves, "1", "back", "save here", args=["--at", "e01.cellar.stairs"]).stdout
        assert max(map(len, said.splitlines())) <= 40  # as the player has set it
        assert {path: path.read_bytes() for path in saves.rglob("*") if path.is_file()} == before

    def test_no_such_passage(self, saves: Path) -> None:
        """Exit code 2, and the nearest name."""
        done = plain(saves, args=["--at", "e01.celar.stairs"])
        assert done.returncode == 2
        assert "Did you mean `e01.cellar.stairs`?" in done.stderr
        assert done.stdout == ""

    def test_nothing_leads_there(self, draft: Draft, saves: Path) -> None:
        """Exit code 1: that is the story's fault."""
        draft.edit("e01/cellar.yaml", "to: bottom", "to: hub")
        args = ("--scenes", str(draft.folder), "--at", "e01.cellar.bottom")
        done = igh("play", "--plain", *args, saves=saves)
        assert done.returncode == 1
        assert "cannot play at `e01.cellar.bottom`" in done.stderr

    def test_not_with_new(self, saves: Path) -> None:
        assert plain(saves, args=["--new", "--at", "e01.cellar.stairs"]).returncode == 2

    def test_and_watching(self, draft: Draft, saves: Path) -> None:
        args = ("--at", "e01.cellar.stairs", "--watch", "--scenes", str(draft.folder))
        done = igh("play", "--plain", *args, typed="1\n", saves=saves)
        assert done.returncode == 0
        assert "the floor he landed on" in done.stdout

    @pytest.mark.skipif("sys.platform == 'win32'", reason="needs a Unix terminal")
    @pytest.mark.parametrize("more", [[], ["--watch"]], ids=["at", "at and watch"])
    def test_full_screen(self, saves: Path, more: list[str]) -> None:
        """No title in between."""
        game = Screen("play", "--at", "e01.cellar.stairs", *more, "--scenes", str(SMALL), saves=saves)
        try:
            game.read(until="Go down in the dark.")
            game.press("\x11")  # Ctrl-Q
            assert game.end() == 0
            assert "Traceback" not in game.text
            assert not saves.exists()
        finally:
            game.close()
