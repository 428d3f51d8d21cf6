"""The bottom line: the keys that work now, each of them also a button.

Drawn as one line from the screen's own bindings, so that it can never name a key that does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from game.tui.keys import Key, keys_of

if TYPE_CHECKING:
    from textual.screen import Screen

__all__ = ["KeyBar"]


def _width(key: Key) -> int:
    """Cells of a key with its label and the gap after it."""
    return cell_len(key.display) + cell_len(key.label) + 3


class KeyBar(Widget, can_focus=False):
    """The keys of the screen it stands on, as far as they fit."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key", "keybar--label"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._buttons: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Follows what the screen can do."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def _fitting(self, width: int) -> list[Key]:
        """The keys that fit: the last two are help and the way out, so what gives way stands before them."""
        keys = [each for each in keys_of(self.screen) if each.label]
        while len(keys) > 2 and sum(map(_width, keys)) - 1 > width:
            del keys[-3]
        return keys

    def render_line(self, y: int) -> Strip:
        """The one line."""
        base, width = self.rich_style, self.size.width
        key_ink = base + self.get_component_rich_style("keybar--key", partial=True)
        ink = base + self.get_component_rich_style("keybar--label", partial=True)
        segments = [Segment(" ", base)]
        x = 1
        self._buttons = []
        for each in self._fitting(width):
            wide = _width(each)
            segments += [Segment(each.display, key_ink), Segment(f" {each.label}", ink), Segment("  ", base)]
            self._buttons.append((x, x + wide - 2, each.action))
            x += wide
        return Strip(segments).adjust_cell_length(width, base)

    async def on_click(self, event: events.Click) -> None:
        """A click on a key does what the key does."""
        for start, end, action in self._buttons:
            if start <= event.x < end:
                event.stop()
                await self.app.run_action(action, self.screen)
                return
