"""A bad scene file is told exactly what is wrong with it, and where; nothing of it is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import Play, Story
from game.story import StoryError
from tests.plans import assemble

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


def failure(folder: Path) -> str:
    """What loading the folder says."""
    with pytest.raises(StoryError) as raised:
        Story.load(folder)
    return str(raised.value)


def season_with(folder: Path, scene: bytes) -> Path:
    """The base season with these bytes as its scene."""
    assemble("base", folder)
    (folder / "e01" / "scene.yaml").write_bytes(scene)
    return folder


def test_every_file_here_is_tried() -> None:
    assert len(BAD) > 15


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_scene(path: Path, tmp_path: Path) -> None:
    """Each file begins with the words its author must be shown."""
    expected = [
        line.removeprefix("# expect: ")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("# expect: ")
    ]
    said = failure(season_with(tmp_path / "scenes", path.read_bytes()))
    assert expected
    for words in expected:
        assert words in said, said


@pytest.mark.parametrize(
    ("name", "scene", "words"),
    [
        ("tab", b"scene: scene\n\ttitle: A\n", "2:1: a tab; YAML is indented with spaces"),
        ("latin-1", b"scene: scene\ntitle: Caf\xe9\n", "2:11: this is not UTF-8: byte 0xe9"),
        ("oversized", b"# " + b"x" * 1_100_000, "a scene file has at most 1,000,000"),
        ("empty", b"", "the file is empty"),
        ("only a comment", b"# nothing yet\n", "the file is empty"),
        ("two documents", b"scene: scene\n---\nscene: other\n", "this is not YAML"),
        ("deep", b"scene: " + b"[" * 60 + b"]" * 60, "nested more than"),
        ("nul", b"scene: sc\x00ne\n", "this is not YAML"),
    ],
)
def test_bad_bytes(name: str, scene: bytes, words: str, tmp_path: Path) -> None:
    assert words in failure(season_with(tmp_path / "scenes", scene)), name


def test_empty_folder(tmp_path: Path) -> None:
    assert "the folder is empty: a season begins with season.yaml" in failure(tmp_path)


def test_no_folder(tmp_path: Path) -> None:
    assert "there is no such folder" in failure(tmp_path / "nowhere")


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    """Two scenes with a mistake each give two findings, each with its line and a caret under the column."""
    folder = season_with(tmp_path / "scenes", (BAD[0].parent / "missing_target.yaml").read_bytes())
    second = (BAD[0].parent / "dead_comparison.yaml").read_text(encoding="utf-8")
    (folder / "e01" / "other.yaml").write_text(
        second.replace("scene: scene", "scene: other"), encoding="utf-8"
    )
    said = failure(folder)
    assert said.startswith("2 mistakes in the scenes")
    quoted, caret = next(
        (line, below)
        for line, below in zip(said.splitlines(), said.splitlines()[1:], strict=False)
        if "^" in below
    )
    assert quoted[caret.index("^") :].startswith(("stret", "favors"))


def test_yaml_does_not_change_what_was_written(tmp_path: Path) -> None:
    """A key `no`, a time `1:10`, `+1`, `007` and a leading quotation mark are all what they look like."""
    scene = b"""
scene: scene
title: 007
place: alias
time: 1:10
passages:
  start:
    text: |
      "Which truck?"
    choices:
      no:
        text: No.
        then: 1:10
        set: {favors: +1}
        to: end
  end:
    text: |
      {favors == 2: Two.}
    ending: over
"""
    play = Play(Story.load(season_with(tmp_path / "scenes", scene)))
    assert play.view.paragraphs == ("Alias Investigations. 1:10", '"Which truck?"')
    assert play.view.time == "1:10"
    play.choose("no")
    assert play.view.paragraphs[:2] == ("1:10", "Two.")


def test_a_clue_file_with_a_mistake_hides_no_other(tmp_path: Path) -> None:
    folder = season_with(tmp_path / "scenes", (BAD[0].parent / "unknown_key.yaml").read_bytes())
    (folder / "people.yaml").write_text("people: {trish: {nam: Trish}}\n", encoding="utf-8")
    said = failure(folder)
    assert "`nam` is not a key here" in said
    assert "`txt` is not a key here" in said
