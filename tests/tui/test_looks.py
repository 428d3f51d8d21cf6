"""Themes, color and its absence, and what is (not) done before the title is up."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from game.session.preview import prepare
from game.story import Story
from game.tui.app import IghApp
from game.tui.desk import Desk
from game.tui.screens.story import StoryScreen
from game.tui.themes import themes

from .conftest import STORY, Opens
from .player import Player

ROOT = Path(__file__).parent.parent.parent
VOICE = ["e01.office.start/refuse"]
HUB = [*VOICE, "e01.office.voice/desk"]
CLUES = [*HUB, "e01.office.desk/street", "e01.street.start/ask", "e01.street.start/up"]
"""Lives to take pictures of."""


@pytest.mark.parametrize("sixteen", [False, True])
def test_purple_is_his_alone(sixteen: bool) -> None:
    """In no theme does anything else have the color of Kilgrave."""
    for theme in themes(sixteen=sixteen).values():
        purple = theme.variables["purple"]
        assert [name for name, color in theme.variables.items() if color == purple] == ["purple"]


async def test_purple_is_where_he_speaks(playing: Opens) -> None:
    """And nowhere before."""
    async with playing() as player:
        purple = player.app.theme_variables["purple"]

        def purple_text() -> str:
            strips = player.screen._compositor.render_strips()
            styled = [segment for strip in strips for segment in strip if segment.style is not None]
            return "".join(
                segment.text
                for segment in styled
                if segment.style is not None
                and segment.style.color is not None
                and segment.style.color.triplet is not None
                and segment.style.color.triplet.hex == purple
            )

        assert purple_text() == ""
        await player.press("2")
        assert "You could have said" in purple_text()


async def test_no_color(opened: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR means none, and everything is still told."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as player:
        await player.press("1", "enter", "2", "down")
        assert "▸1  Kilgrave: Smile." in player.seen
        filters = player.app.get_line_filters()
        assert "NoColor" in {type(each).__name__ for each in filters}


def test_nothing_is_read_before_the_title() -> None:
    """The application can be imported without the parser, the engine or the database."""
    code = "import game.tui.app, sys; print(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    assert not {"yaml", "msgspec", "sqlite3", "game.engine", "game.story"} & set(done.stdout.split())


class SlowDesk(Desk):
    """A season that takes its time to be read."""

    def __init__(self, scenes: Path, saves: Path) -> None:
        super().__init__(scenes, saves)
        self.go = threading.Event()

    def read_story(self) -> Story:
        """Reads only when it is told to."""
        self.go.wait(30)
        return super().read_story()


async def test_a_choice_made_before_the_story_is_read_waits_for_it(tmp_path: Path) -> None:
    """The title answers at once; New opens as soon as there is something to open."""
    desk = SlowDesk(STORY, tmp_path)
    app = IghApp(desk=desk)
    async with app.run_test(size=(80, 24)) as pilot:
        player = Player(app, pilot)
        await pilot.pause()
        assert "1  New" in player.seen
        await pilot.press("1")
        await pilot.pause()
        assert "Somebody in this story drinks." not in player.seen
        desk.go.set()
        await player.settle()
        assert "Somebody in this story drinks." in player.seen
        await player.press("enter")
        assert player.at(StoryScreen)


async def test_a_story_that_cannot_be_read(tmp_path: Path) -> None:
    """The game leaves with the report and exit code 1."""
    (tmp_path / "season.yaml").write_text("title: [", encoding="utf-8")
    app = IghApp(tmp_path, tmp_path / "saves")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
    assert app.return_code == 1


class TestPictures:
    """A few screens as they are meant to look; `pytest tests/tui/test_looks.py --snapshot-update` redraws.

    Few, because a change of looks should be seen in one glance; what a screen *does* is tested elsewhere.
    """

    @pytest.fixture
    def picture(
        self, snap_compare: Callable[..., bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> Callable[..., bool]:
        """`picture(moves, keys, size)`: Continue in a life of these moves, and press keys. Nothing moves."""
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLORTERM", "truecolor")
        monkeypatch.delenv("NO_COLOR", raising=False)

        def take(moves: list[str], *keys: str, size: tuple[int, int] = (80, 24)) -> bool:
            saves = tmp_path / "saves"
            if moves:
                prepare(Story.load(STORY), moves, saves, {"motion": "off"})

            async def play(pilot: Pilot[None]) -> None:
                assert isinstance(pilot.app, IghApp)
                player = Player(pilot.app, pilot)
                await player.settle()
                await player.press(*keys)
                for each in player.screen.query(Input):
                    each.cursor_blink = False
                await player.settle()

            return snap_compare(IghApp(STORY, saves), terminal_size=size, run_before=play)

        return take

    def test_title(self, picture: Callable[..., bool]) -> None:
        """The door, and where Continue leads."""
        assert picture(VOICE)

    def test_story(self, picture: Callable[..., bool]) -> None:
        """What was chosen, the text, a voice, the menu."""
        assert picture(VOICE, "1")

    def test_hub(self, picture: Callable[..., bool]) -> None:
        """The clock, and leads with what they cost."""
        assert picture(HUB, "1")

    def test_board(self, picture: Callable[..., bool]) -> None:
        """A question, clues, a theory they carry."""
        assert picture(CLUES, "1", "b", "enter", "down", "enter")

    def test_casebook(self, picture: Callable[..., bool]) -> None:
        """A clue with its exhibit."""
        assert picture(CLUES, "1", "c", "down")

    def test_a_wide_window(self, picture: Callable[..., bool]) -> None:
        """The same page with room around it."""
        assert picture(HUB, "1", size=(120, 40))
