"""A page that is read to its end and left: what the close of an episode and the end of a season share."""

from __future__ import annotations

from textual.containers import VerticalScroll

from game.tui.screens.base import GameScreen

__all__ = ["CardScreen"]


class CardScreen(GameScreen[bool]):
    """Dismissed with True by its one way on, with False by whoever goes elsewhere from its map.

    It holds a VerticalScroll, and in it a line called `close-go` that says how to go on.
    """

    CSS_PATH = "close.tcss"

    def on_mount(self) -> None:
        """Once it is laid out, it is known whether there is more."""
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space is only shown where there is more."""
        return action != "page" or not self.is_mounted or self.query_one(VerticalScroll).max_scroll_y > 0

    def action_go_on(self) -> None:
        """Leave by the way on."""
        self.dismiss(True)

    def action_map(self) -> None:
        """The map; whoever goes somewhere from it leaves this page."""
        from game.tui.screens.map import MapScreen

        def left(gone: bool | None) -> None:
            if gone:
                self.dismiss(False)

        self.game.push_screen(MapScreen(), left)

    def action_page(self, step: int) -> None:
        """A page down or up."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=step * max(1, scroll.size.height - 1), animate=False)

    def on_click(self, event: object) -> None:
        """The line that says how to go on is a button too."""
        if getattr(getattr(event, "widget", None), "id", None) == "close-go":
            self.action_go_on()
