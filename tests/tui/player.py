"""Somebody at the keyboard: presses keys, and reads what is on the screen."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from game.tui.app import IghApp
from game.tui.widgets.menu import Menu
from game.tui.widgets.transcript import Transcript

__all__ = ["Player"]


class Player:
    """A player of `app`, by way of its pilot."""

    def __init__(self, app: IghApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        """Waits until whatever was begun is done and painted."""
        await self.pilot.pause()
        if self.app.workers:
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Presses keys one after the other, each after the screen has answered the one before."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def write(self, text: str) -> None:
        """Types a text."""
        await self.press(*("space" if char == " " else char for char in text))

    async def resize(self, width: int, height: int) -> None:
        """Pulls at the corner of the window."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    @property
    def screen(self) -> Screen[object]:
        """The screen on top."""
        return self.app.screen

    def at(self, screen: type[Screen[Any]]) -> bool:
        """Whether the screen on top is of this kind."""
        return isinstance(self.app.screen, screen)

    @property
    def lines(self) -> list[str]:
        """Everything on the terminal, line by line."""
        width, height = self.app.size
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip)[:width].rstrip() for strip in strips[:height]]

    @property
    def seen(self) -> str:
        """Everything on the terminal."""
        return "\n".join(self.lines)

    @property
    def page(self) -> Transcript:
        """The transcript."""
        return self.screen.query_one(Transcript)

    @property
    def menu(self) -> Menu:
        """The menu."""
        return self.screen.query_one(Menu)

    def moves(self) -> tuple[str, ...]:
        """The choices made, by their short ids."""
        return tuple(move.rpartition("/")[2] for move in self.app.desk.session.play.moves)
