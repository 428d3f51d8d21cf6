"""Typing the new text out, for who likes that; one key finishes it."""

from __future__ import annotations

from typing import Final

from textual.timer import Timer

from game.tui.widgets.transcript import Transcript

__all__ = ["Typist"]

_TICK: Final = 1 / 30
_ALL: Final = 1_000_000_000


class Typist:
    """Holds the newest turn of a page back and lets it out at so many characters a second."""

    def __init__(self, page: Transcript) -> None:
        self._page = page
        self._timer: Timer | None = None
        self._typed = 0.0
        self._speed = 0

    def begin(self, speed: int) -> None:
        """Begins with the turn that was just added; `speed` 0 shows it at once."""
        self.finish()
        if speed:
            self._typed, self._speed = 0.0, speed
            self._page.type_from(0)
            self._timer = self._page.set_interval(_TICK, self._more)

    def _more(self) -> None:
        self._typed += self._speed * _TICK
        self._page.type_from(int(self._typed))
        if not self._page.typing:
            self.finish()

    def finish(self) -> None:
        """Shows all of it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._page.typing:
            self._page.type_from(_ALL)
