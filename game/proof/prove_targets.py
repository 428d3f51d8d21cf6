"""Where each target (see `prove_declared`) is met: marks for the graph; and the alarms, which must never be met."""

from __future__ import annotations

from collections.abc import Sequence

from game.story import Story
from game.story.expressions import Any, Condition, Not, Test
from game.story.model import Choice, Passage, Question, Theory
from game.story.ops import Assign
from game.story.written import all_of

from .prove_declared import Declared, is_lead, written_lock
from .prove_graph import Graph, Mark, Move

__all__ = ["LIVE", "Targets"]

LIVE = ("live", "phone")
"""The manners of speaking that take somebody alive."""


class Targets(Declared):
    """The targets of a story, and the marks of its passages, choices, menus, pins and effects."""

    def __init__(self, story: Story, graph: Graph) -> None:
        super().__init__(story, graph)
        self.scenes = {s.id: s for name in story.written for s in story.episodes[name].scenes.values()}
        self.outcomes = {turn.variable.name: turn for turn in story.turns.values()}

    def never(self, passage: Passage, kind: str, who: str = "") -> int:
        """The alarm of one kind for one passage."""
        about = {
            "expects": f"`{passage.id}` is reached while its `expects` does not hold",
            "nowhere": f"`{passage.id}` leads nowhere",
            "dead": f"{who} is dead and speaks in `{passage.id}`",
        }[kind]
        key = f"{kind}:{passage.id}" + (f":{who}" if who else "")
        return self.add(key, about, passage.episode, (passage.path, passage.line), alarm=True)

    def dead_speakers(self, passage: Passage) -> list[tuple[str, Mark]]:
        """For everybody who speaks here alive: the variable of their death, and the alarm."""
        found = []
        for person, manner in passage.speakers:
            dead = self.story.variables.get(f"dead.{person}")
            if manner in LIVE and dead is not None:
                found.append((dead.name, Mark(self.never(passage, "dead", person), Test(dead, ">=", 1))))
        return found

    def passage_marks(self, passage: Passage) -> list[Mark]:
        """What is read where a passage's text is composed: it, its variations, its beats, an ending's epilogues."""
        marks = [Mark(self.graph.by_key[f"passage:{passage.id}"])] if passage.scene else []
        if passage.scene in self.scenes:
            beats = self.scenes[passage.scene].beats
            marks += [
                Mark(self.graph.by_key[f"beat:{beat}"])
                for beat in beats
                if f"beat:{beat}" in self.graph.by_key
            ]
        marks += self.text(passage.text, passage.id, passage)
        if passage.ending is not None and f"ending:{passage.ending}" in self.graph.by_key:
            marks.append(Mark(self.graph.by_key[f"ending:{passage.ending}"]))
            marks += self._epilogue_marks(passage)
        return marks

    def _epilogue_marks(self, passage: Passage) -> list[Mark]:
        marks: list[Mark] = []
        for entries in self.story.epilogues.values():
            before: list[Condition] = []
            for entry in entries:
                when = all_of(entry.when, *before)
                marks.append(Mark(self.graph.by_key[f"epilogue:{entry.person}/{entry.id}"], when))
                owner = f"epilogue:{entry.person}/{entry.id}"
                marks += _under(when, self.text(entry.text, owner, passage, self.finished))
                if entry.when is None:
                    break
                before.append(Not(entry.when))
        return marks

    def choice_marks(self, passage: Passage, choice: Choice) -> list[Mark]:
        """What is read when a choice has been taken: it, and the variations of its answer."""
        key = f"choice:{passage.id}/{choice.id}"
        marks = [Mark(self.graph.by_key[key])] if key in self.graph.by_key else []
        return marks + self.text(choice.then, f"{passage.id}/{choice.id}", passage)

    def menu_marks(self, passage: Passage, moves: Sequence[Move]) -> list[Mark]:
        """What is read in a menu: reasons of locked choices, and variations of labels and reasons."""
        choices = [choice for choice in passage.choices if not choice.fallback]
        seen: Condition | None = None
        if len(choices) < len(passage.choices) and all(move.when is not None for move in moves):
            seen = Any(tuple(move.when for move in moves if move.when is not None))
        marks: list[Mark] = []
        for choice in choices:
            here = f"{passage.id}/{choice.id}"
            shown = all_of(seen, choice.visible, choice.when if choice.locked is None else None)
            marks += _under(shown, self.text(choice.text, here, passage))
            reason = written_lock(self.story, passage, choice)
            if reason is not None and choice.when is not None:
                off = all_of(
                    seen, choice.visible, Not(choice.when), reason if isinstance(reason, Condition) else None
                )
                marks.append(Mark(self.graph.by_key[f"locked:{here}"], off))
                if not is_lead(self.story, passage, choice):
                    marks += _under(off, self.text(choice.locked, here, passage))
        hub = self.story.episodes[passage.episode].hub
        if passage.id == hub or passage.ending is not None or passage.closing is not None:
            for person in self.story.people.values():
                marks += self.text(person.about, f"about:{person.id}", passage)
        return marks

    def pin_marks(self, question: Question, theory: Theory, passage: Passage) -> list[Mark]:
        """What is read when a theory is put up."""
        key = f"theory:{question.id}={theory.id}"
        return [Mark(self.graph.by_key[key]), *self.text(theory.then, key, passage)]

    def learning(self, op: Assign, owner: str) -> list[Mark]:
        """What an assignment is about to meet: a clue that is new."""
        clue = self.learned.get(op.variable.name)
        number = self.graph.by_key.get(f"learn:{owner}={clue.id}") if clue is not None and op.value else None
        return [] if number is None else [Mark(number, Not(Test(op.variable, ">=", 1)))]

    def assigned(self, op: Assign) -> list[Mark]:
        """What an assignment meets: a clue that is learned, a turn that is taken."""
        name = op.variable.name
        if name in self.learned and op.value:
            return [Mark(self.graph.by_key[f"clue:{self.learned[name].id}"])]
        if name in self.outcomes and op.value:
            turn = self.outcomes[name]
            return [Mark(self.graph.by_key[f"turn:{turn.id}={list(turn.outcomes)[op.value - 1]}"])]
        return []


def _under(path: Condition | None, marks: list[Mark]) -> list[Mark]:
    return [Mark(mark.number, all_of(path, mark.when)) for mark in marks]
