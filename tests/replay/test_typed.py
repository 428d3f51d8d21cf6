"""Lives, codes and transcripts by typed words, and on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.console import SMALL, igh, plain

SCENES = ("--scenes", str(SMALL))


def flat(text: str) -> str:
    """A text without its line breaks, for sentences that were wrapped."""
    return " ".join(text.split())


def said_after(text: str, typed: str) -> str:
    """What was said after that line was typed, up to the next; without line breaks."""
    return flat(text.split(f"\n> {typed}\n")[-1].split("\n> ")[0])


def code_in(text: str) -> str:
    found = re.search(r"characters:\n\n([0-9A-Z\n-]+)\n\n", text)
    assert found is not None, text
    return "".join(found[1].split())


class TestLives:
    """The tree, by numbers."""

    def test_lives_are_listed_and_gone_to(self, saves: Path) -> None:
        plain(saves, "1", "1", "1")
        text = plain(saves, "lives", "life 1 1", "life 1", "life 7", "life x", args=["--new"]).stdout
        assert "1. Episode 1: The lamp, The office, after 3 choices. This is the life you are in." in flat(
            text
        )
        assert "He leaves the ticket on the desk." in said_after(text, "life 1 1")
        assert "Nothing down here but the floor" in said_after(text, "life 1")
        assert "`lives` lists them." in said_after(text, "life 7")
        assert "`lives` lists them." in said_after(text, "life x")

    def test_another_life_has_another_number(self, saves: Path) -> None:
        text = plain(saves, "1", "4", "new", "2", "lives").stdout
        assert "1. Episode 1: The lamp, after 2 choices.\n" in flat(text) or "1. Episode 1: The lamp," in text
        assert "2. Episode 1: The lamp, The office, after 1 choice. This is the life you are in." in flat(
            text
        )

    def test_the_map_is_searched(self, saves: Path) -> None:
        text = plain(saves, "1", "1", "2", "new", "2", "map hear him", "map dark", "map xyzzy").stdout
        assert "- Life 1, choice 1: Hear him out. (The man at the door: You let him talk)" in flat(text)
        assert "Nothing on the map has these words about it." in said_after(text, "map dark")
        assert "Nothing on the map" in said_after(text, "map xyzzy")

    def test_the_map_names_the_turns(self, saves: Path) -> None:
        text = plain(saves, "1", "map").stdout
        assert "1. Hear him out. A turn: The man at the door: You let him talk." in flat(text)

    def test_compare(self, saves: Path) -> None:
        text = plain(
            saves, "1", "2", "1", "new", "2", "compare 1", "compare 1 2", "compare", "compare 9"
        ).stdout
        found = said_after(text, "compare 1")
        assert "This life and life 1" in found
        assert "They part after 0 choices: Episode 1: The lamp, The office." in found
        assert "- This life: Put him out. Now." in found
        assert "- Life 1: Hear him out." in found
        assert "- The man at the door: You put him out in this life; You let him talk in life 1" in found
        assert "- A switch that was off: only in life 1." in found
        assert "Life 1 and life 2" in flat(text)
        for typed in ("compare", "compare 9"):
            assert "`lives` lists them." in said_after(text, typed)

    def test_skip(self, saves: Path) -> None:
        text = plain(saves, "1", "2", "1", "new", "2", "new", "skip").stdout
        assert (
            "You go on as you did before, 1 choice further. Here is a choice that you have never made."
            in flat(text)
        )
        assert "There is nothing to skip." in plain(saves, "skip").stdout

    def test_u_is_back(self, saves: Path) -> None:
        assert "Taken back." in plain(saves, "1", "u").stdout


class TestCodes:
    """`share`, `replay`, `igh replay`, `igh saves import`."""

    def test_a_life_goes_from_one_player_to_another(self, saves: Path, tmp_path: Path) -> None:
        """As a code, typed into the game; it is kept as a bookmark there."""
        code = code_in(plain(saves, "1", "1", "2", "share").stdout)
        other = tmp_path / "other"
        text = plain(other, f"replay {code.lower()}", "back", "saves").stdout
        assert "You are at its last place." in flat(text)
        assert "1. from a code. Episode 1: The lamp" in flat(text)

    def test_a_code_that_is_none_changes_nothing(self, saves: Path) -> None:
        text = plain(saves, "1", "replay 1ABC", "replay", "replay " + "7" * 4000, "saves").stdout
        assert "This is not a code" in said_after(text, "replay 1ABC")
        assert "No bookmarks yet." in flat(text)

    def test_on_the_command_line(self, saves: Path, tmp_path: Path) -> None:
        code = code_in(plain(saves, "1", "1", "2", "share").stdout)
        done = igh("replay", code, "--json", *SCENES)
        moves = ["e01.door.start/hear", "e01.office.desk/cellar", "e01.cellar.stairs/up"]
        assert json.loads(done.stdout)["moves"] == moves
        whole = igh("replay", *code.split("-"), "--plain", *SCENES).stdout
        assert (
            whole.index("Lem is at the door")
            < whole.index("He says it twice.")
            < whole.index("The desk again")
        )
        (tmp_path / "code.txt").write_text(f"{code}\n")
        assert (
            json.loads(igh("replay", str(tmp_path / "code.txt"), "--json", *SCENES).stdout)["moves"] == moves
        )
        assert json.loads(igh("replay", "-", "--json", *SCENES, typed=code).stdout)["moves"] == moves

    def test_imported(self, saves: Path, tmp_path: Path) -> None:
        code = code_in(plain(saves, "1", "1", "2", "share").stdout)
        there = tmp_path / "there"
        assert (
            "Imported as `from a code`: 3 choices."
            in igh("saves", "import", code, *SCENES, saves=there).stdout
        )
        [mark] = json.loads(igh("saves", "list", "--json", saves=there).stdout)
        assert (mark["name"], mark["moves"], mark["place"]) == ("from a code", 3, "The office")

    @pytest.mark.parametrize("code", ["1ABCDEFGH", "1234-5678-9", "U" * 30, "0" * 299])
    def test_one_that_is_none(self, code: str, saves: Path) -> None:
        """Exit code 1 and a sentence; with --json a JSON object; and no bookmark."""
        done = igh("replay", code, "--json", *SCENES)
        assert (done.returncode, "not a code" in json.loads(done.stdout)["error"]) == (1, True)
        assert igh("saves", "import", code, *SCENES, saves=saves).returncode == 1
        assert json.loads(igh("saves", "list", "--json", saves=saves).stdout) == []

    def test_a_code_of_another_story(self, saves: Path, tmp_path: Path) -> None:
        code = code_in(plain(saves, "1", "share").stdout)
        season = SMALL / "season.yaml"
        other = tmp_path / "other"
        other.mkdir()
        for path in SMALL.rglob("*.yaml"):
            (other / path.relative_to(SMALL)).parent.mkdir(parents=True, exist_ok=True)
            (other / path.relative_to(SMALL)).write_text(path.read_text())
        (other / "season.yaml").write_text(season.read_text().replace("A small case", "A large case"))
        done = igh("replay", code, "--scenes", str(other))
        assert (done.returncode, "another story" in done.stderr) == (1, True)


class TestReadingBack:
    """`transcript`, `find`."""

    def test_everything_once_more(self, saves: Path) -> None:
        text = said_after(plain(saves, "1", "1", "2", "transcript").stdout, "transcript")
        assert (
            text.index("Lem is at the door") < text.index("You: Hear him out.") < text.index("The desk again")
        )
        assert "1. " not in text

    def test_as_a_file(self, saves: Path, tmp_path: Path) -> None:
        """It is Markdown, and a file that is there is left alone."""
        path = tmp_path / "life.md"
        assert "as Markdown" in flat(plain(saves, "1", f"transcript {path}").stdout)
        before = path.read_text()
        assert before.startswith("# A small case\n\n## Episode 1: The lamp\n")
        again = plain(
            saves, "1", f"transcript {path}", "transcript /nowhere/at/all.md", "transcript 1"
        ).stdout
        assert "there is a file called" in flat(again.casefold())
        assert "could not be written to /nowhere/at/all.md" in flat(again)
        assert "Name a file that ends in `.md`" in flat(again)
        assert path.read_text() == before

    def test_find(self, saves: Path) -> None:
        text = plain(saves, "1", "1", "find BULB", "find hear him", "find xyzzy", "find").stdout
        assert "- After 2 choices: The lamp on the stairs has no bulb." in flat(text)
        assert "- After 1 choice, your choice: Hear him out." in flat(text)
        assert "has these words in it" in said_after(text, "find xyzzy")
        assert "Say what to look for" in flat(text).rpartition("> find\n")[2]


def test_the_close_of_an_episode_and_of_the_season(saves: Path) -> None:
    """Turns, what was never found by its kind, leads, the Board, the route, the code."""
    text = plain(saves, "1", "1", "1", "pin 1 with 1", "2", "1", "1").stdout
    close = flat(text[text.index("The close of The lamp") :])
    for line in (
        "The man at the door: You let him talk",
        "Clues: 2 found, 1 never found. Those were: 1 from a witness.",
        "Leads you left: Ask Rita.",
        "Why is Lem dead? He fell.",
        "The dead: Lem Ortega.",
        "Your route: 5 choices, of them 1 death, 1 that taught you something, 1 on the Board.",
        "What you leave behind",
        "The code of this life, for `replay`:",
    ):
        assert line in close, line
        close = close[close.index(line) :]
    code = close.split("for `replay`: ")[1].split(" ")[0]
    assert json.loads(igh("replay", code, "--json", *SCENES).stdout)["ending"] == "north"
