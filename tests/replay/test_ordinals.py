"""The numbers under the codes: only ever more of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import Story
from game.story.ordinals import FILE, BadOrdinals, Ordinals
from tests.console import igh

from .seasons import write_short


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_short(tmp_path, number=False)


def test_the_season_has_all_its_numbers() -> None:
    """What CI asks of whoever adds a choice."""
    done = igh("ordinals", "--check")
    assert done.returncode == 0, done.stderr


def test_check_says_what_lacks_a_number_and_write_adds_it(folder: Path) -> None:
    asked = igh("ordinals", "--check", "--scenes", str(folder))
    assert asked.returncode == 1
    assert "e01/ordinals.txt: e01.hall.start lacks left right" in asked.stderr
    assert igh("ordinals", "--write", "--scenes", str(folder)).returncode == 0
    assert igh("ordinals", "--check", "--scenes", str(folder)).returncode == 0


def test_writing_only_adds(folder: Path) -> None:
    """Whatever is edited, the file begins as it did."""
    Ordinals(Story.load(folder)).write()
    before = (folder / "e01" / FILE).read_text()
    hall = folder / "e01" / "hall.yaml"
    written = hall.read_text().replace("right:", "back:").replace("listen: {", "hark: {was: listen, ")
    hall.write_text(written)
    Ordinals(Story.load(folder)).write()
    after = (folder / "e01" / FILE).read_text()
    assert after == before + "generation 2\ne01.hall.start back\n"


def test_writing_twice_changes_nothing(folder: Path) -> None:
    Ordinals(Story.load(folder)).write()
    before = (folder / "e01" / FILE).read_text()
    assert Ordinals(Story.load(folder)).write() == []
    assert (folder / "e01" / FILE).read_text() == before


def test_a_removed_choice_keeps_its_place(folder: Path) -> None:
    Ordinals(Story.load(folder)).write()
    hall = folder / "e01" / "hall.yaml"
    hall.write_text(hall.read_text().replace("      left: {text: Go left., to: left}\n", ""))
    names = [item.name for item in Ordinals(Story.load(folder)).of("e01.hall.start")]
    assert names == ["left", "right"]


def test_what_is_once_only_or_conditional_is_noted() -> None:
    """It is noted when a choice is first seen, and serves to spend fewer characters on what is likely."""
    ordinals = Ordinals(Story.load(Path("tests/stories/small")))
    written = [item.written for item in ordinals.of("e01.office.desk")]
    assert written == ["*", "cellar!?", "rita!?", "remember!", "sleep"]
    assert [item.written for item in ordinals.of("e01.door.start")] == ["hear", "put_out", "lift?"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("e01.hall.start left\n", 1),
        ("generation 1\ne01.hall.start\n", 2),
        ("generation one\n", 1),
        ("generation 2\ngeneration 2\n", 2),
    ],
)
def test_a_file_that_somebody_edited(folder: Path, text: str, line: int) -> None:
    (folder / "e01" / FILE).write_text(text)
    with pytest.raises(BadOrdinals, match=rf"{FILE}:{line}: "):
        Ordinals(Story.load(folder))
    assert igh("ordinals", "--check", "--scenes", str(folder)).returncode == 1
