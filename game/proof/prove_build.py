"""From passages to the graph of spots: the same order of things as the engine's, written out once for the proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from game.story import Story
from game.story.expressions import TRUE, All, Any, Condition, Not, Test
from game.story.model import RETURN, Choice, Divert, Passage
from game.story.ops import Assign, Block, Op, Say, Shift, Tell
from game.story.variables import Variable
from game.story.written import all_of

from .prove_graph import Code, Graph, Instr, Jump, Mark, Move, Pin, Rotate, Spot, When
from .prove_targets import Targets

__all__ = ["build_graph"]

Stack = tuple[tuple[str, bool], ...]
"""What open tunnels come back to, innermost last: a passage, and whether to its menu."""


def build_graph(story: Story) -> Graph:
    """The graph of everything that can be reached by diverts alone, and every target, reached or not."""
    return _Builder(story).build()


class _Builder:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.graph = Graph(story)
        self.targets = Targets(story, self.graph)
        self.numbers: dict[tuple[str, bool, Stack], int] = {}
        self.todo: list[tuple[str, bool, Stack]] = []
        self.locals: dict[str, list[Variable]] = {}
        for variable in story.variables.values():
            if variable.local and variable.episode and _counts(variable):
                self.locals.setdefault(variable.episode, []).append(variable)

    def build(self) -> Graph:
        graph = self.graph
        graph.start = self.spot(self.story.start, False, ())
        made: dict[int, Spot] = {}
        while self.todo:
            name, menu, stack = self.todo.pop()
            passage, number = self.story.passages[name], self.numbers[name, menu, stack]
            spot = Spot(number, name, passage.episode, menu, stack)
            made[number] = self.menu(spot, passage) if menu else self.arrival(spot, passage)
            if passage.opens is not None and not menu:
                graph.openings.setdefault(passage.opens, number)
            if passage.closing is not None and menu:
                graph.closes.setdefault(passage.closing, number)
        graph.spots = [made[number] for number in range(len(made))]
        return graph

    def spot(self, name: str, menu: bool, stack: Stack) -> int:
        key = (name, menu, stack)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers)
            self.todo.append(key)
        return self.numbers[key]

    # Spots -------------------------------------------------------------------------------------

    def arrival(self, spot: Spot, passage: Passage) -> Spot:
        """Count, effects, redirect, text, onward."""
        code: list[Instr] = []
        alarms = self.targets.never
        if passage.expects is not None:
            code.append(Mark(alarms(passage, "expects"), Not(passage.expects)))
        speaking = self.targets.dead_speakers(passage)
        killed = {v.name for v in _assigned(passage.ops)}
        code += [mark for name, mark in speaking if name in killed]
        if passage.visits is not None and _counts(passage.visits):
            code.append(Shift(passage.visits, 1))
        code += [Rotate(cycle) for cycle in passage.cycles]
        code += self.ops(passage.ops, passage, passage.id)
        code += self.diverts(f"redirect:{passage.id}", passage.redirect, passage, spot.stack, None)
        code += [mark for name, mark in speaking if name not in killed]
        code += self.targets.passage_marks(passage)
        if passage.choices or passage.ending is not None or passage.closing is not None:
            code.append(Jump(self.spot(passage.id, True, spot.stack)))
        elif passage.to:
            code += self.diverts(f"way:{passage.id}", passage.to, passage, spot.stack, passage.tunnel)
            if passage.to[-1].when is not None:
                code.append(Mark(alarms(passage, "nowhere")))
        elif passage.tunnel is not None:
            code.append(Jump(self.spot(passage.tunnel, False, spot.stack)))
        else:
            code += self.back(passage, spot.stack)
        return msgspec.structs.replace(spot, code=tuple(code))

    def menu(self, spot: Spot, passage: Passage) -> Spot:
        """What is on offer, and what each choice does."""
        moves = tuple(
            Move(c.id, all_of(c.visible, c.when), self.take(c, passage, spot))
            for c in passage.choices
            if not c.fallback
        )
        fallback = next((c for c in passage.choices if c.fallback), None)
        return msgspec.structs.replace(
            spot,
            moves=moves,
            fallback=Move(fallback.id, None, self.take(fallback, passage, spot)) if fallback else None,
            pins=tuple(self.pins(passage, spot)) if passage.board else (),
            shown=tuple(self.targets.menu_marks(passage, moves)),
            end=passage.ending is not None or (passage.closing is not None and not passage.choices),
        )

    def take(self, choice: Choice, passage: Passage, spot: Spot) -> Code:
        """A choice's effects, its answer, and where it leads."""
        code: list[Instr] = []
        if choice.took is not None and _counts(choice.took):
            code.append(Shift(choice.took, 1))
        owner = f"{passage.id}/{choice.id}"
        code += self.ops(choice.ops, passage, owner)
        if passage.closing is not None:
            code += [Assign(v, v.starts) for v in self.locals.get(passage.closing, ())]
        code += self.targets.choice_marks(passage, choice)
        if choice.to:
            code += self.diverts(f"way:{owner}", choice.to, passage, spot.stack, choice.tunnel)
            if choice.to[-1].when is not None:
                code.append(Mark(self.targets.never(passage, "nowhere")))
        elif choice.tunnel is not None:
            code.append(Jump(self.spot(choice.tunnel, False, (*spot.stack, (passage.id, True)))))
        else:
            code.append(Jump(spot.number))
        return tuple(code)

    def pins(self, passage: Passage, spot: Spot) -> Iterable[Pin]:
        """What can be put up on the Board here, and taken down."""
        now = self.graph.order[passage.episode]
        for question in self.story.questions.values():
            if self.graph.order[question.episode] > now:
                continue
            asked, standing = Test(question.asked, ">=", 1), question.variable
            for index, theory in enumerate(question.theories.values(), start=1):
                known = Any(tuple(All(self.known(clues)) for clues in theory.carried_by))
                marks = self.targets.pin_marks(question, theory, passage)
                code: Code = (Assign(standing, index), *marks, Jump(spot.number))
                yield Pin(question, theory.id, All((asked, known)), code)
            down: Code = (
                Assign(standing, 0), *(Assign(pin, 0) for pin in question.pins.values()), Jump(spot.number),
            )  # fmt: skip
            yield Pin(question, None, All((asked, Test(standing, ">=", 1))), down)

    def known(self, clues: Iterable[str]) -> tuple[Condition, ...]:
        return tuple(Test(self.story.clues[clue].variable, ">=", 1) for clue in sorted(clues))

    # Pieces ------------------------------------------------------------------------------------

    def ops(self, ops: Iterable[Op], passage: Passage, owner: str) -> list[Instr]:
        """The operations of `owner` as instructions, with a mark where something is learned, forked or said."""
        code: list[Instr] = []
        for op in ops:
            if isinstance(op, Block):
                body = tuple(self.ops(op.ops, passage, owner))
                if op.condition == TRUE:
                    code += body
                elif body:
                    code.append(When(op.condition, body))
            elif isinstance(op, Assign):
                code += [*self.targets.learning(op, owner), op, *self.targets.assigned(op)]
            elif isinstance(op, Shift):
                code.append(op)
            elif isinstance(op, Say):
                code += self.targets.said(passage, op.text)
            else:
                assert isinstance(op, Tell)
        return code

    def diverts(
        self, owner: str, diverts: Sequence[Divert], passage: Passage, stack: Stack, tunnel: str | None
    ) -> list[Jump]:
        """Diverts as jumps, each with a mark of its being taken. `owner`: `way:e01.roof.edge/jump`."""
        here, marks = owner.partition(":")[2], self.targets.ways(owner, passage, diverts)
        bodies = [(*self.ops(d.ops, passage, here), *taken) for d, taken in zip(diverts, marks, strict=True)]
        return [
            self.divert(divert, body, passage, stack, tunnel)
            for divert, body in zip(diverts, bodies, strict=True)
        ]

    def divert(self, divert: Divert, body: Code, passage: Passage, stack: Stack, tunnel: str | None) -> Jump:
        """A divert that does `body`; through `tunnel`, if there is one, with the divert's target to come back to."""
        if divert.to == RETURN:
            if tunnel is not None:
                return Jump(self.spot(tunnel, False, stack), divert.when, body)
            returning = self.back(passage, stack)
            last = returning[-1]
            if isinstance(last, Jump):
                return Jump(last.to, divert.when, body)
            return Jump(self.spot(passage.id, True, stack), divert.when, (*body, *returning))
        if divert.clears:
            stack = ()
        if tunnel is not None:
            return Jump(self.spot(tunnel, False, (*stack, (divert.to, False))), divert.when, body)
        return Jump(self.spot(divert.to, False, stack), divert.when, body)

    def back(self, passage: Passage, stack: Stack) -> list[Instr]:
        """Out of the tunnel, or to the hub where none is open."""
        if stack:
            (name, menu), rest = stack[-1], stack[:-1]
            return [Jump(self.spot(name, menu, rest))]
        hub = self.story.episodes[passage.episode].hub
        if hub is None:
            return [Mark(self.targets.never(passage, "nowhere"))]
        return [Jump(self.spot(hub, False, ()))]


def _counts(variable: Variable) -> bool:
    """Whether anything asks for this variable; see `Layout.untracked`."""
    return variable.high > 0 or variable.kind not in ("visits", "took")


def _assigned(ops: Iterable[Op]) -> Iterable[Variable]:
    for op in ops:
        if isinstance(op, Assign) and op.value:
            yield op.variable
        elif isinstance(op, Block):
            yield from _assigned(op.ops)
