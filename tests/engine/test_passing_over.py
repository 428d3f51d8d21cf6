"""A player may pass over scenes of self-harm, and nothing but their text is lost."""

from __future__ import annotations

from pathlib import Path

from game import Play, Story
from tests.plans import assemble


def test_the_summary_stands_for_the_text(tmp_path: Path) -> None:
    play = Play(Story.load(assemble("summary", tmp_path / "scenes")))
    assert play.view.softened is None
    view = play.choose("go")
    assert "What is in the room." in view.paragraphs
    assert view.softened is not None
    assert "What is in the room." not in view.softened
    assert [p for p in view.softened if p != "Alias Investigations"][:3] == [
        "You go in.",
        "You find him too late.",
        "After.",
    ]
    assert play.word("paid") == "yes"
