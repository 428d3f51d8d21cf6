"""The plain game at one moment: the session, the console, and a question that waits for yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from game.engine.view import View
from game.session import Session, Turn
from game.session.passing import as_read, passes_over
from game.session.watching import Watch, finding_lines
from game.story import Story

from .console import WIDEST, Console
from .page import plain, turn_lines
from .summary import close_lines

__all__ = ["Game"]

_PREFIX = "plain."


class Game:
    """What every command works on. `over` ends the loop; `confirm` is what a `yes` would do.

    `watch` is there where the story is being written while it is played.
    """

    def __init__(self, session: Session, console: Console, watch: Watch | None = None) -> None:
        self.session = session
        self.console = console
        self.watch = watch
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

    def look(self) -> bool:
        """Bring the story up to date, and say what came of it. False if no scene was edited."""
        news = None if self.watch is None else self.watch.look(self.session)
        if news is None:
            return False
        self.say("", f"Note: {plain(news.text)}")
        if news.findings:
            self.say("", *finding_lines(news.findings, self.console.width))
        elif news.moved or news.changed:
            self.confirm = None
            self.show_here()
        return True

    def show(self, turn: Turn, before: View | None = None) -> None:
        """Write a turn and its menu. `before` is the view the reader last saw, None to say where we are."""
        extra: Sequence[str] = close_lines(self.session) if turn.view.closing or turn.view.ending else ()
        [turn] = self.as_read([turn])
        self.console.say(turn_lines(self.story, turn, before, self.session.taken_before, extra))

    def show_here(self) -> None:
        """Write the last turn once more, with the place, without the choice that led to it."""
        turn = self.session.transcript[-1]
        self.show(Turn(turn.move, "", turn.view))

    def as_read(self, turns: Iterable[Turn]) -> list[Turn]:
        """Turns as this player reads them, who may pass over scenes of self-harm."""
        passing = passes_over(self.session.store)
        return [as_read(turn, passing) for turn in turns]

    def begin(self) -> None:
        """Begin a new life, after the note on what is in the story."""
        self.say("", "Before you begin:", "", *self.note())
        self.session.new()
        self.show_here()

    def note(self) -> list[str]:
        """The note on what is in the story."""
        note = self.story.content_note or "This story has no note on its content."
        return [*plain(note).split("\n"), "", "Scenes of self-harm can be passed over: type `pass over on`."]

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
