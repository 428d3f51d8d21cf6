"""Reading back, and lives as codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.session.close import share_code
from game.tui.screens.ask import AskName
from game.tui.screens.page import Page
from game.tui.screens.reading import ReadingScreen
from game.tui.screens.saves import SavesScreen
from game.tui.screens.story import StoryScreen
from game.tui.widgets.transcript import Transcript

from .conftest import Opens

TO_STREET = ("2", "2", "1", "1")


class TestReadingBack:
    """All of it, also of episodes before this one."""

    async def test_the_whole_life_is_on_one_page(self, playing: Opens) -> None:
        async with playing() as player:
            await player.press(*TO_STREET, "1", "3", "1", "enter")
            assert "2 · The invoice" in player.lines[0]
            await player.press("t")
            assert player.at(ReadingScreen)
            page = player.screen.query_one(Transcript).text
            assert "Coleman drank ginger ale." not in page  # that is in the casebook, not in the story
            assert page.index("1 · The client") < page.index("The invoice") < page.index("Friday.")
            assert "Friday." in player.seen
            await player.press("home")
            assert "1 · The client" in player.seen
            await player.press("escape")
            assert player.at(StoryScreen)

    async def test_search(self, playing: Opens) -> None:
        """The first is found as it is typed, Enter goes on to the next."""
        async with playing((80, 20)) as player:
            await player.press(*TO_STREET, "1", "3", "1", "enter", "t", "slash")
            await player.write("friday")
            assert "2 found" in player.seen
            await player.press("enter", "enter", "escape")
            assert player.at(ReadingScreen)
            await player.press("slash")
            await player.write("xyzzy")
            assert "0 found" in player.seen

    async def test_to_a_file(self, playing: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """As Markdown; a file that is there is left alone."""
        monkeypatch.chdir(tmp_path)
        async with playing() as player:
            await player.press(*TO_STREET, "t", "w")
            assert player.at(AskName)
            await player.press("enter")
            text = (tmp_path / "jessica.md").read_text()
            assert text.startswith("# ")
            assert "\n## Episode 1" in text
            await player.press("w", "enter")
            assert "left alone" in " ".join(player.seen.split())
            assert (tmp_path / "jessica.md").read_text() == text


class TestCodes:
    """The code of a life, and the life of a code."""

    async def test_there_and_back(self, playing: Opens) -> None:
        async with playing() as player:
            await player.press(*TO_STREET)
            moves, code = player.moves(), share_code(player.app.desk.session)
            assert code is not None
            await player.press("y")
            assert player.at(Page)
            assert code.split("-")[0] in player.seen
            await player.press("escape", "u", "u", "l", "c")
            await player.write(code.lower().replace("-", ""))
            await player.press("enter")
            assert player.at(StoryScreen)
            assert player.moves() == moves

    async def test_one_that_is_none(self, playing: Opens) -> None:
        """Said, and nothing has changed."""
        async with playing() as player:
            await player.press("2", "l", "c")
            await player.write("1abc")
            await player.press("enter")
            assert player.at(SavesScreen)
            assert "This is not a code" in " ".join(player.seen.split())
            assert [mark.auto for mark in player.app.desk.session.bookmarks()] == [True]
