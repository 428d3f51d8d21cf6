"""A sheet to be read: help, about, the content note. Scrolls when it is longer than the window."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from game.tui.screens.base import Sheet
from game.tui.widgets.keybar import KeyBar
from game.tui.widgets.rows import prose

__all__ = ["Page", "lines"]


def lines(*paragraphs: str | Content) -> Content:
    """Paragraphs with a blank line between them; nothing in them is markup but `*emphasis*`."""
    whole = [each if isinstance(each, Content) else prose(each) for each in paragraphs]
    return Content("\n\n").join(whole)


class Page(Sheet[bool]):
    """Shows a text under a title. Dismissed with True by Enter, if `go_on` names what Enter does."""

    CSS_PATH = "page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Go on", id="page.go_on", key_display="Enter", tooltip="Go on"),
        Binding(
            "space,pagedown", "page(1)", "More", id="page.more", key_display="Space", tooltip="The next page"
        ),
        Binding("pageup", "page(-1)", show=False, id="page.back", tooltip="The page before"),
        Binding("down,j", "line(1)", show=False, id="page.down", tooltip="A line down"),
        Binding("up,k", "line(-1)", show=False, id="page.up", tooltip="A line up"),
    ]

    def __init__(self, title: str, text: Content, *, go_on: str | None = None) -> None:
        super().__init__()
        self._heading = title
        self._text = text
        self._go_on = go_on

    def compose(self) -> ComposeResult:
        """Title, text, and what can be done."""
        with Vertical(classes="page panel"):
            yield Static(Content(self._heading), classes="panel-title")
            with VerticalScroll(classes="page-text", can_focus=False):
                yield Static(self._text)
            if self._go_on is not None:
                yield Static(Content(f"Enter  {self._go_on}"), classes="page-go", id="go")
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter only goes on where there is somewhere to go; Space only shows where there is more."""
        if action == "page" and self.is_mounted:
            return self.query_one(VerticalScroll).max_scroll_y > 0
        return True

    def on_mount(self) -> None:
        """Once it is laid out, the keys are known."""
        self.call_after_refresh(self.refresh_bindings)

    def action_go_on(self) -> None:
        """Goes on, or takes the page away where there is nothing to go on to."""
        self.dismiss(self._go_on is not None)

    def action_page(self, step: int) -> None:
        """A page down or up."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=step * max(1, scroll.size.height - 1), animate=False)

    def action_line(self, step: int) -> None:
        """A line down or up."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)

    def on_click(self, event: object) -> None:
        """The line that says how to go on is a button too."""
        if getattr(getattr(event, "widget", None), "id", None) == "go":
            self.action_go_on()
