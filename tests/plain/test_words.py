"""The small parts of the plain game: words, wrapping, numbers."""

from __future__ import annotations

import io
import random
import unicodedata

import pytest

from game.plain import play
from game.plain.commands import COMMANDS
from game.plain.console import wrap
from game.plain.words import VERBS, numbers, parse
from game.saves import Store
from game.session import Session
from game.story import Story


@pytest.mark.parametrize(
    ("line", "verb", "rest", "number"),
    [
        ("3", "choose", "", 3),
        (" 3. ", "choose", "", 3),
        ("#12", "choose", "", 12),
        ("", "nothing", "", 0),
        (" \t", "nothing", "", 0),
        ("SAVE  the  day", "save", "the day", 0),
        ("?", "help", "", 0),
        ("c", "case", "", 0),
        ("3 4", "unknown", "3 4", 0),
        ("-1", "unknown", "-1", 0),
        ("²", "unknown", "²", 0),
        ("٣", "unknown", "٣", 0),
    ],
)
def test_parse(line: str, verb: str, rest: str, number: int) -> None:
    typed = parse(line)
    assert (typed.verb, typed.rest, typed.number) == (verb, rest, number)


def test_every_word_does_something_and_is_in_the_help() -> None:
    assert set(COMMANDS) == {verb.name for verb in VERBS}
    names = [name for verb in VERBS for name in (verb.name, *verb.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "found"),
    [("1 4", [1, 4]), ("1, 4 and 6", [1, 4, 6]), ("", []), ("1 x", None), ("1and2", None)],
)
def test_numbers(text: str, found: list[int] | None) -> None:
    assert numbers(text) == found


class TestWrapping:
    """Lines of any text at any width."""

    def test_later_lines_hang_under_a_number(self) -> None:
        assert wrap("12. Ask her about the lamp.", 16) == ["12. Ask her", "    about the", "    lamp."]

    def test_indentation_stays(self) -> None:
        assert wrap("    1 LAMP ........ $4.00", 72) == ["    1 LAMP ........ $4.00"]

    def test_long_words_are_cut(self) -> None:
        assert wrap("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]

    def test_wide_characters_count_twice(self) -> None:
        assert wrap("名前 名前", 5) == ["名前", "名前"]

    def test_nothing_that_moves_a_cursor(self) -> None:
        assert wrap("a\x1b[2J\rb\x07\u202ec\ud800", 72) == ["a[2Jbc"]

    def test_any_text_at_any_width(self) -> None:
        chance = random.Random(3)
        for _ in range(500):
            text = "".join(chance.choice("ab  -*1. é名\u0301") for _ in range(chance.randrange(80)))
            width = chance.randrange(20, 73)
            lines = wrap(text, width)
            assert "".join("".join(lines).split()) == "".join(text.split())
            assert all(columns(line) <= width for line in lines)


def columns(line: str) -> int:
    marks = sum(unicodedata.combining(char) > 0 for char in line)
    return len(line) - marks + sum(unicodedata.east_asian_width(char) in "WF" for char in line)


def _typing(chance: random.Random, lines: int) -> str:
    words = [verb.name for verb in VERBS if verb.name not in ("quit", "forget", "new")]
    rests = ["", "1", "2", "1 with 1", "2 with 1 2 3", "the roof", "all", "1b", "width 40", "yes", "x" * 200]
    typed = []
    for _ in range(lines):
        if chance.random() < 0.6:
            typed.append(str(chance.randrange(1, 7)))
        else:
            typed.append(f"{chance.choice([*words, 'yes', 'blah'])} {chance.choice(rests)}")
    return "\n".join(typed)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("which", ["small", "season"])
def test_any_typing_at_all(which: str, seed: int, request: pytest.FixtureRequest, store: Store) -> None:
    """A few hundred random lines: never an exception, never trouble, and the place is kept."""
    story: Story = request.getfixturevalue(which)
    session = Session(story, store)
    out = io.StringIO()
    assert play(session, io.StringIO(_typing(random.Random(seed), 150)), out) == 0
    said = out.getvalue()
    assert said.endswith("Your place is kept.\n")
    assert "could not be saved" not in said
    assert not set("─│┌┐└┘█▓▒░\x1b\r") & set(said)
    again = Session(session.story, store)
    again.resume()
    assert again.transcript == session.transcript
    assert again.messages() == []
