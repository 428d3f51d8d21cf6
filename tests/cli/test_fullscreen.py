"""The full-screen game from the command line: it comes up on a terminal, and goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.console import SMALL, Screen

pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="needs a Unix terminal")


@pytest.mark.parametrize("args", [[], ["play"]], ids=["igh", "igh play"])
def test_it_starts_and_leaves(args: list[str], saves: Path) -> None:
    screen = Screen(*args, "--scenes", str(SMALL), saves=saves)
    try:
        screen.read(until="New")
        screen.press("\x11")  # Ctrl-Q
        assert screen.end() == 0
        assert "Traceback" not in screen.text
        assert "\x1b[?1049l" in screen.text  # the terminal is given back
    finally:
        screen.close()
