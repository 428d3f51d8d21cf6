"""A saved place, found again in a story that may have been edited since.

Ids that were renamed are followed (`was:`). Where the path no longer goes through, the choice is between
two kinds of loss, and the smaller one is taken: from the opening of the latest episode the path had
reached past the break, with the state kept there; or, if it broke in its last episode, the last place
that still exists.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from game.engine import StoryFault
from game.saves import Path
from game.story import Story

from .turns import Origin, Retraced, retrace

__all__ = ["Found", "find_again"]


BEYOND = "The story has been edited too much since you were here: you are at its beginning."


class Found(msgspec.Struct, frozen=True):
    """Where a saved path leads now.

    `rooted` says that it begins somewhere else than the saved path did, so its nodes are not the saved
    ones. `told` is what the player must hear, or None when the path is as it was.
    """

    retraced: Retraced
    rooted: bool = False
    told: str | None = None


def find_again(story: Story, path: Path) -> Found:
    """The place that a saved path led to, or the nearest that is left of it.

    Never raises: at worst it is the opening of the season.
    """
    moves = [story.rename_move(move) for move in path.moves]
    whole = _try(story, (path.episode, path.snapshot), moves)
    if whole is not None and whole.refused is None:
        return Found(whole, told=_told_moved(story, whole, path))
    reached = len(whole.turns) - 1 if whole is not None else -1
    for opening in reversed(path.openings):
        if opening.at <= max(reached, 0):
            break
        part = _try(story, (opening.episode, opening.snapshot), moves[opening.at :])
        if part is not None:
            return Found(part, True, _told_opening(story, part, len(moves) - opening.at))
    if whole is not None:
        return Found(whole, False, _told_cut(story, whole, len(moves)))
    return Found(retrace(story, None, ()), True, BEYOND)


def _try(story: Story, origin: Origin | None, moves: Sequence[str]) -> Retraced | None:
    try:
        return retrace(story, origin, moves)
    except (ValueError, StoryFault):
        return None


def _place(story: Story, retraced: Retraced) -> str:
    view = retraced.turns[-1].view
    place = story.places.get(view.place)
    return f"{story.episodes[view.episode].title}, {place.name if place else view.place}"


def _told_moved(story: Story, whole: Retraced, path: Path) -> str | None:
    """The same choices, but they lead somewhere else now."""
    was = path.passages[-1]
    if not was or story.rename_move(was) == whole.turns[-1].view.passage:
        return None
    return (
        "The story has been edited since you were here: your choices are all in it, and they now lead to "
        f"another place ({_place(story, whole)})."
    )


def _told_cut(story: Story, whole: Retraced, saved: int) -> str:
    lost = saved - (len(whole.turns) - 1)
    return (
        f"The story has been edited since you were here, and one of your choices is not in it any more. "
        f"You are at the last place that still exists ({_place(story, whole)}); "
        f"{lost} {'choice' if lost == 1 else 'choices'} after it stay in the saves as a branch of their own."
    )


def _told_opening(story: Story, part: Retraced, saved: int) -> str:
    """The opening of a later episode, and the saved choices from there on."""
    done = len(part.turns) - 1
    if part.refused is None:
        reached = "you are where you were"
    else:
        reached = f"{done} of your {saved} choices in it were made again; you are at {_place(story, part)}"
    return (
        "The story has been edited since you were here, and an earlier choice of yours is not in it any "
        f"more. {story.episodes[part.turns[0].view.episode].title} begins as it did for you, and {reached}. "
        "The old path stays in the saves as a branch of its own."
    )
