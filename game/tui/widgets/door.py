"""The title picture: a frosted pane, a lamp behind it, a name on the glass.

Drawn from two functions of the cell (how much light, how much frost), so it fits any size. Somebody may
walk past behind the glass; the picture is the same without.
"""

from __future__ import annotations

from math import exp, sin
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

__all__ = ["Door"]

_NAME: Final = ("A L I A S", "I N V E S T I G A T I O N S", "", "Jessica Jones")
_SHORT: Final = ("ALIAS INVESTIGATIONS",)
_TITLE: Final = "T H E   I G H   F I L E"
_STEPS: Final = 20


class Door(Widget, can_focus=False):
    """The door, as large as the room it is given; its lowest lines are the game's title."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"door--name", "door--frame", "door--title", "door--under"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._step = 0
        self._timer: Timer | None = None
        self._glass: list[Style] = []

    def move(self, motion: bool) -> None:
        """Lets somebody walk past behind the glass, or stand still."""
        if motion and self._timer is None:
            self._timer = self.set_interval(0.5, self._walk)
        elif not motion and self._timer is not None:
            self._timer.stop()
            self._timer = None
            self._step = 0
            self.refresh()

    def _walk(self) -> None:
        if self.app.screen is self.screen:
            self._step += 1
            self.refresh()

    def notify_style_update(self) -> None:
        """A new theme: other glass."""
        self._glass = []
        super().notify_style_update()

    def _ink(self, name: str) -> Style:
        return self.rich_style + self.get_component_rich_style(f"door--{name}", partial=True)

    def _light(self, x: float, y: float) -> float:
        """How bright the glass is at a place of the pane, both from 0 to 1."""
        lamp = exp(-(((x - 0.22) * 1.9) ** 2) - ((y - 0.3) * 1.5) ** 2)
        at = 0.74 + 0.16 * sin(self._step / 11)
        head = exp(-(((x - at) / 0.055) ** 2) - ((y - 0.36) / 0.15) ** 2)
        body = exp(-(((x - at) / 0.11) ** 4) - max(0.0, (0.62 - y) / 0.12) ** 2)
        return (0.16 + 0.84 * lamp) * (1 - 0.9 * min(1.0, head + body))

    def _palette(self) -> list[Style]:
        """Glass from dark to lit."""
        if not self._glass:
            variables = self.app.theme_variables
            night, amber = Color.parse(variables["night"]), Color.parse(variables["amber"])
            for step in range(_STEPS):
                light = step / (_STEPS - 1)
                ink = night.blend(amber, 0.06 + 0.60 * light)
                glass = night.blend(amber, 0.01 + 0.34 * light**1.3)
                self._glass.append(Style(color=ink.rich_color, bgcolor=glass.rich_color))
        return self._glass

    def render_line(self, y: int) -> Strip:
        """A line of glass, frame or title."""
        width, height = self.size
        tall = min(23, height - 3)
        if tall < 3:
            return self._centered(_TITLE if y == height // 2 else "", self._ink("title"))
        top = (height - tall - 3) // 2
        y -= top
        if 0 <= y < tall:
            return self._pane(y, min(max(56, tall * 4), width - 6), tall)
        if y == tall + 1:
            return self._centered(_TITLE, self._ink("title"))
        return Strip.blank(width, self.rich_style)

    def _centered(self, text: str, style: Style) -> Strip:
        left = max(0, (self.size.width - len(text)) // 2)
        base = self.rich_style
        strip = Strip([Segment(" " * left, base), Segment(text, style)])
        return strip.adjust_cell_length(self.size.width, base)

    def _pane(self, y: int, wide: int, tall: int) -> Strip:
        """A line of the door: its frame, or frost with perhaps a line of the name on it."""
        width, base, frame = self.size.width, self.rich_style, self._ink("frame")
        margin = Segment(" " * ((width - wide) // 2), base)
        inner = wide - 2
        if y in (0, tall - 1):
            ends = "┌┐" if y == 0 else "└┘"
            line = [margin, Segment(f"{ends[0]}{'─' * inner}{ends[1]}", frame)]
            return Strip(line).adjust_cell_length(width, base)
        name = _NAME if tall >= 9 else _SHORT
        first = 1 + (tall - 2 - len(name)) // 2
        text = name[y - first] if 0 <= y - first < len(name) else ""
        start = (inner - len(text)) // 2
        palette, lettering = self._palette(), self.get_component_rich_style("door--name", partial=True)
        segments = [margin, Segment("│", frame)]
        for x in range(inner):
            grain = ((x * 73 + y * 151 + x * y * 29) % 17) / 17 - 0.5
            light = self._light(x / inner, y / tall)
            style = palette[max(0, min(_STEPS - 1, int(light * (1 + 0.22 * grain) * _STEPS)))]
            if text and start - 1 <= x <= start + len(text):
                segments.append(Segment(f" {text} "[x - start + 1], style + lettering))
            else:
                segments.append(Segment("░" if light > 0.03 else " ", style))
        segments.append(Segment("│", frame))
        return Strip(segments).simplify().adjust_cell_length(width, base)
