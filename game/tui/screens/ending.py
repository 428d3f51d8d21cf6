"""The end: an ending by its name, or the card that says honestly where the written season stops."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from game.tui.screens.base import HELP, GameScreen
from game.tui.widgets.keybar import KeyBar

__all__ = ["EndingScreen"]

_TO_BE_CONTINUED = "to_be_continued"


class EndingScreen(GameScreen[bool]):
    """Dismissed with True when the player leaves for the title."""

    CSS_PATH = "close.tcss"
    NAME = "The end"
    EXPLAINED = (
        "Everything you played is kept. Continue comes back here, Load to anywhere you gave a name.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,1",
            "leave",
            "To the title",
            id="ending.leave",
            key_display="Enter",
            tooltip="Back to the title",
        ),
        Binding("space,pagedown", "page(1)", show=False, id="ending.more", tooltip="A page down"),
        Binding("pageup", "page(-1)", show=False, id="ending.back", tooltip="A page up"),
        HELP,
    ]

    def compose(self) -> ComposeResult:
        """The card."""
        with VerticalScroll(id="close", can_focus=False):
            yield Static(self._card(), id="close-page")
            yield Static(Content("Enter  To the title"), id="close-go")
        yield KeyBar()

    def _card(self) -> Content:
        view = self.desk.session.view
        if view.ending in (None, _TO_BE_CONTINUED):
            parts = self._to_be_continued(view.closing or view.episode)
        else:
            ending = self.desk.session.story.endings.get(view.ending or "")
            title = ending.title if ending is not None else view.ending or ""
            parts = [Content.styled("The end", "$old"), Content.styled(title, "bold $ink"), Content("")]
        count = len(self.desk.session.play.moves)
        choices = "1 choice" if count == 1 else f"{count} choices"
        kept = f"{choices}, all of them kept. Any of them could have gone another way."
        return Content("\n").join([*parts, *self._dead(), Content.styled(kept, "$old"), Content("")])

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

    def _dead(self) -> list[Content]:
        dead = self.desk.session.play.casebook.dead
        if not dead:
            return [Content.styled("Nobody has died. Not in this life.", "$old"), Content("")]
        lines = [Content.styled("The dead", "$amber")]
        for each in dead:
            blamed = each.blame and each.blame not in ("nobody", each.name)
            lines.append(
                Content.assemble(
                    (f"  † {each.name}. ", "$ink"),
                    (each.how, "$old"),
                    (f" You blame {each.blame}." if blamed else "", "$old"),
                )
            )
        return [*lines, Content("")]

    def action_leave(self) -> None:
        """To the title."""
        self.dismiss(True)

    def action_page(self, step: int) -> None:
        """A page down or up."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=step * max(1, scroll.size.height - 1), animate=False)

    def on_click(self, event: object) -> None:
        """The line that says how to leave is a button too."""
        if getattr(getattr(event, "widget", None), "id", None) == "close-go":
            self.action_leave()
