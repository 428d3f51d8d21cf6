"""The close of an episode: how its turns came out, what was found, and the outline of what never was."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from game.tui.screens.base import HELP, GameScreen
from game.tui.widgets.keybar import KeyBar

__all__ = ["CloseScreen"]


def silhouette(title: str) -> str:
    """A title as an outline: as long as it is, word for word, and not to be read."""
    return " ".join("░" * len(word) for word in title.split())


class CloseScreen(GameScreen[bool]):
    """Dismissed with True by Continue."""

    CSS_PATH = "close.tcss"
    NAME = "The close of an episode"
    EXPLAINED = (
        "What you did at each turn, and the outlines of the clues that you never found. Enter goes on.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,1", "go_on", "Continue", id="close.go_on", key_display="Enter", tooltip="Continue"),
        Binding("space,pagedown", "page(1)", show=False, id="close.more", tooltip="A page down"),
        Binding("pageup", "page(-1)", show=False, id="close.back", tooltip="A page up"),
        HELP,
    ]

    def compose(self) -> ComposeResult:
        """The page of the episode."""
        with VerticalScroll(id="close", can_focus=False):
            yield Static(self._page(), id="close-page")
            yield Static(Content("Enter  Continue"), id="close-go")
        yield KeyBar()

    def _page(self) -> Content:
        episode = self.desk.session.view.closing or self.desk.session.view.episode
        title = Content.assemble(
            ("The close of", "$old"), "\n", (self.desk.episode(episode), "bold $ink"), "\n"
        )
        return Content("\n").join([title, *self._turns(episode), *self._clues(episode), *self._dead(episode)])

    def _turns(self, episode: str) -> list[Content]:
        story, play = self.desk.session.story, self.desk.session.play
        turns = [turn for turn in story.turns.values() if turn.episode == episode]
        if not turns:
            return []
        lines = [Content.assemble(("What you did", "$amber"))]
        for turn in turns:
            outcome = turn.outcomes.get(play.snapshot().get(turn.variable.name, ""))
            said = (outcome, "$ink") if outcome else ("It never came up", "italic $old")
            lines.append(Content.assemble((f"  ◇ {turn.title}: ", "$old"), said))
        return [*lines, Content("")]

    def _clues(self, episode: str) -> list[Content]:
        known = {clue.id for clue in self.desk.session.play.casebook.clues}
        clues = [clue for clue in self.desk.session.story.clues.values() if clue.episode == episode]
        missed = [clue for clue in clues if clue.id not in known]
        if not clues:
            return []
        found = f"  ◆ {len(clues) - len(missed)} of {len(clues)} clues are in the casebook."
        lines = [Content.assemble(("What you found", "$amber")), Content.styled(found, "$old"), Content("")]
        if missed:
            lines.append(Content.assemble(("What you never found", "$amber")))
            lines += [Content.styled(f"  {silhouette(clue.title)}", "$faint") for clue in missed]
            lines.append(Content(""))
        return lines

    def _dead(self, episode: str) -> list[Content]:
        dead = [each for each in self.desk.session.play.casebook.dead if each.episode == episode]
        if not dead:
            return []
        lines = [Content.assemble(("The dead", "$amber"))]
        lines += [Content.assemble((f"  † {each.name}. ", "$ink"), (each.how, "$old")) for each in dead]
        return [*lines, Content("")]

    def action_go_on(self) -> None:
        """Continue."""
        self.dismiss(True)

    def action_page(self, step: int) -> None:
        """A page down or up."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=step * max(1, scroll.size.height - 1), animate=False)

    def on_click(self, event: object) -> None:
        """The line that says how to go on is a button too."""
        if getattr(getattr(event, "widget", None), "id", None) == "close-go":
            self.action_go_on()
