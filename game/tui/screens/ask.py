"""Two small questions: yes or no, and a name."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from game.tui.screens.base import Sheet
from game.tui.widgets.keybar import KeyBar
from game.tui.widgets.menu import Entry, Menu

__all__ = ["AskName", "AskYes"]


class AskYes(Sheet[bool]):
    """Asks before something that cannot be taken back. Nothing is marked: Enter alone does nothing."""

    CSS_PATH = "ask.tcss"
    NAME = "A question"
    EXPLAINED = ("What is asked about cannot be taken back. Esc leaves everything as it is.",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,y", "answer(True)", show=False, id="ask.yes", tooltip="Yes"),
        Binding("2,n", "answer(False)", show=False, id="ask.no", tooltip="No"),
        Binding("up", "move(-1)", show=False, id="ask.up", tooltip="The line above"),
        Binding("down", "move(1)", show=False, id="ask.down", tooltip="The line below"),
        Binding("enter", "take", show=False, id="ask.take", tooltip="Choose the marked line"),
    ]

    def __init__(self, question: str, yes: str, no: str = "Leave it") -> None:
        super().__init__()
        self._question = question
        self._entries = (Entry("yes", yes), Entry("no", no))

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        with Vertical(classes="ask panel"):
            yield Static(Content(self._question))
            yield Menu()
        yield KeyBar()

    def on_mount(self) -> None:
        """Both answers, neither marked."""
        self.query_one(Menu).show(self._entries)

    def action_move(self, step: int) -> None:
        """Marks the other line."""
        self.query_one(Menu).move(step)

    def action_take(self) -> None:
        """Takes the marked line."""
        menu = self.query_one(Menu)
        menu.choose(menu.selected)

    def action_answer(self, yes: bool) -> None:
        """Answers."""
        self.dismiss(yes)

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Answers by mouse or Enter."""
        self.dismiss(event.entry.id == "yes")


class AskName(Sheet[str]):
    """Asks for a name, and offers one. Dismissed with the name, or None."""

    CSS_PATH = "ask.tcss"
    NAME = "A name"
    EXPLAINED = ("Enter saves under the name that stands there. Esc leaves without saving.",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "submit", "Save", id="ask.save", key_display="Enter", tooltip="Save under this name"
        ),
    ]

    def __init__(self, question: str, suggested: str, *, longest: int = 60) -> None:
        super().__init__()
        self._question = question
        self._suggested = suggested
        self._longest = longest

    def compose(self) -> ComposeResult:
        """The question and the line to write on."""
        with Vertical(classes="ask panel"):
            yield Static(Content(self._question), classes="panel-title")
            yield Input(self._suggested, max_length=self._longest, select_on_focus=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Takes the name; an empty one takes what was offered."""
        event.stop()
        self.dismiss(event.value.strip() or self._suggested)

    def action_submit(self) -> None:
        """Takes the name, by mouse."""
        self.dismiss(self.query_one(Input).value.strip() or self._suggested)

    def on_key(self, event: events.Key) -> None:
        """Esc leaves, also out of the line."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
