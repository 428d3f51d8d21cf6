"""Everything that is written, as targets.

A target's key is what `igh prove --witness` takes: `passage:e01.roof.edge`, `choice:e01.roof.edge/jump`,
`locked:…/…`, `branch:e01.roof.edge/2:no` (the second inline variation written in that passage, its other side),
`clue:`, `theory:question=theory`, `turn:t1=refused`, `beat:`, `epilogue:person/id`, `ending:`, `said:e01/1`
(what is read when a lead is lost). An empty side of a variation is no text and so no target. What is done is
written too: `way:e01.roof.edge/jump>e01.fall.start` is one divert of a choice, `way:e01.roof.edge>…` of a passage,
`redirect:…>…` before its text, and `learn:e01.roof.edge/jump=shoe` a clue that is new to her there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from game.story import Story
from game.story.expressions import Condition, Not, Test
from game.story.model import RETURN, Choice, Divert, Passage
from game.story.ops import Assign, Say, walk_ops
from game.story.prose import Branch, Counted, Part, Text
from game.story.written import all_of

from .effects import effects
from .prove_graph import Graph, Mark, Target

__all__ = ["Declared", "is_lead", "written_lock"]


class Declared:
    """The targets of a story, added to a graph once, in the order of the files."""

    def __init__(self, story: Story, graph: Graph) -> None:
        self.story, self.graph = story, graph
        self.finished = all(episode.written for episode in story.episodes.values())
        self.texts: dict[int, tuple[Text, list[Mark]]] = {}
        self.says: dict[tuple[str, Text], list[Mark]] = {}
        self.counts: dict[str, int] = {}
        self.learned = {clue.variable.name: clue for clue in story.clues.values()}
        for passage in story.passages.values():
            self._passage(passage)
        self._season()

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
        self.text(passage.text, passage.id, passage)
        for choice in passage.choices:
            here, at = f"{passage.id}/{choice.id}", (passage.path, choice.line)
            if passage.scene:
                self.add(f"choice:{here}", f"the choice `{choice.id}` of `{passage.id}`", passage.episode, at)
            for text in (choice.text, choice.then):
                self.text(text, here, passage)
            if written_lock(self.story, passage, choice) is not None:
                self.add(f"locked:{here}", f"`{choice.id}` of `{passage.id}`, locked", passage.episode, at)
                if not is_lead(self.story, passage, choice):
                    self.text(choice.locked, here, passage)
        for op in effects(passage):
            if isinstance(op, Say):
                self.said(passage, op.text)
        if passage.scene:
            self._done(passage)

    def _done(self, passage: Passage) -> None:
        """What a passage and its choices do, as far as it is a target: where they lead, and what is learned."""
        self.ways(f"redirect:{passage.id}", passage, passage.redirect)
        self.ways(f"way:{passage.id}", passage, passage.to)
        own = [*passage.ops, *(op for divert in (*passage.redirect, *passage.to) for op in divert.ops)]
        owners = [(passage.id, passage.line, own)]
        for choice in passage.choices:
            here = f"{passage.id}/{choice.id}"
            self.ways(f"way:{here}", passage, choice.to)
            ops = [*choice.ops, *(op for divert in choice.to for op in divert.ops)]
            owners.append((here, choice.line, ops))
        for owner, line, ops in owners:
            for op in walk_ops(ops):
                if isinstance(op, Assign) and op.variable.name in self.learned and op.value:
                    clue = self.learned[op.variable.name].id
                    about = f"`{clue}` as something new in `{owner}`"
                    self.add(f"learn:{owner}={clue}", about, passage.episode, (passage.path, line))

    def ways(self, owner: str, passage: Passage, diverts: Sequence[Divert]) -> list[list[Mark]]:
        """For each divert the mark of its being taken (two to one place count as one); none in what nobody wrote."""
        found: list[list[Mark]] = []
        for divert in diverts if passage.scene else ():
            to = "return" if divert.to == RETURN else divert.to
            about = f"the way from `{owner.partition(':')[2]}` to `{to}`"
            where = (passage.path, passage.line)
            found.append([Mark(self.add(f"{owner}>{to}", about, passage.episode, where))])
        return found or [[] for _ in diverts]

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

    def text(self, text: Text | None, owner: str, passage: Passage, required: bool = True) -> list[Mark]:
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


def is_lead(story: Story, passage: Passage, choice: Choice) -> bool:
    episode = story.episodes[passage.episode]
    return passage.id == episode.hub and choice.id in episode.leads


def written_lock(story: Story, passage: Passage, choice: Choice) -> Condition | bool | None:
    """None where no reason is written; else True, or the condition under which the written one is shown.

    A lead that costs hours has a reason of its own making; it is no writing, and need not be read.
    """
    if choice.locked is None or choice.when is None:
        return None
    if not is_lead(story, passage, choice):
        return True
    first = choice.locked.paragraphs[0].parts[0] if choice.locked.paragraphs else ""
    return first.condition if isinstance(first, Branch) else None
