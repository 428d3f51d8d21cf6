"""Passing over scenes of self-harm, line by line: a word sets it, and everything that is read obeys it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.console import igh
from tests.plans import assemble

GOES_ON = "    choices:\n      on:\n        text: Go on.\n        to: after\n"
WRITTEN, PASSED = "What is in the room.", "You find him too late."


@pytest.fixture
def scenes(tmp_path: Path) -> Path:
    """A story with one such scene."""
    return assemble("summary", tmp_path / "scenes")


def play(scenes: Path, saves: Path, *typed: str) -> str:
    lines = "".join(f"{line}\n" for line in typed)
    done: subprocess.CompletedProcess[str] = igh(
        "play", "--plain", "--scenes", str(scenes), typed=lines, saves=saves
    )
    assert done.returncode == 0
    return done.stdout


class TestPassingOver:
    """On and off at any moment, kept with the saves."""

    def test_it_is_read_unless_told_otherwise(self, scenes: Path, saves: Path) -> None:
        said = play(scenes, saves, "1", "settings")
        assert WRITTEN in said
        assert PASSED not in said
        assert "type `pass over on`" in said
        assert "pass over: off." in said

    def test_on(self, scenes: Path, saves: Path) -> None:
        """One plain line instead, and the story goes on behind it."""
        said = play(scenes, saves, "pass over on", "1", "settings")
        assert WRITTEN not in said
        assert said.index("You: Go in.") < said.index(PASSED) < said.index("After.")
        assert "pass over: on." in said

    def test_it_is_kept_and_holds_for_what_was_read_before(self, scenes: Path, saves: Path) -> None:
        """After a load, a rewind and in the next sitting; and `pass over off` brings the text back."""
        play(scenes, saves, "1", "save here", "settings pass over on")
        said = play(scenes, saves, "load here", "back", "1", "again", "transcript", "find room", "find late")
        assert WRITTEN not in said
        assert said.count(PASSED) == 6  # on coming back and for every word typed, but `back` and `find room`
        assert WRITTEN in play(scenes, saves, "pass off")

    def test_the_scene_you_stand_in_is_said_again(self, scenes: Path, saves: Path) -> None:
        said = play(scenes, saves, "1", "pass over on")
        assert PASSED in said.partition("> pass over on")[2]

    def test_a_transcript_on_paper(self, scenes: Path, saves: Path, tmp_path: Path) -> None:
        play(scenes, saves, "pass over on", "1", f"transcript {tmp_path}/life.md")
        kept = (tmp_path / "life.md").read_text("utf-8")
        assert WRITTEN not in kept
        assert PASSED in kept

    def test_a_list_of_saves_never_quotes_it(self, scenes: Path, saves: Path) -> None:
        """The line of a bookmark is read where nobody asked for it."""
        text = scenes / "e01" / "scene.yaml"
        text.write_text(text.read_text("utf-8").replace("    to: after\n", GOES_ON), "utf-8")
        said = play(scenes, saves, "1", "saves").partition("> saves")[2]
        assert WRITTEN not in said
        assert PASSED in said

    def test_a_replay_honors_it(self, scenes: Path, saves: Path) -> None:
        """Also a life of somebody else's, which never comes near the saves."""
        play(scenes, saves, "1", "save here", "pass over on")
        file = scenes.parent / "life.yaml"
        args = ("--scenes", str(scenes))
        assert igh("saves", "export", "here", str(file), *args, saves=saves).returncode == 0
        assert PASSED in igh("replay", "--plain", str(file), *args, saves=saves).stdout
        play(scenes, saves, "pass over off")
        assert WRITTEN in igh("replay", "--plain", str(file), *args, saves=saves).stdout

    @pytest.mark.parametrize("typed", ["pass over", "pass", "pass over maybe", "pass the salt"])
    def test_nothing_else_sets_it(self, scenes: Path, saves: Path, typed: str) -> None:
        assert WRITTEN in play(scenes, saves, typed, "1")
