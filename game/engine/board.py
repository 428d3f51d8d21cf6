"""The Board: which theories the pinned clues carry, and what a pin is called as a move."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from game.story import Story
from game.story.model import Theory

from .layout import Layout
from .view import QuestionView, TheoryView

__all__ = ["carried", "pin_move", "question_views", "read_pin"]


def carried(theory: Theory, clues: Collection[str]) -> bool:
    """Whether one of the sets that carry the theory is among these clues."""
    return any(needed.issubset(clues) for needed in theory.carried_by)


def pin_move(question: str, theory: str, clues: Iterable[str]) -> str:
    """The move as a string: `board/coleman_fall=landed:gravel_soles+thump`."""
    return f"board/{question}={theory}:{'+'.join(clues)}"


def read_pin(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Question, theory and clues of what follows `board/` in a move; no theory: taken down."""
    question, _, rest = text.partition("=")
    theory, _, clues = rest.partition(":")
    return question, theory, tuple(clue for clue in clues.split("+") if clue)


def question_views(story: Story, layout: Layout, state: list[int], episode: str) -> tuple[QuestionView, ...]:
    """The questions that are on the Board in this state, those of the current episode first."""
    order = list(story.episodes)
    now = order.index(episode)
    found = []
    for question in story.questions.values():
        if order.index(question.episode) > now or not layout.get(state, question.asked):
            continue
        known = [clue for clue in question.pins if layout.get(state, story.clues[clue].variable)]
        standing = layout.get(state, question.variable)
        name = question.variable.words[standing] if standing else None
        against = question.theories[name].contradicted_by if name else None
        found.append(
            QuestionView(
                id=question.id,
                text=question.text,
                theories=tuple(
                    TheoryView(theory.id, theory.title, carried(theory, known))
                    for theory in question.theories.values()
                ),
                pins=tuple(known),
                standing=name,
                pinned=tuple(clue for clue, pin in question.pins.items() if layout.get(state, pin)),
                contradicted=against is not None and bool(layout.get(state, story.clues[against].variable)),
            )
        )
    return tuple(sorted(found, key=lambda view: story.questions[view.id].episode != episode))
