"""Too small a window: says so, and waits. What lies below is neither changed nor forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.strip import Strip

if TYPE_CHECKING:
    from game.tui.app import IghApp

__all__ = ["SmallScreen", "watch_size"]


class SmallScreen(ModalScreen[None]):
    """One sentence in the middle of what room there is."""

    CSS_PATH = "small.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []

    def render_line(self, y: int) -> Strip:
        """Drawn as lines: there is no room for anything else."""
        width, height = self.size
        base = self.rich_style
        lines = (
            "This window is too small.",
            f"{width}×{height}; the game needs 60×20.",
            "Your place is kept.",
        )
        top = max(0, (height - len(lines)) // 2)
        text = lines[y - top] if 0 <= y - top < len(lines) else ""
        left = " " * max(0, (width - len(text)) // 2)
        return Strip([Segment(left + text, base)]).adjust_cell_length(width, base)


def watch_size(app: IghApp, size: Size) -> bool:
    """Puts the notice up over a window that is too small, and takes it down. True while it is up."""
    from game.tui.app import SMALLEST

    small = size.width < SMALLEST[0] or size.height < SMALLEST[1]
    if not app.screen_stack:
        return True  # asked again once there is a screen to put it over
    shown = isinstance(app.screen, SmallScreen)
    if small and not shown:
        app.push_screen(SmallScreen())
    elif not small and shown:
        app.pop_screen()
    return small
