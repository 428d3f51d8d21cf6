"""A long season, written once for all these tests."""

from __future__ import annotations

import pytest

from game import Story

from .seasons import long_season


@pytest.fixture(scope="session")
def long(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Thirteen episodes of 33 moves."""
    return Story.load(long_season(tmp_path_factory.mktemp("long")))
