"""One playthrough: a story, and the list of choices made.

`Play` is deterministic and does no I/O: the same moves on the same story always lead to the same state and
the same words. Saving, rewinding, sharing and proving are all built on that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from game.story import Story
from game.story.model import Question
from game.story.ops import Tell
from game.story.variables import word_of

from .board import carried, pin_move, read_pin
from .casebook import Casebook, Event, LogEntry, build_casebook
from .compiling import BACK, MENU, Code
from .errors import NotOffered, ReplayError, StoryFault
from .program import Program, program_of
from .showing import END_CARD, Summed, compose_view
from .state import State, restore, snapshot
from .view import Heading, Offer, View

__all__ = ["END_CARD", "Play"]

MAX_STEPS = 2_000
"""A move that passes through more passages than this goes round and round."""


class Play:
    """A play of `story`, standing at the opening of its first episode.

    `program` is for walks that skip the text (`Program(story, prose=False)`).
    """

    __slots__ = (
        "_at", "_code", "_events", "_heading", "_log", "_marks", "_moves", "_offers", "_out", "_program", "_stack",
        "_state", "_summed", "_view", "opened", "origin", "story",
    )  # fmt: skip

    def __init__(self, story: Story, program: Program | None = None) -> None:
        self._begin(story, program or program_of(story), story.start, None)

    def _begin(self, story: Story, program: Program, start: str, kept: Mapping[str, str] | None) -> None:
        self.story = story
        self.origin: tuple[str, dict[str, str]] | None = None
        self._program = program
        self._state = list(program.layout.initial) if kept is None else restore(story, program.layout, kept)
        self._stack: tuple[int, ...] = ()
        self._moves: list[str] = []
        self._log: list[LogEntry] = []
        self._out: list[str] = []
        self._events: list[Event] = []
        self._marks: list[int] = []
        self._view: View | None = None
        self._heading: Heading | None = None
        self._summed: list[Summed] = []
        self.opened = True
        self._run(program.index[start], [], [])

    @classmethod
    def open_episode(cls, story: Story, episode: str, kept: Mapping[str, str]) -> Play:
        """A play that begins at the opening of `episode` with a snapshot taken there."""
        if episode not in story.episodes or not story.episodes[episode].written:
            raise ValueError(f"there is no episode {episode!r} to open")
        play = cls.__new__(cls)
        play._begin(story, program_of(story), f"{episode}.open", kept)
        play.origin = (episode, dict(kept))
        return play

    @classmethod
    def replay(
        cls, story: Story, moves: Iterable[str], origin: tuple[str, Mapping[str, str]] | None = None
    ) -> Play:
        """The play in which `moves` were made. Raises ReplayError at the first that does not fit."""
        play = cls(story) if origin is None else cls.open_episode(story, *origin)
        for index, move in enumerate(moves):
            try:
                play.apply(move)
            except (NotOffered, StoryFault) as error:
                raise ReplayError(index, move, str(error), play) from error
        return play

    # Moves -------------------------------------------------------------------------------------

    def choose(self, choice: str) -> View:
        """Take the choice with this id. Raises NotOffered, and changes nothing, if it is not open here."""
        for offer in self._offers:
            if offer.id == choice:
                if offer.locked is not None:
                    raise NotOffered(f"{offer.text!r} is locked: {offer.locked}")
                break
        else:
            raise NotOffered(self._not_here(choice))
        code = self._code
        take, move = code.takes[choice]
        self.opened = False
        self._moves.append(move)
        out: list[str] = []
        events: list[Event] = []
        try:
            target = take(self._state, out, events)
            if events:
                self._log.append((len(self._moves), self._at, self._heading, tuple(events)))
            self._run(target, out, events)
        except StoryFault:
            self._restore(self._moves[:-1])
            raise
        return self.view

    def pin(self, question: str, theory: str, clues: Iterable[str]) -> View:
        """Put a theory up with these clues. Raises NotOffered if they do not carry it, or not here."""
        asked = self._on_board(question)
        if theory not in asked.theories:
            raise NotOffered(f"{question!r} has no theory {theory!r}; it has {', '.join(asked.theories)}")
        chosen = [clue for clue in asked.pins if clue in set(clues)]
        layout, state = self._program.layout, self._state
        for clue in clues:
            if clue not in asked.pins or not layout.get(state, self.story.clues[clue].variable):
                raise NotOffered(f"{clue!r} is not a clue she can pin to this question")
        if not carried(asked.theories[theory], chosen):
            raise NotOffered("Those clues do not carry that.")
        move = pin_move(question, theory, chosen)
        if asked.variable.value(theory) == layout.get(state, asked.variable) and all(
            (clue in chosen) == bool(layout.get(state, pin)) for clue, pin in asked.pins.items()
        ):
            raise NotOffered("That stands already.")
        self._put_up(asked.variable.value(theory) or 0, question, chosen, move)
        self._out = self._program.compose(asked.theories[theory].then, state)
        self._view = None
        return self.view

    def unpin(self, question: str) -> View:
        """Take down what stands for this question. Raises NotOffered if nothing does, or not here."""
        asked = self._on_board(question)
        if not self._program.layout.get(self._state, asked.variable):
            raise NotOffered("Nothing is up for that question.")
        self._put_up(0, question, [], f"board/{question}=")
        return self.view

    def apply(self, move: str) -> View:
        """Make a move by its string, as `moves` has it. Raises NotOffered if it does not fit here."""
        passage, _, choice = move.rpartition("/")
        if passage == "board":
            question, theory, clues = read_pin(choice)
            return self.pin(question, theory, clues) if theory else self.unpin(question)
        if passage and passage != self._code.passage.id:
            raise NotOffered(f"the play stands at {self._code.passage.id}, not at {passage}")
        return self.choose(choice)

    def _on_board(self, question: str) -> Question:
        if not self._code.passage.board:
            raise NotOffered("The Board can only be read here.")
        asked = self.story.questions.get(question)
        if asked is None or question not in {view.id for view in self.view.questions}:
            raise NotOffered(f"{question!r} is not on the Board")
        return asked

    def _put_up(self, theory: int, question: str, clues: list[str], move: str) -> None:
        asked, layout = self.story.questions[question], self._program.layout
        layout.put(self._state, asked.variable, theory)
        for clue, pin in asked.pins.items():
            layout.put(self._state, pin, int(clue in clues))
        self._moves.append(move)
        self.opened = False
        self._out, self._summed, self._marks, self._view = [], [], [], None
        title = asked.variable.display[theory] if theory else ""
        told = Tell("pinned" if theory else "unpinned", question, title or asked.text)
        self._events = [(told, 0, 0)]
        self._offers = self._menu()

    def _not_here(self, choice: str) -> str:
        known = ", ".join(offer.id for offer in self._offers if offer.locked is None)
        return f"{choice!r} is not on offer here; on offer: {known or 'nothing'}"

    def _restore(self, moves: list[str]) -> None:
        again = Play.replay(self.story, moves, self.origin)
        for name in self.__slots__:
            setattr(self, name, getattr(again, name))

    # Running -----------------------------------------------------------------------------------

    def _run(self, target: int, out: list[str], events: list[Event]) -> None:
        """Follow a target until there is something to choose, or the end."""
        program, state = self._program, self._state
        code: Code | None = None if target >= 0 else getattr(self, "_code", None)
        told = len(events)
        summed: list[Summed] = []
        marks: list[int] = []
        for _ in range(MAX_STEPS):
            if target >= 0:
                code = program.codes[target] or program.code(target)
                self._at = target
                heading = program.headings[target] or program.heading(target, state)
                if heading is not self._heading and heading is not None:
                    self._heading = heading
                    out.append(heading)
                    marks.append(len(events))
                before = len(out)
                target = code.enter(state, out, events)
                if code.passage.summary is not None:
                    summed.append((before, len(out), program.compose(code.passage.summary, state)))
                if len(events) != told:
                    self._log.append((len(self._moves), self._at, self._heading, tuple(events[told:])))
                    told = len(events)
                if code.passage.opens is not None:
                    self.opened = True
            elif target == MENU:
                assert code is not None
                self._code, self._out, self._events, self._view = code, out, events, None
                self._summed, self._marks = summed, marks
                self._offers = code.menu(state)
                if code.fallback is None or any(offer.locked is None for offer in self._offers):
                    return
                target = code.takes[code.fallback][0](state, out, events)
            else:
                assert code is not None
                target, code = self._jump(target, code)
        raise StoryFault(f"the story goes round without a choice near {program.passages[self._at].id}")

    def _jump(self, target: int, code: Code) -> tuple[int, Code]:
        """Where a target that is neither a passage nor MENU leads, tunnels opened and closed on the way."""
        program = self._program
        if target == BACK:
            if not self._stack:
                hub = program.hubs.get(code.passage.episode)
                if hub is None:
                    raise StoryFault(f"{code.passage.id} returns, and there is nowhere to return to")
                return hub, code
            back, self._stack = self._stack[-1], self._stack[:-1]
            if back >= 0:
                return back, code
            self._at = ~back
            return MENU, program.code(~back)
        jump = program.jumps[-3 - target]
        if jump.clears:
            self._stack = ()
        if jump.push is not None:
            self._stack = (*self._stack, jump.push)
        return jump.to, code

    def _menu(self) -> tuple[Offer, ...]:
        return self._code.menu(self._state)

    # What there is to see ----------------------------------------------------------------------

    @property
    def view(self) -> View:
        """What the reader sees after the last move."""
        if self._view is None:
            self._view = compose_view(
                self._program, self._code, self._state, self._offers, self._out, self._events, self._summed,
                self._heading, self._marks,
            )  # fmt: skip
        return self._view

    @property
    def moves(self) -> tuple[str, ...]:
        """The moves made so far."""
        return tuple(self._moves)

    @property
    def state(self) -> State:
        """The state as a value: read-only and hashable."""
        return State(self._code.passage.id, self._stack, tuple(self._state))

    @property
    def dials(self) -> dict[str, str]:
        """Each dial, in a word."""
        return {dial.name: self.word(dial.name) for dial in self._program.dials}

    def word(self, name: str) -> str:
        """A variable's value as a player reads it. Raises KeyError for a name the story does not have."""
        variable = self.story.variables[name]
        return word_of(variable, self._program.layout.get(self._state, variable))

    def snapshot(self) -> dict[str, str]:
        """What `open_episode` needs to begin an episode as this play does. Taken where `opened` is true."""
        return snapshot(self.story, self._program.layout, self._state)

    @property
    def casebook(self) -> Casebook:
        """What Jessica knows, and where she learned it."""
        return build_casebook(self.story, self._program, self._state, self._log, self._code.passage.episode)
