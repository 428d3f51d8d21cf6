"""What every test may use. No test ever touches the saves of whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.saves import Store
from game.session import Session
from game.story import Story

SMALL = Path(__file__).parent / "stories" / "small"


@pytest.fixture(autouse=True)
def _own_saves(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever asks for the default saves gets an empty folder of this test's own."""
    monkeypatch.setenv("IGH_SAVES", str(tmp_path_factory.mktemp("default-saves")))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")


@pytest.fixture(scope="session")
def season() -> Story:
    """The season as it ships."""
    return Story.load()


@pytest.fixture(scope="session")
def small() -> Story:
    """A story of two short episodes that has one of everything; see tests/stories/small."""
    return Story.load(SMALL)


@pytest.fixture
def saves(tmp_path: Path) -> Path:
    """A folder for saves, which does not exist yet."""
    return tmp_path / "saves"


@pytest.fixture
def store(saves: Path) -> Iterator[Store]:
    """An open store in `saves`."""
    opened = Store.open(saves)
    yield opened
    opened.close()


@pytest.fixture
def session(small: Story, store: Store) -> Session:
    """A new life of the small story."""
    started = Session(small, store)
    started.new()
    return started
