"""Numbers for what can be done, which no edit ever changes: what share codes count with.

`scenes/eNN/ordinals.txt` lists, for every passage, the choices it has ever had, in the order in which they
were first seen, and the same for what can be done on the Board. `igh ordinals --write` only ever adds lines
at its end, so a number that a code in somebody's pocket relies on means tomorrow what it means today. A
choice that was removed keeps its number, and one that was renamed (`was:`) is found under its old name.

A line is a key and its items:

    generation 2
    e01.office.desk * roof! sleep read?   what can be done in a passage; `*`: a move on the Board
    board/ coleman_fall                   the questions of the episode
    board/coleman_fall= jumped landed     the theories of a question
    board/coleman_fall: thump wrist       the clues that can be pinned to it

`!` marks a choice that could be taken once only when it was first seen, `?` one that was not always open: so
a code can spend fewer characters on what is likely. A key that gains items later gets another line under a
newer `generation`. A code says with which one it was made, so that it can be read as things stood then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from .model import Episode, Passage
from .story import Story

__all__ = ["BOARD", "FILE", "BadOrdinals", "Item", "Ordinals"]

FILE = "ordinals.txt"
BOARD = "*"
"""The item that stands for a move on the Board, among the choices of a passage."""

_HEAD = """\
# What share codes count with. `igh ordinals --write` adds lines at the end; nothing here is ever edited,
# moved or removed, or every code made before would lead somewhere else. game/story/ordinals.py says more.
"""


class BadOrdinals(ValueError):
    """An ordinals file that `igh ordinals --write` did not write so. The text names file and line."""


class Item(msgspec.Struct, frozen=True):
    """Something that can be done, as it was when it was first seen, under the name it has today."""

    name: str
    once: bool = False
    conditional: bool = False

    @property
    def written(self) -> str:
        """As it stands in the file."""
        return self.name + "!" * self.once + "?" * self.conditional


class Ordinals:
    """The ordinals of a story, what is not written yet included.

    `generation` is the newest one: that of `pending`, if there is any. `pending` has, for each episode, the
    keys and items that its file lacks.
    """

    def __init__(self, story: Story) -> None:
        """Raises BadOrdinals."""
        self._story = story
        self._entries: dict[str, list[tuple[int, Item]]] = {}
        self.generation = 0
        for episode in story.written:
            self._read(episode)
        self.pending: dict[str, dict[str, list[Item]]] = {}
        for episode in story.written:
            lacking = {key: items for key, items in self._lacking(episode) if items}
            if lacking:
                self.pending[episode] = lacking
        if self.pending:
            self.generation += 1
            for lacking in self.pending.values():
                for key, items in lacking.items():
                    self._entries.setdefault(key, []).extend((self.generation, item) for item in items)

    def of(self, key: str, generation: int | None = None) -> list[Item]:
        """The items of a key in their order, as they were in that generation and as they are called today.

        An item that the story no longer has is among them. Empty for a key that is younger.
        """
        limit = self.generation if generation is None else generation
        return [item for made, item in self._entries.get(key, ()) if made <= limit]

    def questions(self, episode: str, generation: int) -> list[str]:
        """The questions of an episode, as `of` has items."""
        return [item.name for item in self.of(f"board/{episode}", generation)]

    def write(self) -> list[Path]:
        """Add what is pending to the files; returns those that grew. Raises OSError."""
        grown = []
        for episode, lacking in self.pending.items():
            path = self._path(episode)
            text = path.read_text("utf-8") if path.is_file() else _HEAD
            lines = [f"generation {self.generation}"]
            for key, items in lacking.items():
                key = "board/" if key == f"board/{episode}" else key
                lines.append(f"{key} {' '.join(item.written for item in items)}")
            path.write_text("\n".join([text.rstrip("\n"), *lines, ""]), "utf-8")
            grown.append(path)
        self.pending = {}
        return grown

    # Reading -----------------------------------------------------------------------------------

    def _path(self, episode: str) -> Path:
        return self._story.folder / episode / FILE

    def _read(self, episode: str) -> None:
        path = self._path(episode)
        if not path.is_file():
            return
        generation = 0
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "generation":
                generation = self._next(words, generation, f"{path}:{number}")
                continue
            if generation == 0 or len(words) < 2:
                raise BadOrdinals(f"{path}:{number}: a key with its items was expected under a generation")
            key = f"board/{episode}" if words[0] == "board/" else words[0]
            for word in words[1:]:
                name = word.rstrip("!?")
                today, name = self._today(key, name)
                item = Item(name, "!" in word, "?" in word)
                self._entries.setdefault(today, []).append((generation, item))
        self.generation = max(self.generation, generation)

    @staticmethod
    def _next(words: list[str], before: int, where: str) -> int:
        if len(words) != 2 or not words[1].isdecimal() or int(words[1]) <= before:
            raise BadOrdinals(f"{where}: a generation is a number larger than the one before ({before})")
        return int(words[1])

    def _today(self, key: str, item: str) -> tuple[str, str]:
        """A key and an item as they are called now, `was:` followed."""
        if key.startswith("board/"):
            if not key.endswith(":"):
                return key, item
            move = self._story.rename_move(f"{key[:-1]}=_:{item}")
            return key, move.rpartition(":")[2]
        passage, _, choice = self._story.rename_move(f"{key}/{item}").partition("/")
        return passage, item if item == BOARD else choice

    # What the story has ------------------------------------------------------------------------

    def _lacking(self, name: str) -> Iterator[tuple[str, list[Item]]]:
        episode = self._story.episodes[name]
        for passage in self._story.passages.values():
            if passage.episode == name:
                yield passage.id, self._new(passage.id, _doable(passage, episode))
        yield f"board/{name}", self._new(f"board/{name}", _items(episode.questions))
        for question in episode.questions.values():
            for key, names in (("=", question.theories), (":", question.pins)):
                yield f"board/{question.id}{key}", self._new(f"board/{question.id}{key}", _items(names))

    def _new(self, key: str, items: list[Item]) -> list[Item]:
        known = {item.name for item in self.of(key)}
        return [item for item in items if item.name not in known]


def _items(names: Iterable[str]) -> list[Item]:
    return [Item(str(name)) for name in names]


def _doable(passage: Passage, episode: Episode) -> list[Item]:
    """What a player can do in a passage: a fallback is taken by itself and needs no number."""
    leads = episode.leads if passage.id == episode.hub else {}
    choices = [
        Item(str(choice.id), choice.once or choice.id in leads, choice.when is not None)
        for choice in passage.choices
        if not choice.fallback
    ]
    return [Item(BOARD), *choices] if passage.board else choices
