"""The title, the saves, the settings, help: everything around the story."""

from __future__ import annotations

from game.tui.screens.story import StoryScreen
from game.tui.screens.title import TitleScreen

from .conftest import Opens


class TestTitle:
    """What can be done before the door is opened."""

    async def test_first_time(self, opened: Opens) -> None:
        """A name on the door, nothing to continue, nothing to load."""
        async with opened() as player:
            assert "I N V E S T I G A T I O N S" in player.seen
            assert "Continue" not in player.seen
            assert "×  Load" in player.seen

    async def test_a_content_note_comes_first(self, opened: Opens) -> None:
        """Esc there begins nothing."""
        async with opened() as player:
            await player.press("1")
            assert "Somebody in this story drinks." in player.seen
            assert "Nobody is asked to like it." in player.seen
            await player.press("escape")
            assert player.at(TitleScreen)
            assert "Continue" not in player.seen

    async def test_continue_says_where_you_are(self, playing: Opens) -> None:
        """Episode, place, and a line of what was happening; and goes exactly there."""
        async with playing() as player:
            await player.press("2", "escape")
            assert player.at(TitleScreen)
            assert "1 · The client, Alias Investigations" in player.seen
            assert "They all do, in the end." in player.seen
            await player.press("1")
            assert player.at(StoryScreen)
            assert player.moves() == ("refuse",)

    async def test_continue_after_leaving(self, playing: Opens, opened: Opens) -> None:
        """Another process finds it all, and the page reads back to the beginning."""
        async with playing() as player:
            await player.press("2", "2")
        async with opened() as player:
            await player.press("enter")
            assert player.moves() == ("refuse", "desk")
            await player.press("home")
            assert "[Door]" in player.seen

    async def test_about(self, opened: Opens) -> None:
        """The note can be read again."""
        async with opened() as player:
            await player.press("3")
            assert "Somebody in this story drinks." in player.seen


class TestSaves:
    """Bookmarks and autosaves apart; deleting and forgetting ask."""

    async def test_save_and_load(self, playing: Opens) -> None:
        """A bookmark is a place to come back to; where you were is kept as well."""
        async with playing() as player:
            await player.press("2", "s")
            await player.write("warm chair")
            await player.press("enter", "2", "1")
            assert player.moves() == ("refuse", "desk", "street")
            await player.press("l")
            assert "Bookmarks" in player.seen
            assert "Autosaves" in player.seen
            assert "warm chair" in player.seen
            await player.press("enter")
            assert player.moves() == ("refuse",)
            assert "Kilgrave:" in player.seen

    async def test_a_name_is_offered(self, playing: Opens) -> None:
        """Enter at once takes the place and the time; Esc saves nothing."""
        async with playing() as player:
            await player.press("s", "escape", "s", "enter", "l")
            assert player.seen.count("Alias Investigations, Tuesday, noon") == 1

    async def test_delete_asks(self, playing: Opens) -> None:
        """And leaves everything as it is until it is answered with yes."""
        async with playing() as player:
            await player.press("s")
            await player.write("mine")
            await player.press("enter", "l", "d")
            assert "Delete the bookmark “mine”?" in player.seen
            await player.press("enter", "escape")
            assert len(player.app.desk.session.bookmarks()) == 2
            await player.press("d", "1")
            assert [mark.name for mark in player.app.desk.session.bookmarks() if not mark.auto] == []
            assert "None yet." in player.seen

    async def test_forget_asks(self, playing: Opens, opened: Opens) -> None:
        """A life is only erased after a yes."""
        async with playing() as player:
            await player.press("2")
        async with opened() as player:
            await player.press("down", "down", "enter", "f")
            assert "This cannot be taken back." in player.seen
            await player.press("2")
            assert len(player.app.desk.session.bookmarks()) == 1
            await player.press("f", "1")
            assert player.app.desk.session.bookmarks() == []


class TestSettings:
    """Hold at once, and are kept."""

    async def test_kept(self, opened: Opens) -> None:
        """A theme and a width chosen in one sitting are there in the next."""
        async with opened() as player:
            await player.press("2", "right", "down", "right")
            assert "Paper" in player.seen
            assert player.app.theme == "paper"
        async with opened() as player:
            assert player.app.theme == "paper"
            assert player.app.desk.preferences.measure == 60
            await player.press("1", "enter", "1")
            assert max(len(line) for line in player.page.text.splitlines()) <= 60

    async def test_in_the_middle_of_a_scene(self, playing: Opens) -> None:
        """Another width wraps the page anew."""
        async with playing() as player:
            await player.press("2", "comma", "down", "right", "right", "right", "escape")
            assert max(len(line) for line in player.page.text.splitlines()) <= 44
            assert "Kilgrave:" in player.seen

    async def test_motion_off_is_still(self, opened: Opens) -> None:
        """No timer of the picture runs."""
        async with opened() as player:
            await player.press("2", "down", "down", "down", "right", "escape")
            before = player.seen
            assert player.app.animation_level == "none"
            await player.settle()
            assert player.seen == before


class TestHelp:
    """`?` explains the screen you are on, Esc comes back."""

    async def test_everywhere(self, playing: Opens) -> None:
        """Each screen has its own."""
        async with playing() as player:
            for key, name in (
                ("c", "The casebook"),
                ("b", "The Board"),
                ("l", "Saves"),
                ("comma", "Settings"),
            ):
                await player.press(key, "question_mark")
                assert name in player.seen
                await player.press("escape", "escape")
                assert player.at(StoryScreen)
            await player.press("question_mark")
            assert "never chooses." in player.seen
            await player.press("space")
            assert "Take the last choice back" in player.seen

    async def test_the_palette_has_everything_by_name(self, playing: Opens) -> None:
        """Also what has no key of its own."""
        async with playing() as player:
            await player.press("ctrl+p")
            await player.write("paper")
            await player.press("down", "enter")
            assert player.app.theme == "paper"

    async def test_a_key_of_the_bar_is_a_button(self, playing: Opens) -> None:
        """A click on it does what it says."""
        async with playing() as player:
            bar = player.lines[-1]
            await player.pilot.click(offset=(bar.index("Casebook"), 23))
            await player.settle()
            assert "Clues 0" in player.seen
