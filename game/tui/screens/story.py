"""Where the game is played: the page, the menu under it, the keys.

The menu stays folded while new text goes on below the window, so that nobody chooses before they have read
what it is about. A key or a click counts only if it was made after the page it answers was painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from game.session.passing import as_read
from game.tui.faces import FACES, Face
from game.tui.screens.base import HELP, GameScreen
from game.tui.screens.doors import Doors
from game.tui.widgets.blocks import Block, blocks_of
from game.tui.widgets.header import Header
from game.tui.widgets.keybar import KeyBar
from game.tui.widgets.menu import Menu
from game.tui.widgets.offers import CLOSE, END, STUCK, entries_of
from game.tui.widgets.transcript import Transcript
from game.tui.widgets.typist import Typist

if TYPE_CHECKING:
    from game.session import Turn

__all__ = ["StoryScreen"]

LEAST_TEXT: Final = 5
"""Lines of the page that a menu never takes."""


class StoryScreen(Doors, GameScreen[None], inherit_bindings=False):
    """The page and the menu."""

    CSS_PATH = "story.tcss"
    NAME = "The story"
    EXPLAINED = (
        "What is new is bright, what you have read is dim, and ▸ marks what you chose. When there is more "
        "than fits, Space goes on; it never chooses.",
        "The blocks at the top are the hours left in this episode. A lead says what it costs at its right "
        "edge. × is a choice that is locked, with the reason. ° is one you took in another life.",
        "◆ a clue, ± where somebody stands with you, † a death, ? a question for the Board, × a lead that is "
        "gone.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(digit),
                f"number({digit})",
                "Choose",
                id=f"story.{digit}",
                key_display="1–9",
                tooltip="Choose by number",
            )
            for digit in range(1, 10)
        ),
        Binding("up,k", "move(-1)", show=False, id="story.up", tooltip="Mark the choice above"),
        Binding("down,j", "move(1)", show=False, id="story.down", tooltip="Mark the choice below"),
        Binding("enter", "take", show=False, id="story.take", tooltip="Choose the marked line"),
        Binding(
            "space", "on", "Go on", id="story.on", key_display="Space", tooltip="The next page; never chooses"
        ),
        Binding("c", "casebook", "Casebook", id="story.casebook", tooltip="Clues, people, the dead"),
        Binding("b", "board", "Board", id="story.board", tooltip="The question, the clues, the theories"),
        Binding("m", "map", "Map", id="story.map", tooltip="Every decision of every life, and the way there"),
        Binding("s", "save", "Save", id="story.save", tooltip="Put a bookmark here"),
        Binding("l", "load", "Load", id="story.load", tooltip="Bookmarks and autosaves"),
        HELP,
        Binding(
            "escape",
            "back",
            "Title",
            id="story.back",
            key_display="Esc",
            tooltip="Back to the title. Nothing is lost",
        ),
        Binding("pageup", "page(-1)", show=False, id="story.pageup", tooltip="Read back"),
        Binding("pagedown", "page(1)", show=False, id="story.pagedown", tooltip="Read on"),
        Binding("home", "home", show=False, id="story.home", tooltip="Where the episode began"),
        Binding("end", "end", show=False, id="story.end", tooltip="Where you are"),
        Binding("comma", "settings", show=False, id="story.settings", tooltip="Settings"),
        Binding("t", "reading", show=False, id="story.reading", tooltip="Read back, search, write to a file"),
        Binding("y", "share", show=False, id="story.share", tooltip="The code of this life"),
        Binding("n", "skip", show=False, id="story.skip", tooltip="On to the next choice you never made"),
        Binding("u,backspace", "rewind", show=False, id="story.rewind", tooltip="Take the last choice back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._last: Turn | None = None
        self._count = 0
        self._moves: tuple[str, ...] = ()
        self._passing = False
        self._unfolded = False
        self._resized = False
        self._painted: float | None = None

    def compose(self) -> ComposeResult:
        """Header, face, page, menu, keys."""
        measure = self.desk.preferences.measure
        yield Header(id="header")
        yield Face("none", self.desk.preferences.motion, id="face")
        yield Transcript(id="page", measure=measure)
        yield Menu(id="menu", measure=measure, ruled=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Opens at the place where the session stands."""
        self._page, self._menu = self.query_one(Transcript), self.query_one(Menu)
        self._header, self._face = self.query_one(Header), self.query_one(Face)
        self._typist = Typist(self._page)
        self.sync()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Back from another screen, which may have moved the story on, or changed how it is shown."""
        self.show_again()

    def show_again(self) -> None:
        """Shows what has changed in the session, and in the settings."""
        if self._count:
            self._page.set_measure(self.desk.preferences.measure)
            self._menu.set_measure(self.desk.preferences.measure)
            self._face.motion = self.desk.preferences.motion
            self.sync()

    def on_resize(self, event: events.Resize) -> None:
        """Another window: the same place; the menu is folded again if the text no longer fits above it."""
        self._resized, self._unfolded = True, False
        self._settle()
        self.call_after_refresh(self._rested)

    def _rested(self) -> None:
        self._resized = False

    # -- showing what the session says ------------------------------------------------------------------

    def sync(self) -> None:
        """Shows whatever the session has that the page has not."""
        session, passing = self.desk.session, self.desk.preferences.passing
        turns = session.transcript
        grown = 0 < self._count <= len(turns) and turns[self._count - 1] is self._last
        grown, self._passing = grown and passing == self._passing, passing
        if grown and len(turns) == self._count:
            self._settle()
            return
        renewed = not grown and self._count == len(turns) and self._moves == session.play.moves
        self._painted = None
        view = turns[-1].view
        room = self._room()
        self._header_of()
        place = session.story.places.get(view.place)
        self._face.show(place.face if place is not None and place.face in FACES else "none")
        self._menu.show(entries_of(self.desk))
        self._unfolded = False
        opening = turns[-1].move is None or (len(turns) > 1 and turns[-2].view.episode != view.episode)
        if grown and not opening and room == self._room():
            for turn in turns[self._count :]:
                self._page.add(self._blocks(turn, False), self._room() - self._menu_rows())
        else:
            show = self._page.renew if renewed else self._page.begin
            show(self._episode(turns), self.desk.people)
        self._last, self._count, self._moves = turns[-1], len(turns), session.play.moves
        if not renewed:
            self._typist.begin(self.desk.preferences.typing)
        self._settle()
        self.refresh_bindings()
        self.call_after_refresh(self._arm)
        self.game.tell()

    def _episode(self, turns: list[Turn]) -> list[list[Block]]:
        """The turns of this episode, as blocks."""
        first = len(turns) - 1
        while first > 0 and turns[first - 1].view.episode == turns[-1].view.episode:
            first -= 1
        return [self._blocks(turn, index == 0) for index, turn in enumerate(turns[first:])]

    def _blocks(self, turn: Turn, opens: bool) -> list[Block]:
        heading = self.desk.episode(turn.view.episode) if opens else None
        return blocks_of(as_read(turn, self._passing), self.desk.people, heading)

    def _header_of(self) -> None:
        view = self.desk.session.view
        total = self.desk.session.story.episodes[view.episode].hours
        hours = (view.hours, total) if view.hours is not None and total else None
        self._header.show(
            self.desk.episode(view.episode), self.desk.place(view.place), view.time or "", hours, view.dials
        )

    def _arm(self) -> None:
        """The page is painted: from now on a key answers it."""
        self._painted = events.Idle().time

    # -- room for the page and the menu -----------------------------------------------------------------

    def _room(self) -> int:
        """Lines for the page and the menu together."""
        face = 0 if self._face.has_class("-gone") else 5 if self._face.has_class("-low") else 7
        return max(2, self.size.height - 3 - face)

    def _menu_rows(self) -> int:
        width = self._page.scrollable_content_region.width or self.size.width - 1
        return self._menu.rows_for(width, max(3, self._room() - LEAST_TEXT))

    def _unfold(self) -> None:
        self._unfolded = True
        self.refresh_bindings()

    def _tall(self) -> int:
        """Lines of the page at most: all the room that the menu leaves."""
        return self._room() - (self._menu_rows() if self._unfolded else 1)

    def _settle(self) -> None:
        """Unfolds the menu once the rest of the text fits above it, and puts it right under the text."""
        rows = self._menu_rows()
        rest = self._page.end - self._page.top
        if not self._unfolded and not self._page.typing and self._page.end and rest <= self._room() - rows:
            self._unfold()
        self._menu.fold(None if self._unfolded else "Space ▾")
        self._menu.styles.height = rows if self._unfolded else 1
        tall = self._tall()
        self._page.styles.height = min(tall, max(rest + 1, LEAST_TEXT)) if self._unfolded else tall

    def on_transcript_moved(self, event: Transcript.Moved) -> None:
        """Scrolled, by whatever means: perhaps the end has come into view."""
        if self._resized:
            self._unfolded = False
        self._settle()

    # -- keys -------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Keys that choose are looked at here, because only here is it known when they were pressed."""
        if self._page.typing and not event.key.startswith("ctrl"):
            self._typist.finish()
        elif event.key == "enter":
            self._menu.choose(self._menu.selected, event.time)
        elif event.character is not None and event.character in "123456789":
            self._menu.choose(self._menu.number(int(event.character)), event.time)
        else:
            return
        event.stop()
        event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something now are shown."""
        if not self._count:
            return True
        if action in ("number", "take"):
            return self._unfolded
        if action == "on":
            return not self._unfolded
        return True

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Makes the choice, if the page was there to be answered."""
        if self._painted is None or event.at < self._painted:
            return
        if event.entry.id == CLOSE:
            self.open_close()
        elif event.entry.id == END:
            self.open_ending()
        elif event.entry.id == STUCK:
            self.action_rewind()
        else:
            self.take(event.entry.id)

    def on_menu_unfold(self, event: Menu.Unfold) -> None:
        """A click on the folded menu goes on."""
        self.action_on()

    def action_number(self, digit: int) -> None:
        """Chooses by number (from the key bar or the palette)."""
        self._menu.choose(self._menu.number(digit))

    def action_take(self) -> None:
        """Chooses the marked line."""
        self._menu.choose(self._menu.selected)

    def action_move(self, step: int) -> None:
        """Marks another line."""
        self._menu.move(step)

    def action_on(self) -> None:
        """The next page; at the end of the text, the menu."""
        last = self._room() - self._menu_rows()
        if self._unfolded:
            self.action_page(1)
        elif not self._page.page_on(self._tall(), last):
            self._unfold()
            self._page.to_end(last)
        self._settle()

    def action_page(self, step: int) -> None:
        """A page up or down, with a line of the old one left."""
        self._page.page_to(self._page.top + step * max(1, self._tall() - 1))

    def action_home(self) -> None:
        """The beginning of the episode."""
        self._page.page_to(0)

    def action_end(self) -> None:
        """Back to where you are."""
        self._page.to_end(self._tall())

    def action_rewind(self) -> None:
        """Takes the last choice back. The branch stays in the saves."""
        if len(self.desk.session.transcript) > 1:
            self.desk.session.rewind()
            self.sync()
