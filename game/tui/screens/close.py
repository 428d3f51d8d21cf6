"""The close of an episode: how its turns came out, what was found, and the outline of what never was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from game.proof.shares_file import wording
from game.session.close import EpisodeClose, episode_close
from game.tui.screens.base import HELP
from game.tui.screens.card import CardScreen
from game.tui.widgets.keybar import KeyBar

__all__ = ["CloseScreen", "shared"]


def silhouette(shape: Sequence[int]) -> str:
    """A title as an outline: how long its words are, and no more."""
    return " ".join("░" * length for length in shape)


def shared(share: float | None) -> str:
    """How many blind plays came out this way, in brackets; nothing where nothing was measured."""
    return "" if share is None else f" ({wording(share)})"


class CloseScreen(CardScreen):
    """Dismissed with True by Continue."""

    NAME = "The close of an episode"
    EXPLAINED = (
        "What you did at each turn, and the outlines of the clues that you never found. Enter goes on.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,1", "go_on", "Continue", id="close.go_on", key_display="Enter", tooltip="Continue"),
        Binding(
            "space,pagedown", "page(1)", "More", id="close.more", key_display="Space", tooltip="A page down"
        ),
        Binding("pageup", "page(-1)", show=False, id="close.back", tooltip="A page up"),
        Binding("m", "map", "Replay from…", id="close.map", tooltip="The map, and back to any choice"),
        HELP,
    ]

    def compose(self) -> ComposeResult:
        """The page of the episode."""
        with VerticalScroll(id="close", can_focus=False):
            yield Static(self._page(), id="close-page")
            yield Static(Content("Enter  Continue"), id="close-go")
        yield KeyBar()

    def _page(self) -> Content:
        close = episode_close(self.desk.session)
        title = Content.assemble(
            ("The close of\n", "$old"), (self.desk.episode(close.episode), "bold $ink"), "\n"
        )
        parts = (
            self._route(close),
            self._turns(close),
            self._board(close),
            self._found(close),
            self._dead(close),
        )
        return Content("\n").join([title, *(line for part in parts for line in part)])

    def _turns(self, close: EpisodeClose) -> list[Content]:
        if not close.turns:
            return []
        lines = [Content.styled("What you did", "$amber")]
        for turn in close.turns:
            said = (turn.told, "$ink") if turn.told else ("it never came up", "italic $old")
            lines.append(
                Content.assemble((f"  ◇ {turn.title}: ", "$old"), said, (shared(turn.share), "$old"))
            )
        return [*lines, Content()]

    def _board(self, close: EpisodeClose) -> list[Content]:
        if not close.theories:
            return []
        lines = [Content.styled("What you left on the Board", "$amber")]
        for told in close.theories:
            stands = (told.standing, "$ink") if told.standing else ("you left it open", "italic $old")
            lines.append(
                Content.assemble((f"  ? {told.text} ", "$old"), stands, (shared(told.share), "$old"))
            )
        return [*lines, Content()]

    def _found(self, close: EpisodeClose) -> list[Content]:
        count = close.found + len(close.missed)
        lines: list[Content] = []
        if count:
            found = f"  ◆ {close.found} of {count} clues are in the casebook."
            lines += [Content.styled("What you found", "$amber"), Content.styled(found, "$old"), Content()]
        if close.missed:
            lines.append(Content.styled("What you never found", "$amber"))
            lines += [Content.styled(f"  {silhouette(clue.shape)}", "$faint") for clue in close.missed]
            lines.append(Content())
        if close.leads:
            lines.append(Content.styled("Where you never went", "$amber"))
            lines += [Content.styled(f"  × {lead.label}", "$old") for lead in close.leads]
            lines.append(Content())
        return lines

    def _dead(self, close: EpisodeClose) -> list[Content]:
        if not close.dead:
            return []
        lines = [Content.styled("The dead", "$amber")]
        lines += [Content.assemble((f"  † {each.name}. ", "$ink"), (each.how, "$old")) for each in close.dead]
        return [*lines, Content()]

    def _route(self, close: EpisodeClose) -> list[Content]:
        if not close.route.marks:
            return []
        return [Content.styled(f"  {close.route.line}", "$ember"), Content()]
