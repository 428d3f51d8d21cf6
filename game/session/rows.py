"""The lines of the map: long straight runs folded, other lives as one line each until they are opened.

The player's own way goes straight down and is never hidden. Whatever parts from it stands one step further
in, under the spot where it parts. A line is data; a front end adds only signs and colors.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import msgspec

from .atlas import Atlas, Spot
from .wording import Taken

__all__ = ["FOLD", "Row", "found_rows", "map_rows"]

FOLD = 3
"""A straight run of at least so many spots is one line."""

RowKind = Literal["episode", "spot", "run", "branch", "stub"]


class Row(msgspec.Struct, frozen=True):
    """One line of the map.

    `node` is where Enter goes: for a run its last spot, for a stub the spot that offers it. `head` is what
    to give to `map_rows` as `opened` to unfold a run or a branch. `label` is what was done (for an episode
    its name). `count` is how many moves a run or a branch holds, `stubs` how many ways not taken it has or
    hides, and `locked` what kept a stub shut. `open`: a run or branch that is unfolded; its spots follow.
    """

    kind: RowKind
    node: int
    head: int
    depth: int
    label: str
    place: str = ""
    episode: str = ""
    life: int = 0
    number: int = 0
    count: int = 1
    stubs: int = 0
    turns: tuple[Taken, ...] = ()
    marks: tuple[str, ...] = ()
    mine: bool = False
    here: bool = False
    open: bool = False
    locked: str | None = None


def map_rows(
    atlas: Atlas, opened: Collection[int] = (), hints: str = "another", episode: str | None = None
) -> list[Row]:
    """The map from the beginning, or one episode of it. `opened` are the heads of what is unfolded."""
    return _Drawing(atlas, opened, hints, episode).rows()


def found_rows(atlas: Atlas, words: str, most: int = 500) -> list[Row]:
    """The spots that a search finds, one line each, at most so many."""
    rows: list[Row] = []
    for spot in atlas.find(words):
        if len(rows) == most:
            break
        rows.append(_row(atlas, spot, "spot", 0))
    return rows


def _row(atlas: Atlas, spot: Spot, kind: RowKind, depth: int) -> Row:
    return Row(
        kind,
        spot.node,
        spot.node,
        depth,
        atlas.label(spot),
        atlas.words.place(spot.passage),
        spot.episode,
        spot.life,
        spot.number,
        turns=atlas.turns(spot),
        marks=tuple(atlas.marks.get(spot.node, ())),
        mine=spot.mine,
        here=spot.node == atlas.here,
    )


class _Drawing:
    """One pass over the tree, without recursion: a season is deeper than Python's stack."""

    def __init__(self, atlas: Atlas, opened: Collection[int], hints: str, episode: str | None) -> None:
        self.atlas, self.opened, self.hints, self.episode = atlas, frozenset(opened), hints, episode
        self.found: list[Row] = []
        self._todo: list[tuple[Spot, int, bool]] = []

    def rows(self) -> list[Row]:
        """All of them."""
        if self.episode is None:
            roots = [self.atlas.spots[root] for root in self.atlas.roots]
            heads = sorted(roots, key=lambda spot: (not spot.mine, spot.life))
        else:
            heads = self.atlas.entries(self.episode)
        for index, head in enumerate(heads):
            self._todo.append((head, 0, index > 0 and not head.mine))
            while self._todo:
                self._draw(*self._todo.pop())
        return self.found

    def _draw(self, spot: Spot, depth: int, parting: bool) -> None:
        """What begins at a spot: a way that parts from another, a run, or the spot itself.

        What comes after it waits on the stack: first what parts from it, then the rest of the line.
        """
        if parting:
            row = _row(self.atlas, spot, "branch", depth)
            unfolded = spot.node in self.opened
            self._add(row, count=self._count(spot), open=unfolded)
            if not unfolded:
                return
            depth += 1
            run = [spot]
        else:
            run = self._run(spot)
            self._line(run, depth)
        last = run[-1]
        onward = self.atlas.onward(last)
        after = [self.atlas.spots[child] for child in last.children]
        after = [each for each in after if self._inside(each)]
        self._todo += [(each, depth, False) for each in after if each.node == onward]
        self._todo += [(each, depth + 1, True) for each in reversed(after) if each.node != onward]

    def _line(self, run: list[Spot], depth: int) -> None:
        if len(run) < FOLD:
            for each in run:
                self._spot(each, depth)
            return
        stubs = sum(len(self.atlas.stubs(each, self.hints)) for each in run)
        row = _row(self.atlas, run[0], "run", depth)
        unfolded = run[0].node in self.opened
        self._add(row, node=run[-1].node, count=len(run), stubs=stubs, open=unfolded)
        if unfolded:
            for each in run:
                self._spot(each, depth + 1)

    def _spot(self, spot: Spot, depth: int) -> None:
        stubs = () if spot.node == self.atlas.here else self.atlas.stubs(spot, self.hints)
        if self.atlas.opens(spot):
            name = self.atlas.words.episode(spot.episode)
            self._add(_row(self.atlas, spot, "episode", depth), label=name, stubs=len(stubs))
        else:
            self._add(_row(self.atlas, spot, "spot", depth), stubs=len(stubs))
        if stubs and self.hints == "labels":
            for stub in stubs:
                self._stub(spot, depth + 1, stub.label, 1, stub.locked)
        elif stubs:
            self._stub(spot, depth + 1, "another way", len(stubs), None)

    def _stub(self, spot: Spot, depth: int, label: str, count: int, locked: str | None) -> None:
        row = Row("stub", spot.node, spot.node, depth, label, episode=spot.episode, life=spot.life)
        self._add(row, number=spot.number, count=count, locked=locked)

    def _add(self, row: Row, **changes: object) -> None:
        self.found.append(msgspec.structs.replace(row, **changes))

    # Shapes ------------------------------------------------------------------------------------

    def _inside(self, spot: Spot) -> bool:
        return self.episode is None or spot.episode == self.episode

    def _run(self, spot: Spot) -> list[Spot]:
        """The spots from here on that nothing sets apart, or this one alone."""
        run = [spot]
        while self._is_plain(run[-1]):
            after = self.atlas.spots[run[-1].children[0]]
            if not self._is_plain(after):
                break
            run.append(after)
        return run

    def _is_plain(self, spot: Spot) -> bool:
        """Whether a spot can be folded: one way on, no turn, no bookmark, no opening, nobody there."""
        atlas = self.atlas
        return (
            len(spot.children) == 1
            and spot.node != atlas.here
            and spot.node not in atlas.marks
            and not atlas.turns(spot)
            and not atlas.opens(spot)
            and self._inside(atlas.spots[spot.children[0]])
        )

    def _count(self, spot: Spot) -> int:
        """How many moves there are from here on, as far as they are on this map."""
        if self.episode is None:
            return spot.below
        count, todo = 0, [spot]
        while todo:
            each = todo.pop()
            count += 1
            below = (self.atlas.spots[child] for child in each.children)
            todo += [child for child in below if self._inside(child)]
        return count
