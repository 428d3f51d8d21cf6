"""What was written becomes what is meant: the second half of the second pass.

Every target, name and condition is resolved here, and the conveniences of the script (leads, hours, the
hub's comings and goings, `show`, `requires`) are written out as ordinary choices and operations, so that
engine and proof need to know nothing of them.
"""

from __future__ import annotations

import msgspec

from . import schema
from .effects import effect_ops
from .expressions import All, Condition, Not, Test
from .findings import Findings, Scalar, Source, nearest
from .hub import arrival_ops, lead_choices, leaving_ops
from .loading import RawEpisode
from .model import RETURN, Choice, Divert, Passage
from .ops import Assign, Op
from .prose import Paragraph, Text
from .symbols import Scope, Symbols
from .written import Counter, all_of, names_of, text_of

__all__ = ["EpisodeResolver"]


class EpisodeResolver:
    """Resolves one episode into passages. `after` is the next written episode, if there is one."""

    def __init__(self, raw: RawEpisode, symbols: Symbols, after: str | None) -> None:
        self.raw = raw
        self.symbols = symbols
        self.after = after
        self.findings: Findings = symbols.findings
        self.scope = Scope(symbols, raw.id)
        file = raw.file
        self.opening = self.scope.require_passage(file.opening) or ""
        self.hub = self.scope.require_passage(file.hub) if file.hub else None
        self.out = self.scope.require_passage(file.out) if file.out else None

    def passages(self) -> list[Passage]:
        """Every passage of the episode, the hidden ones that open, leave and close it included."""
        found = [self._opening(), self._closing()]
        if self.out is not None:
            found.append(self._hidden(f"{self.raw.id}.out", leaving_ops(self.raw, self.symbols), self.out))
        for scene, source in self.raw.scenes:
            found += self._scene(scene, source)
        return found

    # The episode's own passages ----------------------------------------------------------------

    def _hidden(self, name: str, ops: tuple[Op, ...], to: str) -> Passage:
        at = next((p.place for p, _ in self.raw.scenes), "")
        return Passage(
            id=name, scene="", episode=self.raw.id, place=at, time=None, speakers=(), text=None, ops=ops,
            redirect=(), to=(Divert(to),), tunnel=None, choices=(), visits=None, cycles=(), hub=None,
            path=str(self.raw.path.path),
        )  # fmt: skip

    def _opening(self) -> Passage:
        opened = self._hidden(f"{self.raw.id}.open", (), self.opening)
        text = text_of(self.raw.file.previously, self.scope)
        return msgspec.structs.replace(opened, text=text, opens=self.raw.id)

    def _closing(self) -> Passage:
        closed = self._hidden(f"{self.raw.id}.close", (), "")
        choices: tuple[Choice, ...] = ()
        if self.after is not None:
            choices = (
                Choice(
                    id="continue", text=Text((Paragraph(("Go on.",)),)), echo=None, when=None, visible=None,
                    locked=None, then=None, ops=(), to=(Divert(f"{self.after}.open", clears=True),),
                    tunnel=None, took=None, once=False, fallback=False, conditional=False,
                ),
            )  # fmt: skip
        return msgspec.structs.replace(closed, to=(), choices=choices, closing=self.raw.id)

    # Scenes ------------------------------------------------------------------------------------

    def _scene(self, scene: schema.SceneFile, source: Source) -> list[Passage]:
        scope = Scope(self.symbols, self.raw.id, scene.scene)
        scope.place(scene.place)
        for beat in scene.beats:
            if beat not in self.symbols.beats:
                self.findings.add(beat, f"there is no beat `{beat}`")
        return [self._passage(name, raw, scene, scope, source) for name, raw in scene.passages.items()]

    def _passage(
        self, name: str, raw: schema.Passage, scene: schema.SceneFile, scope: Scope, source: Source
    ) -> Passage:
        full = f"{self.raw.id}.{scene.scene}.{name}"
        counter: Counter = ("visits", full)
        if raw.place is not None:
            scope.place(raw.place)
        ops = effect_ops(raw, scope)
        choices = tuple(self._choice(full, key, choice, scope) for key, choice in (raw.choices or {}).items())
        text = text_of(raw.text, scope, counter)
        if full == self.hub:
            ops = arrival_ops(self.raw, self.symbols, scope) + ops
            choices = lead_choices(self.raw, self.symbols, scope, full) + choices
            self._clashes(choices, raw)
        self._sound(name, raw, bool(choices))
        return Passage(
            id=full,
            scene=f"{self.raw.id}.{scene.scene}",
            episode=self.raw.id,
            place=raw.place or scene.place,
            time=text_of(raw.time or scene.time, scope),
            speakers=self._speakers(raw, scope),
            text=text,
            ops=ops,
            redirect=self._redirect(raw, full, scope),
            to=self.target(raw.to, scope),
            tunnel=scope.require_passage(raw.tunnel) if raw.tunnel else None,
            choices=choices,
            visits=self.symbols.counter("visits", full, self.raw.id),
            cycles=tuple(self.symbols.cycles.get(full, ())),
            hub=self.hub,
            board=raw.board,
            ending=self._ending(raw),
            expects=scope.condition(raw.expects) if raw.expects else None,
            summary=text_of(raw.summary, scope, counter),
            path=str(source.path),
            line=name.line + 1 if isinstance(name, Scalar) else 0,
        )

    def _clashes(self, choices: tuple[Choice, ...], raw: schema.Passage) -> None:
        for name in raw.choices or {}:
            if sum(choice.id == name for choice in choices) > 1:
                self.findings.add(
                    name, f"`{name}` is a lead too; a choice in the hub needs a name of its own"
                )

    def _sound(self, name: str, raw: schema.Passage, has_choices: bool) -> None:
        """What a passage cannot be at once."""

        def note(where: object, message: str) -> None:
            self.findings.add(where if isinstance(where, Scalar) else name, message)

        if has_choices and raw.to is not None:
            note(raw.to, "a passage with choices goes nowhere by itself; move `to` into a choice")
        if raw.ending is not None and (has_choices or raw.to is not None):
            note(raw.ending, "an ending is the end; it has no choices and no `to`")
        if raw.choices is not None and not has_choices:
            note(name, "`choices` is empty; leave it out if the passage goes on by itself")

    def _ending(self, raw: schema.Passage) -> str | None:
        if raw.ending is not None and raw.ending not in self.symbols.endings:
            hint = nearest(raw.ending, self.symbols.endings)
            self.findings.add(raw.ending, f"season.yaml has no ending `{raw.ending}`", hint=hint)
        return raw.ending

    def _speakers(self, raw: schema.Passage, scope: Scope) -> tuple[tuple[str, str], ...]:
        if isinstance(raw.speakers, dict):
            return tuple((scope.person(name), str(how)) for name, how in raw.speakers.items())
        return tuple((scope.person(name), "live") for name in names_of(raw.speakers))

    def _redirect(self, raw: schema.Passage, full: str, scope: Scope) -> tuple[Divert, ...]:
        found = self.target(raw.redirect, scope, open_ended=True) if raw.redirect else ()
        if full != self.hub:
            return found
        events = []
        for name, event in self.raw.file.events.items():
            happened = self.symbols.variables[f"event.{self.raw.id}.{name}"]
            to = scope.require_passage(event.to)
            when = all_of(Not(Test(happened, ">=", 1)), scope.condition(event.when))
            if to is not None:
                events.append(Divert(to, when, ops=(Assign(happened, 1),)))
        return (*events, *found)

    # Choices -----------------------------------------------------------------------------------

    def _choice(self, passage: str, name: str, raw: schema.Choice, scope: Scope) -> Choice:
        owner = f"{passage}.{name}"
        needs = [*names_of(raw.requires), *([raw.show] if raw.show else [])]
        known = [Test(v, ">=", 1) for v in (scope.declared("clue", clue) for clue in needs) if v is not None]
        moot = [
            Test(v, ">=", 1) for v in (scope.declared("clue", c) for c in names_of(raw.moot)) if v is not None
        ]
        once = raw.once or raw.show is not None
        took = self.symbols.counter("took", owner, self.raw.id, int(once))
        visible = all_of(
            Not(Test(took, ">=", 1)) if once else None,
            Not(All(tuple(moot))) if moot else None,
        )
        when = all_of(*known, scope.condition(raw.when) if raw.when else None)
        label, echo = self._label(name, raw, scope, owner)
        return Choice(
            id=str(name),
            text=label,
            echo=echo,
            when=when,
            visible=visible,
            locked=text_of(raw.locked, scope, ("took", owner), 0),
            then=text_of(raw.then, scope, ("took", owner), 1),
            ops=effect_ops(raw, scope),
            to=self.target(raw.to, scope),
            tunnel=scope.require_passage(raw.tunnel) if raw.tunnel else None,
            took=took,
            once=once,
            fallback=raw.fallback,
            conditional=bool(raw.when or needs or moot),
            show=str(raw.show) if raw.show else None,
            voice=scope.person(raw.voice) if raw.voice else None,
            line=name.line + 1 if isinstance(name, Scalar) else 0,
        )

    def _label(self, name: str, raw: schema.Choice, scope: Scope, owner: str) -> tuple[Text, Text | None]:
        """The label as it stands on the menu, and what of it stays in the transcript."""
        if raw.fallback:
            if raw.text is not None:
                self.findings.add(raw.text, "a fallback is taken by itself and has no `text`; write a `then`")
            return Text(()), None
        if raw.text is None:
            self.findings.add(name, "this choice has no `text`")
            return Text(()), None
        counter: Counter = ("took", owner)
        if "[" not in raw.text or not raw.text.rstrip().endswith("]"):
            return text_of(raw.text, scope, counter, 0) or Text(()), None
        before, _, inside = raw.text.rstrip().rpartition("[")
        label = _moved(before + inside[:-1], raw.text)
        return text_of(label, scope, counter, 0) or Text(()), text_of(
            _moved(before, raw.text), scope, counter, 0
        )

    # Targets -----------------------------------------------------------------------------------

    def target(
        self, written: schema.Target | None, scope: Scope, open_ended: bool = False
    ) -> tuple[Divert, ...]:
        """Where a `to` leads, first match first. `open_ended`: nothing need match."""
        if written is None:
            return ()
        if isinstance(written, str):
            found = self._one(written, None, scope)
            return (found,) if found else ()
        diverts = []
        for index, item in enumerate(written):
            last = index == len(written) - 1
            if item.when is None and not last:
                self.findings.add(
                    item.to, "what follows this is never reached; only the last divert has no `when`"
                )
            if item.when is not None and last and not open_ended:
                self.findings.add(item.to, "the last divert needs no `when`, or nothing may match")
            found = self._one(item.to, scope.condition(item.when) if item.when else None, scope)
            if found is not None:
                diverts.append(found)
        return tuple(diverts)

    def _one(self, name: str, when: Condition | None, scope: Scope) -> Divert | None:
        reserved = {"hub": self.hub, "out": f"{self.raw.id}.out" if self.out else None}
        if name in reserved:
            target = reserved[name]
            if target is None:
                self.findings.add(name, f"the episode declares no `{name}`")
                return None
            return Divert(target, when, clears=True)
        if name == "close":
            return Divert(f"{self.raw.id}.close", when, clears=True)
        if name == "return":
            return Divert(RETURN, when)
        found = scope.require_passage(name)
        return None if found is None else Divert(found, when)


def _moved(text: str, original: str) -> str:
    """`text`, a beginning of `original`, keeping its place in the file."""
    if not isinstance(original, Scalar):
        return text
    moved = Scalar(text)
    moved.source, moved.line, moved.column, moved.style = (
        original.source, original.line, original.column, original.style,
    )  # fmt: skip
    return moved
