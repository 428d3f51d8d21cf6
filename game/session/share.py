"""Share codes: a whole season in at most 300 characters.

A code is the moves of a life, each packed by how unlikely it was. What it was chosen from comes from the
ordinals (`game.story.ordinals`) of the generation the code was made with, so that the story can be edited
under it; `game.session.likely` says how. Only a life that would be too long for that is packed by what was
open at each move. To read a code the life is played, because only the story knows where a move leads.

Packed, in this order: a hash of the story's title; edition; generation; the number of moves; which of the two
ways; then the moves, and after each that opens an episode a hash of the state there. A pin is its question,
its theory (an empty one: taken down), how many clues, and which of all sets of so many clues.
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
from .likely import Likely, Menu, sizes

__all__ = ["BadCode", "NoCode", "Shared", "code_of", "read_code"]

_TITLES = 1 << 12
_CHECKS = 1 << 6
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
    try:
        ordinals = Ordinals(story)
        code = _code(story, ordinals, moves, short=False)
        if len(code) > LONGEST:
            code = _code(story, ordinals, moves, short=True)
    except (NotOffered, StoryFault, BadOrdinals, ValueError) as problem:
        raise NoCode(f"No code can be made for this life: {problem}") from problem
    if len(code) > LONGEST:
        raise NoCode(
            f"This life is too long for a code ({len(code)} characters). Export it to a file instead."
        )
    return code


def _code(story: Story, ordinals: Ordinals, moves: Sequence[str], *, short: bool) -> str:
    packer = Packer()
    packer.uniform(short_hash(story.title, _TITLES), _TITLES)
    packer.natural(_edition(story))
    packer.natural(ordinals.generation)
    packer.natural(len(moves))
    packer.uniform(int(short), 2)
    _pack_moves(story, Likely(ordinals, ordinals.generation, short=short), packer, moves)
    return to_text(packer.number())


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
    likely = Likely(ordinals, generation, short=bool(unpacker.uniform(2)))
    return _Reader(story, likely, unpacker, edition).read(count)


def _edition(story: Story) -> int:
    return int(story.edition) if story.edition.isdecimal() else 0


def _check(play: Play) -> int:
    """A short hash of the state at an episode's opening. What the engine counts for itself is not in it."""
    variables = play.story.variables
    kept = sorted(f"{n}={word}" for n, word in play.snapshot().items() if variables[n].kind not in _COUNTERS)
    return short_hash("\n".join([play.view.episode, *kept]), _CHECKS)


# Packing -------------------------------------------------------------------------------------------


def _pack_moves(story: Story, likely: Likely, packer: Packer, moves: Sequence[str]) -> None:
    play = Play(story)
    for move in moves:
        kind, _, chosen = move.rpartition("/")
        menu = likely.moves(play)
        index = menu.names.index(BOARD if kind == "board" else chosen)
        packer.pick(index, menu.weights)
        likely.took(play, index)
        if kind == "board":
            _pack_pin(likely, packer, play, chosen)
        play.apply(move)
        if play.opened:
            packer.uniform(_check(play), _CHECKS)


def _pack_pin(likely: Likely, packer: Packer, play: Play, pin: str) -> None:
    question, _, rest = pin.partition("=")
    theory, _, clues = rest.partition(":")
    questions = likely.questions(play)
    packer.pick(questions.names.index(question), questions.weights)
    theories = likely.theories(play, question)
    packer.pick(theories.names.index(theory), theories.weights)
    if not theory:
        return
    known = likely.pins(play, question)
    chosen = sorted(known.index(clue) for clue in clues.split("+"))
    packer.pick(len(chosen) - 1, sizes(len(known)))
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

    def __init__(self, story: Story, likely: Likely, unpacker: Unpacker, edition: int) -> None:
        self.story, self.likely, self.unpacker, self.edition = story, likely, unpacker, edition
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
        menu = self.likely.moves(self.play)
        if not menu.names:
            raise _Gone("something new stands there now")
        index = self._pick(menu)
        self.likely.took(self.play, index)
        name = menu.names[index]
        return self._pin() if name == BOARD else f"{self.play.view.passage}/{name}"

    def _pin(self) -> str:
        questions = self.likely.questions(self.play)
        question = questions.names[self._pick(questions)]
        theories = self.likely.theories(self.play, question)
        theory = theories.names[self._pick(theories)]
        if not theory:
            return f"board/{question}="
        known = self.likely.pins(self.play, question)
        if not known:
            raise _Gone("there is nothing to pin")
        size = self.unpacker.pick(sizes(len(known))) + 1
        chosen = _unrank(self.unpacker.uniform(math.comb(len(known), size)), size)
        return f"board/{question}={theory}:{'+'.join(known[at] for at in chosen)}"

    def _pick(self, menu: Menu) -> int:
        if not menu.possible:
            raise _Gone("nothing that there was can be done")
        return self.unpacker.pick(menu.weights)

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
