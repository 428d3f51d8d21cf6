"""A player's settings, read without opening the saves.

Opening them makes a window, and may make a folder. Whoever plays on saves of their own for a while, or only
prints a life, wants neither, and still wants to read as this player reads.
"""

from __future__ import annotations

import pathlib
import sqlite3
import tempfile
from contextlib import closing
from typing import Any

import msgspec

from game.saves.folder import DATABASE, copy_database, saves_folder

__all__ = ["settings_in"]


def settings_in(folder: pathlib.Path | None = None) -> dict[str, Any]:
    """Every setting that is kept in `folder` (None: the usual one), by name; none where none can be read.

    A copy is read, so that not a byte of the saves changes.
    """
    database = (saves_folder() if folder is None else folder.absolute()) / DATABASE
    try:
        with tempfile.TemporaryDirectory(prefix="igh-") as name:
            copy = copy_database(database, pathlib.Path(name))
            if not copy.exists():
                return {}
            with closing(sqlite3.connect(copy)) as read:
                rows = read.execute("SELECT name, value FROM settings").fetchall()
        return {str(name): msgspec.json.decode(str(value)) for name, value in rows}
    except (OSError, sqlite3.Error, ValueError):  # whoever plays on these saves is told what is wrong
        return {}
