"""Passing over scenes of self-harm, full screen: a setting, for what is read and what has been read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from game.tui.app import IghApp
from tests.plans import assemble

from .player import Player

WRITTEN, PASSED = "What is in the room.", "You find him too late."

Sits = Callable[[], AbstractAsyncContextManager[Player]]


@pytest.fixture
def sitting(tmp_path: Path) -> Sits:
    """`async with sitting() as player`: at the title of a story with one such scene."""
    scenes = assemble("summary", tmp_path / "scenes")

    @asynccontextmanager
    async def sit() -> AsyncIterator[Player]:
        app = IghApp(scenes, tmp_path / "saves")
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            player = Player(app, pilot)
            await player.settle()
            yield player

    return sit


SWITCH = ("comma", "down", "down", "down", "down", "right", "escape")


class TestPassingOver:
    """The switch of the settings screen."""

    async def test_read_unless_told_otherwise(self, sitting: Sits) -> None:
        async with sitting() as player:
            await player.press("1", "enter", "1")
            assert WRITTEN in player.page.text
            assert PASSED not in player.page.text

    async def test_passed_over(self, sitting: Sits) -> None:
        """One line in place of the text; what came before and after it stays."""
        async with sitting() as player:
            await player.press("1", "enter", *SWITCH, "1")
            page = player.page.text
            assert WRITTEN not in page
            assert page.index("You go in.") < page.index(PASSED) < page.index("After.")

    async def test_what_has_been_read_already(self, sitting: Sits) -> None:
        """Switched over on the spot, there and back; the page stays where it was."""
        async with sitting() as player:
            await player.press("1", "enter", "1")
            before = player.seen
            await player.press(*SWITCH)
            assert WRITTEN not in player.seen
            assert PASSED in player.seen
            await player.press(*SWITCH)
            assert player.seen == before

    async def test_by_name_in_the_palette(self, sitting: Sits) -> None:
        """There it holds at once as well."""
        async with sitting() as player:
            await player.press("1", "enter", "1", "ctrl+p")
            await player.write("pass over")
            await player.press("down", "enter")
            assert PASSED in player.page.text

    async def test_in_the_next_sitting_and_after_a_load_and_a_rewind(self, sitting: Sits) -> None:
        async with sitting() as player:
            await player.press("1", "enter", "1", "s")
            await player.write("here")
            await player.press("enter", *SWITCH, "backspace", "l", "enter")
            assert player.moves() == ("go",)
            assert PASSED in player.page.text
            assert WRITTEN not in player.page.text
        async with sitting() as player:
            assert WRITTEN not in player.seen
            await player.press("1")
            assert PASSED in player.page.text
            assert WRITTEN not in player.page.text
            await player.press("backspace", "1")
            assert WRITTEN not in player.page.text
