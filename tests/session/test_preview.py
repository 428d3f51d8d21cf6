"""Playing from a passage: by a real path, on saves that are thrown away."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.engine import Play
from game.saves import Store
from game.session import Session
from game.session.preview import NoSuchPassage, NoWay, prepare, way_to
from game.story import Story
from tests.writing import Draft

READ = {
    "e01.door.start": "Lem is at the door with his hat on.",
    "e01.door.gone": "In the morning he is dead.",
    "e01.cellar.stairs": "The lamp on the stairs has no bulb.",
    "e01.cellar.bottom": "the floor he landed on.",
    "e01.office.desk": "The desk, the bottle, the Board.",
    "e01.office.rita": "Rita has her feet up.",
    "e01.office.night": "It gets dark.",
    "e02.north.start": "There is a bus north at nine.",
    "e02.north.end": "The bus goes north.",
}


@pytest.mark.parametrize("passage", READ)
def test_a_way_to_every_passage(small: Story, passage: str) -> None:
    """After its moves the text of the passage has just been read."""
    play = Play.replay(small, way_to(small, passage))
    assert READ[passage] in "\n".join(play.view.paragraphs)


def test_an_old_name(tmp_path: Path) -> None:
    """A renamed passage is found by what it was called."""
    draft = Draft(tmp_path / "scenes")
    draft.edit("e01/cellar.yaml", "  bottom:\n", "  floor:\n    was: bottom\n")
    draft.edit("e01/cellar.yaml", "to: bottom", "to: floor")
    story = Story.load(draft.folder)
    assert way_to(story, "e01.cellar.bottom") == way_to(story, "e01.cellar.floor")


def test_no_such_passage(small: Story) -> None:
    with pytest.raises(NoSuchPassage, match=r"Did you mean `e01\.cellar\.bottom`\?"):
        way_to(small, "e01.cellar.bottem")


def test_nothing_leads_there(tmp_path: Path) -> None:
    """Where there is no way, none is made up."""
    draft = Draft(tmp_path / "scenes")
    draft.edit("e01/cellar.yaml", "to: bottom", "to: hub")
    with pytest.raises(NoWay, match=r"cannot play at `e01\.cellar\.bottom`"):
        way_to(Story.load(draft.folder), "e01.cellar.bottom")


def test_prepared_saves(small: Story, tmp_path: Path) -> None:
    """One life, with the settings of the player whose saves stay away from it."""
    moves = way_to(small, "e01.cellar.bottom")
    prepare(small, moves, tmp_path / "throw-away", {"harm": "pass"})
    store = Store.open(tmp_path / "throw-away")
    session = Session(small, store)
    session.resume()
    assert list(session.play.moves) == moves
    assert store.settings.get("harm") == "pass"
    assert session.messages() == []
    store.close()
