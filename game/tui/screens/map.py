"""The map: every decision of every life, and the way to any of them.

It is read when it is opened and nothing is played for it. Enter goes to the marked place; what is done there
grows a new branch, and the life that was left stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from game.tui.screens.base import HELP, GameScreen
from game.tui.widgets.branches import Branches
from game.tui.widgets.keybar import KeyBar
from game.tui.widgets.search import SearchLine

if TYPE_CHECKING:
    from game.session.atlas import Atlas
    from game.session.rows import Row

__all__ = ["MapScreen"]

_HINTS: Final = {"another": "another", "nothing": "nothing", "label": "labels"}
"""The words of the setting, and those of the atlas."""


class MapScreen(GameScreen[bool]):
    """Dismissed with True once the player has gone somewhere."""

    CSS_PATH = "map.tcss"
    NAME = "The map"
    EXPLAINED = (
        "Every decision of every life you have played. ● is on your way and ○ is not, ◉ is where you are, "
        "◇ is a turn of the season. ┊ is a straight stretch; → unfolds it, and a life, and ← folds it again.",
        "Enter goes to the marked place. What you do there is a new branch; nothing that was played is lost. "
        "x marks a place, and x at another one says what is different there.",
        "╌ is a way that you have never taken. Of an episode that you have not finished in any life, the map "
        "keeps quiet about those; how much it says of the others is in Settings.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "go", "Go there", id="map.go", key_display="Enter", tooltip="Go to the marked place"
        ),
        Binding(
            "right", "fold(True)", "Unfold", id="map.unfold", key_display="→", tooltip="Unfold this line"
        ),
        Binding("left", "fold(False)", show=False, id="map.fold", tooltip="Fold it, or go to what it is in"),
        Binding("slash", "search", "Search", id="map.search", key_display="/", tooltip="Search every life"),
        Binding("z", "zoom", "One episode", id="map.zoom", tooltip="Only this episode, or all of them"),
        Binding("x", "compare", "Compare", id="map.compare", tooltip="Mark a life, then compare another"),
        Binding("h", "here", "Here", id="map.here", tooltip="Where you are"),
        Binding("tab", "episode(1)", show=False, id="map.next", tooltip="The next episode"),
        Binding("shift+tab", "episode(-1)", show=False, id="map.before", tooltip="The episode before"),
        HELP,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._atlas: Atlas | None = None
        self._opened: set[int] = set()
        self._episode: str | None = None
        self._words = ""
        self._first: int | None = None

    def compose(self) -> ComposeResult:
        """Title, search, lines, what is marked, keys."""
        yield Static(id="map-title")
        yield SearchLine(placeholder="search every life", id="map-search")
        yield Branches(id="map-rows")
        yield Static(id="map-about")
        yield KeyBar()

    def on_mount(self) -> None:
        """Reads the tree, and stands where the player is."""
        from game.session.atlas import atlas_of

        self._atlas = atlas_of(self.desk.session)
        self._rows.focus()
        self._draw(self.atlas.here)

    @property
    def atlas(self) -> Atlas:
        """The tree as it was when the map was opened."""
        assert self._atlas is not None
        return self._atlas

    @property
    def _rows(self) -> Branches:
        return self.query_one(Branches)

    # -- drawing ------------------------------------------------------------------------------------------

    def _draw(self, node: int | None = None) -> None:
        """The lines as they are to be now, with that node marked, or the one that was."""
        from game.session.rows import found_rows, map_rows

        before = self._rows.row
        node = before.node if node is None and before is not None else node
        if self._words:
            rows = found_rows(self.atlas, self._words)
        else:
            hints = _HINTS[self.desk.preferences["spoilers"]]
            rows = map_rows(self.atlas, self._opened, hints, self._episode)
        self._rows.show(rows, self._nearest(rows, node), self._first)
        self._head(len(rows))

    def _nearest(self, rows: list[Row], node: int | None) -> int:
        """The line of a node, or of what it is folded into."""
        lines = {row.node: at for at, row in reversed(list(enumerate(rows))) if row.kind != "stub"}
        lines |= {row.head: at for at, row in reversed(list(enumerate(rows))) if row.kind != "stub"}
        while node is not None and node not in lines:
            node = self.atlas.spots[node].parent if node in self.atlas.spots else None
        return lines.get(node, 0) if node is not None else 0

    def _head(self, count: int) -> None:
        atlas = self.atlas
        lives, made = len(atlas.lives()), len(atlas.spots) - len(atlas.roots)
        whole = (
            f"{lives} {'life' if lives == 1 else 'lives'}, {made:,} {'choice' if made == 1 else 'choices'}"
        )
        where = (
            f"{count} found" if self._words else self.desk.episode(self._episode) if self._episode else whole
        )
        parts = [("The map", "bold $amber"), (f"  {where}", "$old")]
        if self._first is not None:
            parts.append(("  ⇄ marked: x on another line compares", "$ember"))
        self.query_one("#map-title", Static).update(Content.assemble(*parts))

    def on_branches_marked(self, event: Branches.Marked) -> None:
        """Says more about the line."""
        row = self._rows.row
        self.query_one("#map-about", Static).update(Content() if row is None else self._about(row))
        self.refresh_bindings()

    def _about(self, row: Row) -> Content:
        count = "1 choice" if row.number == 1 else f"{row.number} choices"
        where = " · ".join(part for part in (self.desk.episode(row.episode), row.place) if part)
        parts: list[tuple[str, str]] = [(where, "$ink"), (f"\nLife {row.life}, after {count}. ", "$old")]
        if row.kind == "stub":
            parts.append(("Something else could be done here.", "$old"))
        elif row.here:
            parts.append(("You are here.", "$old"))
        elif row.stubs and row.kind != "run":
            parts.append(("Something else could be done here, too.", "$old"))
        for turn in row.turns:
            parts.append((f"\n◇ {turn.title}: {turn.told or 'taken'}", "$amber"))
        return Content.assemble(*parts)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done with the marked line."""
        if self._atlas is None:
            return True
        row = self._rows.row
        if action == "fold" and parameters == (True,):
            return row is not None and row.kind in ("run", "branch") and not row.open and not self._words
        if action in ("go", "compare"):
            return row is not None
        return True

    # -- keys ---------------------------------------------------------------------------------------------

    def action_go(self) -> None:
        """Goes to the marked place."""
        from game.saves import SavesError

        row = self._rows.row
        if row is None or row.here:
            self.dismiss(False)
            return
        try:
            self.desk.session.go(row.node)
        except SavesError as problem:
            self.notify(str(problem), severity="error", markup=False)
        else:
            self.dismiss(True)

    def on_branches_picked(self, event: Branches.Picked) -> None:
        """A double click unfolds what is folded, and goes to what is not."""
        if self.check_action("fold", (True,)):
            self.action_fold(True)
        else:
            self.action_go()

    def action_fold(self, unfold: bool) -> None:
        """Unfolds a line, or folds it, or what it is in."""
        row = self._rows.row
        if row is None or self._words:
            return
        if unfold or row.open:
            (self._opened.add if unfold else self._opened.discard)(row.head)
            self._draw(row.head)
            return
        for at in range(self._rows.at - 1, -1, -1):
            above = self._rows.rows[at]
            if above.open and above.depth < row.depth + (above.kind == "run"):
                self._rows.mark(at)
                return

    def action_search(self) -> None:
        """A line to type on."""
        search = self.query_one(SearchLine)
        search.add_class("-open")
        search.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Finds as it is typed."""
        self._words = event.value.strip()
        self._draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to what was found."""
        self._rows.focus()

    def action_zoom(self) -> None:
        """The episode of the marked line alone, or all of them again."""
        row = self._rows.row
        self._episode = None if self._episode or row is None else row.episode
        self._draw()

    def action_episode(self, step: int) -> None:
        """Another episode."""
        there = self.atlas.episodes()
        row = self._rows.row
        now = self._episode or (row.episode if row else "")
        at = there.index(now) + step if now in there else 0
        self._episode = there[max(0, min(at, len(there) - 1))]
        heads = self.atlas.entries(self._episode)
        self._draw(heads[0].node if heads else None)

    def action_here(self) -> None:
        """Where the player is."""
        self._episode = None
        self._draw(self.atlas.here)

    def action_compare(self) -> None:
        """Marks a line; at another one, says what is different."""
        row = self._rows.row
        if row is None:
            return
        node = self._end(row)
        if self._first is None or self._first in (node, row.node):
            self._first = None if self._first is not None else row.node
            self._draw(row.node)
            return
        self._compare(self._first, node)

    def _end(self, row: Row) -> int:
        """What is compared: of a life that is folded, where it ended."""
        if row.kind == "branch" and not row.open:
            end = self.atlas.life(row.life)
            return row.node if end is None else end.node
        return row.node

    def _compare(self, first: int, second: int) -> None:
        from game.session.compare import compare
        from game.session.compared import comparison_lines
        from game.tui.screens.page import Page

        session = self.desk.session
        found = compare(session.story, session.store, first, second)
        names = [f"life {self.atlas.spots[node].life}" for node in (first, second)]
        if names[0] == names[1]:
            names = [f"choice {self.atlas.spots[node].number}" for node in (first, second)]
        title, _, *said = comparison_lines(found, names, self.atlas.words)
        self._first = None
        self._draw()
        self.game.push_screen(Page(title, Content("\n".join(said))))

    def action_back(self) -> None:
        """Out of the search, out of one episode, out of the map."""
        search = self.query_one(SearchLine)
        if search.has_class("-open"):
            search.value = ""
            search.remove_class("-open")
            self._rows.focus()
        elif self._first is not None:
            self._first = None
            self._draw()
        elif self._episode is not None:
            self._episode = None
            self._draw()
        else:
            self.dismiss(False)
