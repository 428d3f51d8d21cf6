"""Share codes: a whole season in at most 300 characters.

A code is the moves of a life, each packed by how unlikely it was among everything that passage has ever
offered. What it was chosen from comes from the ordinals (`game.story.ordinals`) of the generation the code
was made with, never from what happens to be open, so a choice that is added, locked or removed elsewhere
does not disturb it. To read one, the life is played, because only the story knows where a move leads.

Packed, in this order: a hash of the story's title; edition; generation; the number of moves; then the
moves, and after each that opens an episode a hash of the state there. In a passage a choice that was taken
there before is less likely than one that was not, which is how menus are; the weights stand below. A pin is
its question, its theory (the last one: taken down), how many clues, and which of all sets of so many clues.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from game.engine import NotOffered, Play, StoryFault
from game.saves import BadImport
from game.story import Story
from game.story.ordinals import BOARD, BadOrdinals, Ordinals

from .coding import LONGEST, NotAText, Packer, Unpacker, from_text, short_hash, to_text

__all__ = ["BadCode", "NoCode", "Shared", "code_of", "read_code"]

_TITLES = 1 << 12
_CHECKS = 1 << 6
_LIKELY, _UNSURE, _AGAIN, _SPENT, _PIN = 64, 24, 32, 1, 32
"""Weights in a passage: a choice not taken there yet; one that was not always open; one taken before; one
taken before that could be taken once only; a move on the Board."""
_THIS_EPISODE, _EARLIER = 16, 1
_SIZES = (4, 8, 6, 3, 2)
"""Weights for pinning one clue, two, and so on; more are as likely as the last but one half."""
_COUNTERS = frozenset({"visits", "cycle", "took", "event", "internal"})


class BadCode(BadImport):
    """A code that cannot be replayed. The text says why, in sentences for the player.

    `moves` are those that are certain: empty if it is no code of this story at all.
    """

    def __init__(self, message: str, moves: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.moves = tuple(moves)


class NoCode(ValueError):
    """A life that no code can be made for. The text is a sentence for the player."""


class Shared(msgspec.Struct, frozen=True):
    """What a code says. `edition` is the story's when it was made.

    `parts` is the first episode that does not open as it did then; None if all of them do.
    """

    moves: tuple[str, ...]
    edition: int
    parts: str | None = None


def code_of(story: Story, moves: Sequence[str]) -> str:
    """The code for the life in which `moves` were made from the beginning of the season.

    Raises NoCode if it would have more than LONGEST characters, or if the moves are not those of a life.
    """
    packer = Packer()
    try:
        ordinals = Ordinals(story)
        packer.uniform(short_hash(story.title, _TITLES), _TITLES)
        packer.natural(_edition(story))
        packer.natural(ordinals.generation)
        packer.natural(len(moves))
        _pack_moves(story, _Model(ordinals, ordinals.generation), packer, moves)
    except (NotOffered, StoryFault, BadOrdinals, ValueError) as problem:
        raise NoCode(f"No code can be made for this life: {problem}") from problem
    code = to_text(packer.number())
    if len(code) > LONGEST:
        raise NoCode(
            f"This life is too long for a code ({len(code)} characters). Export it to a file instead."
        )
    return code


def read_code(story: Story, code: str) -> Shared:
    """The life in a code, whatever was typed. Raises BadCode; whatever it returns can be replayed."""
    try:
        unpacker = Unpacker(from_text(code))
        ordinals = Ordinals(story)
    except NotAText as problem:
        raise BadCode(f"This is not a code: {problem}.") from problem
    except BadOrdinals as problem:
        raise BadCode(f"The story's own numbers cannot be read: {problem}") from problem
    if unpacker.uniform(_TITLES) != short_hash(story.title, _TITLES):
        raise BadCode("This code belongs to another story.")
    edition, generation, count = (unpacker.natural() for _ in range(3))
    if generation > ordinals.generation:
        raise BadCode("This code was made with a newer edition of the story than this one.")
    return _Reader(story, _Model(ordinals, generation), unpacker, edition).read(count)


def _edition(story: Story) -> int:
    return int(story.edition) if story.edition.isdecimal() else 0


def _check(play: Play) -> int:
    """A short hash of the state at an episode's opening. What the engine counts for itself is not in it."""
    variables = play.story.variables
    kept = sorted(f"{n}={word}" for n, word in play.snapshot().items() if variables[n].kind not in _COUNTERS)
    return short_hash("\n".join([play.view.episode, *kept]), _CHECKS)


class _Model:
    """What a move can be, and how likely each is, by what came before. Both sides keep one in step."""

    def __init__(self, ordinals: Ordinals, generation: int) -> None:
        self._ordinals, self._generation = ordinals, generation
        self._weights: dict[str, list[int]] = {}
        self._known: dict[str, list[str]] = {}

    def items(self, key: str) -> list[str]:
        """What stands under a key, by name, in the order of the ordinals."""
        if key not in self._known:
            self._known[key] = [item.name for item in self._ordinals.of(key, self._generation)]
        return self._known[key]

    def weights(self, passage: str) -> list[int]:
        """One for each of `items(passage)`."""
        found = self._weights.get(passage)
        if found is None:
            found = self._weights[passage] = [
                _PIN if item.name == BOARD else _UNSURE if item.conditional else _LIKELY
                for item in self._ordinals.of(passage, self._generation)
            ]
        return found

    def took(self, passage: str, index: int) -> None:
        """Remember it. What happens on the Board is always as likely."""
        item = self._ordinals.of(passage, self._generation)[index]
        if item.name != BOARD:
            self.weights(passage)[index] = _SPENT if item.once else _AGAIN

    def questions(self, story: Story, episode: str) -> tuple[list[str], list[int]]:
        """The questions there can be in an episode, its own first, and their weights."""
        found: list[str] = []
        weights: list[int] = []
        order = story.written
        for name in reversed(order[: order.index(episode) + 1]):
            asked = self._ordinals.questions(name, self._generation)
            found += asked
            weights += [_THIS_EPISODE if name == episode else _EARLIER] * len(asked)
        return found, weights


