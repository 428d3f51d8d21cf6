"""The casebook: what Jessica knows and from whom, where people stand with her, and the dead.

Typing searches. Everything found stays where it is in the list, so nothing moves but what is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from game.tui.screens.base import HELP, GameScreen
from game.tui.widgets.exhibit import laid_out
from game.tui.widgets.keybar import KeyBar
from game.tui.widgets.rows import Rows, prose
from game.tui.widgets.search import SearchLine

if TYPE_CHECKING:
    from game.engine import Casebook, ClueEntry, DeadEntry, PersonEntry

__all__ = ["CasebookScreen"]

TABS: Final = ("Clues", "People", "The dead")
_KINDS: Final = {"paper": "▤", "witness": "“", "place": "⌂"}


def _has(needle: str, *texts: str | None) -> bool:
    return all(any(word in (text or "").casefold() for text in texts) for word in needle.casefold().split())


class CasebookScreen(GameScreen[None]):
    """Three lists and a page."""

    CSS_PATH = "casebook.tcss"
    NAME = "The casebook"
    EXPLAINED = (
        "What you know, who says so, and where you were when you heard it. The words at the foot of a clue "
        "are Jessica's own. ▤ is paper, “ a witness, ⌂ a place.",
        "People stand somewhere between burned and solid with you; below each of them is what moved it.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab",
            "turn(1)",
            "Clues · People · Dead",
            id="case.next",
            key_display="Tab",
            tooltip="The next list",
        ),
        Binding("shift+tab", "turn(-1)", show=False, id="case.previous", tooltip="The list before"),
        Binding("up", "cursor(-1)", show=False, id="case.up", tooltip="The line above"),
        Binding("down", "cursor(1)", "Read", id="case.down", key_display="↑ ↓", tooltip="The line below"),
        Binding("pageup", "page(-1)", show=False, id="case.pageup", tooltip="The page at the right, up"),
        Binding("pagedown", "page(1)", show=False, id="case.pagedown", tooltip="The page at the right, down"),
        HELP,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._tab = 0
        self._book: Casebook | None = None
        self._marked: dict[int, str | None] = {}

    def compose(self) -> ComposeResult:
        """Tabs, search, list, page."""
        yield Static(id="case-tabs")
        yield SearchLine(placeholder="type to search", id="case-search")
        with Horizontal(id="case-body"):
            rows = Rows(id="case-list")
            rows.can_focus = False
            yield rows
            with VerticalScroll(id="case-page", can_focus=False):
                yield Static(id="case-text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Opens the book."""
        self._book = self.desk.session.play.casebook
        self.query_one(SearchLine).focus()
        self._fill()

    # -- the lists ----------------------------------------------------------------------------------------

    @property
    def book(self) -> Casebook:
        """The casebook as it was when the screen was opened."""
        assert self._book is not None
        return self._book

    def _tabs(self) -> Content:
        counts = (len(self.book.clues), len(self.book.people), len(self.book.dead))
        parts: list[Content] = []
        for index, (name, count) in enumerate(zip(TABS, counts, strict=True)):
            here = index == self._tab
            parts.append(
                Content.styled(
                    f"[{name} {count}]" if here else f" {name} {count} ", "bold $amber" if here else "$old"
                )
            )
        return Content("  ").join(parts)

    def _options(self, needle: str) -> Iterable[Option]:
        match self._tab:
            case 0:
                for clue in self.book.clues:
                    exhibit = clue.exhibit.text if clue.exhibit is not None else ""
                    if _has(needle, clue.title, clue.claim, clue.source, clue.note, clue.place, exhibit):
                        mark = _KINDS.get(clue.kind, "·")
                        yield Option(Content.assemble((f"{mark} ", "$ember"), clue.title), id=clue.id)
            case 1:
                for person in self.book.people:
                    if _has(needle, person.name, person.about, person.standing, *person.moved):
                        standing = f"  {person.standing}" if person.standing else ""
                        yield Option(Content.assemble(person.name, (standing, "$amber")), id=person.id)
            case _:
                for dead in self.book.dead:
                    if _has(needle, dead.name, dead.how, dead.where, dead.blame):
                        yield Option(Content.assemble(("† ", "$ember"), dead.name), id=dead.id)

    def _fill(self) -> None:
        self.query_one("#case-tabs", Static).update(self._tabs())
        needle = self.query_one(SearchLine).value
        rows = self.query_one(Rows)
        rows.clear_options()
        rows.add_options(list(self._options(needle)))
        if rows.option_count:
            rows.mark(self._marked.get(self._tab))
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The list follows what is typed."""
        self._fill()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The page follows the list."""
        self._marked[self._tab] = event.option.id
        self._show()

    # -- the page -----------------------------------------------------------------------------------------

    def _show(self) -> None:
        page = self.query_one("#case-text", Static)
        marked = self.query_one(Rows).marked
        width = max(20, page.content_region.width or self.size.width // 2)
        entry = next((each for each in self._entries() if each.id == marked), None)
        page.update(self._nothing() if entry is None else self._entry(entry, width))
        self.query_one("#case-page", VerticalScroll).scroll_home(animate=False)

    def _entries(self) -> tuple[ClueEntry, ...] | tuple[PersonEntry, ...] | tuple[DeadEntry, ...]:
        return (self.book.clues, self.book.people, self.book.dead)[self._tab]

    def _nothing(self) -> Content:
        if self._entries():
            return Content.styled("Nothing here has that in it.", "$old")
        return Content.styled(("Nothing yet.", "Nobody yet.", "Nobody. Not in this life.")[self._tab], "$old")

    def _entry(self, entry: ClueEntry | PersonEntry | DeadEntry, width: int) -> Content:
        from game.engine import ClueEntry, PersonEntry

        if isinstance(entry, ClueEntry):
            return self._clue(entry, width)
        return self._person(entry) if isinstance(entry, PersonEntry) else self._death(entry)

    def _clue(self, clue: ClueEntry, width: int) -> Content:
        where = ", ".join(each for each in (clue.place, clue.time) if each)
        parts = [
            Content.styled(clue.title, "bold $ink"),
            prose(clue.claim),
            Content.assemble(
                (f"{_KINDS.get(clue.kind, '·')} from {clue.source}", "$old"),
                (f"\n{where}" if where else "", "$old"),
                (f"\n{self.desk.episode(clue.episode)}", "$old"),
            ),
        ]
        if clue.exhibit is not None:
            parts.append(laid_out(clue.exhibit, width))
        if clue.note:
            parts.append(prose(clue.note).stylize("italic $amber"))
        return Content("\n\n").join(parts)

    def _person(self, person: PersonEntry) -> Content:
        parts = [Content.styled(person.name, "bold $ink")]
        if person.standing:
            parts.append(Content.assemble(("Stands with you: ", "$old"), (person.standing, "bold $amber")))
        parts.append(prose(person.about).stylize("italic"))
        if person.moved:
            moved = "\n".join(f"± {each}" for each in person.moved)
            parts.append(Content.assemble(("What moved it\n", "$old"), (moved, "$ink")))
        elif person.standing:
            parts.append(Content.styled("Nothing has moved it yet.", "$old"))
        return Content("\n\n").join(parts)

    def _death(self, dead: DeadEntry) -> Content:
        blame = "" if dead.blame in ("", "nobody") else f"You blame {dead.blame}."
        where = self.desk.place(dead.where)
        rest = "\n".join(each for each in (where, self.desk.episode(dead.episode), blame) if each)
        return Content("\n\n").join(
            [Content.styled(f"† {dead.name}", "bold $ink"), prose(dead.how), Content.styled(rest, "$old")]
        )

    # -- keys ---------------------------------------------------------------------------------------------

    def action_turn(self, step: int) -> None:
        """Another list."""
        self._tab = (self._tab + step) % len(TABS)
        self._fill()

    def action_cursor(self, step: int) -> None:
        """Another line."""
        rows = self.query_one(Rows)
        if step > 0:
            rows.action_cursor_down()
        else:
            rows.action_cursor_up()

    def action_page(self, step: int) -> None:
        """The page, up or down."""
        page = self.query_one("#case-page", VerticalScroll)
        page.scroll_relative(y=step * max(1, page.size.height - 1), animate=False)

    def action_back(self) -> None:
        """Clears the search first, then closes the book."""
        search = self.query_one(SearchLine)
        if search.value:
            search.value = ""
        else:
            self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click on a tab opens it."""
        if event.widget is not None and event.widget.id == "case-tabs":
            edge = 0
            counts = (len(self.book.clues), len(self.book.people), len(self.book.dead))
            for index, (name, count) in enumerate(zip(TABS, counts, strict=True)):
                edge += len(f" {name} {count} ") + 2
                if event.x < edge:
                    self.action_turn(index - self._tab)
                    return

    def on_resize(self, event: events.Resize) -> None:
        """Documents are laid out for the new width."""
        if self._book is not None:
            self.call_after_refresh(self._show)
