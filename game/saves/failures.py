"""What can go wrong under the database, told apart and put in words for the player.

The same disk says "full" in several ways, and a mistake of ours must not pass for one of them: only what
comes from outside is played on through.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from game.saves.model import StoreTooNew

__all__ = ["FAILURES", "Gone", "identity", "is_busy", "is_damage", "is_outside", "is_read_only", "told"]

FAILURES = (sqlite3.Error, OSError, StoreTooNew)

_FULL = (sqlite3.SQLITE_FULL,)
_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
_SHUT = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH)
_DISK = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM)
_NOT_SHUT = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE)
_GOES_ON = "The game goes on; what you play is kept in this window, and is saved as soon as that is possible."


class Gone(OSError):
    """The file the connection writes to is not the one under that name any more."""


def is_damage(problem: Exception) -> bool:
    """Whether the file itself is broken. SQLite says so with exactly this class, its subclasses are other
    things."""
    return type(problem) is sqlite3.DatabaseError


def is_busy(problem: Exception) -> bool:
    """Whether the connection is sound and only has to wait: a full disk, or somebody else's lock."""
    return _code(problem) in (*_FULL, *_HELD)


def is_read_only(problem: Exception) -> bool:
    """Whether a folder or file cannot be written at all, rather than not now."""
    if isinstance(problem, OSError):
        return problem.errno not in _NOT_SHUT
    return _code(problem) in _SHUT


def is_outside(problem: Exception) -> bool:
    """Whether this is the disk's doing, or another program's, and not a mistake in a statement."""
    if isinstance(problem, OSError | StoreTooNew) or is_damage(problem):
        return True
    return _code(problem) in (*_FULL, *_HELD, *_SHUT, *_DISK)


def told(problem: Exception) -> str:
    """What is wrong, and that the game goes on."""
    return f"{_reason(problem)} {_GOES_ON}"


def _reason(problem: Exception) -> str:
    code = _code(problem)
    number = problem.errno if isinstance(problem, OSError) else None
    if code in _FULL or number in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full."
    if code in _HELD:
        return "Another program holds the saves locked."
    if code in _SHUT or number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "The saves cannot be written: the folder or the file is read-only, or cannot be opened."
    if isinstance(problem, Gone):
        return "The saves have been moved or removed."
    if isinstance(problem, StoreTooNew):
        return "A newer version of the game has taken over the saves."
    if is_damage(problem):
        return "The saves have been damaged."
    return f"The saves cannot be written: the system reports an error ({problem})."


def _code(problem: Exception) -> int | None:
    """The primary SQLite result code, if there is one."""
    code = getattr(problem, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def identity(database: Path) -> tuple[int, int] | None:
    """Which file is under that name now; None if there is none."""
    try:
        status = os.stat(database)
    except OSError:
        return None
    return status.st_dev, status.st_ino
