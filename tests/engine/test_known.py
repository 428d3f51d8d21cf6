"""What is known about a lead may vary, as any other text of the menu may."""

from __future__ import annotations

from pathlib import Path

from game import Play, Story
from tests.plans import assemble


def test_what_is_known_varies_with_what_happened(tmp_path: Path) -> None:
    scenes = assemble("hub", tmp_path / "scenes")
    episode = scenes / "e01" / "episode.yaml"
    written = episode.read_text(encoding="utf-8")
    varied = written.replace(
        "  phone: {text: Call Costa., ",
        "  phone: {text: Call Costa., known: '{lead.bar == taken: The bar is done.|He is at the bar.}', ",
    )
    assert varied != written
    episode.write_text(varied, encoding="utf-8")
    play = Play(Story.load(scenes))

    def known() -> str | None:
        return next(offer.known for offer in play.view.choices if offer.id == "phone")

    assert known() == "He is at the bar."
    play.choose("bar")
    while "phone" not in {offer.id for offer in play.view.choices}:
        play.choose(play.view.choices[0].id)
    assert known() == "The bar is done."
