"""Which windows are open on the same saves.

A window holds a lock on a small file of its own for as long as it lives. The operating system lets go of
it however the window ends, so a lock that can be taken belongs to nobody, and there is no process number
that could have been given to somebody else meanwhile.
"""

from __future__ import annotations

import os
import secrets
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Window", "turnstile"]

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@contextmanager
def turnstile(folder: Path, patience: float = 10.0) -> Iterator[None]:
    """One window at a time opens the saves: two must not set the same damaged file aside.

    After `patience` seconds, or where no lock can be had, it goes on without one.
    """
    descriptor = None
    with suppress(OSError):
        descriptor = os.open(folder / "opening.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        end = time.monotonic() + patience
        while descriptor is not None and not _lock(descriptor) and time.monotonic() < end:
            time.sleep(0.01)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


class Window:
    """This window's token, and whether the holder of another one is still there.

    Where its file cannot be made (a full disk), a window has a token all the same; another one may then
    take its autosave over, and it makes itself a new one with its next move.
    """

    def __init__(self, folder: Path) -> None:
        self.token = secrets.token_hex(8)
        self._folder = folder
        self._descriptor: int | None = None
        with suppress(OSError), turnstile(folder):
            self._sweep()
            self._descriptor = os.open(self._file(self.token), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
            _lock(self._descriptor)

    def is_open(self, token: str | None) -> bool:
        """Whether the window of that token is still open: this one, or another that holds its lock."""
        if token is None or token == self.token:
            return token is not None
        return _is_held(self._file(token))

    def close(self) -> None:
        """Let go of the lock. May be called again."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            with suppress(OSError):
                self._file(self.token).unlink()

    def _file(self, token: str) -> Path:
        return self._folder / f"window-{token}.lock"

    def _sweep(self) -> None:
        """Remove the files of windows that ended without closing. Only inside the turnstile."""
        for file in self._folder.glob("window-*.lock"):
            if not _is_held(file):
                with suppress(OSError):
                    file.unlink()


def _is_held(file: Path) -> bool:
    try:
        descriptor = os.open(file, os.O_RDWR)
    except PermissionError:
        return True  # somebody else's, and there is no telling
    except OSError:
        return False
    try:
        return not _lock(descriptor)
    finally:
        os.close(descriptor)
