"""A story ready to be played: its layout, and its passages compiled when they are first reached."""

from __future__ import annotations

from collections.abc import Callable

from game.story import Story
from game.story.expressions import Condition
from game.story.model import Passage
from game.story.prose import Text
from game.story.variables import Variable

from .compiling import Code, Compiler, Jump
from .composing import constant_text, is_constant
from .layout import Layout
from .view import Heading

__all__ = ["Program", "program_of"]


class Program:
    """The compiled form of a story, shared by all its plays. `prose` is off for walks that read nothing."""

    def __init__(self, story: Story, prose: bool = True, layout: Layout | None = None) -> None:
        self.story = story
        self.layout = layout or Layout(story)
        self.passages: list[Passage] = list(story.passages.values())
        self.index: dict[str, int] = {passage.id: at for at, passage in enumerate(self.passages)}
        self.compiler = Compiler(self.layout, self.index, prose)
        self.compiler.locals_of = self._locals_of
        self.jumps: list[Jump] = self.compiler.jumps
        self.codes: list[Code | None] = [None] * len(self.passages)
        self.headings: list[Heading | None] = [None] * len(self.passages)
        self._headings: dict[tuple[str, str | None], Heading] = {}
        self.hubs: dict[str, int] = {
            episode.id: self.index[episode.hub] for episode in story.episodes.values() if episode.hub
        }
        self.dials = [variable for variable in story.variables.values() if variable.kind == "dial"]
        self._composers: dict[int, tuple[Text, Callable[[list[int]], list[str]]]] = {}
        self._testers: dict[int, tuple[Condition, Callable[[list[int]], bool]]] = {}
        self._locals: dict[str, list[Variable]] | None = None

    def code(self, at: int) -> Code:
        """The passage at this index, compiled."""
        code = self.codes[at]
        if code is None:
            code = self.codes[at] = self.compiler.compile(self.passages[at])
            passage = self.passages[at]
            if passage.time is None or is_constant(passage.time):
                self.headings[at] = self._heading(
                    passage, constant_text(passage.time) if passage.time else None
                )
        return code

    def heading(self, at: int, state: list[int]) -> Heading | None:
        """Where and when the passage at this index is, in this state. None for one that is nowhere."""
        passage = self.passages[at]
        if self.headings[at] is not None or passage.time is None:
            return self.headings[at]
        return self._heading(passage, " ".join(self.compose(passage.time, state)))

    def _heading(self, passage: Passage, time: str | None) -> Heading | None:
        """One object for each place and time, so that `is` tells them apart."""
        if not passage.scene or passage.place not in self.story.places:
            return None
        key = (passage.place, time)
        if key not in self._headings:
            self._headings[key] = Heading(self.story.places[passage.place].name, *key)
        return self._headings[key]

    def compose(self, text: Text | None, state: list[int]) -> list[str]:
        """The paragraphs of a text that stands in no passage (a theory's, an epilogue's), in this state."""
        if text is None:
            return []
        found = self._composers.get(id(text))
        if found is None:
            found = self._composers[id(text)] = (text, self.compiler.composer(text))
        return found[1](state)

    def holds(self, condition: Condition | None, state: list[int]) -> bool:
        """Whether a condition holds in this state."""
        if condition is None:
            return True
        found = self._testers.get(id(condition))
        if found is None:
            found = self._testers[id(condition)] = (condition, self.compiler.tester(condition))
        return found[1](state)

    def _locals_of(self, episode: str) -> list[Variable]:
        """The variables in slots that only this episode can read."""
        if self._locals is None:
            self._locals = {}
            for variable in self.story.variables.values():
                if variable.local and variable.episode and variable.name in self.layout.slot:
                    self._locals.setdefault(variable.episode, []).append(variable)
        return self._locals.get(episode, [])


def program_of(story: Story) -> Program:
    """The story's program, made once."""
    if not isinstance(story.program, Program):
        story.program = Program(story)
    return story.program
