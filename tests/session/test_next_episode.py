"""A season that is still being written: the game stops with a card, and the save goes on once there is more."""

from __future__ import annotations

import shutil
from pathlib import Path

from game import Story
from game.engine import END_CARD
from game.saves import Store
from game.session import Session
from tests.plans import CONSTRUCTS, assemble


def test_a_save_at_the_card_goes_on_when_the_next_episode_is_there(tmp_path: Path) -> None:
    scenes, saves = assemble("episodes", tmp_path / "scenes"), tmp_path / "saves"
    shutil.rmtree(scenes / "e02")
    store = Store.open(saves)
    session = Session(Story.load(scenes), store)
    session.new()
    session.choose("pay")
    assert session.view.ending == END_CARD
    assert session.view.choices == ()
    store.close()

    shutil.copytree(CONSTRUCTS / "episodes" / "e02", scenes / "e02")
    store = Store.open(saves)
    later = Session(Story.load(scenes), store)
    assert later.resume() is not None
    assert later.view.ending is None
    assert [offer.id for offer in later.view.choices] == ["continue"]
    later.choose("continue")
    assert "Previously you paid." in later.view.paragraphs
    assert later.messages() == []
    store.close()
