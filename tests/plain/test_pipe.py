"""The plain game through a pipe."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.console import SMALL, igh, plain


class TestAnEvening:
    """New, choose, quit, and go on where it stopped."""

    def test_a_new_game_begins_with_the_content_note(self, saves: Path) -> None:
        """The note stands before the first scene, and the menu is numbered."""
        said = plain(saves).stdout
        assert said.index("a dead man in it") < said.index("Lem is at the door")
        assert (
            "\n1. Hear him out.\n2. Put him out. Now.\n- Lift him. (locked: You are not that angry.)\n"
            in said
        )

    def test_it_goes_on_where_it_stopped(self, saves: Path) -> None:
        """After `quit` the next start says the same text and offers the same choices, without the note."""
        first = plain(saves, "1", "quit")
        second = plain(saves, "quit")
        assert (first.returncode, second.returncode) == (0, 0)
        page = first.stdout[first.stdout.index("He says it twice.") : first.stdout.index("\n> quit")]
        assert page in second.stdout
        assert "a dead man in it" not in second.stdout

    def test_new_begins_again_and_keeps_the_old_life(self, saves: Path) -> None:
        plain(saves, "1")
        fresh = plain(saves, "saves", args=["--new"]).stdout
        assert "Lem is at the door" in fresh
        assert "Lives, kept by themselves" in fresh
        assert "1 choice," in fresh

    def test_the_end_of_the_input_leaves_cleanly(self, saves: Path) -> None:
        ended = plain(saves, "1")
        assert ended.returncode == 0
        assert ended.stdout.endswith("Your place is kept.\n")
        assert ended.stderr == ""

    def test_a_life_can_be_played_to_its_end(self, saves: Path) -> None:
        """Closing an episode, the next one, the ending, the epilogue; and back from there."""
        said = plain(saves, "2", "4", "1", "1", "1", "back").stdout
        assert "The close of The lamp" in said
        assert "The man at the door: You put him out" in said
        assert "Clues: 0 found, 3 never found." in said
        assert "The dead: Lem Ortega." in said
        assert "Episode 2: The switch" in said
        assert "Rita has the lock changed." in said
        assert "The end: Going north." in said
        assert "There is nothing to choose any more." in said
        assert said.index("Taken back.") < said.rindex("1. Take the bus.")


class TestWords:
    """Whatever is typed gets an answer."""

    def test_unknown_words_are_answered(self, saves: Path) -> None:
        said = plain(saves, "boord", "xyzzy", "12", "map 99", "load nowhere", "pin").stdout
        assert "Did you mean `board`?" in said
        assert "`xyzzy` means nothing here." in said
        assert "There is no choice 12 here." in said
        assert "There is no decision `99`." in said
        assert "No bookmark begins with `nowhere`." in said
        assert "The Board can only be read here." in said

    def test_an_empty_line_does_nothing(self, saves: Path) -> None:
        assert plain(saves, "", "", "").stdout.count("Lem is at the door") == 1

    def test_strange_bytes_do_no_harm(self, saves: Path) -> None:
        """Not UTF-8, escape sequences, NUL, a line of a million characters, no end of line."""
        typed = b"\xff\xfe\n\x1b[2J\x00\n" + b"9" * 1_000_000 + b"\nmap \xc2\xb2\n1\nquit"
        ended = igh("play", "--plain", "--scenes", str(SMALL), typed=typed, saves=saves)
        assert ended.returncode == 0
        assert "\x1b" not in ended.stdout
        assert "He says it twice." in ended.stdout
        assert len(ended.stdout) < 10_000

    def test_case_shows_what_she_knows(self, saves: Path) -> None:
        """Clues with exhibits laid out, people, the dead; and a search."""
        said = plain(saves, "1", "case", "case rita", "case zzz").stdout
        whole, found, nothing = said.split("> case")[1:]
        assert "    1 LAMP ........ $4.00\n    PAID\n  End of exhibit." in whole
        assert "Rita Moss: wary" in whole
        assert "Lem Ortega. He went down his own stairs." in whole
        assert "Rita Moss" in found
        assert "A claim ticket" not in found
        assert "Nothing in the casebook has that word in it." in nothing

    def test_settings_are_kept(self, saves: Path) -> None:
        plain(saves, "settings width 30", "settings map labels", "settings nonsense")
        said = plain(saves, "settings").stdout
        assert "width: 30." in said
        assert "map: labels." in said
        assert max(len(line) for line in said.splitlines()) <= 30


class TestTheBoard:
    """One line says a pin."""

    def test_a_theory_is_pinned_and_taken_down(self, saves: Path) -> None:
        typed = ("1", "1", "2", "board", "pin 1 with 1", "board", "unpin", "board")
        said = plain(saves, *typed).stdout.split("\n> ")
        assert "1. A dead lamp" in said[4]
        assert "Men fall in the dark." in said[5]
        assert "* Pinned: He fell" in said[5]
        assert "On the Board: He fell. Held by: A dead lamp." in said[6]
        assert "* Taken down: Why is Lem dead?" in said[7]
        assert "Nothing is pinned to it." in said[8]

    @pytest.mark.parametrize(
        ("typed", "answer"),
        [
            ("pin 1 with 2", "Those clues do not carry that."),
            ("pin 7 with 1", "There is no theory 7"),
            ("pin 1 with 9", "There is no clue 9"),
            ("pin lamp", "Say it like this: `pin 2 with 1 4`."),
            ("unpin 1", "Nothing is pinned to that question."),
            ("unpin 4", "Say which question to clear"),
        ],
    )
    def test_a_refused_pin_says_why_and_is_no_move(self, saves: Path, typed: str, answer: str) -> None:
        said = plain(saves, "1", "1", "2", typed, "map").stdout
        assert answer in said
        assert "4. You are here." in said


class TestGoingBack:
    """Nothing played is lost by going back."""

    def test_back_takes_one_choice_back(self, saves: Path) -> None:
        said = plain(saves, "1", "back", "back", "2").stdout
        assert "There is nothing to take back" in said
        assert "He leaves with the ticket." in said

    def test_the_map_goes_back_and_shows_the_other_life(self, saves: Path) -> None:
        said = plain(saves, "1", "1", "map 1", "2", "map", "map 1b", "map").stdout.split("\n> ")
        assert "1b. In another life: Hear him out." in said[5]
        assert "He leaves the ticket on the desk." in said[6]
        assert "1. Hear him out." in said[7]
        assert "2b. In another life: Look at the cellar." in said[7]

    def test_a_choice_of_another_life_is_marked(self, saves: Path) -> None:
        said = plain(saves, "1", "back").stdout
        assert "1. Hear him out. (taken in another life)" in said

    def test_the_map_hints_only_where_an_episode_was_closed(self, saves: Path) -> None:
        before = plain(saves, "1", "map").stdout
        after = plain(saves, "4", "map", "settings map labels", "map", "settings map nothing", "map").stdout
        assert "there is another way" not in before
        first, _, second, _, third = re.split(r"\n> (?:map|settings map .*)\n", after)[1:]
        assert "1. Hear him out. (there is another way)" in first
        assert "- Not tried: Lift him. (locked: You are not that angry.)" in second
        assert "another way" not in third
        assert "Not tried" not in third


class TestBookmarks:
    """Save, load, delete, forget."""

    def test_save_and_load(self, saves: Path) -> None:
        plain(saves, "1", "save the desk", "1")
        said = plain(saves, "load", "load THE DESK").stdout
        assert "1. the desk. Episode 1: The lamp, The office. 1 choice" in said
        assert said.rindex("He says it twice.") > said.index("> load THE DESK")

    def test_delete_asks_first(self, saves: Path) -> None:
        plain(saves, "save one")
        kept = plain(saves, "delete one", "no", "saves").stdout
        assert "Nothing was removed." in kept
        assert "1. one." in kept.split("> saves")[1]
        gone = plain(saves, "delete 1", "yes", "saves").stdout
        assert "The bookmark is gone." in gone
        assert "No bookmarks yet." in gone

    def test_forget_erases_a_life(self, saves: Path) -> None:
        plain(saves, "1", "save it", "new", "2")
        said = plain(saves, "forget it", "yes", "saves").stdout
        assert "That life is forgotten." in said
        assert "it." not in said.split("> saves")[1].split("Lives")[0]


class TestTheText:
    """What a screen reader or a log must not stumble over."""

    def test_nothing_but_words(self, saves: Path) -> None:
        """No boxes, no color, no cursor movement, no emphasis marks, 72 columns at most."""
        typed = ("1", "board", "case", "map", "help", "settings", "saves", "3", "again")
        said = plain(saves, *typed).stdout
        assert not re.search("[\u2500-\u259f\x1b\r\x08*]", said.replace("\n* ", "\n"))
        assert max(map(len, said.splitlines())) <= 72

    def test_voices_are_named(self, saves: Path) -> None:
        assert '\nKilgrave: "You could have let him in."\n' in plain(saves, "1", "3").stdout

    def test_notices_are_marked(self, saves: Path) -> None:
        said = plain(saves, "1", "2", "1").stdout
        assert "\n* In the casebook: A claim ticket\n* Lem Ortega is dead.\n" in said
        assert "\n* Rita: wary before, square now\n" in said


class TestPipes:
    """Readers who leave early."""

    def test_a_closed_pipe_is_quiet(self, saves: Path) -> None:
        command = [
            sys.executable,
            "-m",
            "game",
            "play",
            "--plain",
            "--scenes",
            str(SMALL),
            "--saves",
            str(saves),
        ]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b"1\n" * 2)
        process.stdin.close()
        assert process.wait(20) == 0
        assert process.stderr.read() == b""
        process.stderr.close()
