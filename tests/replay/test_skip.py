"""On to the next choice that is new."""

from __future__ import annotations

import pytest

from game import Story
from game.saves import Store
from game.session import Session
from game.session.skip import skip

from .seasons import play_blindly


def play(session: Session, *choices: str) -> None:
    for choice in choices:
        session.choose(choice)


def test_a_first_life_has_nothing_to_skip(session: Session) -> None:
    assert (skip(session).moves, skip(session).why) == (0, "new")


def test_it_stops_where_something_is_new(session: Session) -> None:
    """The door is known in every way; the desk is not."""
    play(session, "hear", "cellar", "down")
    session.new()
    play(session, "put_out")
    session.new()
    # Lifting him is locked in this life, so all that can be done at the door has been done.
    found = skip(session)
    assert (found.moves, found.why) == (1, "new")
    assert session.view.passage == "e01.office.desk"


def test_it_follows_the_life_that_went_on_last(session: Session) -> None:
    play(session, "hear")
    session.new()
    play(session, "put_out")
    session.new()
    skip(session)
    assert session.play.moves == ("e01.door.start/put_out",)


def test_it_goes_past_what_has_but_one_choice(session: Session) -> None:
    """From the close of an episode on, as far as a life went."""
    play(session, "hear", "sleep", "continue", "bus")
    session.go(session.nodes[2] or 0)
    found = skip(session)
    assert (found.moves, found.why, session.view.passage) == (1, "new", "e02.north.start")


def test_one_choice_that_nobody_took_is_new(session: Session) -> None:
    play(session, "hear", "sleep")
    found = skip(session)
    assert (found.moves, found.why) == (0, "new")


def test_where_no_life_went_on_it_says_so(session: Session) -> None:
    """Everything here has been done, but not after what led here this time."""
    play(session, "hear", "sleep", "continue", "stay", "bus")
    session.new()
    play(session, "put_out", "sleep", "continue")
    found = skip(session)
    assert (found.moves, found.why) == (0, "unplayed")


def test_at_an_end_there_is_nothing(session: Session) -> None:
    play(session, "hear", "sleep", "continue", "bus")
    assert skip(session).why == "end"


def test_pins_on_the_way_are_made_again(session: Session) -> None:
    """Everything the last life did has nothing new beside it, so it is followed to where it stopped."""
    for life in (("put_out",), ("hear", "rita", "thank"), ("hear", "cellar", "up")):
        play(session, *life)
        session.new()
    play(session, "hear", "cellar", "down")
    session.pin("who_fell", "fell", ["lamp"])
    play(session, "remember", "sleep")
    last = session.play.moves
    session.new()
    assert (skip(session).moves, session.play.moves) == (6, last)


@pytest.mark.parametrize("seed", [1, 2])
def test_over_a_whole_season(long: Story, store: Store, seed: int) -> None:
    """It never does what was not done, never adds to the tree, and stops only for a reason."""
    session = Session(long, store)
    lives = set()
    for life in range(4):
        moves = play_blindly(long, seed * 10 + life, pins=1).moves[:60]
        session.new()
        for move in moves:
            if move.startswith("board/"):
                continue
            offer = move.rpartition("/")[2]
            if offer in {each.id for each in session.view.choices if each.locked is None}:
                session.choose(offer)
        lives.add(session.play.moves)
    session.new()
    before = len(store.tree(long.title))
    found = skip(session)
    at = session.play.moves
    assert len(at) == found.moves
    assert any(life[: len(at)] == at for life in lives)
    assert found.why == "new"
    taken = store.taken(session.view.passage, long.title)
    assert [o.id for o in session.view.choices if o.locked is None and o.id not in taken]
    assert len(store.tree(long.title)) == before
