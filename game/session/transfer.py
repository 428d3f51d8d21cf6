"""Lives in files: taking one in, and replaying one without taking it in.

A file is somebody else's text. The saves read it safely; here every move in it is made on the story, and
only what the story itself says of those moves is kept.
"""

from __future__ import annotations

import msgspec

from game.engine import StoryFault
from game.saves import BadImport, Bookmark, Life, Opening, Store
from game.saves.exchange import read_life
from game.story import Story

from .turns import Turn, retrace

__all__ = ["replay_file", "take_in"]


def take_in(story: Story, store: Store, text: str | bytes) -> Bookmark:
    """Import a life as a bookmark. Raises BadImport, and has then changed nothing."""
    return store.import_(text, lambda life: _checked(story, life)[0])


def replay_file(story: Story, text: str | bytes) -> list[Turn]:
    """The turns of the life in a file. Raises BadImport."""
    try:
        return _checked(story, read_life(text))[1]
    except BadImport:
        raise
    except ValueError as problem:
        raise BadImport(f"This file does not fit the story: {problem}") from problem


def _checked(story: Story, life: Life) -> tuple[Life, list[Turn]]:
    """The life as the story has it, and its turns. Raises ValueError if a move in it does not fit."""
    if life.story != story.title:
        raise ValueError(f"it belongs to another story, {life.story!r}.")
    moves = [story.rename_move(move) for move in life.moves]
    first = life.openings[0]
    try:
        found = retrace(story, (first.episode, first.snapshot), moves)
    except StoryFault as problem:
        raise ValueError(str(problem)) from problem
    if found.refused is not None:
        raise ValueError(f"move {len(found.turns)} of {len(moves)} cannot be made. {found.refused}")
    last = found.turns[-1].view
    place = story.places.get(last.place)
    openings = tuple(Opening(at, *origin) for at, origin in enumerate(found.opened) if origin is not None)
    checked = msgspec.structs.replace(
        life,
        edition=story.edition,
        episode=last.episode,
        place=place.name if place else last.place,
        openings=openings,
        moves=tuple(moves),
        passages=tuple(turn.view.passage for turn in found.turns[1:]),
    )
    return checked, found.turns
