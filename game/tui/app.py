"""The full-screen game: opens the desk, keeps the theme, and knows which screen follows which.

The title is painted before anything is read. The saves are opened after the first frame, the story in a
thread after that; whoever chose something in the meantime is let through as soon as it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from game.tui import themes
from game.tui.desk import Desk
from game.tui.screens.title import TitleScreen

if TYPE_CHECKING:
    from textual.command import Provider

    from game.story import Story
    from game.tui.watching import Watcher

__all__ = ["SMALLEST", "IghApp"]

SMALLEST: Final = (60, 20)
"""Columns and rows below which the game says so and waits."""


def _commands() -> type[Provider]:
    from game.tui.commands import Commands

    return Commands


class IghApp(App[None]):
    """The game. `scenes` and `saves` are folders; None means where they usually are.

    `go_on`: Continue is chosen as soon as there is a story. A `watcher` looks from then on.
    """

    TITLE = "The IGH File"
    CSS_PATH: ClassVar[list[str | PurePath] | None] = ["app.tcss", "screens/title.tcss"]
    """The title's comes along: a default screen is shown before Textual would read its own."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q",
            "quit",
            "Leave",
            id="app.quit",
            show=False,
            priority=True,
            tooltip="Leave the game. Everything is saved.",
        ),
    ]
    theme: Reactive[str] = Reactive(themes.DEFAULT)

    class StoryRead(Message):
        """The season has been read."""

        def __init__(self, story: Story) -> None:
            super().__init__()
            self.story = story

    class StoryFailed(Message):
        """The season cannot be read; `report` says where and why."""

        def __init__(self, report: str) -> None:
            super().__init__()
            self.report = report

    def __init__(
        self,
        scenes: Path | None = None,
        saves: Path | None = None,
        *,
        desk: Desk | None = None,
        go_on: bool = False,
    ) -> None:
        self._ours = themes.themes()
        self._too_small = False
        self._go_on = go_on
        self.watcher: Watcher | None = None
        super().__init__()
        self.desk = desk or Desk(scenes, saves)
        if self.console.color_system not in ("truecolor", "256"):
            self._ours = themes.themes(sixteen=True)
            self.stylesheet.set_variables(self.get_css_variables())
        if self.no_color:
            from textual.filter import Monochrome, NoColor

            self._filters = [NoColor() if isinstance(each, Monochrome) else each for each in self._filters]

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Ours and no others: every color of every screen is one of our variables."""
        return self._ours

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The variables a style sheet may use."""
        return themes.defaults()

    def get_default_screen(self) -> Screen[None]:
        """The title, at once."""
        return TitleScreen("continue" if self._go_on else None)

    # -- opening the desk -------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Once the title is painted, opens the desk."""
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        try:
            self.desk.open_saves()
        except (
            Exception
        ) as problem:  # whatever is wrong with the saves, the player is told and not shown a traceback
            self.exit(return_code=1, message=f"The saves cannot be opened: {problem}")
            return
        self.use_preferences()
        self.run_worker(self._read, thread=True, exit_on_error=False)
        self._tell_title()

    def _read(self) -> None:
        from game.story import StoryError

        try:
            self.post_message(self.StoryRead(self.desk.read_story()))
        except StoryError as error:
            self.post_message(
                self.StoryFailed("\n\n".join(each.render() for each in error.findings) or str(error))
            )
        except Exception as error:  # a thread that dies silently would leave a title that never answers
            self.post_message(self.StoryFailed(f"{type(error).__name__}: {error}"))

    def on_igh_app_story_read(self, event: StoryRead) -> None:
        """The story is here: whoever waits for it can go on."""
        try:
            self.desk.sit_down(event.story)
        except Exception as error:  # a story that loads and cannot be played is at fault just the same
            self.post_message(self.StoryFailed(f"{type(error).__name__}: {error}"))
            return
        self._tell_title()
        if self.watcher is not None:
            self.watcher.start()

    def on_igh_app_story_failed(self, event: StoryFailed) -> None:
        """There is nothing to play: the report is what the author needs."""
        self.exit(return_code=1, message=f"The story cannot be read.\n\n{event.report}")

    def _tell_title(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, TitleScreen):
                screen.show_desk()

    # -- what concerns every screen ---------------------------------------------------------------------

    def use_preferences(self) -> None:
        """Takes over the settings that concern the whole game."""
        preferences = self.desk.preferences
        if self.theme != preferences["theme"]:
            self.theme = preferences["theme"]
        self.animation_level = "full" if preferences.motion else "none"

    def tell(self) -> None:
        """Shows what the saves and the session have to say."""
        for message in self.desk.messages():
            self.notify(message, markup=False, timeout=12)

    async def _on_resize(self, event: events.Resize) -> None:
        await super()._on_resize(event)
        if event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1] or self._too_small:
            from game.tui.screens.small import watch_size

            self._too_small = watch_size(self, event.size)

    def on_unmount(self) -> None:
        """Lets go of the saves."""
        self.desk.close()
