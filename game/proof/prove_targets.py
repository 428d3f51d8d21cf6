"""Everything that is written, as targets; and where each of them is met, as marks for the graph.

A target's key is what `igh prove --witness` takes: `passage:e01.roof.edge`, `choice:e01.roof.edge/jump`,
`locked:…/…`, `branch:e01.roof.edge/2:no` (the second inline variation written in that passage, its other side),
`clue:`, `theory:question=theory`, `turn:t1=refused`, `beat:`, `epilogue:person/id`, `ending:`, `said:e01/1`
(what is read when a lead is lost). An empty side of a variation is no text and so no target.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from game.story import Story
from game.story.expressions import Any, Condition, Not, Test
from game.story.model import Choice, Passage, Question, Theory
from game.story.ops import Assign, Op, Say, walk_ops
from game.story.prose import Branch, Counted, Part, Text
from game.story.written import all_of

from .prove_graph import Graph, Mark, Move, Target

__all__ = ["LIVE", "Targets"]

LIVE = ("live", "phone")
"""The manners of speaking that take somebody alive."""


class Targets:
    """The targets of a story, added to a graph once, in the order of the files."""

    def __init__(self, story: Story, graph: Graph) -> None:
        self.story, self.graph = story, graph
        self.finished = all(episode.written for episode in story.episodes.values())
        self.texts: dict[int, tuple[Text, list[Mark]]] = {}
        self.says: dict[tuple[str, Text], list[Mark]] = {}
        self.counts: dict[str, int] = {}
        self.scenes = {s.id: s for name in story.written for s in story.episodes[name].scenes.values()}
        self.outcomes = {turn.variable.name: turn for turn in story.turns.values()}
        self.learned = {clue.variable.name: clue for clue in story.clues.values()}
        for passage in story.passages.values():
            self._passage(passage)
        self._season()

    # Declaring ---------------------------------------------------------------------------------

    def add(
        self,
        key: str,
        about: str,
        episode: str,
        where: tuple[str, int],
        *,
        alarm: bool = False,
        required: bool = True,
    ) -> int:
        """The number of the target `key`, made when first asked for."""
        graph = self.graph
        if key not in graph.by_key:
            graph.by_key[key] = len(graph.targets)
            number = len(graph.targets)
            graph.targets.append(Target(number, key, about, episode, *where, alarm=alarm, required=required))
        return graph.by_key[key]

    def _passage(self, passage: Passage) -> None:
        where = (passage.path, passage.line)
        if passage.scene:
            self.add(f"passage:{passage.id}", f"the passage `{passage.id}`", passage.episode, where)
        self._text(passage.text, passage.id, passage)
        for choice in passage.choices:
            here, at = f"{passage.id}/{choice.id}", (passage.path, choice.line)
            if passage.scene:
                self.add(f"choice:{here}", f"the choice `{choice.id}` of `{passage.id}`", passage.episode, at)
            for text in (choice.text, choice.then):
                self._text(text, here, passage)
            if _written_lock(self.story, passage, choice) is not None:
                self.add(f"locked:{here}", f"`{choice.id}` of `{passage.id}`, locked", passage.episode, at)
                if not _is_lead(self.story, passage, choice):
                    self._text(choice.locked, here, passage)
        for op in walk_ops(_all_ops(passage)):
            if isinstance(op, Say):
                self.said(passage, op.text)

    def _season(self) -> None:
        story = self.story
        for clue in story.clues.values():
            self.add(
                f"clue:{clue.id}", f"the clue `{clue.id}`", clue.episode, (f"{clue.episode}/clues.yaml", 0)
            )
        for question in story.questions.values():
            for theory in question.theories.values():
                key, where = f"theory:{question.id}={theory.id}", (f"{question.episode}/episode.yaml", 0)
                self.add(key, f"the theory `{theory.id}` of `{question.id}`", question.episode, where)
        season = ("season.yaml", 0)
        for turn in story.turns.values():
            written = turn.episode in story.written
            for outcome in turn.outcomes:
                about = f"the outcome `{outcome}` of turn {turn.id}"
                self.add(f"turn:{turn.id}={outcome}", about, turn.episode, season, required=written)
        for beat in story.beats.values():
            written = beat.episode in story.written
            self.add(
                f"beat:{beat.id}",
                f"the beat {beat.id} ({beat.title})",
                beat.episode,
                season,
                required=written,
            )
        endings = {passage.ending for passage in story.passages.values()}
        last = next(reversed(story.episodes), "")
        for ending in story.endings.values():
            required = self.finished or ending.id in endings
            self.add(f"ending:{ending.id}", f"the ending `{ending.id}`", last, season, required=required)
        for entries in story.epilogues.values():
            for entry in entries:
                key, about = (
                    f"epilogue:{entry.person}/{entry.id}",
                    f"the epilogue `{entry.id}` of `{entry.person}`",
                )
                self.add(key, about, last, season, required=self.finished)

    # Text --------------------------------------------------------------------------------------

    def _text(self, text: Text | None, owner: str, passage: Passage, required: bool = True) -> list[Mark]:
        """The marks of a text's variations, made once. `owner` numbers them: all texts of a passage in order."""
        if text is None:
            return []
        if id(text) not in self.texts:
            marks: list[Mark] = []
            for paragraph in text.paragraphs:
                self._parts(paragraph.parts, None, owner, passage, marks, required)
            self.texts[id(text)] = (text, marks)
        return self.texts[id(text)][1]

    def _parts(
        self,
        parts: tuple[Part, ...],
        path: Condition | None,
        owner: str,
        passage: Passage,
        marks: list[Mark],
        required: bool,
    ) -> None:
        for part in parts:
            if not isinstance(part, Branch | Counted):
                continue
            number = self.counts[owner] = self.counts.get(owner, 0) + 1
            for side, inner, condition in _sides(part):
                if not inner:
                    continue
                when = all_of(path, condition)
                key = f"branch:{owner}/{number}:{side}"
                where = (passage.path, part.line)
                about = f"side `{side}` of the variation in {owner}, line {part.line}: “{_words(inner)}”"
                marks.append(Mark(self.add(key, about, passage.episode, where, required=required), when))
                self._parts(inner, when, owner, passage, marks, required)

    def said(self, passage: Passage, text: Text) -> list[Mark]:
        """What an effect says, and its variations; the same text said in two places is one."""
        key = (passage.episode, text)
        if key not in self.says:
            owner = f"said {passage.episode}"
            number = self.counts[owner] = self.counts.get(owner, 0) + 1
            name = f"{passage.episode}/{number}"
            words = _words(text.paragraphs[0].parts) if text.paragraphs else ""
            target = self.add(
                f"said:{name}", f"what is said in {name}: “{words}”", passage.episode, (passage.path, 0)
            )
            marks = [Mark(target)]
            for paragraph in text.paragraphs:
                self._parts(paragraph.parts, None, f"said:{name}", passage, marks, True)
            self.says[key] = marks
        return self.says[key]

    # Marks -------------------------------------------------------------------------------------

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
        marks += self._text(passage.text, passage.id, passage)
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
                marks += _under(when, self._text(entry.text, owner, passage, self.finished))
                if entry.when is None:
                    break
                before.append(Not(entry.when))
        return marks

    def choice_marks(self, passage: Passage, choice: Choice) -> list[Mark]:
        """What is read when a choice has been taken: it, and the variations of its answer."""
        key = f"choice:{passage.id}/{choice.id}"
        marks = [Mark(self.graph.by_key[key])] if key in self.graph.by_key else []
        return marks + self._text(choice.then, f"{passage.id}/{choice.id}", passage)

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
            marks += _under(shown, self._text(choice.text, here, passage))
            reason = _written_lock(self.story, passage, choice)
            if reason is not None and choice.when is not None:
                off = all_of(
                    seen, choice.visible, Not(choice.when), reason if isinstance(reason, Condition) else None
                )
                marks.append(Mark(self.graph.by_key[f"locked:{here}"], off))
                if not _is_lead(self.story, passage, choice):
                    marks += _under(off, self._text(choice.locked, here, passage))
        hub = self.story.episodes[passage.episode].hub
        if passage.id == hub or passage.ending is not None or passage.closing is not None:
            for person in self.story.people.values():
                marks += self._text(person.about, f"about:{person.id}", passage)
        return marks

    def pin_marks(self, question: Question, theory: Theory, passage: Passage) -> list[Mark]:
        """What is read when a theory is put up."""
        key = f"theory:{question.id}={theory.id}"
        return [Mark(self.graph.by_key[key]), *self._text(theory.then, key, passage)]

    def assigned(self, op: Assign) -> list[Mark]:
        """What an assignment meets: a clue that is learned, a turn that is taken."""
        name = op.variable.name
        if name in self.learned and op.value:
            return [Mark(self.graph.by_key[f"clue:{self.learned[name].id}"])]
        if name in self.outcomes and op.value:
            turn = self.outcomes[name]
            return [Mark(self.graph.by_key[f"turn:{turn.id}={list(turn.outcomes)[op.value - 1]}"])]
        return []


