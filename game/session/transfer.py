"""Lives from elsewhere, in a file or as a code: taking one in, and replaying one without taking it in.

Both are somebody else's text. It is read safely; then every move in it is made on the story, and only what
the story itself says of those moves is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from game.engine import StoryFault
from game.saves import BadImport, Bookmark, Life, Opening, Store
from game.saves.exchange import read_life, write_life
from game.story import Story

from .coding import NotAText, from_text
from .share import Shared, read_code
from .turns import Turn, retrace

__all__ = ["is_code", "parting_note", "replay_code", "replay_file", "take_in", "take_in_code"]

_LONGEST_CODE = 1_000


def take_in(story: Story, store: Store, text: str | bytes) -> Bookmark:
    """Import a life as a bookmark. Raises BadImport, and has then changed nothing."""
    turns: list[Turn] = []

    def verify(life: Life) -> Life:
        checked, turns[:] = _checked(story, life)
        return checked

    mark = store.import_(text, verify)
    _offers(story, store, mark, turns)
    return mark


def take_in_code(
    story: Story, store: Store, code: str, name: str = "from a code"
) -> tuple[Bookmark, str | None]:
    """Import the life in a code as a bookmark; with what the player must be told. Raises BadCode.

    If it raises, nothing has changed.
    """
    shared = read_code(story, code)
    found = retrace(story, None, shared.moves)
    opening = found.opened[0]
    assert opening is not None
    passages = tuple(turn.view.passage for turn in found.turns[1:])
    first = Opening(0, *opening)
    life = Life(story.title, story.edition, name, "", "", "", (first,), shared.moves, passages)
    return take_in(story, store, write_life(life)), parting_note(story, shared)


def replay_file(story: Story, text: str | bytes) -> list[Turn]:
    """The turns of the life in a file. Raises BadImport."""
    try:
        return _checked(story, read_life(text))[1]
    except BadImport:
        raise
    except ValueError as problem:
        raise BadImport(f"This file does not fit the story: {problem}") from problem


def replay_code(story: Story, code: str) -> tuple[list[Turn], str | None]:
    """The turns of the life in a code, with what the player must be told. Raises BadCode."""
    shared = read_code(story, code)
    return retrace(story, None, shared.moves).turns, parting_note(story, shared)


def parting_note(story: Story, shared: Shared) -> str | None:
    """A sentence for a code whose life is not quite the same any more; None if it is."""
    if shared.parts is None:
        return None
    title = story.episodes[shared.parts].title
    return (
        "The story has been edited since this code was made. All of its choices are in it, but from the "
        f"opening of {title!r} on it is not quite the same."
    )


def is_code(text: str | bytes) -> bool:
    """Whether a text is a code, of this story or another, with its checksum right."""
    try:
        typed = text.decode() if isinstance(text, bytes) else text
        return len(typed) <= _LONGEST_CODE and from_text(typed) > 0
    except (UnicodeError, NotAText):
        return False


def _offers(story: Story, store: Store, mark: Bookmark, turns: Sequence[Turn]) -> None:
    """Write down what was on offer on the way, which a file does not say: the map asks for it."""
    offers = [tuple(str(offer.id) for offer in turn.view.choices if offer.locked is None) for turn in turns]
    nodes = zip(store.path(mark.node).nodes, turns, offers, strict=True)
    store.renew([(node, str(turn.view.passage), offered) for node, turn, offered in nodes], story.edition)


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
