"""`igh play --watch`, full screen: what is saved in an editor is on the page, and so are its mistakes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from game.session.watching import Watch
from game.tui.app import IghApp
from game.tui.screens.board import BoardScreen
from game.tui.screens.casebook import CasebookScreen
from game.tui.screens.findings import FindingsSheet
from game.tui.screens.settings import SettingsScreen
from game.tui.screens.story import StoryScreen
from game.tui.screens.title import TitleScreen
from game.tui.watching import Watcher
from tests.writing import Draft

from .player import Player


class Writer(Player):
    """A player with an editor open beside the game."""

    def __init__(self, draft: Draft, app: IghApp, player: Player) -> None:
        super().__init__(app, player.pilot)
        self._draft = draft

    async def edit(self, name: str, old: str, new: str) -> None:
        """Saves an edit, and lets the game look."""
        self._draft.edit(name, old, new)
        assert self.app.watcher is not None
        self.app.watcher.look()
        await self.settle()


Writes = Callable[..., AbstractAsyncContextManager[Writer]]


@pytest.fixture
def writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Writes:
    """`async with writing() as writer`: at the title of a story that is being written."""
    monkeypatch.chdir(tmp_path)  # findings name files from here

    @asynccontextmanager
    async def write(*keys: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Writer]:
        draft = Draft(tmp_path / "scenes")
        app = IghApp(draft.folder, tmp_path / "saves")
        app.watcher = Watcher(app, Watch(draft.folder))
        async with app.run_test(size=size, notifications=True) as pilot:
            writer = Writer(draft, app, Player(app, pilot))
            await writer.settle()
            await writer.press(*keys)
            yield writer

    return write


BEGUN = ("1", "enter", "1")
"""Keys that lead to the desk of the small story."""


class TestWhereYouStand:
    """An edit that loads is shown at once, and nothing moves."""

    async def test_a_text(self, writing: Writes) -> None:
        async with writing(*BEGUN, "1") as writer:
            assert "has no bulb" in writer.seen
            top = writer.page.top
            await writer.edit("e01/cellar.yaml", "no bulb", "a new bulb")
            assert "The lamp on the stairs has a new bulb." in writer.seen
            assert "The scenes were read again." in writer.seen
            assert writer.page.top == top
            await writer.press("1")
            assert writer.moves() == ("hear", "cellar", "down")

    async def test_a_choice(self, writing: Writes) -> None:
        """The menu is the new one."""
        async with writing(*BEGUN, "1") as writer:
            await writer.edit("e01/cellar.yaml", "Go down in the dark.", "Go down with a match.")
            assert "1  Go down with a match." in writer.seen

    async def test_on_the_title(self, writing: Writes) -> None:
        """The next life is one of the new story, and none is begun by looking."""
        async with writing() as writer:
            await writer.edit("e01/door.yaml", "his hat on", "his hat off")
            assert writer.at(TitleScreen)
            await writer.press("1", "enter")
            assert "his hat off" in writer.seen

    @pytest.mark.parametrize(("key", "screen"), [("c", CasebookScreen), ("b", BoardScreen)])
    async def test_on_another_screen(
        self, writing: Writes, key: str, screen: type[CasebookScreen | BoardScreen]
    ) -> None:
        """The casebook and the Board are opened anew."""
        async with writing(*BEGUN, key) as writer:
            await writer.edit("e01/clues.yaml", "A claim ticket", "A pawn ticket")
            assert writer.at(screen)
            assert "A pawn ticket" in writer.seen
            await writer.press("escape")
            assert writer.at(StoryScreen)

    async def test_it_looks_by_itself(self, writing: Writes, tmp_path: Path) -> None:
        """Nobody has to press a key."""
        async with writing(*BEGUN, "1") as writer:
            path = tmp_path / "scenes" / "e01" / "cellar.yaml"
            path.write_text(path.read_text("utf-8").replace("no bulb", "a new bulb"), "utf-8")
            for _ in range(100):
                await asyncio.sleep(0.05)
                if "has a new bulb" in writer.seen:
                    break
            assert "has a new bulb" in writer.seen


class TestABrokenEdit:
    """Its findings lie over the page until they are mended, or put away."""

    async def test_break_and_mend(self, writing: Writes) -> None:
        async with writing(*BEGUN, "1") as writer:
            await writer.edit("e01/cellar.yaml", "to: bottom", "to: bottle")
            assert writer.at(FindingsSheet)
            lines = writer.lines
            assert "scenes/e01/cellar.yaml:13:13: there is no passage" in writer.seen
            [at] = [y for y, line in enumerate(lines) if "to: bottle" in line]
            assert lines[at + 1].index("^") == lines[at].index("bottle")
            await writer.edit("e01/cellar.yaml", "to: bottle", "to: bottoms")
            assert writer.at(FindingsSheet)
            assert "to: bottoms" in writer.seen
            assert "to: bottle" not in writer.seen
            await writer.edit("e01/cellar.yaml", "to: bottoms", "to: bottom")
            assert writer.at(StoryScreen)
            assert "The scenes are in order again." in writer.seen

    async def test_the_last_good_story_plays_on(self, writing: Writes) -> None:
        async with writing(*BEGUN, "1") as writer:
            await writer.edit("e01/cellar.yaml", "to: bottom", "to: bottle")
            await writer.press("escape", "1")
            assert writer.moves() == ("hear", "cellar", "down")
            assert "the floor he landed on" in writer.seen

    async def test_many_at_a_small_size(self, writing: Writes) -> None:
        """They fit, or can be paged through."""
        async with writing(*BEGUN, size=(60, 20)) as writer:
            await writer.edit("e01/cellar.yaml", "learn: [lamp]", "learn: [a, b, c, d, e, f, g, h, i]")
            assert writer.at(FindingsSheet)
            await writer.press(*["space"] * 12)
            assert "And 1 more: `igh check` lists them." in writer.seen


class TestAPathThatIsGone:
    """The last place that exists, and what was done."""

    async def test_the_choice_you_took(self, writing: Writes) -> None:
        async with writing(*BEGUN, "1", "2") as writer:
            await writer.edit("e01/cellar.yaml", "      up:\n", "      climb:\n")
            assert writer.moves() == ("hear", "cellar")
            assert "last place that still exists" in " ".join(writer.seen.replace("▌", "").split())
            assert "has no bulb" in writer.page.text
            await writer.edit("e01/cellar.yaml", "      climb:\n", "      up:\n")
            assert writer.moves() == ("hear", "cellar", "up")

    async def test_from_another_screen(self, writing: Writes) -> None:
        """What was open there is of another place: the page is shown."""
        async with writing(*BEGUN, "1", "2", "comma") as writer:
            assert writer.at(SettingsScreen)
            await writer.edit("e01/cellar.yaml", "      up:\n", "      climb:\n")
            assert writer.at(StoryScreen)
            assert writer.moves() == ("hear", "cellar")
