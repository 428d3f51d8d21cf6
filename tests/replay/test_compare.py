"""Two lives: where they part, and what is different."""

from __future__ import annotations

import pytest

from game import Story
from game.saves import NotKept, Store
from game.session import Session
from game.session.compare import Comparison, compare


def play(session: Session, *choices: str) -> int:
    """Make these choices; the node they lead to."""
    for choice in choices:
        session.choose(choice)
    node = session.nodes[-1]
    assert node is not None
    return node


def words(found: Comparison) -> dict[str, tuple[str, str]]:
    """Every difference as kind:subject."""
    return {f"{each.kind}:{each.subject}": (each.a, each.b) for each in found.differences}


@pytest.fixture
def lives(session: Session) -> tuple[int, int]:
    """One hears him out and asks Rita; the other puts him out, looks at the cellar, and leaves."""
    first = play(session, "hear", "rita", "thank", "sleep")
    session.new()
    return first, play(session, "put_out", "cellar", "down", "sleep", "continue")


def test_where_they_part(small: Story, store: Store, lives: tuple[int, int]) -> None:
    found = compare(small, store, *lives)
    assert (found.parting.number, found.parting.place, found.parting.passage) == (
        0,
        "The office",
        "e01.door.start",
    )
    assert (found.a.label, found.b.label) == ("Hear him out.", "Put him out. Now.")
    assert (found.a.moves, found.b.moves) == (4, 5)
    assert (found.a.episode, found.b.episode) == ("e01", "e02")


def test_what_is_different(small: Story, store: Store, lives: tuple[int, int]) -> None:
    """Everything that is, and nothing that is not: Lem is dead in both."""
    assert words(compare(small, store, *lives)) == {
        "turn:t1": ("You let him talk", "You put him out"),
        "trust:rita": ("square", "wary"),
        "clue:lamp": ("", "known"),
        "clue:switch": ("known", ""),
        "clue:ticket": ("known", ""),
        "dial:temper": ("level", "short"),
        "lead:e01.cellar": ("gone", "taken"),
        "lead:e01.rita": ("taken", "gone"),
    }  # fmt: skip


def test_what_was_closed_off(session: Session) -> None:
    """A choice that was open in one life and only ever locked in the other."""
    session.choose("put_out")
    short = play(session, "rita")
    session.rewind(2)
    level = play(session, "hear", "rita", "thank")
    found = compare(session.story, session.store, short, level)
    assert found.of("locked") == ()
    hub = compare(session.story, session.store, play(session, "sleep"), short)
    assert all(each.kind != "locked" for each in hub.differences)


def test_a_theory_that_stands_in_one(session: Session) -> None:
    play(session, "hear", "cellar", "down")
    without = session.nodes[-1]
    session.pin("who_fell", "fell", ["lamp"])
    with_it = session.nodes[-1]
    assert without is not None
    assert with_it is not None
    found = compare(session.story, session.store, without, with_it)
    assert words(found) == {"theory:who_fell": ("", "He fell")}
    assert (found.a.label, found.b.label) == ("", "The Board: He fell")


def test_a_life_with_itself(small: Story, store: Store, lives: tuple[int, int]) -> None:
    found = compare(small, store, lives[1], lives[1])
    assert found.differences == ()
    assert (found.parting.number, found.a.label, found.b.label) == (5, "", "")


def test_a_life_that_is_not_there(small: Story, store: Store, lives: tuple[int, int]) -> None:
    with pytest.raises(NotKept):
        compare(small, store, lives[0], 12345)
