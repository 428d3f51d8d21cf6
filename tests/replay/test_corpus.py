"""Saves that somebody made with an earlier state of the story, loaded in it as it is now.

Exact or moved (and told why) is well; broken is not, and then the edit needs a `was:`, or a second thought.
`python tests/corpus/make.py --report` lists what became of each.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from game import Story

from .verdicts import verdict

KEPT = sorted((Path(__file__).parent.parent / "corpus").glob("*.yaml"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_kept_save(season: Story, saves: Path, path: Path) -> None:
    found = verdict(season, path.read_text("utf-8"), saves)
    assert found.kind != "broken", found.why


def test_there_are_some() -> None:
    """Of the first version that could be played, among others."""
    assert len([path for path in KEPT if path.stem.startswith("first-")]) >= 5
