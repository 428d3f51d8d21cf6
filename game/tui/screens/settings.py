"""Settings: each a line with its value; what is chosen holds at once and is kept."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from game.tui.preferences import SETTINGS, Setting
from game.tui.screens.base import HELP, GameScreen
from game.tui.widgets.keybar import KeyBar
from game.tui.widgets.rows import Rows

__all__ = ["SettingsScreen"]


class SettingsScreen(GameScreen[None]):
    """The list of settings."""

    CSS_PATH = "settings.tcss"
    NAME = "Settings"
    EXPLAINED = ("Left and right change the marked line. It holds at once, and is kept with your saves.",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,enter",
            "change(1)",
            "Change",
            id="settings.next",
            key_display="← →",
            tooltip="The next value",
        ),
        Binding("left", "change(-1)", show=False, id="settings.previous", tooltip="The value before"),
        HELP,
    ]

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        yield Static(Content("Settings"), classes="panel-title", id="settings-title")
        yield Rows(id="settings")
        yield KeyBar()

    def on_mount(self) -> None:
        """Shows what is set."""
        listed = self.query_one(Rows)
        listed.add_options([Option(self._said(setting), id=setting.name) for setting in SETTINGS])
        listed.highlighted = 0
        listed.focus()

    def _said(self, setting: Setting) -> Content:
        value = self.desk.preferences[setting.name]
        shown = next(text for word, text in setting.options if word == value)
        return Content.assemble(
            (setting.title, "bold $ink"),
            "\n",
            (f"◂ {shown} ▸", "$amber"),
            "\n",
            (setting.about, "$old"),
            "\n",
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click: the next value."""
        self.action_change(1)

    def action_change(self, step: int) -> None:
        """Changes the marked setting."""
        listed = self.query_one(Rows)
        if listed.highlighted is None:
            return
        setting = SETTINGS[listed.highlighted]
        words = [word for word, _ in setting.options]
        now = words.index(self.desk.preferences[setting.name])
        self.desk.preferences[setting.name] = words[(now + step) % len(words)]
        self.game.use_preferences()
        listed.replace_option_prompt(setting.name, self._said(setting))
        self.game.tell()
