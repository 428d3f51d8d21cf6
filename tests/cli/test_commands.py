"""The commands: what they print, and the exit codes."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.console import ROOT, SMALL, igh, plain

SCENES = ("--scenes", str(SMALL))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the small story with two mistakes in two files."""
    copy = tmp_path / "broken"
    shutil.copytree(SMALL, copy)
    for name, old, new in (
        ("e01/door.yaml", "to: gone", "to: gonne"),
        ("e01/cellar.yaml", "learn: [lamp]", "learn: [lump]"),
    ):
        path = copy / name
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    return copy


class TestArguments:
    """Bad ones are refused with exit code 2 and no traceback."""

    @pytest.mark.parametrize(
        "args",
        [
            ["dance"],
            ["play", "--plian"],
            ["--scenes"],
            ["--scenes", "", "check"],
            ["--scenes", "/nowhere/at/all", "check"],
            ["check", "--scenes", str(SMALL / "season.yaml")],
            ["stats", "--jso"],
            ["saves"],
            ["saves", "burn"],
            ["saves", "export", "no such bookmark"],
            ["saves", "import", "/nowhere/at/all"],
            ["saves", "import", "/"],
            ["replay"],
            ["replay", "/nowhere"],
            ["replay", "x" * 10_000],
            ["serve", "--port", "99999"],
            ["serve", "--port", "-1"],
            ["play", "--plain", "extra"],
            ["\udcff\udcfe"],
            ["--scenes", "\udcff", "check"],
        ],
        ids=lambda args: ascii(" ".join(args))[:40],
    )
    def test_bad_arguments(self, args: list[str], saves: Path) -> None:
        done = igh(*args, saves=saves)
        assert done.returncode == 2
        assert done.stderr
        assert done.stdout == ""

    def test_help_is_readable(self) -> None:
        done = igh("--help")
        assert done.returncode == 0
        for word in ("play", "check", "stats", "saves", "export-story", "replay", "serve", "schema"):
            assert f"\n  {word} " in done.stdout
        assert max(map(len, done.stdout.splitlines())) <= 100

    def test_options_stand_before_or_after_the_word(self, tmp_path: Path) -> None:
        for number, args in enumerate(
            (["--saves", "{}", *SCENES, "play", "--plain"], ["play", "--plain", *SCENES, "--saves", "{}"],
             [*SCENES, "play", "--plain", "--saves", "{}"])
        ):  # fmt: skip
            folder = tmp_path / str(number)
            assert igh(*(arg.format(folder) for arg in args), typed="1\n").returncode == 0
            listed = igh("saves", "list", "--json", "--saves", str(folder))
            assert [mark["moves"] for mark in json.loads(listed.stdout)] == [1]

    def test_without_a_terminal_it_says_how_to_play(self, saves: Path) -> None:
        done = igh(saves=saves)
        assert done.returncode == 2
        assert "igh play --plain" in done.stderr


class TestChecking:
    """`igh check`."""

    def test_the_season_is_sound(self) -> None:
        """No errors; and what it counts is what it lists."""
        done = igh("check", "--json")
        report = json.loads(done.stdout)
        assert (done.returncode, report["errors"]) == (0, 0), report["findings"]
        severities = [finding["severity"] for finding in report["findings"]]
        assert report["warnings"] == severities.count("warning")

    def test_what_loads_can_still_be_wrong(self) -> None:
        """The small story breaks a rule of seasons: its turn is read in only one later episode."""
        done = igh("check", *SCENES)
        assert done.returncode == 1
        assert "season.yaml:13:3: " in done.stdout

    def test_every_mistake_at_once_with_line_and_caret(self, broken: Path) -> None:
        done = igh("check", "--scenes", str(broken))
        assert done.returncode == 1
        lines = (broken / "e01" / "door.yaml").read_text("utf-8").splitlines()
        line = next(number for number, text in enumerate(lines, 1) if "gonne" in text)
        assert f"door.yaml:{line}:13: " in done.stdout
        assert "        to: gonne\n" in done.stdout
        assert "cellar.yaml:9:13: " in done.stdout

    def test_mistakes_as_json(self, broken: Path) -> None:
        done = igh("check", "--json", "--scenes", str(broken))
        report = json.loads(done.stdout)
        assert done.returncode == 1
        assert report["errors"] == len(report["findings"]) == 2
        assert {"path", "line", "column", "message", "severity"} <= report["findings"][0].keys()

    def test_other_commands_say_what_is_wrong(self, broken: Path, saves: Path) -> None:
        for args in (["stats"], ["export-story"], ["play", "--plain"]):
            done = igh(*args, "--scenes", str(broken), saves=saves)
            assert done.returncode == 1
            assert "gonne" in done.stderr
            assert done.stdout == ""
        failed = igh("stats", "--json", "--scenes", str(broken))
        assert "gonne" in json.loads(failed.stdout)["error"]


