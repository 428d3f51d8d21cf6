"""Random seasons by the thousand: what is met, how they end, how long they take, where they break.

A play depends on the seed and its own number only, and plays are handed out in blocks of one size, so the
result is the same on one core and on many.
"""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from collections.abc import Iterator

import msgspec

from game.engine import END_CARD
from game.story import Story
from game.story.variables import Variable

from .walk_player import Picker, Pin, Record, Walker

__all__ = ["Coverage", "Fault", "Walk", "walk", "walk_block"]

BLOCK = 500
"""Plays per block. Novelty is a matter of one block: within it the least-taken way is preferred."""
FAULTS = 20
"""Kinds of faults (a place and a reason) that are kept, each with its shortest play; all are counted."""

Tally = dict[str, dict[str, int]]


class Fault(msgspec.Struct, frozen=True):
    """A way in which plays broke: where, why, how many, and the shortest one's moves for `Play.replay`."""

    passage: str
    reason: str
    plays: int
    moves: tuple[str, ...]


class Coverage(msgspec.Struct, frozen=True):
    """What share of the written passages and choices some play met or took, and what none did."""

    passages: float
    choices: float
    unread: tuple[str, ...]
    untaken: tuple[str, ...]


class Walk(msgspec.Struct):
    """What came of a walk. `endings` counts how plays ended (END_CARD where the written season stops).

    `lengths` has the moves of each play. `turns` counts plays by each turn's outcome when they ended
    (`open` where it was not taken), `theories` by what stood on the Board when the question's episode
    closed, `deaths` those in which somebody was dead at the end. Only plays without a fault are in these.
    """

    runs: int = 0
    finished: int = 0
    errors: int = 0
    moves: int = 0
    seconds: float = 0.0
    coverage: Coverage = Coverage(0.0, 0.0, (), ())
    endings: dict[str, int] = {}
    lengths: list[int] = []
    turns: Tally = {}
    theories: Tally = {}
    deaths: dict[str, int] = {}
    faults: list[Fault] = []


class Block(msgspec.Struct):
    """What came of one block of plays, small enough to be sent from one process to another."""

    ends: dict[str, int] = msgspec.field(default_factory=dict)
    lengths: list[int] = msgspec.field(default_factory=list)
    finals: dict[tuple[str, int], int] = msgspec.field(default_factory=dict)
    theories: dict[tuple[str, int], int] = msgspec.field(default_factory=dict)
    passages: set[int] = msgspec.field(default_factory=set)
    taken: set[tuple[int, str]] = msgspec.field(default_factory=set)
    faults: list[Fault] = msgspec.field(default_factory=list)
    errors: int = 0


def walk(story: Story, runs: int, seed: int = 1, novelty: bool = False, jobs: int = 2) -> Walk:
    """Play `runs` seasons, choosing and pinning blindly; with `novelty`, what was least taken first.

    The same for the same story, runs, seed and novelty, whatever `jobs` is. Raises ValueError for fewer
    than 0 runs.
    """
    if runs < 0:
        raise ValueError("a walk has no fewer than 0 runs")
    from .walk_jobs import blocks_of

    began = time.perf_counter()
    tasks = [(seed, first, min(BLOCK, runs - first), novelty) for first in range(0, runs, BLOCK)]
    found = Walk(runs=runs)
    passages: set[int] = set()
    taken: set[tuple[int, str]] = set()
    ends: Counter[str] = Counter()
    finals: Counter[tuple[str, int]] = Counter()
    theories: Counter[tuple[str, int]] = Counter()
    faults: dict[tuple[str, str], Fault] = {}
    for block in blocks_of(story, tasks, jobs):
        passages |= block.passages
        taken |= block.taken
        ends.update(block.ends)
        finals.update(block.finals)
        theories.update(block.theories)
        found.lengths = [*found.lengths, *block.lengths]
        for fault in block.faults:
            _add_fault(faults, fault)
        found.errors += block.errors
    found.faults = list(faults.values())
    found.finished = sum(ends.values())
    found.endings = {name: ends[name] for name in [*story.endings, END_CARD] if ends[name]}
    found.moves = sum(found.lengths)
    found.coverage = _coverage(story, passages, taken)
    _outcomes(story, found, finals, theories)
    found.seconds = round(time.perf_counter() - began, 3)
    return found


