"""The moves of this life, and the nodes they are written under.

Every step is written before it is shown. When it cannot be (a full disk, a locked file), the step stays
here without a node and is written, in order, as soon as the store takes it again: a broken store must
never cost the player the evening.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from game.saves import Bookmark, Opening, Path, Store

from .turns import Origin, Turn

__all__ = ["Step", "Trail", "step_of"]


class Step(msgspec.Struct):
    """One move as the saves keep it. `node` is None as long as it is not written.

    `offered` are the ids on offer after the move, `opening` a snapshot if the move opened an episode,
    `said` what the autosave says of itself there: episode, place and a line.
    """

    move: str | None
    passage: str
    offered: tuple[str, ...]
    opening: Origin | None
    said: tuple[str, str, str]
    node: int | None = None


def step_of(turn: Turn, opening: Origin | None, said: tuple[str, str, str], node: int | None = None) -> Step:
    """The step that `turn` is kept as."""
    view = turn.view
    offered = tuple(str(offer.id) for offer in view.choices if offer.locked is None)
    return Step(turn.move, str(view.passage), offered, opening, said, node)


class Trail:
    """The steps from the root of this life to where the player stands."""

    def __init__(self, store: Store, title: str, edition: str) -> None:
        self._store = store
        self._title = title
        self._edition = edition
        self._in_trouble = False
        self._written = 0
        self.steps: list[Step] = []
        self.messages: list[str] = []

    @property
    def node(self) -> int | None:
        """The node the player stands on, if it is written."""
        return self.steps[-1].node if self.steps else None

    @property
    def unwritten(self) -> int:
        """How many steps are not in the saves yet."""
        return len(self.steps) - self._written

    def path(self) -> Path:
        """The steps as the saves give them; the node of one that is not written is 0. There must be one."""
        openings = [Opening(at, *step.opening) for at, step in enumerate(self.steps) if step.opening]
        return Path(
            story=self._title,
            edition=self._edition,
            episode=openings[0].episode,
            snapshot=openings[0].snapshot,
            moves=tuple(step.move for step in self.steps if step.move is not None),
            nodes=tuple(step.node or 0 for step in self.steps),
            passages=tuple(step.passage for step in self.steps),
            openings=tuple(openings),
        )

    def retitle(self, title: str, edition: str) -> None:
        """What is written from now on belongs to another edition of the story."""
        self._title, self._edition = title, edition

    def begin(self, steps: Sequence[Step]) -> None:
        """Start a life at steps[0], an opening, and write all of them."""
        self.steps = list(steps)
        self._written = 0
        self.write()

    def adopt(self, steps: Sequence[Step], mark: Bookmark | None, *, whole: bool) -> None:
        """Stand on steps that are in the store already, coming from `mark` if there is one.

        `whole` says that they reach as far as the mark does.
        """
        self.steps = list(steps)
        self._written = len(self.steps)
        if mark is not None:
            self._guarded(lambda: self._resume(mark))
        if mark is None or not whole:
            self._guarded(self._move)

    def renew(self, passages: Sequence[str]) -> None:
        """Write down which of the steps lead to other passages than these, where the saves had them."""
        moved = [
            (step.node, step.passage, step.offered)
            for step, before in zip(self.steps, passages, strict=False)
            if step.node is not None and step.passage != before
        ]
        if moved:
            self._guarded(lambda: self._store.renew(moved, self._edition))

    def grow(self, step: Step) -> None:
        """Add one step and write it, and whatever could not be written before it."""
        self.steps.append(step)
        self.write()

    def cut(self, count: int) -> None:
        """Go back by `count` steps; the nodes stay in the store."""
        del self.steps[len(self.steps) - count :]
        self._written = min(self._written, len(self.steps))
        self.write()
        if self.node is not None:
            self._guarded(self._move)

    def write(self) -> bool:
        """Write every step that has no node yet, in order. True if nothing is left unwritten."""
        if self.unwritten:
            self._guarded(self._write_all)
        return not self.unwritten

    def _resume(self, mark: Bookmark) -> None:
        self._store.resume(mark)

    def _write_all(self) -> None:
        for index in range(self._written, len(self.steps)):
            step = self.steps[index]
            self._store.describe(*step.said[:2], index, step.said[2])
            step.node = (
                self._write_root(step) if index == 0 else self._write_step(self.steps[index - 1], step)
            )
            self._written = index + 1

    def _write_root(self, step: Step) -> int:
        if step.opening is None:
            raise ValueError("a life begins with an opening")
        root = self._store.root(self._title, self._edition, *step.opening, step.passage, step.offered)
        self._store.begin(root)
        return root

    def _write_step(self, above: Step, step: Step) -> int:
        assert step.move is not None
        assert above.node is not None
        return self._store.add(above.node, step.move, step.passage, step.offered, self._edition, step.opening)

    def _move(self) -> None:
        last = self.steps[-1]
        assert last.node is not None
        self._store.describe(*last.said[:2], len(self.steps) - 1, last.said[2])
        self._store.move(last.node)

    def _guarded(self, work: Callable[[], None]) -> None:
        """Run `work`; a store that fails is told to the player once, and again when it is well."""
        try:
            work()
        except Exception as problem:  # whatever the store dies of, the story in the window must live
            if not self._in_trouble:
                self.messages.append(
                    f"This could not be saved ({problem}). The game goes on and will save it as soon as it "
                    "can. Until it says so, keep this window open."
                )
            self._in_trouble = True
        else:
            if self._in_trouble:
                self.messages.append("Everything is saved again.")
            self._in_trouble = False
