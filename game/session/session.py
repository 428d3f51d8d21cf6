"""One player at one window: the story, the play and the saves, kept in step.

Both front ends drive this and nothing below it. Whatever it returns has been committed first, so nothing
is ever on the screen that a power cut could take back.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from game.engine import Play
from game.engine.view import View
from game.saves import Bookmark, Path, Store
from game.story import Story

from .finding import find_again
from .trail import Step, Trail, step_of
from .turns import Origin, Retraced, Turn, opening_turn, retrace, where

__all__ = ["Session", "SessionError"]


class SessionError(ValueError):
    """What was asked for cannot be done. The message says why and is meant for the player."""


class Session:
    """A play that is written down as it happens.

    Call `new`, `resume`, `load` or `go` first. `play` stands at `view`; `transcript` has every turn since
    the life began, also after a load. A choice that is not on offer raises what `Play` raises and changes
    nothing, here or in the saves.
    """

    def __init__(self, story: Story, store: Store) -> None:
        self.story = story
        self.store = store
        self.play = Play(story)
        self.transcript: list[Turn] = [opening_turn(self.play)]
        self._origin: Origin | None = None
        self._trail = Trail(store, story.title, story.edition)
        self._messages: list[str] = []
        self._taken: tuple[str, set[str]] = ("", set())

    @property
    def view(self) -> View:
        """What the reader sees now."""
        return self.play.view

    @property
    def begun(self) -> bool:
        """Whether a life has begun, or one was gone back to."""
        return bool(self._trail.steps)

    @property
    def nodes(self) -> tuple[int | None, ...]:
        """The node of every turn of the transcript; None for one that could not be written yet."""
        return tuple(step.node for step in self._trail.steps)

    @property
    def trouble(self) -> str | None:
        """Why what was played last is not in the saves, as sentences; None when all of it is."""
        self._trail.write()
        return self.store.retry() or ("The saves cannot be written." if self._trail.unwritten else None)

    # Beginning, and coming back

    def new(self) -> Turn:
        """Begin a new life at the opening of the season."""
        self._begin(Play(self.story), None)
        return self.transcript[-1]

    def live(self, moves: Iterable[str]) -> Turn:
        """Begin a new life in which these moves have been made, as far as the story takes them."""
        self._stand(retrace(self.story, None, list(moves)), None)
        return self.transcript[-1]

    def resume(self) -> Turn | None:
        """Go to where this player stopped last; None if there is no such place."""
        autos = [mark for mark in self.bookmarks() if mark.auto]
        if not autos:
            return None
        return self._load(autos[0])

    def load(self, bookmark_id: int) -> Turn:
        """Go to a bookmark. Raises SessionError if there is none with that id."""
        return self._load(self._bookmark(bookmark_id))

    def go(self, node: int) -> Turn:
        """Go to any place of any life that was played on these saves (from the map)."""
        self._enter(node, None)
        return self.transcript[-1]

    # The story is edited

    @property
    def path(self) -> Path:
        """The moves of this life and where they led, as the saves would give it. A play must have begun."""
        return self._trail.path()

    def retell(self, story: Story, path: Path | None = None) -> str | None:
        """Go on in another edition of the story, at the place `path` leads to (None: the one you are at).

        Returns what the player must hear if that is not the place any more. Raises StoryFault, and has then
        changed nothing, if the story cannot even begin.
        """
        if not self.begun:
            self.play = Play(story)
            self.story, self.transcript = story, [opening_turn(self.play)]
            self._trail.retitle(story.title, story.edition)
            return None
        path = path or self.path
        found = find_again(story, path)
        same = story.title == self.story.title and not self._trail.unwritten
        self.story = story
        self._trail.retitle(story.title, story.edition)
        self._stand(found.retraced, path if same and not found.rooted else None)
        return found.told

    # Playing

    def choose(self, offer_id: str) -> Turn:
        """Make a choice of the menu. Durable before it returns."""
        echo = next((offer.echo for offer in self.view.choices if offer.id == offer_id), "")
        self.play.choose(offer_id)
        return self._record(echo)

    def pin(self, question: str, theory: str, clues: Iterable[str]) -> Turn:
        """Pin clues to a theory. Durable before it returns; a pin that is refused raises and is no move."""
        self.play.pin(question, theory, list(clues))
        return self._record("")

    def unpin(self, question: str) -> Turn:
        """Take down what is pinned to a question. Durable before it returns."""
        self.play.unpin(question)
        return self._record("")

    def rewind(self, n: int = 1) -> Turn:
        """Go back by n turns, at most to the opening. What was played stays in the tree."""
        n = min(max(n, 0), len(self.transcript) - 1)
        if n:
            kept = self.transcript[: len(self.transcript) - n]
            moves = [turn.move for turn in kept if turn.move is not None]
            self.play = retrace(self.story, self._origin, moves).play
            self.transcript = kept
            self._trail.cut(n)
        return self.transcript[-1]

    # Bookmarks

    def save(self, name: str) -> Bookmark:
        """Put a bookmark where the player stands. Raises SessionError if the saves do not take it."""
        self._trail.write()
        node = self._trail.node
        if node is None:
            raise SessionError("This cannot be saved now: the saves cannot be written.")
        episode, place, line = self._said(self.view)
        return self.store.bookmark(name, node, episode, place, len(self.transcript) - 1, line)

    def bookmarks(self) -> list[Bookmark]:
        """All places of this story that can be gone back to: named ones and autosaves, newest first."""
        return [mark for mark in self.store.bookmarks() if mark.story == self.story.title]

    def delete(self, bookmark_id: int) -> None:
        """Remove a bookmark. The life it stood on stays in the tree."""
        self.store.delete(bookmark_id)

    def forget(self, bookmark_id: int) -> None:
        """Erase the life a bookmark stands on, for good. Ask the player first."""
        self.store.forget(bookmark_id)

    # What the player is told

    def taken_before(self, offer_id: str) -> bool:
        """Whether this choice, here, was taken in another life of this player."""
        passage = self.view.passage
        if self._taken[0] != passage:
            own = [node for node in self.nodes if node is not None]
            self._taken = (passage, self.store.taken(passage, self.story.title, own))
        return offer_id in self._taken[1]

    def closed(self) -> set[str]:
        """The episodes that some life of this player has come to the close of: the map may speak of them."""
        seen = self.store.seen(self.story.title)
        return {name for name in self.story.episodes if f"{name}.close" in seen}

    def messages(self) -> list[str]:
        """What the player must be told since last asked: trouble with the saves, an edited story."""
        told = [*self.store.messages, *self._messages, *self._trail.messages]
        self.store.messages.clear()
        self._messages.clear()
        self._trail.messages.clear()
        return told

    # Inside

    def _begin(self, play: Play, origin: Origin | None) -> None:
        self.play = play
        self._origin = origin
        self.transcript = [opening_turn(play)]
        self._trail.begin([self._step(self.transcript[0], where(play))])
        self._taken = ("", set())

    def _record(self, echo: str) -> Turn:
        turn = Turn(self.play.moves[-1], echo, self.play.view)
        self._trail.grow(self._step(turn, where(self.play)))
        self.transcript.append(turn)
        self._taken = ("", set())
        return turn

    def _bookmark(self, bookmark_id: int) -> Bookmark:
        for mark in self.bookmarks():
            if mark.id == bookmark_id:
                return mark
        raise SessionError("There is no such bookmark.")

    def _load(self, mark: Bookmark) -> Turn:
        self._enter(mark.node, mark)
        return self.transcript[-1]

    def _enter(self, node: int, mark: Bookmark | None) -> None:
        """Stand on a node of the tree, or on what the story has left of it."""
        path = self.store.path(node)
        found = find_again(self.story, path)
        self._stand(found.retraced, None if found.rooted else path, mark)
        if found.told is not None:
            self._messages.append(found.told)

    def _stand(self, retraced: Retraced, path: Path | None, mark: Bookmark | None = None) -> None:
        """Stand at the end of these turns, on the nodes of `path`; None: this is a life of its own."""
        self.play = retraced.play
        self.transcript = retraced.turns
        self._taken = ("", set())
        steps = [
            self._step(turn, opened) for turn, opened in zip(retraced.turns, retraced.opened, strict=True)
        ]
        self._origin = steps[0].opening
        if path is None:
            self._trail.begin(steps)
            return
        for step, node in zip(steps, path.nodes, strict=False):
            step.node = node
        self._trail.adopt(steps, mark, whole=len(steps) == len(path.nodes))
        self._trail.renew(path.passages)

    def _step(self, turn: Turn, opening: Origin | None) -> Step:
        return step_of(turn, opening, self._said(turn.view))

    def _said(self, view: View) -> tuple[str, str, str]:
        """What a bookmark here says of itself: episode, place, and a line of what was happening."""
        said = view.paragraphs if view.softened is None else view.softened  # a list of saves passes over
        last = said[-1] if said else ""
        line = textwrap.shorten(last.replace("*", ""), 72, placeholder=" …")
        place = self.story.places.get(view.place)
        return view.episode, place.name if place else view.place, line
