"""Casebook, Board, the close of an episode, the end."""

from __future__ import annotations

from game.tui.screens.board import BoardScreen
from game.tui.screens.close import CloseScreen
from game.tui.screens.ending import EndingScreen
from game.tui.screens.story import StoryScreen
from game.tui.screens.title import TitleScreen

from .conftest import Opens

TO_STREET = ("2", "2", "1", "1")
"""To the street, with the key, the tab of the bar, and a little less of Trish's patience."""
TO_BOARD = (*TO_STREET, "1")
"""And back at the desk, with the prints."""


class TestCasebook:
    """Who, where, when; documents; people; the dead; search."""

    async def test_clue(self, playing: Opens) -> None:
        """From whom, where, when, what it looks like, and what Jessica makes of it."""
        async with playing() as player:
            await player.press(*TO_STREET, "c", "down")
            for wanted in (
                "Clues 2",
                "One ginger ale",
                "Coleman drank ginger ale.",
                "from the bar's tab",
                "West 46th Street, Tuesday, four o'clock",
                "Receipt: Bar tab [no. 12]",
                "GINGER ALE      1   3.00",
                "[paid]",
                "On a Monday. I'd have noticed.",
            ):
                assert wanted in player.seen

    async def test_search_as_you_type(self, playing: Opens) -> None:
        """What does not have it is hidden; Esc clears first, and closes then."""
        async with playing() as player:
            await player.press(*TO_STREET, "c")
            await player.write("ginger")
            assert "A key on a nail" not in player.seen
            assert "One ginger ale" in player.seen
            await player.press("escape")
            assert "A key on a nail" in player.seen
            await player.press("escape")
            assert player.at(StoryScreen)

    async def test_people(self, playing: Opens) -> None:
        """Where they stand, in words, and what moved it."""
        async with playing() as player:
            await player.press(*TO_STREET, "c", "tab")
            assert "Stands with you: wary" in player.seen
            assert "square → wary: West 46th Street" in player.seen

    async def test_the_dead(self, playing: Opens) -> None:
        """How, where, and whom she blames."""
        async with playing() as player:
            await player.press("2", "2", "3", "c", "tab", "tab")
            for wanted in ("† Robert Coleman", "He went off his own roof.", "West 46th Street", "You blame"):
                assert wanted in player.seen


class TestBoard:
    """Takes what the pins carry, never says what is right."""

    async def test_pin_and_string(self, playing: Opens) -> None:
        """Pinned cards are joined by string; the theory they carry goes up, and is in the story after."""
        async with playing() as player:
            await player.press(*TO_BOARD, "b")
            assert player.at(BoardScreen)
            assert "What put Coleman off his roof?" in player.seen
            assert "●" not in player.seen
            await player.press("space", "right", "space")
            assert player.seen.count("●") == 2
            assert "┌──" in player.seen
            await player.press("1")
            assert "On the wall: He fell." in player.seen
            assert "Drunk men fall. You should know." in player.seen
            await player.press("escape")
            assert "Drunk men fall. You should know." in player.page.text
            assert "● Pinned: He fell" in player.seen
            assert "board" in player.app.desk.session.play.moves[-1]

    async def test_a_refused_pin_says_only_that(self, playing: Opens) -> None:
        """And is no move."""
        async with playing() as player:
            await player.press(*TO_BOARD, "b", "1")
            assert "The pins do not carry that theory." in player.seen
            assert len(player.moves()) == len(TO_BOARD)

    async def test_take_down(self, playing: Opens) -> None:
        """What is up can be taken down."""
        async with playing() as player:
            await player.press(*TO_BOARD, "b", "space", "1", "u")
            assert "Nothing is up." in player.seen

    async def test_mouse(self, playing: Opens) -> None:
        """A click on a card pins it, a click on a theory puts it up."""
        async with playing() as player:
            await player.press(*TO_BOARD, "b")
            row = next(y for y, line in enumerate(player.lines) if "One ginger ale" in line)
            await player.pilot.click(offset=(10, row))
            await player.settle()
            assert player.seen.count("●") == 1
            row = next(y for y, line in enumerate(player.lines) if "1  He fell" in line)
            await player.pilot.click(offset=(10, row))
            await player.settle()
            assert "On the wall: He fell." in player.seen

    async def test_only_read_elsewhere(self, playing: Opens) -> None:
        """Away from the board nothing can be pinned."""
        async with playing() as player:
            await player.press(*TO_STREET, "b")
            assert "Here the Board can only be read." in player.seen
            await player.press("space", "1")
            assert "●" not in player.seen
            assert len(player.moves()) == len(TO_STREET)


class TestClose:
    """What was done, what was never found, and on."""

    async def test_close(self, playing: Opens) -> None:
        """Turns with their outcomes, silhouettes, the next episode."""
        async with playing() as player:
            await player.press(*TO_BOARD, "3")
            assert "1  Close the file on this episode." in player.seen
            await player.press("1")
            assert player.at(CloseScreen)
            assert "The client's retainer: She refused it" in player.seen
            assert "3 of 4 clues" in player.seen
            assert "░░░ ░░░░░ ░░░░░░ ░░░░░" in player.seen
            assert "The thing nobody finds" not in player.seen
            assert "Look in the cellar" in player.seen
            await player.press("space")
            assert "† Robert Coleman" in player.seen
            await player.press("enter")
            assert player.at(StoryScreen)
            assert "2 · The invoice" in player.lines[0]
            assert "Friday." in player.seen

    async def test_to_be_continued(self, playing: Opens) -> None:
        """Where the writing stops, it says so, and that it is no ending."""
        async with playing() as player:
            await player.press(*TO_BOARD, "3", "1", "enter", "2", "1", "enter")
            assert player.at(EndingScreen)
            assert "To be continued" in player.seen
            assert "It is not an ending" in player.seen
            assert "Next: 3 · The rest." in player.seen
            assert "† Robert Coleman" in player.seen
            await player.press("enter")
            assert player.at(TitleScreen)
            assert "Continue" in player.seen

    async def test_an_ending(self, playing: Opens) -> None:
        """Its name, and the dead."""
        async with playing() as player:
            await player.press(*TO_BOARD, "3", "1", "enter", "1")
            assert "It is colder there." in player.seen
            await player.press("1")
            assert "North" in player.seen
            assert "† Robert Coleman" in player.seen
