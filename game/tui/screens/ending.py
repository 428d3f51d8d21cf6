"""The end: an ending by its name, or the card that says honestly where the written season stops."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from game.session.close import SeasonClose, season_close
from game.tui.screens.base import HELP
from game.tui.screens.card import CardScreen
from game.tui.screens.close import shared
from game.tui.widgets.keybar import KeyBar

__all__ = ["EndingScreen"]


class EndingScreen(CardScreen):
    """Dismissed with True when the player leaves for the title."""

    NAME = "The end"
    EXPLAINED = (
        "Everything you played is kept. Continue comes back here, Load to anywhere you gave a name.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,1",
            "go_on",
            "To the title",
            id="ending.leave",
            key_display="Enter",
            tooltip="Back to the title",
        ),
        Binding(
            "space,pagedown", "page(1)", "More", id="ending.more", key_display="Space", tooltip="A page down"
        ),
        Binding("pageup", "page(-1)", show=False, id="ending.back", tooltip="A page up"),
        Binding("m", "map", "Another way", id="ending.map", tooltip="The map, and back to any choice"),
        HELP,
    ]

    def compose(self) -> ComposeResult:
        """The card."""
        with VerticalScroll(id="close", can_focus=False):
            yield Static(self._card(), id="close-page")
            yield Static(Content("Enter  To the title"), id="close-go")
        yield KeyBar()

    def _card(self) -> Content:
        view, close = self.desk.session.view, season_close(self.desk.session)
        if close.ending:
            parts = [
                Content.styled("The end", "$old"),
                Content.assemble((close.title, "bold $ink"), (shared(close.share), "$old")),
                Content(),
            ]
        else:
            parts = self._to_be_continued(view.closing or view.episode)
        choices = "1 choice" if close.moves == 1 else f"{close.moves} choices"
        kept = f"{choices}, all of them kept. Any of them could have gone another way."
        parts += [*self._dead(close), *self._route(close), Content.styled(kept, "$old"), Content()]
        if close.code is not None:
            parts += [
                Content.styled("The code of this life", "$amber"),
                Content(f"  {close.code}"),
                Content(),
            ]
        return Content("\n").join(parts)

    def _route(self, close: SeasonClose) -> list[Content]:
        """One line for each episode, one sign for each choice."""
        lines = [
            Content.assemble(
                (f"  {self.desk.episode(each.episode)}\n", "$old"), (f"  {each.route.line}", "$ember")
            )
            for each in close.episodes
            if each.route.marks
        ]
        return [Content.styled("The way you went", "$amber"), *lines, Content()] if lines else []

    def _to_be_continued(self, episode: str) -> list[Content]:
        """What is true: this is where the writing stops, not where the story does."""
        episodes = list(self.desk.session.story.episodes)
        at = episodes.index(episode) + 1 if episode in episodes else 0
        following = f"Next: {self.desk.episode(episodes[at])}." if 0 < at < len(episodes) else ""
        return [
            Content.styled("To be continued", "bold $ink"),
            Content(""),
            Content.styled(
                "This is as far as the season is written. It is not an ending: your file is open, and your "
                "place is kept. When the next episode is there, Continue goes on from here, with everything "
                "you did.",
                "$ink",
            ),
            *([Content(""), Content.styled(following, "$old")] if following else []),
            Content(""),
        ]

    def _dead(self, close: SeasonClose) -> list[Content]:
        if not close.dead:
            return [Content.styled("Nobody has died. Not in this life.", "$old"), Content("")]
        lines = [Content.styled("The dead", "$amber")]
        for each in close.dead:
            blamed = each.blame and each.blame not in ("nobody", each.name)
            lines.append(
                Content.assemble(
                    (f"  † {each.name}. ", "$ink"),
                    (each.how, "$old"),
                    (f" You blame {each.blame}." if blamed else "", "$old"),
                )
            )
        return [*lines, Content("")]
