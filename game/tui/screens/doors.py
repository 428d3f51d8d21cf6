"""The ways out of the story: casebook, board, saves, settings, the close of an episode, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from game.tui.screens.story import StoryScreen

__all__ = ["Doors"]


class Doors:
    """Mixed into the story screen. Each screen is imported when it is first opened."""

    def take(self, id: str) -> None:
        """Makes a choice and shows what came of it. Where the story breaks, says so and stays."""
        from game.engine import NotOffered, StoryFault

        screen = cast("StoryScreen", self)
        try:
            screen.desk.session.choose(id)
        except (NotOffered, StoryFault) as problem:
            screen.notify(f"The story breaks here: {problem}", severity="error", markup=False, timeout=12)
        else:
            screen.sync()

    def action_casebook(self) -> None:
        """Clues, people, the dead."""
        from game.tui.screens.casebook import CasebookScreen

        cast("StoryScreen", self).game.push_screen(CasebookScreen())

    def action_board(self) -> None:
        """The question and the theories."""
        from game.tui.screens.board import BoardScreen

        cast("StoryScreen", self).game.push_screen(BoardScreen())

    def action_map(self) -> None:
        """Every decision of every life."""
        from game.tui.screens.map import MapScreen

        cast("StoryScreen", self).game.push_screen(MapScreen())

    def action_reading(self) -> None:
        """Everything that was read in this life."""
        from game.tui.screens.reading import ReadingScreen

        cast("StoryScreen", self).game.push_screen(ReadingScreen())

    def action_share(self) -> None:
        """The code that replays this life."""
        from game.session.close import share_code
        from game.tui.screens.page import Page, lines

        screen = cast("StoryScreen", self)
        code = share_code(screen.desk.session)
        said = (
            (code, "Whoever has it gets to where you are: on the page of the saves, c takes a code.")
            if code is not None
            else ("There is no code for this life. On the page of the saves it has a bookmark to export.",)
        )
        screen.game.push_screen(Page("The code of this life", lines(*said)))

    def action_skip(self) -> None:
        """On as before, to the next choice that was never made."""
        from game.session.skip import skip

        screen = cast("StoryScreen", self)
        found = skip(screen.desk.session)
        count = "1 choice" if found.moves == 1 else f"{found.moves} choices"
        said = (
            f"On as before, {count}." if found.moves else "There is nothing to skip: this is new, or an end."
        )
        screen.notify(said, markup=False, timeout=4)
        screen.sync()

    def action_settings(self) -> None:
        """Settings."""
        from game.tui.screens.settings import SettingsScreen

        cast("StoryScreen", self).game.push_screen(SettingsScreen())

    def action_save(self) -> None:
        """Asks for a name and puts a bookmark here."""
        from game.tui.screens.ask import AskName

        screen = cast("StoryScreen", self)
        view = screen.desk.session.view
        place = screen.desk.place(view.place)

        def save(name: str | None) -> None:
            from game.saves import SavesError
            from game.session import SessionError

            if name is None:
                return
            try:
                screen.desk.session.save(name)
            except (SavesError, SessionError) as problem:
                screen.notify(str(problem), severity="error", markup=False)
            else:
                screen.notify(f"Saved: {name}", markup=False, timeout=3)
            screen.game.tell()

        suggested = f"{place}, {view.time}" if view.time else place
        screen.game.push_screen(AskName("A bookmark here", suggested[:60]), save)

    def action_load(self) -> None:
        """Bookmarks and autosaves."""
        from game.tui.screens.saves import SavesScreen

        cast("StoryScreen", self).game.push_screen(SavesScreen())

    def open_close(self) -> None:
        """The close of the episode; Continue opens the next one, or the end card."""
        from game.tui.screens.close import CloseScreen

        screen = cast("StoryScreen", self)

        def go_on(on: bool | None) -> None:
            if not on:
                return
            view = screen.desk.session.view
            if view.ending is not None or not view.choices:
                self.open_ending()
            else:
                self.take(view.choices[0].id)

        screen.game.push_screen(CloseScreen(), go_on)

    def open_ending(self) -> None:
        """The end card; from it back to the title."""
        from game.tui.screens.ending import EndingScreen

        screen = cast("StoryScreen", self)

        def leave(left: bool | None) -> None:
            if left:
                screen.dismiss(None)

        screen.game.push_screen(EndingScreen(), leave)
