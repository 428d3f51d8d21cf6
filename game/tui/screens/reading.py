"""Reading back: the whole life on one page, with a search, and the way into a file."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from game.session.passing import as_read
from game.tui.screens.base import HELP, GameScreen
from game.tui.widgets.blocks import blocks_of
from game.tui.widgets.keybar import KeyBar
from game.tui.widgets.search import SearchLine
from game.tui.widgets.transcript import Transcript

__all__ = ["ReadingScreen"]

_TOGETHER: Final = 3
"""Lines in which all the words that are searched must stand."""


class ReadingScreen(GameScreen[None]):
    """Everything that was read in this life, from its beginning."""

    CSS_PATH = "reading.tcss"
    NAME = "Reading back"
    EXPLAINED = (
        "Everything you have read in this life, with what you chose. / searches it, Enter goes from one "
        "place that was found to the next, and w writes all of it to a file, as Markdown.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", show=False, id="reading.pageup", tooltip="A page up"),
        Binding(
            "space,pagedown", "page(1)", "On", id="reading.on", key_display="Space", tooltip="A page down"
        ),
        Binding("up,k", "line(-1)", show=False, id="reading.up", tooltip="A line up"),
        Binding("down,j", "line(1)", show=False, id="reading.down", tooltip="A line down"),
        Binding("home", "line(-1000000)", show=False, id="reading.home", tooltip="The beginning"),
        Binding("end", "line(1000000)", show=False, id="reading.end", tooltip="The end"),
        Binding(
            "slash", "search", "Search", id="reading.search", key_display="/", tooltip="Search this life"
        ),
        Binding(
            "enter", "next", "Next", id="reading.next", key_display="Enter", tooltip="The next one found"
        ),
        Binding("w", "write", "To a file", id="reading.write", tooltip="Write this life to a file"),
        HELP,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._words = ""

    def compose(self) -> ComposeResult:
        """Title, search, page, keys."""
        yield Static(Content.styled("This life so far", "bold $amber"), id="reading-title")
        yield SearchLine(placeholder="search this life", id="reading-search")
        yield Transcript(id="reading", measure=self.desk.preferences.measure)
        yield KeyBar()

    def on_mount(self) -> None:
        """All of it, its end in view."""
        turns = [as_read(turn, self.desk.preferences.passing) for turn in self.desk.session.transcript]
        episode = ""
        blocks = []
        for turn in turns:
            opens = self.desk.episode(turn.view.episode) if turn.view.episode != episode else None
            blocks.append(blocks_of(turn, self.desk.people, opens))
            episode = turn.view.episode
        self._page.begin(blocks, self.desk.people)
        self.call_after_refresh(self.action_line, 1_000_000)

    @property
    def _page(self) -> Transcript:
        return self.query_one(Transcript)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter does something once there is something to look for."""
        return action != "next" or bool(self._words)

    def _lines(self) -> list[int]:
        """The lines where all the words stand together, by number."""
        sought = self._words.casefold().split()
        lines = [line.casefold() for line in self._page.text.split("\n")]
        return [
            at
            for at, line in enumerate(lines)
            if sought
            and sought[0] in line
            and all(word in " ".join(lines[at : at + _TOGETHER]) for word in sought)
        ]

    def _go(self, after: int) -> None:
        found = self._lines()
        at = next((line for line in found if line > after), found[0] if found else None)
        if at is not None:
            self._page.page_to(at)
        count = f"  {len(found)} found" if self._words else ""
        title = Content.assemble(("This life so far", "bold $amber"), (count, "$old"))
        self.query_one("#reading-title", Static).update(title)

    # -- keys ---------------------------------------------------------------------------------------------

    def action_page(self, step: int) -> None:
        """A page up or down, with a line of the old one left."""
        self._page.page_to(self._page.top + step * max(1, self._page.size.height - 1))

    def action_line(self, step: int) -> None:
        """A line up or down."""
        self._page.page_to(max(0, min(self._page.top + step, self._page.end - self._page.size.height)))

    def action_search(self) -> None:
        """A line to type on."""
        search = self.query_one(SearchLine)
        search.add_class("-open")
        search.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Finds the first as it is typed."""
        self._words = event.value.strip()
        self._go(-1)
        self.refresh_bindings()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the page, where Enter goes to the next."""
        self.set_focus(None)

    def action_next(self) -> None:
        """The next place that was found; after the last, the first."""
        self._go(self._page.top)

    def action_write(self) -> None:
        """Asks for a name and writes all of it to a file."""
        from game.session.transcript import write_markdown
        from game.tui.screens.ask import AskName

        session = self.desk.session

        def write(name: str | None) -> None:
            if name is None:
                return
            turns = [as_read(turn, self.desk.preferences.passing) for turn in session.transcript]
            try:
                path = write_markdown(name, session.story, turns)
            except ValueError as problem:
                self.notify(str(problem), severity="error", markup=False, timeout=8)
            else:
                self.notify(f"Written: {path.absolute()}", markup=False, timeout=8)

        self.game.push_screen(AskName("A file for this life", "jessica.md", longest=400), write)

    def action_back(self) -> None:
        """Out of the search, then out of the page."""
        search = self.query_one(SearchLine)
        if search.has_class("-open"):
            search.value = ""
            search.remove_class("-open")
            self.set_focus(None)
        else:
            self.dismiss(None)
