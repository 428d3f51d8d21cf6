"""The Board as words.

Theories are numbered through the whole Board and so are the clues, so that one line says a pin:
`pin 2 with 1 4`. The numbers are those of the list as it stands; the list says nothing about who is right.
"""

from __future__ import annotations

import msgspec

from game.engine.view import QuestionView, TheoryView, View
from game.story import Story

from .page import plain

__all__ = ["Numbered", "board_lines", "number_board"]


class Numbered(msgspec.Struct, frozen=True):
    """The Board with its numbers: number n is entry n - 1.

    `clues` are ids of known clues, each once, in the order in which the questions name them.
    """

    questions: tuple[QuestionView, ...]
    theories: tuple[tuple[QuestionView, TheoryView], ...]
    clues: tuple[str, ...]


def number_board(view: View) -> Numbered:
    """Numbers for everything on the Board."""
    return Numbered(
        view.questions,
        tuple((question, theory) for question in view.questions for theory in question.theories),
        tuple(dict.fromkeys(clue for question in view.questions for clue in question.pins)),
    )


def board_lines(story: Story, view: View) -> list[str]:
    """The whole Board, with what can be done about it."""
    board = number_board(view)
    if not board.questions:
        return ["", "The Board", "", "There is no question on it."]
    lines = ["", "The Board"]
    for number, question in enumerate(board.questions, 1):
        lines += ["", *_question(story, board, number, question)]
    return [*lines, "", *_how(view, board)]


def _question(story: Story, board: Numbered, number: int, question: QuestionView) -> list[str]:
    lines = [f"Question {number}: {plain(question.text)}", f"  {_standing(story, question)}"]
    if question.contradicted:
        lines.append("  Something you know does not fit it.")
    lines.append("  Theories:")
    for index, (owner, theory) in enumerate(board.theories, 1):
        if owner.id == question.id:
            carried = "" if theory.carried else " (nothing you know would carry it yet)"
            lines.append(f"  {index}. {plain(theory.title)}{carried}")
    lines.append("  Clues that can be pinned:" if question.pins else "  You have no clue for it.")
    return [*lines, *(f"  {board.clues.index(clue) + 1}. {_title(story, clue)}" for clue in question.pins)]


def _standing(story: Story, question: QuestionView) -> str:
    theory = next((each for each in question.theories if each.id == question.standing), None)
    if theory is None:
        return "Nothing is pinned to it."
    pinned = "; ".join(_title(story, clue) for clue in question.pinned)
    return f"On the Board: {plain(theory.title)}. Held by: {pinned}."


def _title(story: Story, clue: str) -> str:
    known = story.clues.get(clue)
    return plain(known.title) if known else clue


def _how(view: View, board: Numbered) -> list[str]:
    if not view.board:
        return ["You can only read it here. Pins are moved where the Board hangs."]
    lines = []
    if board.clues:
        lines.append("To pin, name a theory and the clues for it: `pin 1 with 1 2`.")
    if any(question.standing for question in board.questions):
        lines.append("To take a theory down, name its question: `unpin 1`.")
    return lines or ["There is nothing to pin yet."]
