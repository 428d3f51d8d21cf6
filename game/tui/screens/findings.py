"""What is wrong with a scene that is being written, laid over the place where the writer stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from game.session.watching import finding_lines
from game.story.findings import Finding
from game.tui.screens.base import Sheet
from game.tui.widgets.keybar import KeyBar

__all__ = ["FindingsSheet"]

MARGIN = 6
"""Cells that the frame of the sheet takes."""


class FindingsSheet(Sheet[None]):
    """File, line, column and a caret, for each finding. It goes by itself when the scenes are mended."""

    CSS_PATH = "page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,space", "page(1)", "More", id="findings.more", key_display="Space", tooltip="More"),
        Binding("pageup", "page(-1)", show=False, id="findings.back", tooltip="The page before"),
    ]

    def __init__(self, text: str, findings: Sequence[Finding]) -> None:
        super().__init__()
        self._text = text
        self._findings = findings

    def compose(self) -> ComposeResult:
        """How many there are, each of them, and the keys."""
        with Vertical(classes="page panel"):
            yield Static(id="title", classes="panel-title")
            with VerticalScroll(classes="page-text", can_focus=False):
                yield Static(id="findings")
        yield KeyBar()

    def on_mount(self) -> None:
        """Lays the findings out for the width there is."""
        self.call_after_refresh(self._lay_out)

    def on_resize(self) -> None:
        """Another width: other parts of long lines."""
        self.call_after_refresh(self._lay_out)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space only shows where there is more."""
        return action != "page" or not self.is_mounted or self.query_one(VerticalScroll).max_scroll_y > 0

    def action_page(self, step: int) -> None:
        """A page down or up."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=step * max(1, scroll.size.height - 1), animate=False)

    def renew(self, text: str, findings: Sequence[Finding]) -> None:
        """Another edit, and still there is something wrong."""
        self._text, self._findings = text, findings
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.query_one(VerticalScroll).scrollable_content_region.width or self.size.width - MARGIN
        count = len(self._findings)
        self.query_one("#title", Static).update("A mistake" if count == 1 else f"{count} mistakes")
        findings = "\n".join(finding_lines(self._findings, width))
        self.query_one("#findings", Static).update(Content(f"{findings}\n\n{self._text}"))
        self.call_after_refresh(self.refresh_bindings)
