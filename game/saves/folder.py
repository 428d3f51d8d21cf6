"""Where the saves live, and how to copy them.

Someone who has the source beside the game expects the saves beside it too, wherever the game was started
from; someone who installed it expects them where the platform keeps such things.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["DATABASE", "SUFFIXES", "copy_database", "saves_folder", "temporary_copy"]

DATABASE = "igh.db"
SUFFIXES = ("", "-wal", "-shm")
"""A database is three files: right after a crash the newest choices are in the second one."""

_ROOT = Path(__file__).resolve().parents[2]


def saves_folder(environ: Mapping[str, str] | None = None, root: Path = _ROOT) -> Path:
    """The folder for the saves; it need not exist yet.

    `IGH_SAVES` if it is set and not empty; else `saves/` in a checkout, which is a `root` that has both a
    `pyproject.toml` and a `game/`; else the platform's data folder.
    """
    chosen = (os.environ if environ is None else environ).get("IGH_SAVES", "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute()
    if (root / "pyproject.toml").is_file() and (root / "game").is_dir():
        return root / "saves"
    import platformdirs  # only the installed game pays for it

    return Path(platformdirs.user_data_dir("igh-file", appauthor=False))


def copy_database(database: Path, folder: Path) -> Path:
    """Copy a database and its write-ahead log into `folder`; the index is rebuilt by SQLite.

    Raises OSError when a file is there and cannot be copied. A database that is not there is not an error:
    its log may be.
    """
    copy = folder / DATABASE
    for suffix in ("", "-wal"):
        source = database.with_name(database.name + suffix)
        if source.exists():
            shutil.copyfile(source, copy.with_name(copy.name + suffix))
    return copy


def temporary_copy(database: Path) -> Path:
    """A copy of the database in a new temporary folder, which is left there. Raises OSError."""
    return copy_database(database, Path(tempfile.mkdtemp(prefix="igh-saves-")))
