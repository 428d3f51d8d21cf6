"""Where the saves live, and how an older database becomes a newer one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from game.saves import Store, saves_folder, schema

from .conftest import ROOT, STORY, Grow


class TestFolder:
    def test_the_environment_comes_first(self, folder: Path) -> None:
        _checkout(folder)
        assert saves_folder({"IGH_SAVES": str(folder / "mine")}, folder) == folder / "mine"
        assert saves_folder({"IGH_SAVES": "~/mine"}, folder) == Path.home() / "mine"

    def test_in_a_checkout_they_are_beside_the_game(self, folder: Path) -> None:
        _checkout(folder)
        assert saves_folder({}, folder) == folder / "saves"
        assert saves_folder({"IGH_SAVES": " "}, folder) == folder / "saves"

    def test_without_a_project_file_they_are_where_the_platform_keeps_them(self, folder: Path) -> None:
        _checkout(folder)
        (folder / "pyproject.toml").unlink()
        found = saves_folder({}, folder)
        assert found.name == "igh-file"
        assert folder not in found.parents

    def test_a_project_file_that_is_not_beside_the_game_is_another_project(self, folder: Path) -> None:
        folder.mkdir()
        (folder / "pyproject.toml").touch()
        assert saves_folder({}, folder).name == "igh-file"

    @pytest.mark.parametrize("environ", [None, "elsewhere"])
    def test_a_real_checkout_from_another_working_directory(self, folder: Path, environ: str | None) -> None:
        """A process that imports the package from there, opens the saves and says where they are."""
        _checkout(folder)
        (folder / "game" / "__init__.py").touch()
        shutil.copytree(ROOT / "game" / "saves", folder / "game" / "saves")
        env = {name: value for name, value in os.environ.items() if name != "IGH_SAVES"}
        env["PYTHONPATH"] = str(folder)
        if environ is not None:
            env["IGH_SAVES"] = str(folder / environ)
        script = "from game.saves import Store; s = Store.open(); print(s.folder); s.close()"
        out = subprocess.run(
            [sys.executable, "-c", script], cwd="/", env=env, capture_output=True, text=True, check=True
        ).stdout
        expected = folder / (environ or "saves")
        assert out.strip() == str(expected)
        assert (expected / "igh.db").is_file()

    def test_importing_the_saves_loads_neither_screens_nor_story(self) -> None:
        script = (
            "import sys, game.saves; "
            "print([m for m in sys.modules if m.split('.')[0] in ('textual', 'rich', 'platformdirs')"
            " or m.startswith(('game.story', 'game.engine', 'game.session'))])"
        )
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "[]"

    def test_nothing_but_the_database_is_left_behind(self, folder: Path, grow: Grow) -> None:
        store = Store.open(folder)
        grow(store, 3)
        store.close()
        store.close()
        assert sorted(path.name for path in folder.iterdir()) == ["igh.db", "opening.lock"]


def _checkout(folder: Path) -> None:
    (folder / "game").mkdir(parents=True)
    (folder / "pyproject.toml").touch()


class TestSchema:
    def test_a_new_database_is_of_the_newest_version_and_flushes_every_commit(self, folder: Path) -> None:
        connection = schema.connect(_made(folder))
        schema.migrate(connection)
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        for table, columns in schema.COLUMNS.items():
            assert tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))[1:] == columns
        connection.close()

    def test_after_a_cheap_write_the_next_choice_is_flushed_again(self, store: Store) -> None:
        store.mark_seen(STORY, ["e01.a"])
        assert store._database.read("PRAGMA synchronous") == [(2,)]

    def test_the_versions_are_numbered_and_say_what_they_added(self) -> None:
        assert [version.number for version in schema.VERSIONS] == list(range(1, schema.VERSION + 1))
        assert all(version.added and version.statements for version in schema.VERSIONS)

    def test_an_older_database_gets_what_is_missing(
        self, folder: Path, grow: Grow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        connection = self._older(folder, grow)
        newer = schema.Version(2, "when a node was last seen", ("ALTER TABLE nodes ADD COLUMN last TEXT",))
        monkeypatch.setattr(schema, "VERSIONS", (*schema.VERSIONS, newer))
        monkeypatch.setattr(schema, "VERSION", 2)
        schema.migrate(connection)
        schema.migrate(connection)
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT count(*), count(last) FROM nodes").fetchone() == (4, 0)
        connection.close()

    def test_a_step_that_fails_leaves_the_database_as_it_was(
        self, folder: Path, grow: Grow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        connection = self._older(folder, grow)
        newer = schema.Version(
            2, "a mistake", ("ALTER TABLE nodes ADD COLUMN last TEXT", "ALTER TABLE nowhere")
        )
        monkeypatch.setattr(schema, "VERSIONS", (*schema.VERSIONS, newer))
        monkeypatch.setattr(schema, "VERSION", 2)
        with pytest.raises(sqlite3.OperationalError):
            schema.migrate(connection)
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert "last" not in [row[1] for row in connection.execute("PRAGMA table_info(nodes)")]
        connection.close()

    @staticmethod
    def _older(folder: Path, grow: Grow) -> sqlite3.Connection:
        store = Store.open(folder)
        grow(store, 3)
        store.close()
        return schema.connect(folder / "igh.db")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder / "igh.db"
