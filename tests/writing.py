"""Somebody who writes at the story while it is played: a copy of it, and edits."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.console import SMALL

__all__ = ["Draft"]


class Draft:
    """A copy of the small story in `folder` that can be edited."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(SMALL, folder)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text in a file. It must be there."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
