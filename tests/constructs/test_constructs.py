"""Every construct of the script, played from a plan that a writer can read (see README.md here)."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import Play, Story
from tests.plans import CONSTRUCTS, assemble, play_plan

PLANS = sorted(CONSTRUCTS.glob("*/*.plan"))


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_plan(plan: Path, tmp_path: Path) -> None:
    """The construct does what its plan says, and a replay of the same moves is the same play."""
    story = Story.load(assemble(plan.parent.name, tmp_path / "scenes"))
    play = play_plan(story, plan)
    again = Play.replay(story, play.moves)
    assert (again.state, again.view, again.moves) == (play.state, play.view, play.moves)
    assert hash(again.state) == hash(play.state)
