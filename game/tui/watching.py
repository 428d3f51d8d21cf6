"""The full-screen game while its story is being written: edits are noticed, and shown where the writer is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.session.watching import EVERY

if TYPE_CHECKING:
    from game.session.watching import Broken, News, Watch
    from game.story import Story
    from game.tui.app import IghApp

__all__ = ["Watcher"]


class Watcher:
    """Looks at the scenes now and then. They are read in a thread, and taken over between two keys."""

    def __init__(self, app: IghApp, watch: Watch) -> None:
        self._app = app
        self._watch = watch
        self._reading = False

    def start(self) -> None:
        """Looks from now on."""
        self._app.set_interval(EVERY, self.look)

    def look(self) -> None:
        """Has the scenes read if one of them was edited."""
        if self._app.desk.ready and not self._reading and self._watch.changed():
            self._reading = True
            self._app.run_worker(self._read, thread=True, exit_on_error=False, group="watching")

    def _read(self) -> None:
        self._app.call_later(self._take_over, self._watch.read())

    def _take_over(self, read: Story | Broken) -> None:
        self._reading = False
        desk = self._app.desk
        news = self._watch.take_over(desk.session, read)
        desk.use_story(desk.session.story)
        self._show_findings(news)
        if not news.findings:
            self._show_story(news)
            self._app.notify(news.text, markup=False, timeout=12 if news.moved else 4)

    def _show_findings(self, news: News) -> None:
        """Lays the findings over the screen, or takes them away."""
        from game.tui.screens.findings import FindingsSheet

        screen = self._app.screen
        if isinstance(screen, FindingsSheet):
            if news.findings:
                screen.renew(news.text, news.findings)
            else:
                self._app.pop_screen()
        elif news.findings:
            self._app.push_screen(FindingsSheet(news.text, news.findings))

    def _show_story(self, news: News) -> None:
        """Brings up to date what is open. Whoever stands somewhere else now is taken to the page."""
        from game.tui.screens.board import BoardScreen
        from game.tui.screens.casebook import CasebookScreen
        from game.tui.screens.story import StoryScreen
        from game.tui.screens.title import TitleScreen

        stack = self._app.screen_stack
        if news.moved and any(isinstance(each, StoryScreen) for each in stack):
            while not isinstance(self._app.screen, StoryScreen):
                self._app.pop_screen()
        top: object = self._app.screen
        if isinstance(top, CasebookScreen | BoardScreen):
            self._app.pop_screen()
            self._app.push_screen(type(top)())
        elif isinstance(top, StoryScreen):
            top.show_again()
        elif isinstance(top, TitleScreen):
            top.show_desk()
