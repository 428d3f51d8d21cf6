"""The full-screen game on a small story, with real saves in a folder of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from game.tui.app import IghApp
from game.tui.screens.story import StoryScreen

from .player import Player

STORY = Path(__file__).parent / "story"

Opens = Callable[..., AbstractAsyncContextManager[Player]]


@pytest.fixture
def opened(tmp_path: Path) -> Opens:
    """`async with opened(size) as player`: at the title, the story read. The saves last for the test."""

    @asynccontextmanager
    async def open_game(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Player]:
        app = IghApp(STORY, tmp_path / "saves")
        async with app.run_test(size=size, notifications=True) as pilot:
            player = Player(app, pilot)
            await player.settle()
            yield player

    return open_game


@pytest.fixture
def playing(opened: Opens) -> Opens:
    """The same, in the first scene of a new life."""

    @asynccontextmanager
    async def play(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Player]:
        async with opened(size) as player:
            await player.press("1", "enter")
            assert player.at(StoryScreen)
            yield player

    return play
