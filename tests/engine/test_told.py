"""What an answer brought is told under the answer, and what a scene brings is told under the scene."""

from __future__ import annotations

from pathlib import Path

from game import Play, Story
from game.engine.view import Heading, Notice
from tests.plans import assemble

SCENE = """\
scene: scene
title: Scene
place: alias
time: Monday
passages:
  start:
    text: |
      He waits.
    choices:
      promise:
        text: Promise him.
        once: true
        trust: {malcolm: +1}
        then: |
          He puts his coat on.
        to: upstairs.start
"""
UPSTAIRS = """\
scene: upstairs
title: Upstairs
place: roof
time: Tuesday
passages:
  start:
    trust: {costa: -1}
    text: |
      It's cold up here.
    choices:
      end:
        text: End it.
        to: end
  end:
    text: |
      Over.
    ending: over
"""


def test_told_in_the_order_of_reading(tmp_path: Path) -> None:
    scenes = assemble("effects", tmp_path / "scenes")
    for old in (scenes / "e01").glob("s*.yaml"):
        old.unlink()
    (scenes / "e01" / "scene.yaml").write_text(SCENE, encoding="utf-8")
    (scenes / "e01" / "upstairs.yaml").write_text(UPSTAIRS, encoding="utf-8")
    play = Play(Story.load(scenes))
    said = [
        "# " + each if isinstance(each, Heading) else "* " + each.text if isinstance(each, Notice) else each
        for each in play.choose("promise").told()
    ]
    assert said == [
        "He puts his coat on.",
        "* Malcolm trusts you more: square → solid",
        "# The roof. Tuesday",
        "It's cold up here.",
        "* Costa trusts you less: square → wary",
    ]
