"""The map: every decision of every life as one tree, as data.

It is built from the nodes of the saves without playing a single move, so that it opens at once after thirty
seasons. What it knows beyond the nodes is read off the story (labels, turns), and what was not taken from
what the saves say was on offer. `game.session.rows` makes the lines of a screen of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from game.engine.view import View
from game.saves import TreeNode
from game.story import Story

from .wording import Forks, Taken, Wording

if TYPE_CHECKING:
    from .session import Session

__all__ = ["HINTS", "Atlas", "Spot", "Stub", "atlas_of"]

HINTS = ("nothing", "another", "labels")
"""How much the map says of ways that no life has taken; `another` unless the player asks for more or less."""


class Spot(msgspec.Struct, gc=False):
    """A place a life has come to, by the move that led there (empty where a life begins).

    `life` numbers the lives in the order they parted from another: whoever plays on from the end of one is
    still in it. `mine` says that the way to where the player is goes through here. `children` are in the
    order in which they were first played, `below` is how many spots there are from here on, this one
    included, and `number` how many moves led here.
    """

    node: int
    parent: int | None
    move: str
    passage: str
    episode: str
    when: str
    offered: tuple[str, ...]
    children: tuple[int, ...] = ()
    life: int = 0
    number: int = 0
    below: int = 1
    mine: bool = False


class Stub(msgspec.Struct, frozen=True):
    """A way that no life has taken. `locked` is what kept it shut, or None."""

    choice: str
    label: str
    locked: str | None = None


class Atlas:
    """All spots by node, and what is known of each.

    `here` is where the player is, `roots` where lives begin. `closed` are the episodes that some life has
    come to the close of; of the others nothing is said that the player has not done. `marks` are the names
    of bookmarks by node.
    """

    def __init__(
        self,
        story: Story,
        nodes: Sequence[TreeNode],
        here: int | None = None,
        closed: Collection[str] = (),
        marks: Mapping[int, Sequence[str]] | None = None,
        views: Mapping[int, View] | None = None,
    ) -> None:
        """`views` are those of the player's own way, as far as they are known: they say what was locked."""
        self.story = story
        self.words = Wording(story)
        self.closed = frozenset(closed)
        self.marks = marks or {}
        self._views = views or {}
        self._forks = Forks(story)
        self.spots: dict[int, Spot] = {
            n.id: Spot(n.id, n.parent, n.move, n.passage, n.episode, n.when, n.offered) for n in nodes
        }
        self.here = here if here in self.spots else None
        self.roots = self._grow()
        self._number()
        for spot in self.way(self.here):
            spot.mine = True

    # The tree ----------------------------------------------------------------------------------

    def _grow(self) -> tuple[int, ...]:
        """Give every spot its children; returns the roots."""
        below: dict[int, list[int]] = {}
        roots = []
        for spot in self.spots.values():
            if spot.parent is None or spot.parent not in self.spots:
                spot.parent = None
                roots.append(spot.node)
            else:
                below.setdefault(spot.parent, []).append(spot.node)
        for node, children in below.items():
            self.spots[node].children = tuple(children)
        return tuple(roots)

    def _number(self) -> None:
        """Number moves and lives, and count what is below each spot."""
        spots = self.spots
        order = []
        begun = [spots[root] for root in self.roots]
        todo = [spots[root] for root in reversed(self.roots)]
        while todo:
            spot = todo.pop()
            order.append(spot)
            for index, child in enumerate(spot.children):
                after = spots[child]
                after.number = spot.number + 1
                if index:
                    begun.append(after)
                todo.append(after)
        begun.sort(key=lambda spot: (spot.when, spot.number))
        for number, spot in enumerate(begun, 1):
            spot.life = number
        for spot in order:
            if spot.life == 0 and spot.parent is not None:
                spot.life = spots[spot.parent].life
        for spot in reversed(order):
            if spot.parent is not None:
                spots[spot.parent].below += spot.below

    def way(self, node: int | None) -> list[Spot]:
        """The spots from a root to a node, both included; empty for None."""
        found = []
        while node is not None:
            spot = self.spots[node]
            found.append(spot)
            node = spot.parent
        return found[::-1]

    def onward(self, spot: Spot) -> int | None:
        """The child that continues a spot: the player's own way if it goes on, or the first played."""
        for child in spot.children:
            if self.spots[child].mine:
                return child
        return spot.children[0] if spot.children else None

    def lives(self) -> list[Spot]:
        """Where each life has come to last, in the order of their numbers."""
        ends: dict[int, Spot] = {}
        for spot in self.spots.values():
            best = ends.get(spot.life)
            if best is None or spot.number > best.number:
                ends[spot.life] = spot
        return [ends[life] for life in sorted(ends)]

    def life(self, number: int) -> Spot | None:
        """Where the life of that number has come to last; None if there is none."""
        lives = self.lives()
        return lives[number - 1] if 1 <= number <= len(lives) else None

    def entries(self, episode: str) -> list[Spot]:
        """The spots where lives come into an episode, those of the player's own way first."""
        found = [
            spot
            for spot in self.spots.values()
            if spot.episode == episode and (spot.parent is None or self.spots[spot.parent].episode != episode)
        ]
        return sorted(found, key=lambda spot: (not spot.mine, spot.life))

    def episodes(self) -> list[str]:
        """The episodes that any life has come to, in the story's order."""
        there = {spot.episode for spot in self.spots.values()}
        known = [name for name in self.story.episodes if name in there]
        return known + sorted(there.difference(known))

    # What is known of a spot -------------------------------------------------------------------

    def label(self, spot: Spot) -> str:
        """What was done to come here, in words."""
        return self.words.label(spot.move) if spot.move else "The beginning"

    def turns(self, spot: Spot) -> tuple[Taken, ...]:
        """The turns of the season that were taken by the move that led here."""
        return self._forks.taken(spot.move) if spot.move else ()

    def opens(self, spot: Spot) -> bool:
        """Whether an episode begins here."""
        return spot.parent is None or self.spots[spot.parent].episode != spot.episode

    def stubs(self, spot: Spot, hints: str = "another") -> tuple[Stub, ...]:
        """The ways that no life has taken from here, as far as `hints` (one of HINTS) lets them be told.

        None where nobody has chosen yet, and none in an episode that is sealed. What was locked is told
        with `labels` only, and only of the player's own way: of others the saves keep what was open.
        """
        if hints == "nothing" or not spot.children or spot.episode not in self.closed:
            return ()
        taken = {self.spots[child].move.rpartition("/")[2] for child in spot.children}
        view = self._views.get(spot.node) if hints == "labels" else None
        if view is not None:
            return tuple(
                Stub(offer.id, offer.text, offer.locked) for offer in view.choices if offer.id not in taken
            )
        return tuple(
            Stub(choice, self.words.label(f"{spot.passage}/{choice}"))
            for choice in spot.offered
            if choice not in taken
        )

    # Search ------------------------------------------------------------------------------------

    def find(self, words: str) -> Iterator[Spot]:
        """The spots that have every one of these words about them, in any case, in the order played.

        About a spot are its label, its place, its episode, its turns, and its bookmarks.
        """
        sought = words.casefold().split()
        known: dict[tuple[str, str, str], str] = {}
        for spot in self.spots.values():
            key = (spot.move, spot.passage, spot.episode)
            text = known.get(key)
            if text is None:
                text = known[key] = self._about(spot)
            if marks := self.marks.get(spot.node):
                text = " ".join([text, *marks]).casefold()
            if sought and all(word in text for word in sought):
                yield spot

    def _about(self, spot: Spot) -> str:
        turns = [f"{turn.title} {turn.told}" for turn in self.turns(spot)]
        words = self.words
        said = [words.label(spot.move), words.place(spot.passage), words.episode(spot.episode), *turns]
        return " ".join(said).casefold()


def atlas_of(session: Session) -> Atlas:
    """The map of the player of a session, as it is now."""
    nodes = session.nodes
    views = {
        node: turn.view for node, turn in zip(nodes, session.transcript, strict=True) if node is not None
    }
    here = next((node for node in reversed(nodes) if node is not None), None)
    return Atlas(
        session.story,
        session.store.tree(session.story.title),
        here,
        session.closed(),
        _marks(session),
        views,
    )


def _marks(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for mark in session.bookmarks():
        if not mark.auto:
            found.setdefault(mark.node, []).append(mark.name)
    return found
