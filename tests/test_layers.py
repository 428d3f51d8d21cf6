"""Imports point inwards, and nothing is imported that is not needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def imported_by(code: str) -> set[str]:
    """The modules that a fresh process has after running `code`."""
    program = f"{code}\nimport sys\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    return set(done.stdout.split())


def test_the_engine_knows_no_screen() -> None:
    """The engine, played, has imported neither Textual nor Rich, nor anything above it."""
    modules = imported_by(
        "from game import Play, Story\nPlay(Story.load('tests/stories/small')).choose('hear')"
    )
    assert (
        not {"textual", "rich", "sqlite3", "game.saves", "game.session", "game.plain", "game.tui"} & modules
    )


def test_the_plain_game_knows_no_textual() -> None:
    modules = imported_by("import game.plain, game.session, game.cli.main")
    assert not {"textual", "rich"} & modules


def test_import_game_costs_nothing() -> None:
    assert not {"game.engine", "game.story", "yaml", "msgspec"} & imported_by("import game")


def test_reading_the_command_line_parses_no_story() -> None:
    """`igh` alone must paint its title before it reads a scene: no command imports one to be listed."""
    modules = imported_by("from game.cli.parser import make_parser\nmake_parser().parse_args([])")
    assert not {"textual", "yaml", "sqlite3", "game.story", "game.engine", "game.saves"} & modules


def test_the_contracts_hold() -> None:
    """import-linter, as CI runs it."""
    linter = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or shutil.which(
        "lint-imports"
    )
    if linter is None:
        pytest.skip("import-linter is not installed")
    done = subprocess.run([linter, "--no-cache"], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stdout
