"""One random season, as fast as Python goes: the compiled passages and a flat state, nothing to read.

It runs the same compiled functions as `game.engine.Play` and follows the same rules of where to go next; a
test replays what it did through `Play`. What it leaves out is everything a reader needs: text, notices,
views, the log.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from game.engine import END_CARD, Program
from game.engine.board import pin_move
from game.engine.compiling import BACK, MENU, Code
from game.engine.errors import StoryFault
from game.story import Story

__all__ = ["MAX_MOVES", "Pin", "Record", "Walker"]

MAX_MOVES = 20_000
"""A season is about 400 moves. A play that makes this many is being held somewhere."""
MAX_STEPS = 2_000

Taken = tuple[int, str]
Picker = Callable[[int, list[str], list["Pin"]], int]
"""(passage, open choices, pins that would be carried) -> the number of the one to take, choices first."""


class Pin(msgspec.Struct, frozen=True, gc=False):
    """One way of putting a theory up, in slots of the state."""

    move: str
    question: str
    standing: int
    theory: int
    asked: int
    needs: tuple[int, ...]
    writes: tuple[tuple[int, int], ...]

    def legal(self, state: list[int]) -> bool:
        """Whether it is on the Board, carried by what is known, and not what stands there already."""
        if not state[self.asked]:
            return False
        for slot in self.needs:
            if not state[slot]:
                return False
        if state[self.standing] != self.theory:
            return True
        return any(state[slot] != value for slot, value in self.writes)


class Record(msgspec.Struct):
    """What one play did. `end` is an ending, END_CARD, or empty with the reason in `fault`.

    `passages` and `taken` are what it met and did, `closes` the theories standing at each episode's close.
    """

    end: str
    fault: str
    moves: list[str]
    state: list[int]
    passages: set[int]
    taken: set[Taken]
    closes: dict[str, list[int]]
    at: int = 0


class Walker:
    """Plays a story by the numbers that `pick` gives."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.program = Program(story, prose=False)
        self.start = self.program.index[story.start]
        self._pins: dict[str, list[Pin]] = {}
        self._asked = [
            (question.episode, self.program.layout.slot[question.variable.name])
            for question in story.questions.values()
        ]

    def play(self, pick: Picker) -> Record:
        """One season from its opening."""
        run = _Run(self)
        try:
            run.go(pick)
        except StoryFault as fault:
            run.record.fault = str(fault)
        except Exception as error:
            run.record.fault = f"{type(error).__name__}: {error}"
        run.record.state, run.record.at = run.state, run.at
        return run.record

    def pins(self, episode: str) -> list[Pin]:
        """Every way of pinning that the Board may accept for the questions of this episode.

        Older questions stay on the Board and could be pinned again. Blind plays leave them: with a dozen of
        them up there would be fifty pins to each choice, and a season of nothing but pinning.
        """
        if episode not in self._pins:
            questions = self.story.episodes[episode].questions
            self._pins[episode] = [pin for name in questions for pin in self._ways(name)]
        return self._pins[episode]

    def _ways(self, name: str) -> list[Pin]:
        question, slot = self.story.questions[name], self.program.layout.slot
        found = []
        for number, theory in enumerate(question.theories.values(), start=1):
            for carrying in theory.carried_by:
                clues = [clue for clue in question.pins if clue in carrying]
                writes = tuple((slot[pin.name], int(clue in carrying)) for clue, pin in question.pins.items())
                needs = tuple(slot[f"clue.{clue}"] for clue in clues)
                found.append(
                    Pin(
                        pin_move(name, theory.id, clues), name, slot[question.variable.name], number,
                        slot[question.asked.name], needs, writes,
                    )
                )  # fmt: skip
        return found

    def standing(self, episode: str, state: list[int]) -> list[int]:
        """The theory that stands for each question of an episode."""
        return [state[slot] for asked, slot in self._asked if asked == episode]


class _Run:
    """The loop. Names are local because this is where walks spend their time."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        self.program = walker.program
        self.state = list(walker.program.layout.initial)
        self.stack: tuple[int, ...] = ()
        self.at = walker.start
        self.code: Code = walker.program.code(walker.start)
        self.open: list[str] = []
        self.record = Record("", "", [], [], set(), set(), {})

    def go(self, pick: Picker) -> None:
        state, record = self.state, self.record
        self.settle(self.walker.start)
        out: list[str] = []
        events: list[Any] = []
        while self.open:
            passage = self.code.passage
            if passage.closing is not None:
                record.closes[passage.closing] = self.walker.standing(passage.closing, state)
            pins = (
                [pin for pin in self.walker.pins(passage.episode) if pin.legal(state)]
                if passage.board and self.walker.story.questions
                else []
            )
            number = pick(self.at, self.open, pins)
            if number >= len(self.open):
                self.put_up(pins[number - len(self.open)])
                continue
            choice = self.open[number]
            take, move = self.code.takes[choice]
            record.moves.append(move)
            record.taken.add((self.at, choice))
            if len(record.moves) > MAX_MOVES:
                raise StoryFault(f"no end after {MAX_MOVES:,} moves, at {passage.id}")
            self.settle(take(state, out, events))
            events.clear()
        self.finish()

    def put_up(self, pin: Pin) -> None:
        self.state[pin.standing] = pin.theory
        for slot, value in pin.writes:
            self.state[slot] = value
        self.record.moves.append(pin.move)
        self.open = [offer.id for offer in self.code.menu(self.state) if offer.locked is None]

    def finish(self) -> None:
        passage, record = self.code.passage, self.record
        if passage.ending is not None:
            record.end = passage.ending
        elif passage.closing is not None:
            record.closes[passage.closing] = self.walker.standing(passage.closing, self.state)
            record.end = END_CARD
        else:
            record.fault = f"stuck at {passage.id}: nothing to choose"

    def settle(self, target: int) -> None:
        """Go on until there is something to choose, or nothing."""
        program, state, met = self.program, self.state, self.record.passages
        codes, code = program.codes, self.code
        out: list[str] = []
        events: list[Any] = []
        for _ in range(MAX_STEPS):
            if target >= 0:
                met.add(target)
                self.at = target
                code = codes[target] or program.code(target)
                target = code.enter(state, out, events)
            elif target == MENU:
                self.code = code
                self.open = [offer.id for offer in code.menu(state) if offer.locked is None]
                if self.open or code.fallback is None:
                    return
                self.record.taken.add((self.at, code.fallback))
                target = code.takes[code.fallback][0](state, out, events)
            else:
                target, code = self.jump(target, code)
        raise StoryFault(f"the story goes round without a choice near {program.passages[self.at].id}")

    def jump(self, target: int, code: Code) -> tuple[int, Code]:
        program = self.program
        if target == BACK:
            if not self.stack:
                hub = program.hubs.get(code.passage.episode)
                if hub is None:
                    raise StoryFault(f"{code.passage.id} returns, and there is nowhere to return to")
                return hub, code
            back, self.stack = self.stack[-1], self.stack[:-1]
            if back >= 0:
                return back, code
            self.at = ~back
            return MENU, program.code(~back)
        jump = program.jumps[-3 - target]
        if jump.clears:
            self.stack = ()
        if jump.push is not None:
            self.stack = (*self.stack, jump.push)
        return jump.to, code
