"""The plain game at one moment: the session, the console, and a question that waits for yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.engine.view import View
from game.session import Session, Turn
from game.story import Story

from .console import WIDEST, Console
from .page import plain, turn_lines
from .summary import close_lines

__all__ = ["Game"]

_PREFIX = "plain."


class Game:
    """What every command works on. `over` ends the loop; `confirm` is what a `yes` would do."""

    def __init__(self, session: Session, console: Console) -> None:
        self.session = session
        self.console = console
        self.over = False
        self.confirm: Callable[[], None] | None = None

    @property
    def story(self) -> Story:
        return self.session.story

    def say(self, *lines: str) -> None:
        """Write lines."""
        self.console.say(lines)

    def tell(self) -> None:
        """Write what the session has to tell: trouble with the saves, an edited story."""
        for message in self.session.messages():
            self.say("", f"Note: {plain(message)}")

    def show(self, turn: Turn, before: View | None = None) -> None:
        """Write a turn and its menu. `before` is the view the reader last saw, None to say where we are."""
        extra: Sequence[str] = close_lines(self.session) if turn.view.closing or turn.view.ending else ()
        self.console.say(turn_lines(self.story, turn, before, self.session.taken_before, extra))

    def show_here(self) -> None:
        """Write the last turn once more, with the place, without the choice that led to it."""
        turn = self.session.transcript[-1]
        self.show(Turn(turn.move, "", turn.view))

    def begin(self) -> None:
        """Begin a new life, after the note on what is in the story."""
        self.say("", "Before you begin:", "", *self.note())
        self.session.new()
        self.show_here()

    def note(self) -> list[str]:
        """The note on what is in the story."""
        return plain(self.story.content_note or "This story has no note on its content.").split("\n")

    # Settings: a few words under names of their own, so that the full-screen game's are left alone

    def setting(self, name: str, default: str) -> str:
        """A setting of the plain game."""
        return str(self.session.store.settings.get(_PREFIX + name, default))

    def set(self, name: str, value: str) -> None:
        """Keep a setting."""
        self.session.store.settings.set(_PREFIX + name, value)
        self.apply_settings()

    def apply_settings(self) -> None:
        """Let the settings take effect."""
        width = self.setting("width", str(WIDEST))
        self.console.widest = int(width) if width.isdigit() else WIDEST
