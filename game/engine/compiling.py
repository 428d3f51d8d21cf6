"""Passages into Python functions: conditions, effects and text composed without looking anything up.

One passage becomes `enter` (effects, diverts, text), `menu` (what is on offer) and one `take` per choice.
They work on the flat state of `layout` and are made the first time a passage is reached, so that loading a
season costs nothing for what is not read. The Python is written from the resolved model (integers, and
constants passed by reference); no text of a scene file is ever part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as Anything

from game.story.expressions import Condition, Constant
from game.story.model import RETURN, Choice, Divert, Passage
from game.story.ops import Assign, Block, Op, Say, Shift, Tell
from game.story.prose import Text
from game.story.variables import Variable

from .composing import Prose, Writer, constant_text, is_constant
from .layout import LOCAL, Layout
from .view import Offer

__all__ = ["BACK", "MENU", "Code", "Compiler", "Jump"]

MENU = -1
"""Stay: look at what this passage offers."""
BACK = -2
"""Out of a tunnel, or to the hub where none is open."""

State = list[int]
Events = list[tuple[Anything, int, int]]
Paragraphs = list[str]


class Jump:
    """A divert that does more than go: opens a tunnel, or empties the stack of them."""

    __slots__ = ("clears", "push", "to")

    def __init__(self, to: int, push: int | None, clears: bool) -> None:
        self.to, self.push, self.clears = to, push, clears


class Code:
    """A passage, compiled.

    `enter(s, out, ev)` and the function in `takes[id]` (beside the move it makes) change the state, append
    paragraphs and events, and return a target: a passage's index, MENU, BACK, or -3 and below for
    `Compiler.jumps`. `menu(s)` returns the offers, and `fallback` is the choice to take when none is open.
    """

    __slots__ = ("enter", "fallback", "has_choices", "menu", "passage", "takes")

    def __init__(
        self,
        passage: Passage,
        enter: Callable[[State, Paragraphs, Events], int],
        menu: Callable[[State], tuple[Offer, ...]],
        takes: dict[str, tuple[Callable[[State, Paragraphs, Events], int], str]],
        fallback: str | None,
    ) -> None:
        self.passage, self.enter, self.menu, self.takes, self.fallback = passage, enter, menu, takes, fallback
        self.has_choices = bool(passage.choices)


class Compiler:
    """Compiles the passages of a story. With `prose` off, no text is composed: for walks and proofs."""

    def __init__(self, layout: Layout, index: dict[str, int], prose: bool = True) -> None:
        self.layout, self.index, self.prose = layout, index, Prose(layout, prose)
        self.jumps: list[Jump] = []
        self._jumps: dict[tuple[int, int | None, bool], int] = {}

    def compile(self, passage: Passage) -> Code:
        """The passage as functions."""
        writer = Writer()
        self._enter(writer, passage)
        self._menu(writer, passage)
        for number, choice in enumerate(passage.choices):
            self._take(writer, passage, choice, number)
        scope: dict[str, Anything] = dict(writer.constants)
        exec(
            compile("\n".join(writer.lines), f"<{passage.id}>", "exec"), scope
        )  # our own lines, see the module
        fallback = next((choice.id for choice in passage.choices if choice.fallback), None)
        takes = {
            choice.id: (scope[f"take_{number}"], f"{passage.id}/{choice.id}")
            for number, choice in enumerate(passage.choices)
        }
        return Code(passage, scope["enter"], scope["menu"], takes, fallback)

    def composer(self, text: Text) -> Callable[[State], list[str]]:
        """A function from a state to the paragraphs of a text that stands in no passage."""
        w = Writer()
        w.add(0, "def compose(s):")
        w.add(1, "out = []")
        self.prose.text(w, 1, text)
        w.add(1, "return out")
        made: Callable[[State], list[str]] = self._function(w, "compose")
        return made

    def tester(self, condition: Condition | None) -> Callable[[State], bool]:
        """A function that says whether a condition holds in a state."""
        w = Writer()
        w.add(0, "def test(s):")
        w.add(1, f"return bool({'True' if condition is None else self.layout.test(condition)})")
        made: Callable[[State], bool] = self._function(w, "test")
        return made

    @staticmethod
    def _function(w: Writer, name: str) -> Anything:
        scope: dict[str, Anything] = dict(w.constants)
        exec(compile("\n".join(w.lines), f"<{name}>", "exec"), scope)  # our own lines, see the module
        return scope[name]

    # Functions ---------------------------------------------------------------------------------

    def _enter(self, w: Writer, passage: Passage) -> None:
        w.add(0, "def enter(s, out, ev):")
        if passage.visits is not None and self.layout.tracked(passage.visits):
            self._count(w, passage.visits)
        for cycle in passage.cycles:
            read = self.layout.read(cycle)
            w.add(1, self.layout.write(cycle, f"({read} + 1) % {cycle.high + 1}"))
        self._ops(w, 1, passage.ops)
        for divert in passage.redirect:
            self._divert(w, 1, divert, None)
        if passage.text is not None:
            self.prose.text(w, 1, passage.text)
        if passage.choices or passage.ending is not None or passage.closing is not None:
            w.add(1, f"return {MENU}")
        elif passage.to:
            for divert in passage.to:
                self._divert(w, 1, divert, passage.tunnel)
        elif passage.tunnel is not None:
            # Nothing comes after the tunnel: what it returns to is whatever this passage would return to.
            w.add(1, f"return {self.index[passage.tunnel]}")
        else:
            w.add(1, f"return {BACK}")

    def _menu(self, w: Writer, passage: Passage) -> None:
        choices = [choice for choice in passage.choices if not choice.fallback]
        fixed = [c for c in choices if c.visible is None and c.when is None and is_constant(c.text)]
        if len(fixed) == len(choices):
            offers = w.constant(tuple(_offer(choice, None) for choice in choices))
            w.add(0, "def menu(s):")
            w.add(1, f"return {offers}")
            return
        w.add(0, "def menu(s):")
        w.add(1, "v = []")
        for choice in choices:
            depth = 1
            if choice.visible is not None:
                w.add(1, f"if {self.layout.test(choice.visible)}:")
                depth = 2
            if choice.when is None:
                w.add(depth, f"v.append({self._offer(w, choice)})")
                continue
            w.add(depth, f"if {self.layout.test(choice.when)}:")
            w.add(depth + 1, f"v.append({self._offer(w, choice)})")
            if choice.locked is not None:
                w.add(depth, "else:")
                reason = self.prose.phrase(w, choice.locked)
                w.add(depth + 1, f"v.append({self._offer(w, choice, reason)})")
        w.add(1, "return tuple(v)")

    def _offer(self, w: Writer, choice: Choice, reason: str | None = None) -> str:
        """Python for what the menu shows: a constant where nothing in it varies."""
        if all(text is None or is_constant(text) for text in (choice.text, choice.echo, choice.known)):
            if reason is None:
                return w.constant(_offer(choice, None))
            if choice.locked is not None and is_constant(choice.locked):
                return w.constant(_offer(choice, constant_text(choice.locked)))
        make, text = w.constant(_make_offer), self.prose.phrase(w, choice.text)
        echo = "None" if choice.echo is None else self.prose.phrase(w, choice.echo)
        known = "None" if choice.known is None else self.prose.phrase(w, choice.known)
        return f"{make}({w.constant(choice)}, {text}, {echo}, {known}, {reason})"

    def _take(self, w: Writer, passage: Passage, choice: Choice, number: int) -> None:
        w.add(0, f"def take_{number}(s, out, ev):")
        if choice.took is not None and self.layout.tracked(choice.took):
            self._count(w, choice.took)
        self._ops(w, 1, choice.ops)
        if passage.closing is not None:
            self._leave_episode(w, passage.closing)
        if choice.then is not None:
            self.prose.text(w, 1, choice.then)
        if choice.to:
            for divert in choice.to:
                self._divert(w, 1, divert, choice.tunnel)
        elif choice.tunnel is not None:
            w.add(1, f"return {self._jump(self.index[choice.tunnel], ~self.index[passage.id], False)}")
        else:
            w.add(1, f"return {MENU}")

    def _leave_episode(self, w: Writer, episode: str) -> None:
        """Clear what belonged to the episode, so that plays that differ only in it become the same state."""
        w.add(1, f"s[{LOCAL}] = 0")
        for variable in self.locals_of(episode):
            w.add(1, self.layout.write(variable, str(variable.starts)))

    locals_of: Callable[[str], list[Variable]] = staticmethod(lambda episode: [])

    # Pieces ------------------------------------------------------------------------------------

    def _count(self, w: Writer, variable: Variable) -> None:
        if variable.name in self.layout.bit:
            w.add(1, self.layout.write(variable, "1"))
        else:
            read = self.layout.read(variable)
            w.add(1, f"if {read} < {variable.high}: {self.layout.write(variable, read + ' + 1')}")

    def _divert(self, w: Writer, depth: int, divert: Divert, tunnel: str | None) -> None:
        if divert.when is not None:
            w.add(depth, f"if {self.layout.test(divert.when)}:")
            depth += 1
        self._ops(w, depth, divert.ops)
        if divert.to == RETURN:
            w.add(depth, f"return {BACK}" if tunnel is None else f"return {self.index[tunnel]}")
            return
        to = self.index[divert.to]
        if tunnel is not None:
            w.add(depth, f"return {self._jump(self.index[tunnel], to, divert.clears)}")
        elif divert.clears:
            w.add(depth, f"return {self._jump(to, None, True)}")
        else:
            w.add(depth, f"return {to}")

    def _jump(self, to: int, push: int | None, clears: bool) -> int:
        """The code of a jump. `push` is where the tunnel comes back to; ~passage means its menu."""
        key = (to, push, clears)
        if key not in self._jumps:
            self._jumps[key] = -3 - len(self.jumps)
            self.jumps.append(Jump(to, push, clears))
        return self._jumps[key]

    def _ops(self, w: Writer, depth: int, ops: tuple[Op, ...]) -> None:
        for op in ops:
            self._op(w, depth, op)

    def _op(self, w: Writer, depth: int, op: Op) -> None:
        if isinstance(op, Block):
            if op.condition == Constant(True):
                self._ops(w, depth, op.ops)
            elif op.ops:
                w.add(depth, f"if {self.layout.test(op.condition)}:")
                self._ops(w, depth + 1, op.ops)
                w.add(depth + 1, "pass")
        elif isinstance(op, Tell):
            w.add(depth, f"ev.append(({w.constant(op)}, 0, 0))")
        elif isinstance(op, Say):
            self.prose.text(w, depth, op.text)
        elif isinstance(op, Assign):
            self._assign(w, depth, op)
        else:
            self._shift(w, depth, op)

    def _assign(self, w: Writer, depth: int, op: Assign) -> None:
        if op.notice is None:
            w.add(depth, self.layout.write(op.variable, str(int(op.value))))
            return
        w.add(depth, f"o = {self.layout.read(op.variable)}")
        w.add(depth, f"if o != {int(op.value)}:")
        w.add(depth + 1, self.layout.write(op.variable, str(int(op.value))))
        w.add(depth + 1, f"ev.append(({w.constant(op)}, o, {int(op.value)}))")

    def _shift(self, w: Writer, depth: int, op: Shift) -> None:
        read = self.layout.read(op.variable)
        w.add(depth, f"o = {read}")
        bound = f"n if (n := o + {op.by}) < {op.variable.high} else {op.variable.high}"
        if op.by < 0:
            bound = f"n if (n := o - {-op.by}) > {op.variable.low} else {op.variable.low}"
        w.add(depth, self.layout.write(op.variable, bound))
        if op.notice is not None:
            w.add(depth, f"if {read} != o: ev.append(({w.constant(op)}, o, {read}))")


def _offer(choice: Choice, reason: str | None) -> Offer:
    echo = None if choice.echo is None else constant_text(choice.echo)
    known = None if choice.known is None else constant_text(choice.known)
    return _make_offer(choice, constant_text(choice.text), echo, known, reason)


def _make_offer(choice: Choice, text: str, echo: str | None, known: str | None, reason: str | None) -> Offer:
    return Offer(
        id=choice.id,
        text=text,
        locked=reason,
        echo=text if echo is None else echo,
        hours=choice.hours,
        known=known,
        voice=choice.voice,
    )
