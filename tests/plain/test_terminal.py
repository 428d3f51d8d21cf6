"""The plain game on a real terminal, and what survives when it is killed there."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.console import SMALL, Screen, plain

pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="needs a Unix terminal")
PLAY = ("play", "--plain", "--scenes", str(SMALL))


@contextmanager
def screen(saves: Path, *args: str, columns: int = 80) -> Iterator[Screen]:
    opened = Screen(*(args or PLAY), saves=saves, columns=columns)
    try:
        yield opened
    finally:
        opened.close()


def test_it_plays_on_a_terminal(saves: Path) -> None:
    with screen(saves) as game:
        assert "Lem is at the door" in game.read()
        game.type("1")
        assert "He says it twice." in game.read()
        game.type("quit")
        assert game.end() == 0
        assert "\x1b" not in game.text


def test_text_fits_a_narrow_terminal(saves: Path) -> None:
    with screen(saves, columns=40) as game:
        game.read()
        assert max(len(line) for line in game.text.split("\r\n")) <= 40


@pytest.mark.parametrize(("keys", "code"), [("\x03", 0), ("\x04", 0)], ids=["ctrl-c", "ctrl-d"])
def test_leaving_by_a_key_is_clean(saves: Path, keys: str, code: int) -> None:
    with screen(saves) as game:
        game.read()
        game.type("1")
        game.read()
        game.press(keys)
        assert game.end() == code
        assert "Traceback" not in game.text
        assert "Your place is kept." in game.text
    assert "He says it twice." in plain(saves).stdout


def test_two_windows_on_the_same_saves(saves: Path) -> None:
    """Each has a place of its own, and neither loses anything."""
    with screen(saves) as one, screen(saves) as two:
        one.read()
        two.read()
        one.type("1")
        assert "He says it twice." in one.read()
        two.type("2")
        assert "He leaves with the ticket." in two.read()
        one.type("again")
        assert "He leaves the ticket on the desk." in one.read()
        for game in (one, two):
            game.type("quit")
            assert game.end() == 0
    assert plain(saves, "saves").stdout.count("Episode 1: The lamp, The office. 1 choice") >= 1


def _seen(text: str) -> str:
    """How many decisions a printed map has, and which."""
    listed = re.findall(r"^\d+\. (.*)$", text.split("> map")[-1].replace("\r", ""), re.MULTILINE)
    return " / ".join(each.partition(" (")[0] for each in listed[:-1])


@pytest.mark.parametrize(
    ("seed", "rounds"), [(7, 12), *(pytest.param(seed, 40, marks=pytest.mark.slow) for seed in (1, 2, 3))]
)
def test_kill_loses_nothing_that_was_printed(saves: Path, seed: int, rounds: int) -> None:
    """Killed at random moments, again and again: what was on the screen has happened.

    Whatever turn was seen is in the life that the next start goes on with. A choice that was typed and
    not seen may or may not be.
    """
    chance = random.Random(seed)
    known = 0
    for _ in range(rounds):
        with screen(saves) as game:
            game.read()
            for _ in range(chance.randrange(4)):
                game.type("again")
                numbers = re.findall(r"^(\d)\. ", game.read().replace("\r", ""), re.MULTILINE)
                game.type(chance.choice(numbers) if numbers else "new")
                before = game.read()
                known = 0 if "A new life" in before else known + 1
            game.type(chance.choice(["1", "again", "1"]))
            time.sleep(chance.random() * 0.03)
            game.kill()
            shown = len(re.findall(r"You: ", game.drain().rsplit("\r\n> ", 1)[-1]))
        listed = _seen(plain(saves, "map all").stdout)
        now = len(listed.split(" / ")) if listed else 0
        assert now >= known + shown, (known, shown, listed)
        assert now <= known + 1
        known = now
