"""The command palette: everything the screen you are on can do, by name.

Built from the same bindings as the key bar and the help page, so the three cannot disagree. Names go in as
plain content: a bracket in a choice is a bracket.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from game.tui.keys import keys_of

if TYPE_CHECKING:
    from game.tui.app import IghApp

__all__ = ["Commands"]


class Commands(Provider):
    """Every action of the screen, the choices of the menu, and the settings."""

    async def startup(self) -> None:
        """Looks at the screen once, as it was when the palette was opened."""
        self._all = [*self._actions(), *self._choices(), *self._settings()]

    def _actions(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        for key in keys_of(self.screen):
            if not key.action.startswith(("number", "move", "cursor")):
                name = key.label or key.about
                yield name, key.about if key.label else "", partial(self.app.run_action, key.action, key.node)

    def _choices(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        from game.tui.widgets.menu import Menu

        for menu in self.screen.query(Menu):
            for entry in () if menu.folded else menu.entries:
                if entry.locked is None:
                    yield entry.text, "Choose this", partial(menu.choose, entry)

    def _settings(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        from game.tui.preferences import SETTINGS
        from game.tui.screens.story import StoryScreen

        game = cast("IghApp", self.app)

        def change(name: str, word: str) -> None:
            game.desk.preferences[name] = word
            game.use_preferences()
            if isinstance(game.screen, StoryScreen):
                game.screen.show_again()

        for setting in SETTINGS:
            for word, text in setting.options:
                if game.desk.preferences[setting.name] != word:
                    yield f"{setting.title}: {text}", setting.about, partial(change, setting.name, word)

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for name, about, do in self._all:
            yield DiscoveryHit(Content(name), do, text=name, help=about or None)

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for name, about, do in self._all:
            score = matcher.match(name)
            if score > 0:
                shown = Content(name) if "[" in name else matcher.highlight(name)
                yield Hit(score, shown, do, text=name, help=about or None)