def _sizes(pins: int) -> list[int]:
    """Weights for pinning 1 clue, 2 clues, … of so many."""
    return [_SIZES[size] if size < len(_SIZES) else 1 for size in range(pins)]


# Packing -------------------------------------------------------------------------------------------


def _pack_moves(story: Story, model: _Model, packer: Packer, moves: Sequence[str]) -> None:
    play = Play(story)
    for move in moves:
        passage = str(play.view.passage)
        kind, _, chosen = move.rpartition("/")
        index = model.items(passage).index(BOARD if kind == "board" else chosen)
        packer.pick(index, model.weights(passage))
        model.took(passage, index)
        if kind == "board":
            _pack_pin(story, model, packer, play.view.episode, chosen)
        play.apply(move)
        if play.opened:
            packer.uniform(_check(play), _CHECKS)


def _pack_pin(story: Story, model: _Model, packer: Packer, episode: str, pin: str) -> None:
    question, _, rest = pin.partition("=")
    theory, _, clues = rest.partition(":")
    questions, weights = model.questions(story, episode)
    packer.pick(questions.index(question), weights)
    theories = model.items(f"board/{question}=")
    packer.uniform(theories.index(theory) if theory else len(theories), len(theories) + 1)
    if not theory:
        return
    known = model.items(f"board/{question}:")
    chosen = sorted(known.index(clue) for clue in clues.split("+"))
    packer.pick(len(chosen) - 1, _sizes(len(known)))
    packer.uniform(_rank(chosen), math.comb(len(known), len(chosen)))


def _rank(chosen: Sequence[int]) -> int:
    """The place of a set of numbers, given in ascending order, among all sets of its size."""
    return sum(math.comb(value, place) for place, value in enumerate(chosen, 1))


def _unrank(rank: int, size: int) -> list[int]:
    """The set of `size` numbers with that place, in ascending order."""
    found = []
    for place in range(size, 0, -1):
        value = place - 1
        while math.comb(value + 1, place) <= rank:
            value += 1
        rank -= math.comb(value, place)
        found.append(value)
    return found[::-1]


# Unpacking -----------------------------------------------------------------------------------------


class _Reader:
    """Plays what a code says, and notes where the story has come away from it."""

    def __init__(self, story: Story, model: _Model, unpacker: Unpacker, edition: int) -> None:
        self.story, self.model, self.unpacker, self.edition = story, model, unpacker, edition
        self.play = Play(story)
        self.sure = 0
        """Moves up to the last opening that was as the code has it."""
        self.parts: str | None = None

    def read(self, count: int) -> Shared:
        """Make `count` moves. Raises BadCode at the first that cannot be made."""
        for number in range(1, count + 1):
            try:
                self.play.apply(self._move())
            except (NotOffered, StoryFault, _Gone) as problem:
                raise self._parting(f"move {number} of {count} cannot be made: {problem}") from problem
            if self.play.opened:
                self._opening()
        if not self.unpacker.done:
            raise self._parting("its moves do not come out even")
        return Shared(self.play.moves, self.edition, self.parts)

    def _move(self) -> str:
        passage = str(self.play.view.passage)
        items = self.model.items(passage)
        if not items:
            raise _Gone("something new stands there now")
        index = self.unpacker.pick(self.model.weights(passage))
        self.model.took(passage, index)
        return self._pin() if items[index] == BOARD else f"{passage}/{items[index]}"

    def _pin(self) -> str:
        questions, weights = self.model.questions(self.story, self.play.view.episode)
        if not questions:
            raise _Gone("there is no question")
        question = questions[self.unpacker.pick(weights)]
        theories = self.model.items(f"board/{question}=")
        theory = self.unpacker.uniform(len(theories) + 1)
        if theory == len(theories):
            return f"board/{question}="
        known = self.model.items(f"board/{question}:")
        if not known:
            raise _Gone("there is nothing to pin")
        size = self.unpacker.pick(_sizes(len(known))) + 1
        chosen = _unrank(self.unpacker.uniform(math.comb(len(known), size)), size)
        return f"board/{question}={theories[theory]}:{'+'.join(known[at] for at in chosen)}"

    def _opening(self) -> None:
        if self.unpacker.uniform(_CHECKS) != _check(self.play):
            self.parts = self.parts or str(self.play.view.episode)
        elif self.parts is None:
            self.sure = len(self.play.moves)

    def _parting(self, reason: str) -> BadCode:
        """Where the story has come away from the code: here, or in the episode before a wrong opening."""
        moves = self.play.moves if self.parts is None else self.play.moves[: self.sure]
        at = Play.replay(self.story, moves)
        where = self.story.episodes[at.view.episode].title
        told = (
            f"This code does not fit the story any more. It was made with edition {self.edition}, this is "
            f"edition {self.story.edition}; they part in {where!r}, after {len(moves)} moves ({reason})."
        )
        return BadCode(told, moves)


class _Gone(Exception):
    """The code says something that the story has no place for."""
