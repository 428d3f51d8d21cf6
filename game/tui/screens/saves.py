"""Bookmarks and autosaves: what can be gone back to.

A bookmark is a name on a place; deleting it loses nothing but the name. Forgetting a life is the one thing
in the game that cannot be taken back, so it asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from game.tui.screens.base import HELP, GameScreen
from game.tui.widgets.keybar import KeyBar
from game.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from game.saves import Bookmark

__all__ = ["SavesScreen"]


_CODE = 1_000
"""Characters that a share code may be typed with, blanks and dashes included."""


def _when(stamp: str) -> str:
    """The time of a save, by this computer's clock."""
    try:
        return datetime.fromisoformat(stamp).astimezone().strftime("%d %b %Y, %H:%M")
    except ValueError:
        return stamp


class SavesScreen(GameScreen[bool]):
    """The list. Dismissed with True once something was loaded."""

    CSS_PATH = "saves.tcss"
    NAME = "Saves"
    EXPLAINED = (
        "Every choice is saved as you make it: each window has an autosave that follows you. A bookmark is a "
        "place you gave a name to. Loading one begins a branch there; where you were is kept.",
        "Delete takes a bookmark away and nothing else. Forget erases a whole life from the saves, for good; "
        "it asks first.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "load", "Load", id="saves.load", key_display="Enter", tooltip="Go there"),
        Binding(
            "d,delete", "delete", "Delete", id="saves.delete", key_display="d", tooltip="Delete this bookmark"
        ),
        Binding(
            "f", "forget", "Forget this life", id="saves.forget", tooltip="Erase the whole life it stands on"
        ),
        Binding("c", "code", "A code", id="saves.code", tooltip="Go to the last place of a share code"),
        HELP,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._marks: dict[str, Bookmark] = {}

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        yield Static(Content("Saves"), classes="panel-title", id="saves-title")
        yield Rows(id="saves")
        yield KeyBar()

    def on_mount(self) -> None:
        """Reads the list."""
        self._fill()
        self.query_one(Rows).focus()

    def _fill(self) -> None:
        """Bookmarks first, then autosaves, newest first."""
        marks = sorted(self.desk.session.bookmarks(), key=lambda mark: mark.when, reverse=True)
        self._marks = {str(mark.id): mark for mark in marks}
        listed = self.query_one(Rows)
        listed.clear_options()
        for title, group in (
            ("Bookmarks", [mark for mark in marks if not mark.auto]),
            ("Autosaves", [mark for mark in marks if mark.auto]),
        ):
            listed.add_options(self._group(title, group))
        listed.mark(None)
        self.refresh_bindings()

    def _group(self, title: str, marks: Sequence[Bookmark]) -> list[Option]:
        none = (
            ""
            if marks
            else "\nNone yet. In the story, s puts one where you are."
            if title == "Bookmarks"
            else "\nNone."
        )
        head = Option(Content.assemble((title, "$amber"), (none, "$old"), "\n"), disabled=True)
        return [head, *(Option(self._said(mark), id=str(mark.id)) for mark in marks)]

    def _said(self, mark: Bookmark) -> Content:
        here = "  this window" if mark.mine else "  open in another window" if mark.live else ""
        name = mark.name if not mark.auto else self.desk.episode(mark.episode)
        where = f"{mark.place}" if mark.auto else f"{self.desk.episode(mark.episode)}, {mark.place}"
        count = f"{mark.moves} choice" if mark.moves == 1 else f"{mark.moves} choices"
        said = f"\n{mark.line}" if mark.line else ""
        return Content.assemble(
            (name, "bold $ink"),
            (here, "$ember"),
            (f"\n{where} · {_when(mark.when)} · {count}", "$old"),
            (said, "italic $old"),
            "\n",
        )

    @property
    def _mark(self) -> Bookmark | None:
        """The one that is marked."""
        return self._marks.get(self.query_one(Rows).marked or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Autosaves cannot be deleted, only forgotten."""
        if action not in ("load", "delete", "forget") or not self.is_mounted:
            return True
        mark = self._mark
        return mark is not None and not (action == "delete" and mark.auto)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The keys depend on what is marked."""
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click loads."""
        self.action_load()

    def action_load(self) -> None:
        """Goes to the marked place."""
        from game.saves import SavesError
        from game.session import SessionError

        mark = self._mark
        if mark is None:
            return
        try:
            self.desk.session.load(mark.id)
        except (SavesError, SessionError) as problem:
            self.notify(str(problem), severity="error", markup=False)
            self._fill()
        else:
            self.dismiss(True)

    def action_code(self) -> None:
        """Asks for a share code, takes in its life and goes to its last place."""
        from game.saves import SavesError
        from game.session import take_in_code
        from game.tui.screens.ask import AskName

        def answered(code: str | None) -> None:
            if not code:
                return
            session = self.desk.session
            try:
                mark, note = take_in_code(session.story, session.store, code)
                session.load(mark.id)
            except SavesError as problem:
                self.notify(str(problem), severity="error", markup=False, timeout=12)
                return
            if note is not None:
                self.notify(note, markup=False, timeout=12)
            self.dismiss(True)

        self.game.push_screen(AskName("A share code", "", longest=_CODE), answered)

    def action_delete(self) -> None:
        """Asks, and takes a bookmark away."""
        mark = self._mark
        if mark is not None and not mark.auto:
            self._ask(
                f"Delete the bookmark “{mark.name}”? The life it stands on is kept.", "Delete it", mark, False
            )

    def action_forget(self) -> None:
        """Asks, and erases a life."""
        mark = self._mark
        if mark is not None:
            said = mark.name if not mark.auto else f"{self.desk.episode(mark.episode)}, {mark.place}"
            question = f"Forget the life at “{said}”, with every choice that is only in it? "
            question += "This cannot be taken back."
            self._ask(question, "Forget it", mark, True)

    def _ask(self, question: str, yes: str, mark: Bookmark, forget: bool) -> None:
        from game.tui.screens.ask import AskYes

        def answered(sure: bool | None) -> None:
            from game.saves import SavesError
            from game.session import SessionError

            if not sure:
                return
            try:
                if forget:
                    self.desk.session.forget(mark.id)
                else:
                    self.desk.session.delete(mark.id)
            except (SavesError, SessionError) as problem:
                self.notify(str(problem), severity="error", markup=False)
            self._fill()
            self.game.tell()

        self.game.push_screen(AskYes(question, yes), answered)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Back from a question."""
        if self._marks:
            self.query_one(Rows).focus()
