"""Whole plays of the season, one readable file each: the moves, and the few lines that must appear."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import Story
from tests.plans import play_plan

WALKTHROUGHS = sorted(Path(__file__).parent.glob("*.plan"))


@pytest.fixture(scope="module")
def season() -> Story:
    return Story.load()


@pytest.mark.parametrize("plan", WALKTHROUGHS, ids=lambda path: path.stem)
def test_walkthrough(season: Story, plan: Path) -> None:
    """It can be played as written, and ends where it says."""
    play_plan(season, plan)
