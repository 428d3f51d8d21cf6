"""The Board: a question, the clues that can be pinned to it, and the theories they might carry.

It takes any theory the pins carry and never says which is right. Where the story says so it can be
changed; elsewhere it can only be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from game.tui.screens.base import HELP, GameScreen
from game.tui.widgets.cards import Card, Cards
from game.tui.widgets.keybar import KeyBar
from game.tui.widgets.menu import Entry, Menu
from game.tui.widgets.rows import prose

if TYPE_CHECKING:
    from game.engine.view import QuestionView

__all__ = ["BoardScreen"]

_REFUSED: Final = "The pins do not carry that theory."
_MEASURE: Final = 68


class BoardScreen(GameScreen[None]):
    """The question, the wall, the theories."""

    CSS_PATH = "board.tcss"
    NAME = "The Board"
    EXPLAINED = (
        "Pin the clues that you think belong together (Space), then choose the theory they carry, by its "
        "number. It goes up if they carry it, and what goes up is acted on. The Board never says that you "
        "are right.",
        "Where the board is not at hand it can only be read. Leaving a question open is an answer too.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(0, -1)", show=False, id="board.up", tooltip="The card above"),
        Binding("down", "move(0, 1)", show=False, id="board.down", tooltip="The card below"),
        Binding("left", "move(-1, 0)", show=False, id="board.left", tooltip="The card to the left"),
        Binding("right", "move(1, 0)", show=False, id="board.right", tooltip="The card to the right"),
        Binding(
            "space,enter",
            "pin",
            "Pin",
            id="board.pin",
            key_display="Space",
            tooltip="Pin the marked card, or unpin it",
        ),
        *(
            Binding(
                str(digit),
                f"theory({digit})",
                "Theory",
                id=f"board.{digit}",
                key_display="1–9",
                tooltip="Put a theory up",
            )
            for digit in range(1, 10)
        ),
        Binding(
            "u", "take_down", "Take down", id="board.down_with_it", tooltip="Take the theory down that is up"
        ),
        Binding(
            "tab",
            "question(1)",
            "Next question",
            id="board.next",
            key_display="Tab",
            tooltip="The next question",
        ),
        HELP,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._question = 0
        self._pins: dict[str, frozenset[str]] = {}
        self._said = Content()

    def compose(self) -> ComposeResult:
        """Question, wall, what was said last, theories, keys."""
        yield Static(id="board-question")
        yield Cards(id="board-cards")
        yield Static(id="board-said")
        yield Menu(id="board-theories", measure=_MEASURE, ruled=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Puts everything up."""
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Another window."""
        self._fit()

    # -- what is on it ------------------------------------------------------------------------------------

    @property
    def _now(self) -> QuestionView | None:
        questions = self.desk.session.view.questions
        return questions[self._question % len(questions)] if questions else None

    def _pinned(self, question: QuestionView) -> frozenset[str]:
        """The pins as they are now on this screen: those of the wall until some are moved."""
        return self._pins.get(question.id, frozenset(question.pinned))

    def _show(self) -> None:
        question = self._now
        wall, theories = self.query_one(Cards), self.query_one(Menu)
        if question is None:
            self.query_one("#board-question", Static).update(
                Content.styled("There is nothing on the Board yet.", "$old")
            )
            wall.show((), frozenset(), "")
            theories.show(())
        else:
            self.query_one("#board-question", Static).update(self._head(question))
            clues = self.desk.session.story.clues
            cards = [Card(id, clues[id].title) for id in question.pins]
            wall.show(cards, self._pinned(question), "Nothing you know can be pinned to this yet.")
            theories.show(self._theories(question))
        self.query_one("#board-said", Static).update(self._said)
        self._fit()
        self.refresh_bindings()

    def _fit(self) -> None:
        menu = self.query_one(Menu)
        menu.styles.height = menu.rows_for(self.size.width - 1, max(3, self.size.height // 2))

    def _head(self, question: QuestionView) -> Content:
        count = len(self.desk.session.view.questions)
        number = f"{self._question % count + 1} of {count}  " if count > 1 else ""
        read = "" if self.desk.session.view.board else "\nHere the Board can only be read."
        up = next((theory.title for theory in question.theories if theory.id == question.standing), None)
        stands = f"\nOn the wall: {up}." if up else "\nNothing is up."
        better = " You know something that does not fit it." if question.contradicted else ""
        return Content.assemble(
            (number, "$old"),
            (question.text, "bold $ink"),
            (stands, "$amber" if up else "$old"),
            (better, "$ink"),
            (read, "$old"),
        )

    def _theories(self, question: QuestionView) -> list[Entry]:
        nothing = "nothing carries it yet"
        return [
            Entry(
                theory.id,
                theory.title,
                locked=None if theory.carried else nothing,
                aside="up" if theory.id == question.standing else "",
            )
            for theory in question.theories
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the Board allows here."""
        if not self.is_mounted:
            return True
        view, question = self.desk.session.view, self._now
        if action == "question":
            return len(view.questions) > 1
        if action == "pin":
            return view.board and question is not None and bool(question.pins)
        if action == "theory":
            return view.board and question is not None and any(each.carried for each in question.theories)
        if action == "take_down":
            return view.board and question is not None and question.standing is not None
        return True

    # -- doing it -----------------------------------------------------------------------------------------

    def action_move(self, across: int, down: int) -> None:
        """Marks another card."""
        self.query_one(Cards).move(across, down)

    def action_question(self, step: int) -> None:
        """Another question."""
        self._question += step
        self._said = Content()
        self._show()

    def action_pin(self) -> None:
        """Pins the marked card, or takes the pin out."""
        question, marked = self._now, self.query_one(Cards).marked
        if question is not None and marked is not None and self.desk.session.view.board:
            self._pins[question.id] = self._pinned(question) ^ {marked}
            self._said = Content()
            self._show()

    def on_cards_picked(self, event: Cards.Picked) -> None:
        """A click on a card is the same."""
        self.action_pin()

    def action_theory(self, digit: int) -> None:
        """Puts a theory up by its number."""
        menu = self.query_one(Menu)
        menu.choose(menu.number(digit))

    def on_menu_chosen(self, event: Menu.Chosen) -> None:
        """Puts a theory up, if the pins carry it."""
        from game.engine import NotOffered

        question = self._now
        if question is None or not self.desk.session.view.board:
            return
        pins = self._pinned(question)
        if event.entry.id == question.standing and pins == frozenset(question.pinned):
            self._say(f"{event.entry.text}: that is up already.")
            return
        try:
            turn = self.desk.session.pin(
                question.id, event.entry.id, [id for id in question.pins if id in pins]
            )
        except NotOffered:
            self._say(_REFUSED)
            return
        self._pins.pop(question.id, None)
        said = [prose(paragraph) for paragraph in turn.view.paragraphs]
        said += [Content(notice.text) for notice in turn.view.notices]
        self._said = Content("\n").join(said)
        self._show()
        self.game.tell()

    def action_take_down(self) -> None:
        """Takes down what is up."""
        from game.engine import NotOffered

        question = self._now
        if question is None:
            return
        try:
            self.desk.session.unpin(question.id)
        except NotOffered as problem:
            self._say(str(problem))
            return
        self._pins.pop(question.id, None)
        self._said = Content("It is down. The pins are in your hand.")
        self._show()
        self.game.tell()

    def _say(self, text: str) -> None:
        self._said = Content(text)
        self._show()