class TestReports:
    """`igh stats`, `igh export-story`, `igh schema`."""

    def test_stats(self) -> None:
        stats = json.loads(igh("stats", "--json", *SCENES).stdout)
        assert (stats["passages"], stats["choices"], stats["clues"]) == (9, 13, 3)
        assert (stats["turns"], stats["endings"]) == (1, 1)
        assert stats["beats"] == {"b01": ["e01.door"]}
        first, second = stats["episodes"]
        assert first["id"] == "e01"
        assert (first["passages"], first["choices"], first["conditional_choices"]) == (7, 11, 1)
        assert (first["inline_variations"], first["beats"], second["beats"]) == (3, 1, 0)
        assert stats["words"] > first["words"] > second["words"] > 0

    def test_the_season_has_stats(self) -> None:
        stats = json.loads(igh("stats", "--json").stdout)
        assert stats["words"] >= sum(episode["words"] for episode in stats["episodes"]) > 0
        assert stats["episodes"][0]["id"] == "e01"

    def test_export_story(self) -> None:
        document = json.loads(igh("export-story", *SCENES).stdout)
        assert document["passages"]["e01.door.start"]["choices"][0]["id"] == "hear"
        assert document["clues"]["ticket"]["exhibit"]["form"] == "receipt"
        assert document["variables"]["turn.t1"]["words"]

    def test_schema(self, tmp_path: Path) -> None:
        copy = tmp_path / "scenes"
        shutil.copytree(SMALL, copy)
        assert igh("schema", "--check", "--scenes", str(copy)).returncode == 1
        assert igh("schema", "--scenes", str(copy)).returncode == 0
        written = sorted(path.name for path in (copy / "schema").iterdir())
        assert "scene.json" in written
        for name in written:
            assert json.loads((copy / "schema" / name).read_text("utf-8"))["$schema"]
        assert igh("schema", "--check", "--scenes", str(copy)).returncode == 0

    def test_the_schemas_that_ship_are_up_to_date(self) -> None:
        done = igh("schema", "--check")
        assert done.returncode == 0, done.stderr


class TestSaves:
    """`igh saves` and `igh replay`."""

    def test_list_export_import_delete(self, saves: Path, tmp_path: Path) -> None:
        plain(saves, "1", "1", "save the cellar")
        there, file = tmp_path / "there", str(tmp_path / "life.yaml")
        listed = json.loads(igh("saves", "list", "--json", saves=saves).stdout)
        assert {mark["name"] for mark in listed if not mark["auto"]} == {"the cellar"}
        assert set(listed[0]) == {"name", "episode", "place", "moves", "when", "auto"}
        assert igh("saves", "export", "the cellar", file, saves=saves).returncode == 0
        assert igh("saves", "import", file, *SCENES, saves=there).returncode == 0
        assert "The lamp on the stairs" in plain(there, "load the cellar").stdout
        assert igh("saves", "delete", "the cellar", saves=there).returncode == 0
        assert "the cellar" not in igh("saves", "list", saves=there).stdout
        assert igh("saves", "delete", "the cellar", saves=there).returncode == 2

    def test_the_last_play_can_be_exported(self, saves: Path) -> None:
        plain(saves, "1")
        text = igh("saves", "export", "auto", saves=saves).stdout
        done = igh("replay", "-", *SCENES, typed=text)
        assert "He says it twice." in done.stdout
        assert "Lem is at the door" not in done.stdout

    def test_replay_prints_a_transcript(self, saves: Path, tmp_path: Path) -> None:
        plain(saves, "2", "4", "1", "1")
        file = tmp_path / "life.yaml"
        file.write_text(igh("saves", "export", "auto", saves=saves).stdout, "utf-8")
        whole = igh("replay", str(file), "--plain", *SCENES).stdout
        assert whole.index("Lem is at the door") < whole.index("You: Put him out.") < whole.index("The end:")
        place = json.loads(igh("replay", str(file), "--json", *SCENES).stdout)
        assert place["ending"] == "north"
        assert len(place["moves"]) == 4

    @pytest.mark.parametrize(
        "text", ["", "moves: [", "\x00", "a: &a [*a]", "- " * 100_000, "{}"], ids=range(6)
    )
    def test_hostile_files_change_nothing(self, text: str, saves: Path, tmp_path: Path) -> None:
        file = tmp_path / "bad.yaml"
        file.write_text(text, "utf-8")
        for args in (["saves", "import"], ["replay"]):
            done = igh(*args, str(file), *SCENES, saves=saves)
            assert done.returncode == 1
            assert done.stderr
        assert json.loads(igh("saves", "list", "--json", saves=saves).stdout) == []

    def test_a_life_of_another_story_is_refused(self, saves: Path) -> None:
        plain(saves, "1")
        text = igh("saves", "export", "auto", saves=saves).stdout
        done = igh("saves", "import", "-", typed=text, saves=saves)
        assert done.returncode == 1
        assert "another story" in done.stderr


class TestServe:
    """`igh serve` without its extra."""

    def test_it_says_what_is_missing(self) -> None:
        import importlib.util

        if importlib.util.find_spec("textual_serve") is not None:
            pytest.skip("textual-serve is installed")
        done = igh("serve")
        assert done.returncode == 1
        assert "igh-file[serve]" in done.stderr


def test_it_runs_from_anywhere(tmp_path: Path, saves: Path) -> None:
    """The working directory does not matter: not for the season, not for the saves."""
    assert igh("stats", "--json", cwd=tmp_path).returncode == 0
    assert igh("play", "--plain", typed="1\n", cwd=tmp_path, saves=saves).returncode == 0
    assert os.listdir(tmp_path) in ([], ["saves"])
    assert ROOT not in tmp_path.parents
