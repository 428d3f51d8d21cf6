"""What becomes of a kept save in the story as it is today."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from game.saves import Store
from game.saves.exchange import read_life
from game.session import Session
from game.story import Story

__all__ = ["Verdict", "verdict"]


class Verdict(msgspec.Struct, frozen=True):
    """`exact`: the same moves lead to the same places. `moved`: elsewhere, and the player is told `why`.

    `broken`: it raises, loses more than the episode it was in, or leads elsewhere without a word.
    """

    kind: Literal["exact", "moved", "broken"]
    why: str = ""


def verdict(story: Story, text: str, folder: Path) -> Verdict:
    """Put a kept save into an empty store in `folder`, as it was, and load it as a player would."""
    life = read_life(text)
    store = Store.open(folder)
    try:
        session = Session(story, store)
        session.load(store.import_(text).id)
        told = session.messages()
        passages = tuple(turn.view.passage for turn in session.transcript[1:])
        reached, saved = session.view.episode, life.openings[-1].episode
        if list(story.episodes).index(reached) < list(story.episodes).index(saved):
            return Verdict("broken", f"it was in {saved} and is now in {reached}: {' '.join(told)}")
        if session.play.moves == life.moves and passages == life.passages:
            return Verdict("broken", f"nothing is different, but {told}") if told else Verdict("exact")
        renamed = tuple(story.rename_move(move) for move in life.moves)
        if session.play.moves == renamed and len(passages) == len(life.passages) and not told:
            ends = story.rename_move(f"{life.passages[-1]}/").rstrip("/") if life.passages else ""
            if not passages or passages[-1] == ends:
                return Verdict("exact", "renamed")
        return (
            Verdict("moved", " ".join(told)) if told else Verdict("broken", "it moved, and nobody was told")
        )
    except Exception as problem:
        return Verdict("broken", f"{type(problem).__name__}: {problem}")
    finally:
        store.close()
