"""What lies on the desk while the game is open: the saves, the story, and the session over both.

The title has to be up before any of it is read, so each is fetched in its own step: the saves first (they
say what Continue would continue), the story in a thread.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.tui.preferences import Preferences

if TYPE_CHECKING:
    from game.saves import Bookmark, Store
    from game.session import Session
    from game.story import Story
    from game.tui.widgets.blocks import Person

__all__ = ["Desk"]


class Desk:
    """The saves, the story and the session, as far as they are there yet."""

    def __init__(self, scenes: Path | None = None, saves: Path | None = None) -> None:
        self._scenes = scenes
        self._saves = saves
        self._session: Session | None = None
        self._people: dict[str, Person] | None = None
        self.store: Store | None = None
        self.story: Story | None = None
        self.preferences = Preferences()

    # -- fetching ---------------------------------------------------------------------------------------

    def open_saves(self) -> None:
        """Opens the saves. Raises what `Store.open` raises: for saves of a newer game, `StoreTooNew`."""
        from game.saves import Store

        self.store = Store.open(self._saves)
        self.preferences.keep_in(self.store.settings)

    def read_story(self) -> Story:
        """Reads the season; safe in a thread. Raises `StoryError`."""
        from game.story import Story

        return Story.load(self._scenes)

    def sit_down(self, story: Story) -> None:
        """Brings the two together. Call it where the saves were opened."""
        from game.session import Session

        assert self.store is not None
        self.use_story(story)
        self._session = Session(story, self.store)

    def use_story(self, story: Story) -> None:
        """From now on this is the story, with its people."""
        self.story, self._people = story, None

    def close(self) -> None:
        """Lets go of the saves."""
        if self.store is not None:
            self.store.close()
            self.store = None

    # -- asking -----------------------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether there is something to play."""
        return self._session is not None

    @property
    def session(self) -> Session:
        """The session. Only once `ready`."""
        assert self._session is not None
        return self._session

    @property
    def latest(self) -> Bookmark | None:
        """The autosave that Continue goes on from."""
        if self.store is None:
            return None
        autos = [mark for mark in self.store.bookmarks() if mark.auto]
        return max(autos, key=lambda mark: mark.when, default=None)

    @property
    def people(self) -> dict[str, Person]:
        """Everybody with a voice, by id."""
        from game.tui.widgets.blocks import Person

        if self._people is None and self.story is not None:
            known = self.story.people
            self._people = {id: Person(known[id].short or known[id].name, known[id].color) for id in known}
        return self._people or {}

    def episode(self, id: str) -> str:
        """An episode as a reader knows it: number and title, or its number if the story is not read yet."""
        digits = id.lstrip("abcdefghijklmnopqrstuvwxyz_")
        number = digits.lstrip("0") or digits
        if self.story is not None and id in self.story.episodes:
            return f"{number} · {self.story.episodes[id].title}" if number else self.story.episodes[id].title
        return f"Episode {number}" if number else id

    def place(self, id: str) -> str:
        """A place's name; what has none is called by its id."""
        place = self.story.places.get(id) if self.story is not None else None
        return place.name if place is not None else id

    def messages(self) -> list[str]:
        """What the player must be told, once."""
        if self._session is not None:
            return self._session.messages()
        if self.store is not None and self.store.messages:
            told = list(self.store.messages)
            self.store.messages.clear()
            return told
        return []