def walk_block(walker: Walker, seed: int, first: int, count: int, novelty: bool) -> Block:
    """The plays number `first` to `first + count - 1` of a seed."""
    block = Block()
    story = walker.story
    kept = (name for name, variable in story.variables.items() if variable.kind in ("turn", "dead"))
    slots = [(name, walker.program.layout.slot[name]) for name in kept]
    dice = random.Random()
    faults: dict[tuple[str, str], Fault] = {}
    pick = _novel(dice) if novelty else _blind(dice)
    for number in range(first, first + count):
        dice.seed(f"{seed}/{number}")
        record = walker.play(pick)
        block.passages |= record.passages
        block.taken |= record.taken
        if record.fault:
            block.errors += 1
            at = walker.program.passages[record.at].id
            _add_fault(faults, Fault(at, record.fault, 1, tuple(record.moves)))
            continue
        block.ends[record.end] = block.ends.get(record.end, 0) + 1
        block.lengths.append(len(record.moves))
        for name, slot in slots:
            key = (name, record.state[slot])
            block.finals[key] = block.finals.get(key, 0) + 1
        for theory in _standing(story, record):
            block.theories[theory] = block.theories.get(theory, 0) + 1
    block.faults = list(faults.values())
    return block


def _add_fault(faults: dict[tuple[str, str], Fault], new: Fault) -> None:
    key = (new.passage, new.reason)
    old = faults.get(key)
    if old is not None:
        moves = min(old.moves, new.moves, key=len)
        faults[key] = Fault(new.passage, new.reason, old.plays + new.plays, moves)
    elif len(faults) < FAULTS:
        faults[key] = new


def _standing(story: Story, record: Record) -> Iterator[tuple[str, int]]:
    for episode, values in record.closes.items():
        names = [question.id for question in story.questions.values() if question.episode == episode]
        yield from zip(names, values, strict=True)


def _blind(dice: random.Random) -> Picker:
    """Every open choice and every pin that would be carried has the same chance."""
    draw = dice.random

    def pick(at: int, choices: list[str], pins: list[Pin]) -> int:
        return int(draw() * (len(choices) + len(pins)))

    return pick


def _novel(dice: random.Random) -> Picker:
    """Whatever was taken least, by chance among equals."""
    counts: dict[tuple[int, str], int] = {}

    def pick(at: int, choices: list[str], pins: list[Pin]) -> int:
        keys = [*((at, choice) for choice in choices), *((-1, pin.move) for pin in pins)]
        least = min(counts.get(key, 0) for key in keys)
        number = dice.choice([index for index, key in enumerate(keys) if counts.get(key, 0) == least])
        counts[keys[number]] = least + 1
        return number

    return pick


def _coverage(story: Story, passages: set[int], taken: set[tuple[int, str]]) -> Coverage:
    every = list(story.passages.values())
    met = {every[index].id for index in passages}
    done = {f"{every[index].id}/{choice}" for index, choice in taken}
    written = [passage for passage in every if passage.scene]
    choices = [f"{passage.id}/{choice.id}" for passage in written for choice in passage.choices]
    unread = tuple(passage.id for passage in written if passage.id not in met)
    untaken = tuple(choice for choice in choices if choice not in done)
    return Coverage(_share(len(unread), len(written)), _share(len(untaken), len(choices)), unread, untaken)


def _share(missing: int, total: int) -> float:
    """What is not missing; a hair off is not all, so it is rounded down."""
    return math.floor(10_000 * (total - missing) / total) / 10_000 if total else 1.0


def _outcomes(
    story: Story, found: Walk, finals: Counter[tuple[str, int]], theories: Counter[tuple[str, int]]
) -> None:
    found.turns = {
        turn.id: _by_word(turn.variable, finals, turn.variable.name) for turn in story.turns.values()
    }
    found.theories = {
        question.id: _by_word(question.variable, theories, question.id)
        for question in story.questions.values()
    }
    dead = [variable for variable in story.variables.values() if variable.kind == "dead"]
    found.deaths = {variable.name.partition(".")[2]: finals[variable.name, 1] for variable in dead}


def _by_word(variable: Variable, counted: Counter[tuple[str, int]], name: str) -> dict[str, int]:
    return {word: counted[name, value] for value, word in enumerate(variable.words)}
