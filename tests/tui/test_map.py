"""The map: every decision, and the way to it."""

from __future__ import annotations

from game.tui.screens.close import CloseScreen
from game.tui.screens.map import MapScreen
from game.tui.screens.page import Page
from game.tui.screens.story import StoryScreen
from game.tui.widgets.branches import Branches

from .conftest import Opens
from .player import Player


def rows(player: Player) -> list[str]:
    """The lines of the map that are on the screen."""
    listed = player.screen.query_one(Branches)
    first, last = listed.region.y, listed.region.bottom
    return [line.strip() for line in player.lines[first:last] if line.strip()]


def marked(player: Player) -> str:
    row = player.screen.query_one(Branches).row
    assert row is not None
    return row.label


class TestSeeing:
    """What is on it."""

    async def test_where_one_is(self, playing: Opens) -> None:
        """The way so far, and the place where the player stands, marked."""
        async with playing() as player:
            await player.press("2", "2", "m")
            assert player.at(MapScreen)
            assert "1 life, 2 choices" in player.seen
            assert sum("◉" in line for line in rows(player)) == 1
            assert any("you are here" in line for line in rows(player))
            assert player.screen.query_one(Branches).row is not None
            await player.press("escape")
            assert player.at(StoryScreen)
            assert player.moves() == player.moves()

    async def test_a_branch_that_was_left(self, playing: Opens) -> None:
        """It is one line, until → unfolds it; ← folds it again."""
        async with playing() as player:
            await player.press("2", "2", "u", "u", "1", "m")
            assert any(line.startswith(("├─○ Life 1", "├─◇ Life 1")) for line in rows(player))
            count = len(rows(player))
            await player.press("up", "right")
            assert len(rows(player)) == count + 1
            await player.press("left")
            assert len(rows(player)) == count

    async def test_nothing_is_told_of_an_episode_that_is_open(self, playing: Opens) -> None:
        async with playing() as player:
            await player.press("2", "2", "m")
            assert "another way" not in player.seen
            assert "╌" not in player.seen

    async def test_every_size(self, playing: Opens) -> None:
        """It is whole at 80×24 and usable at 60×20."""
        for size in ((60, 20), (80, 24), (120, 40)):
            async with playing(size) as player:
                await player.press("1", "m")
                assert "The map" in player.lines[1]
                assert any("you are here" in line for line in rows(player))
                assert all(len(line) <= size[0] for line in player.lines)
                await player.press("escape", "u")


class TestGoing:
    """Enter, the mouse."""

    async def test_enter_goes_there(self, playing: Opens) -> None:
        """As a new branch; what was left is on the map."""
        async with playing() as player:
            await player.press("2", "2", "m", "home", "enter")
            assert player.at(StoryScreen)
            assert player.moves() == ()
            await player.press("1", "m")
            assert "2 lives, 3 choices" in player.seen

    async def test_enter_where_one_is_comes_back(self, playing: Opens) -> None:
        async with playing() as player:
            await player.press("2", "m", "enter")
            assert player.at(StoryScreen)
            assert len(player.moves()) == 1

    async def test_the_mouse(self, playing: Opens) -> None:
        """A click marks, a double click goes."""
        async with playing() as player:
            await player.press("2", "2", "m")
            await player.pilot.click(Branches, offset=(6, 0))
            await player.settle()
            assert player.screen.query_one(Branches).at == 0
            await player.pilot.click(Branches, offset=(6, 0), times=2)
            await player.settle()
            assert player.at(StoryScreen)
            assert player.moves() == ()


class TestFinding:
    """Search, one episode, comparing."""

    async def test_search(self, playing: Opens) -> None:
        """Found as it is typed; Enter goes to the list, Esc gives all of it back."""
        async with playing() as player:
            await player.press("2", "2", "m")
            wanted = marked(player).split()[0].strip('“".').lower()
            await player.press("slash")
            await player.write(wanted[:3])
            assert "found" in player.seen
            await player.press("enter", "escape")
            assert player.at(MapScreen)
            assert "1 life, 2 choices" in player.seen
            await player.press("slash")
            await player.write("xyzzy")
            assert "0 found" in player.seen
            await player.press("escape", "escape")
            assert player.at(StoryScreen)

    async def test_one_episode(self, playing: Opens) -> None:
        async with playing() as player:
            await player.press("2", "2", "m", "z")
            assert "choices" not in player.lines[1]
            await player.press("tab", "shift+tab", "z")
            assert "1 life, 2 choices" in player.lines[1]

    async def test_compare(self, playing: Opens) -> None:
        """x marks one, x at another says where they part and what is different."""
        async with playing() as player:
            await player.press("2", "2", "u", "u", "1", "m", "x")
            assert "marked" in player.lines[1]
            await player.press("up", "x")
            assert player.at(Page)
            assert "Life 2 and life 1" in player.seen
            assert "They part after 0 choices" in player.seen
            await player.press("escape")
            assert player.at(MapScreen)
            assert "marked" not in player.lines[1]

    async def test_a_mark_is_taken_back(self, playing: Opens) -> None:
        async with playing() as player:
            await player.press("2", "m", "x", "x")
            assert "marked" not in player.lines[1]
            await player.press("x", "escape")
            assert player.at(MapScreen)


async def test_from_the_close_of_an_episode(playing: Opens) -> None:
    """m opens the map there, too; going somewhere leaves the page, coming back does not."""
    async with playing() as player:
        await player.press("2", "2", "1", "1", "1", "3", "1")
        assert player.at(CloseScreen)
        await player.press("m", "escape")
        assert player.at(CloseScreen)
        await player.press("m", "home", "enter")
        assert player.at(StoryScreen)
        assert player.moves() == ()
        await player.press("m")
        assert "╌ another way" in player.seen


async def test_skip(playing: Opens) -> None:
    """n goes on as before, to what is new."""
    async with playing() as player:
        await player.press("n")
        assert player.moves() == ()
        assert "nothing to skip" in player.seen


async def test_u_takes_back(playing: Opens) -> None:
    async with playing() as player:
        await player.press("2", "u")
        assert player.moves() == ()
