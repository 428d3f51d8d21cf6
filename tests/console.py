"""The game as a player meets it: a process, behind a pipe or on a terminal."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

__all__ = ["SMALL", "Screen", "igh", "plain"]

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests" / "stories" / "small"


def _environment(saves: Path | None) -> dict[str, str]:
    kept = {**os.environ, "PYTHONPATH": str(ROOT)}
    if saves is not None:
        kept["IGH_SAVES"] = str(saves)
    return kept


def igh(
    *args: str, typed: str | bytes = "", saves: Path | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `python -m game` with these arguments and this on its standard input."""
    raw = typed.encode() if isinstance(typed, str) else typed
    done = subprocess.run(
        [sys.executable, "-m", "game", *args],
        input=raw,
        capture_output=True,
        timeout=60,
        cwd=cwd,
        env=_environment(saves),
    )
    out, err = done.stdout.decode(), done.stderr.decode(errors="replace")
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def plain(saves: Path, *typed: str, args: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Play the small story through a pipe, line by line."""
    lines = "".join(f"{line}\n" for line in typed)
    return igh("play", "--plain", "--scenes", str(SMALL), *args, typed=lines, saves=saves)


class Screen:
    """The game on a terminal of its own. `read` collects what it prints."""

    def __init__(self, *args: str, saves: Path, columns: int = 80, rows: int = 24) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self._master, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "game", *args],
            stdin=child,
            stdout=child,
            stderr=child,
            env={**_environment(saves), "TERM": "xterm-256color"},
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(child)
        self.text = ""

    def read(self, until: str = "\r\n> ", timeout: float = 60) -> str:
        """What is printed from now on, up to and with `until`. Fails if it does not come."""
        deadline = time.monotonic() + timeout
        fresh = ""
        while until not in fresh:
            left = deadline - time.monotonic()
            assert left > 0, f"{until!r} did not come; so far: {self.text[-2000:]!r}"
            piece = self._piece(min(left, 0.5))
            if piece is None:
                assert until in fresh, f"the game ended before {until!r}: {self.text[-2000:]!r}"
                break
            fresh += piece
            self.text += piece
        return fresh

    def _piece(self, patience: float) -> str | None:
        ready, _, _ = select.select([self._master], [], [], patience)
        if not ready:
            return ""
        try:
            raw = os.read(self._master, 65536)
        except OSError:  # Linux says so when the other side is closed
            return None
        return raw.decode(errors="replace") if raw else None

    def drain(self) -> str:
        """What is left to read after the game has ended."""
        while piece := self._piece(0.2):
            self.text += piece
        return self.text

    def type(self, text: str) -> None:
        """Type `text`, and Enter."""
        self.press(f"{text}\r")

    def press(self, keys: str) -> None:
        """Send keys as they are."""
        os.write(self._master, keys.encode())

    def kill(self) -> None:
        """End the game as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def end(self, timeout: float = 60) -> int:
        """Wait for the game to end by itself; the exit code."""
        deadline = time.monotonic() + timeout
        while self.process.poll() is None and time.monotonic() < deadline:
            if piece := self._piece(0.1):
                self.text += piece
        self.drain()
        return self.process.wait(1)

    def close(self) -> None:
        """Let go of the terminal."""
        if self.process.poll() is None:
            self.kill()
        os.close(self._master)


def _take_terminal() -> None:
    """Make the terminal this process's own, so that Ctrl-C reaches it, whatever the tests were started from:
    a shell's background job ignores it, and so would its children."""
    import fcntl
    import termios

    signal.signal(signal.SIGINT, signal.default_int_handler)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
