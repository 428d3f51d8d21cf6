"""The story changes under a save: the place is found again, the player is told once, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from game import Story
from game.saves import Store
from game.session import Session

from .seasons import short_story, write_short

LIFE = ("left", "listen", "open", "stand", "continue", "sit", "wait")
LEFT = "      left: {text: Go left., to: left}\n"
RIGHT = "      right: {text: Go right., to: yard.start}\n"
SIT = "      sit: {text: Sit., to: middle}\n"

Edit = Callable[..., tuple[Session, list[str]]]


def edit(*pairs: tuple[str, str]) -> Callable[[str], str]:
    def replaced(text: str) -> str:
        for before, after in pairs:
            text = text.replace(before, after)
        return text

    return replaced


class Kept:
    """A life on the short story, and what becomes of it in an edited one."""

    def __init__(self, folder: Path) -> None:
        self.story, self.saves = folder / "story", folder / "saves"
        store = Store.open(self.saves)
        session = Session(short_story(self.story), store)
        session.new()
        for choice in LIFE:
            session.choose(choice)
        session.save("here")
        self.transcript = session.transcript
        self.moves = session.play.moves
        store.close()

    def resume(self, *pairs: tuple[str, str]) -> tuple[Session, list[str]]:
        """The life in the story with every first string replaced by the second; what the player is told."""
        write_short(self.story, edit(*pairs))
        self.store = Store.open(self.saves)
        session = Session(Story.load(self.story), self.store)
        session.resume()
        return session, session.messages()

    def again(self, session: Session) -> list[str]:
        """What the player is told the next time."""
        self.store.close()
        self.store = Store.open(self.saves)
        later = Session(session.story, self.store)
        later.resume()
        assert later.play.moves == session.play.moves
        return later.messages()

    def is_all_there(self) -> bool:
        """Whether the old branch, node for node, is still in the tree."""
        moves = {(node.id, node.move) for node in self.store.tree("A short story")}
        [mark] = [mark for mark in self.store.bookmarks() if not mark.auto]
        path = self.store.path(mark.node)
        return path.moves == self.moves and {*zip(path.nodes[1:], path.moves, strict=True)} <= moves


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def test_nothing_changed(kept: Kept) -> None:
    session, told = kept.resume()
    assert (session.transcript, told) == (kept.transcript, [])


def test_other_words_and_another_order(kept: Kept) -> None:
    """Ids count, and nothing else."""
    session, told = kept.resume((LEFT + RIGHT, RIGHT + LEFT), ("Time goes by.", "Time does not."))
    assert (session.play.moves, told) == (kept.moves, [])
    assert session.view.passage == "e02.room.middle"


def test_a_renamed_passage_and_a_renamed_choice(kept: Kept) -> None:
    """With `was:`, nothing has to be said."""
    session, told = kept.resume(
        ("  left:\n    text", "  west:\n    was: left\n    text"), ("to: left}", "to: west}"),
        ("listen: {text: Listen.}", "hark: {text: Listen., was: listen}"),
        ("  middle:\n", "  later:\n    was: middle\n"), ("to: middle}", "to: later}"),
    )  # fmt: skip
    assert session.play.moves[1:3] == ("e01.hall.west/hark", "e01.hall.west/open")
    assert (session.view.passage, told) == ("e02.room.later", [])
    assert kept.is_all_there()


def test_a_removed_choice_in_this_episode(kept: Kept) -> None:
    """The last place that still exists; said once, in a sentence, with how much was lost."""
    session, told = kept.resume((SIT, ""))
    assert session.view.passage == "e02.room.start"
    assert len(told) == 1
    assert "last place that still exists (Second, The hall); 2 choices after it stay" in told[0]
    assert kept.again(session) == []
    assert kept.is_all_there()


def test_a_removed_choice_in_an_earlier_episode(kept: Kept) -> None:
    """This episode, from its opening and as it was: she is still wet."""
    session, told = kept.resume((LEFT, ""))
    assert session.play.moves == kept.moves[5:]
    assert session.transcript[0].view.paragraphs[-1] == "You drip."
    assert len(told) == 1
    assert "Second begins as it did for you, and you are where you were" in told[0]
    assert kept.again(session) == []
    assert kept.is_all_there()


def test_a_removed_passage(kept: Kept) -> None:
    """The left door is gone from the house; going left leads into the yard."""
    choices = "      open: {text: Open it., to: yard.start}\n      listen: {text: Listen.}\n"
    text = f"  left:\n    text: |\n      The left door.\n    choices:\n{choices}"
    session, told = kept.resume((text, ""), ("to: left}", "to: yard.start}"))
    assert session.play.moves == kept.moves[5:]
    assert len(told) == 1
    assert kept.again(session) == []
    assert kept.is_all_there()


def test_the_same_choices_lead_elsewhere(kept: Kept) -> None:
    """Moved: all choices are still there, and end in another passage."""
    back = "      back: {text: Back., to: middle}\n      leave: {text: Leave., to: close}\n"
    there = f"  window:\n    text: |\n      A window.\n    choices:\n{back}"
    session, told = kept.resume(("      wait: {text: Wait.}\n", "      wait: {text: Wait., to: window}\n"),
                                ("  middle:\n", f"{there}  middle:\n"))  # fmt: skip
    assert (session.play.moves, session.view.passage) == (kept.moves, "e02.room.window")
    assert len(told) == 1
    assert "lead to another place" in told[0]
    assert kept.again(session) == []
    assert kept.is_all_there()


def test_everything_is_other(kept: Kept) -> None:
    """At worst the beginning of the episode, and the life is kept all the same."""
    session, told = kept.resume((LEFT, ""), (SIT, "      lie: {text: Lie down., to: middle}\n"))
    assert session.view.passage == "e02.room.start"
    assert session.transcript[0].view.paragraphs[-1] == "You drip."
    assert len(told) == 1
    assert kept.again(session) == []
    assert kept.is_all_there()


def test_going_on_from_there_grows_a_new_branch(kept: Kept) -> None:
    session, _ = kept.resume((SIT, "      lie: {text: Lie down., to: middle}\n"))
    session.choose("lie")
    session.choose("wait")
    assert session.trouble is None
    assert kept.again(session) == []
    assert kept.is_all_there()
