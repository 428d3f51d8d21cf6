"""The top of the story screen: which episode, where, when, how Jessica is, and the hours left, as a clock."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from game.tui.widgets.strips import two_sided

__all__ = ["Header", "clock"]

LEFT: Final = "▰"
SPENT: Final = "▱"


def clock(hours: int, total: int) -> str:
    """Hours left as a row of blocks, full for those left and hollow for those spent."""
    return LEFT * max(0, hours) + SPENT * max(0, total - hours)


class Header(Widget, can_focus=False):
    """Two lines: the episode and the clock, the place and the time."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "header--title",
        "header--place",
        "header--clock",
        "header--hours",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = ""
        self._place = ""
        self._time = ""
        self._hours: tuple[int, int] | None = None
        self._dials: tuple[tuple[str, str], ...] = ()

    def show(
        self,
        title: str,
        place: str,
        time: str,
        hours: tuple[int, int] | None,
        dials: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """What to say. `hours` is how many are left, and of how many; `dials` are (name, word)."""
        self._title, self._place, self._time, self._hours, self._dials = title, place, time, hours, dials
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Line 0 is the episode and the clock, line 1 the place and the time."""
        base, width = self.rich_style, self.size.width
        if y == 1:
            place = self._ink("place")
            return two_sided((self._place, place), [(f"{self._time} ", place)], width, base)
        pieces = [(f"{self._condition(width)} ", self._ink("place"))]
        if self._hours is not None:
            left, total = self._hours
            say = f" {left} {'hour' if left == 1 else 'hours'} left "
            pieces += [(f" {clock(left, total)}", self._ink("clock")), (say, self._ink("hours"))]
        return two_sided((self._title, self._ink("title")), pieces, width, base)

    def _condition(self, width: int) -> str:
        """The dials: by name where there is room, else only their words."""
        if width < 76:
            return ", ".join(word for _, word in self._dials)
        return " · ".join(f"{name} {word}" for name, word in self._dials)

    def _ink(self, name: str) -> Style:
        return self.rich_style + self.get_component_rich_style(f"header--{name}", partial=True)
