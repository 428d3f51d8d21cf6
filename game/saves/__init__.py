"""What the player has done, kept: one SQLite database of every decision ever made.

The saves know nothing of the story. A move is a string, a passage is a string, an opening is a dictionary
of words; so a season can be rewritten without a save noticing, and the saves can be tested without one.
"""

from __future__ import annotations

from game.saves.folder import saves_folder
from game.saves.model import (
    BadImport,
    Bookmark,
    InUse,
    Life,
    Node,
    NotKept,
    Opening,
    Path,
    SavesError,
    Snapshot,
    StoreTooNew,
    TreeNode,
)
from game.saves.peek import settings_in
from game.saves.store import Store

__all__ = [
    "BadImport",
    "Bookmark",
    "InUse",
    "Life",
    "Node",
    "NotKept",
    "Opening",
    "Path",
    "SavesError",
    "Snapshot",
    "Store",
    "StoreTooNew",
    "TreeNode",
    "saves_folder",
    "settings_in",
]
