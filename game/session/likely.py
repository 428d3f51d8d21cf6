"""What a move can be, and how likely each is: what both sides of a share code must agree on.

There are two ways to look at a menu. The *lasting* one takes everything that the passage has ever offered, as
the ordinals of a generation list it, whether it is open or not; nothing that is edited elsewhere disturbs it.
The *short* one takes of these only what is open, which costs a fifth fewer characters, and no longer fits
once the story opens or shuts something that it did not. Renamed, moved and added choices disturb neither.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from game.engine import Play
from game.engine.view import QuestionView
from game.story.ordinals import BOARD, Ordinals

__all__ = ["Likely", "Menu", "sizes"]

_LIKELY, _UNSURE, _AGAIN, _SPENT, _PIN = 64, 24, 32, 1, 32
"""Weights in a passage: a choice not taken there yet; one that was not always open; one taken before; one
taken before that could be taken once only; a move on the Board."""
_THIS_EPISODE, _EARLIER = 16, 1
_SIZES = (4, 8, 6, 3, 2)
"""Weights for pinning one clue, two, and so on; more are half as likely as the last."""


class Menu(msgspec.Struct, frozen=True):
    """Names of what can be, in the order of the ordinals, and a weight for each: 0 is impossible."""

    names: Sequence[str]
    weights: Sequence[int]

    @property
    def possible(self) -> bool:
        """Whether anything is."""
        return any(self.weights)


class Likely:
    """The model of one life. `took` keeps it in step with what was done."""

    def __init__(self, ordinals: Ordinals, generation: int, *, short: bool) -> None:
        self._ordinals, self._generation, self._short = ordinals, generation, short
        self._names: dict[str, list[str]] = {}
        self._weights: dict[str, list[int]] = {}

    def moves(self, play: Play) -> Menu:
        """What can be done where the play stands; BOARD stands for a move on the Board."""
        view = play.view
        passage = str(view.passage)
        names, weights = self._names_of(passage), self._weights_of(passage)
        if self._short:
            there = {offer.id for offer in view.choices if offer.locked is None}
            if view.board and self.questions(play).possible:
                there.add(BOARD)
            weights = [weight if name in there else 0 for name, weight in zip(names, weights, strict=True)]
        return Menu(names, weights)

    def took(self, play: Play, index: int) -> None:
        """Remember what is done where the play stands. A move on the Board is always as likely."""
        passage = str(play.view.passage)
        item = self._ordinals.of(passage, self._generation)[index]
        if item.name != BOARD:
            self._weights_of(passage)[index] = _SPENT if item.once else _AGAIN

    def questions(self, play: Play) -> Menu:
        """The questions there can be on the Board, those of this episode first."""
        names: list[str] = []
        weights: list[int] = []
        order = play.story.written
        episode = play.view.episode
        shown = {asked.id: asked for asked in play.view.questions}
        for name in reversed(order[: order.index(episode) + 1]):
            asked = self._ordinals.questions(name, self._generation)
            names += asked
            weights += [_THIS_EPISODE if name == episode else _EARLIER] * len(asked)
        if self._short:
            weights = [
                weight if name in shown and _can_move(shown[name]) else 0
                for name, weight in zip(names, weights, strict=True)
            ]
        return Menu(names, weights)

    def theories(self, play: Play, question: str) -> Menu:
        """The theories that can be put up, and last, as an empty name, taking down what stands."""
        names = [*self._names_of(f"board/{question}="), ""]
        if not self._short:
            return Menu(names, [1] * len(names))
        asked = next(each for each in play.view.questions if each.id == question)
        there = {theory.id for theory in asked.theories if theory.carried}
        there |= {""} if asked.standing is not None else set()
        return Menu(names, [int(name in there) for name in names])

    def pins(self, play: Play, question: str) -> list[str]:
        """The clues that can be pinned to a question."""
        names = self._names_of(f"board/{question}:")
        if not self._short:
            return names
        known = next(each.pins for each in play.view.questions if each.id == question)
        return [name for name in names if name in known]

    def _names_of(self, key: str) -> list[str]:
        if key not in self._names:
            self._names[key] = [item.name for item in self._ordinals.of(key, self._generation)]
        return self._names[key]

    def _weights_of(self, passage: str) -> list[int]:
        found = self._weights.get(passage)
        if found is None:
            found = self._weights[passage] = [
                _PIN if item.name == BOARD else _UNSURE if item.conditional else _LIKELY
                for item in self._ordinals.of(passage, self._generation)
            ]
        return found


def _can_move(asked: QuestionView) -> bool:
    return asked.standing is not None or any(theory.carried for theory in asked.theories)


def sizes(pins: int) -> list[int]:
    """Weights for pinning 1 clue, 2 clues, … of so many."""
    return [_SIZES[size] if size < len(_SIZES) else 1 for size in range(pins)]