def _sides(part: Branch | Counted) -> Iterable[tuple[str, tuple[Part, ...], Condition]]:
    if isinstance(part, Branch):
        yield "yes", part.yes, part.condition
        yield "no", part.no, Not(part.condition)
        return
    last = len(part.alternatives) - 1
    for index, inner in enumerate(part.alternatives):
        at = index if part.cycle else index + part.ahead
        operator = "==" if part.cycle or 0 < index < last else "<=" if index == 0 else ">="
        yield str(index + 1), inner, Test(part.counter, operator, at)


def _words(parts: tuple[Part, ...]) -> str:
    text = "".join(part for part in parts if isinstance(part, str)).replace("\x0c", " ").strip()
    return text if len(text) <= 40 else text[:39] + "…"


def _under(path: Condition | None, marks: list[Mark]) -> list[Mark]:
    return [Mark(mark.number, all_of(path, mark.when)) for mark in marks]


def _all_ops(passage: Passage) -> Iterable[Op]:
    yield from passage.ops
    for divert in (*passage.redirect, *passage.to):
        yield from divert.ops
    for choice in passage.choices:
        yield from choice.ops


def _is_lead(story: Story, passage: Passage, choice: Choice) -> bool:
    episode = story.episodes[passage.episode]
    return passage.id == episode.hub and choice.id in episode.leads


def _written_lock(story: Story, passage: Passage, choice: Choice) -> Condition | bool | None:
    """None where no reason is written; else True, or the condition under which the written one is shown.

    A lead that costs hours has a reason of its own making; it is no writing, and need not be read.
    """
    if choice.locked is None or choice.when is None:
        return None
    if not _is_lead(story, passage, choice):
        return True
    first = choice.locked.paragraphs[0].parts[0] if choice.locked.paragraphs else ""
    return first.condition if isinstance(first, Branch) else None
