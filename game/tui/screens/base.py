"""What every screen of the game has: the desk within reach, `?`, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen, ScreenResultType

if TYPE_CHECKING:
    from game.tui.app import IghApp
    from game.tui.desk import Desk

__all__ = ["BACK", "HELP", "GameScreen", "Sheet"]

HELP = Binding(
    "question_mark,f1", "help", "Help", id="help", key_display="?", tooltip="What this screen is for"
)
BACK = Binding("escape", "back", "Back", id="back", key_display="Esc", tooltip="Back to where you came from")


class _Common:
    """Shared by screens and by sheets that lie over one."""

    NAME: ClassVar[str] = ""
    """What the screen is called on its help page."""

    EXPLAINED: ClassVar[tuple[str, ...]] = ()
    """What the help page says, a paragraph each."""

    @property
    def game(self) -> IghApp:
        """The application."""
        return cast("IghApp", cast("Screen[object]", self).app)

    @property
    def desk(self) -> Desk:
        """Story, saves and session."""
        return self.game.desk

    def action_help(self) -> None:
        """Explains this screen."""
        from game.tui.keys import keys_of
        from game.tui.screens.help import HelpScreen

        keys = keys_of(cast("Screen[object]", self))
        self.game.push_screen(HelpScreen(self.NAME, self.EXPLAINED, keys))


class GameScreen(_Common, Screen[ScreenResultType]):
    """A screen of its own."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [BACK, HELP]

    def action_back(self) -> None:
        """Back to the screen below."""
        self.dismiss(None)


class Sheet(_Common, ModalScreen[ScreenResultType]):
    """A sheet that lies over a screen: a question, a note, a page of help."""

    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def action_back(self) -> None:
        """Takes the sheet away."""
        self.dismiss(None)
