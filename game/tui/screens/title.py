"""The title: the door, and what can be done before it is opened.

It is the first thing painted and needs nothing but itself: what Continue would continue comes with the
saves, and a choice made before the story is read waits for it.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from game.tui.screens.base import HELP, GameScreen
from game.tui.widgets.door import Door
from game.tui.widgets.keybar import KeyBar
from game.tui.widgets.menu import Entry, Menu

__all__ = ["TitleScreen"]

_NEEDS_STORY = {"continue", "new", "load", "about"}


class TitleScreen(GameScreen[None], inherit_bindings=False):
    """Continue, New, Load, Settings, About, Leave."""

    NAME = "The door"
    EXPLAINED = (
        "Continue goes on exactly where you stopped: every choice is saved as you make it.",
        "A new life never overwrites an old one. All of them stay in the saves.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", id="title.up", show=False, tooltip="The line above"),
        Binding("down,j", "move(1)", "Down", id="title.down", show=False, tooltip="The line below"),
        Binding(
            "enter", "take", "Choose", id="title.take", key_display="Enter", tooltip="Choose the marked line"
        ),
        *(
            Binding(
                str(digit), f"number({digit})", show=False, id=f"title.{digit}", tooltip="Choose by number"
            )
            for digit in range(1, 8)
        ),
        HELP,
        Binding("q", "leave", "Leave", id="title.leave", tooltip="Leave the game. Everything is saved."),
    ]

    def __init__(self, pending: str | None = None) -> None:
        """`pending`: the id of an entry that is chosen as soon as the story is there."""
        super().__init__()
        self._pending = pending
        self._marked = False

    def compose(self) -> ComposeResult:
        """Door, menu, keys."""
        yield Door(id="door")
        yield Menu(id="menu", measure=46)
        yield KeyBar()

    def on_mount(self) -> None:
        """The menu can be read before the saves are."""
        self.show_desk()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Back from somewhere: what Continue says may have changed."""
        self._marked = False
        if self.is_mounted:
            self.show_desk()

    def show_desk(self) -> None:
        """Shows what there is to continue, and lets a waiting choice through."""
        menu = self.query_one(Menu)
        latest = self.desk.latest
        entries = []
        if latest is not None:
            known = f"{self.desk.episode(latest.episode)}, {latest.place}"
            entries.append(
                Entry("continue", "Continue", known=f"{known}\n{latest.line}" if latest.line else known)
            )
        entries += [
            Entry("new", "New"),
            Entry("load", "Load", locked=None if latest is not None else "nothing is saved yet"),
            Entry("settings", "Settings"),
            Entry("about", "About, and a note on content"),
            Entry("leave", "Leave"),
        ]
        marked = menu.selected.id if menu.selected is not None and self._marked else entries[0].id
        open_ids = [entry.id for entry in entries if entry.locked is None]
        menu.show(entries, selected=open_ids.index(marked) if marked in open_ids else 0)
        self._fit()
        self.query_one(Door).move(self.desk.preferences.motion)
        if self._pending is not None and self.desk.ready:
            pending, self._pending = self._pending, None
            self._go(pending)

    def on_resize(self, event: events.Resize) -> None:
        """Another window."""
        self._fit()

    def _fit(self) -> None:
        menu = self.query_one(Menu)
        rows = menu.rows_for(self.size.width - 1, max(6, self.size.height - 8))
        menu.styles.height = rows
        self.query_one(Door).styles.height = max(1, min(27, self.size.height - rows - 2))

    def action_move(self, step: int) -> None:
        """Marks another line; from then on the mark stays where it was put."""
        self._marked = True
        self.query_one(Menu).move(step)

    def action_take(self) -> None:
        """Chooses the marked line."""
        menu = self.query_one(Menu)
        menu.choose(menu.selected)

    def action_number(self, digit: int) -> None:
        """Chooses by number."""
        menu = self.query_one(Menu)
        menu.choose(menu.number(digit))

    def action_leave(self) -> None:
        """Leaves the game."""
        self.game.exit()

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Opens what was chosen, now or once the story is read."""
        if event.entry.id in _NEEDS_STORY and not self.desk.ready:
            self._pending = event.entry.id
            self.notify("The file is being opened.", markup=False, timeout=2)
        else:
            self._go(event.entry.id)

    def _go(self, id: str) -> None:
        match id:
            case "continue":
                self._continue()
            case "new":
                self._new()
            case "load":
                from game.tui.screens.saves import SavesScreen

                self.game.push_screen(SavesScreen(), self._loaded)
            case "settings":
                from game.tui.screens.settings import SettingsScreen

                self.game.push_screen(SettingsScreen())
            case "about":
                from game.tui.screens.note import about

                self.game.push_screen(about(self.desk))
            case "leave":
                self.game.exit()

    def _play(self) -> None:
        from game.tui.screens.story import StoryScreen

        self.game.push_screen(StoryScreen())

    def _continue(self) -> None:
        if self.desk.session.resume() is None:
            self._new()
        else:
            self._play()

    def _new(self) -> None:
        from game.tui.screens.note import content_note

        def begin(go_on: bool | None) -> None:
            if go_on:
                self.desk.session.new()
                self._play()

        self.game.push_screen(content_note(self.desk), begin)

    def _loaded(self, loaded: bool | None) -> None:
        if loaded:
            self._play()
