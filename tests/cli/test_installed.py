"""The game as somebody gets it who has no checkout: a wheel, in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.console import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.skipif("sys.platform == 'win32'", reason="POSIX paths")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(build, check=True, timeout=300)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of a fresh environment with the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=120)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", str(wheel)]
    subprocess.run(pip, check=True, timeout=300)
    return folder / "bin"


def run(bin_: Path, home: Path, *args: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return subprocess.run(
        [str(bin_ / "igh"), *args],
        input=typed,
        capture_output=True,
        text=True,
        cwd=home,
        env={**kept, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")},
        timeout=60,
    )


def test_the_wheel_carries_the_season(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "game/_scenes/season.yaml" in names
    assert "game/_scenes/e01/episode.yaml" in names
    assert "game/py.typed" in names
    assert any(name.startswith("game/tui/") and name.endswith(".tcss") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "saves/", ".ci/"))]


def test_it_plays_and_saves_in_the_data_folder(installed: Path, tmp_path: Path) -> None:
    first = run(installed, tmp_path, "play", "--plain", typed="1\nsave here\n")
    assert (first.returncode, first.stderr) == (0, "")
    second = run(installed, tmp_path, "play", "--plain", typed="saves\n")
    assert "1. here." in second.stdout
    assert list((tmp_path / "data").rglob("igh.db"))
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


def test_its_commands_work(installed: Path, tmp_path: Path) -> None:
    assert json.loads(run(installed, tmp_path, "check", "--json").stdout)["errors"] == 0
    assert json.loads(run(installed, tmp_path, "stats", "--json").stdout)["words"] > 0
    assert run(installed, tmp_path).returncode == 2
