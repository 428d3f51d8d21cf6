"""Moves, turns and places in words, without playing to them.

The map has thousands of decisions to name and must be there at once, so it reads a label off the story as it
is written. Where a label varies with the state, what stands in every variant is taken, or the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from game.story import Story
from game.story.model import Choice, Passage
from game.story.ops import Assign, Op, walk_ops
from game.story.prose import Branch, Counted, Part, Shown, Text

__all__ = ["Forks", "Taken", "Wording", "written"]

_STEPS = 40
"""How many passages without choices are followed to see what a choice may bring about."""
_BARE = str.maketrans({"*": None, "∗": "*"})


class Taken(msgspec.Struct, frozen=True, gc=False):
    """A turn of the season that was taken: its id and title, and how it came out.

    `outcome` and `told` (the same in words) are empty where the moves alone do not say.
    """

    turn: str
    title: str
    outcome: str = ""
    told: str = ""


def written(text: Text | None) -> str:
    """A text as one line, without emphasis, for when there is no state to compose it in."""
    if text is None:
        return ""
    for plainest in (True, False):
        said = " ".join("".join(_spelled(paragraph.parts, plainest)) for paragraph in text.paragraphs)
        if said.strip():
            return " ".join(said.translate(_BARE).split())
    return ""


def _spelled(parts: tuple[Part, ...], plainest: bool) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Branch):
            yield from _spelled(part.no if plainest else part.yes or part.no, plainest)
        elif isinstance(part, Counted):
            yield from _spelled(part.alternatives[0] if part.alternatives else (), plainest)
        elif isinstance(part, Shown):
            yield "…"


class Wording:
    """The words for what a story has, each looked up once."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._labels: dict[str, str] = {}

    def choice(self, move: str) -> Choice | None:
        """The choice a move takes, if the story still has it."""
        passage, _, name = move.rpartition("/")
        return _choice(self._story, passage, name)

    def label(self, move: str) -> str:
        """A move in words, as it is called today: a choice's label, or what was done on the Board."""
        found = self._labels.get(move)
        if found is None:
            found = self._labels[move] = self._label(self._story.rename_move(move))
        return found

    def _label(self, move: str) -> str:
        if not move:
            return ""
        passage, _, name = move.rpartition("/")
        if passage == "board":
            return self._pin(name)
        choice = _choice(self._story, passage, name)
        return (choice and written(choice.text)) or name.replace("_", " ").capitalize()

    def _pin(self, pin: str) -> str:
        question, _, rest = pin.partition("=")
        asked = self._story.questions.get(question)
        if asked is None:
            return "The Board"
        theory = asked.theories.get(rest.partition(":")[0])
        if theory is None:
            return f"The Board: taken down. {asked.text.translate(_BARE)}"
        return f"The Board: {theory.title.translate(_BARE)}"

    def place(self, passage: str) -> str:
        """The name of the place of a passage; empty if there is none."""
        found = self._story.passages.get(passage)
        place = self._story.places.get(found.place) if found else None
        return place.name if place else ""

    def episode(self, episode: str) -> str:
        """`Episode 2: Second opinion`."""
        known = self._story.episodes.get(episode)
        return f"Episode {list(self._story.episodes).index(episode) + 1}: {known.title}" if known else episode


class Forks:
    """Which moves take a turn of the season, read off the effects of their choices."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._of = {turn.variable.name: turn.id for turn in story.turns.values()}
        self._passages = {p.id: found for p in story.passages.values() if (found := self._in(p.ops))}
        self._moves: dict[str, tuple[Taken, ...]] = {}

    def taken(self, move: str) -> tuple[Taken, ...]:
        """The turns a move takes. One that could come out in several ways has no outcome here."""
        found = self._moves.get(move)
        if found is None:
            found = self._moves[move] = self._taken(self._story.rename_move(move))
        return found

    def _taken(self, move: str) -> tuple[Taken, ...]:
        passage, _, name = move.rpartition("/")
        choice = _choice(self._story, passage, name)
        if choice is None:
            return ()
        found = [*self._in(choice.ops)]
        if self._passages:
            for after in self._through(choice):
                found += self._passages.get(after, ())
        outcomes: dict[str, set[str]] = {}
        for turn, outcome in found:
            outcomes.setdefault(turn, set()).add(outcome)
        return tuple(self._as_taken(turn, ways) for turn, ways in outcomes.items())

    def _as_taken(self, name: str, ways: set[str]) -> Taken:
        turn = self._story.turns[name]
        outcome = ways.pop() if len(ways) == 1 else ""
        return Taken(name, turn.title, outcome, turn.outcomes.get(outcome, ""))

    def _in(self, ops: tuple[Op, ...]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (self._of[op.variable.name], op.variable.words[op.value - op.variable.low])
            for op in walk_ops(ops)
            if isinstance(op, Assign) and op.variable.name in self._of
        )

    def _through(self, choice: Choice) -> Iterator[str]:
        """The passages a choice may lead through or to, up to the next that has something to choose."""
        todo = [divert.to for divert in choice.to]
        todo += [choice.tunnel] if choice.tunnel else []
        seen: set[str] = set()
        while todo and len(seen) < _STEPS:
            name = todo.pop()
            passage = self._story.passages.get(name)
            if passage is None or name in seen:
                continue
            seen.add(name)
            yield name
            todo += [divert.to for divert in passage.redirect]
            if not passage.choices:
                todo += [divert.to for divert in passage.to]
                todo += [passage.tunnel] if passage.tunnel else []


def _choice(story: Story, passage: str, name: str) -> Choice | None:
    found: Passage | None = story.passages.get(passage)
    return next((choice for choice in found.choices if choice.id == name), None) if found else None
