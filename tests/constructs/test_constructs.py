"""Every construct of the script, played from a plan that a writer can read (see README.md here)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game import Play, Story
from game.engine import NotOffered

HERE = Path(__file__).parent
PLANS = sorted(path for path in HERE.glob("*/*.plan"))


def assemble(name: str, folder: Path) -> Path:
    """The construct's files over those of `base/`."""
    shutil.copytree(HERE / "base", folder, dirs_exist_ok=True)
    shutil.copytree(HERE / name, folder, dirs_exist_ok=True)
    return folder


def follow(play: Play, line: str) -> None:
    """Do or assert what one line of a plan says."""
    mark, _, rest = line.partition(" ")
    view = play.view
    offers = {offer.id: offer for offer in view.choices}
    match mark:
        case "#":
            return
        case ">":
            play.apply(rest) if "/" in rest else play.choose(rest)
        case "x":
            before = (play.state, play.moves, play.view)
            with pytest.raises(NotOffered):
                play.apply(rest) if "/" in rest else play.choose(rest)
            assert (play.state, play.moves, play.view) == before
        case "-":
            assert rest in offers
            assert offers[rest].locked is None
        case "!":
            name, _, reason = rest.partition(": ")
            assert offers[name].locked == reason
        case "/":
            assert rest not in offers
        case "*":
            assert rest in [notice.text.rstrip() for notice in view.notices]
        case "@":
            assert view.passage == rest
        case "=":
            assert view.ending == rest
        case "~":
            assert rest not in "\n".join(view.paragraphs)
        case _:
            assert line in "\n".join(view.paragraphs)


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_plan(plan: Path, tmp_path: Path) -> None:
    """The construct does what its plan says, and a replay of the same moves is the same play."""
    story = Story.load(assemble(plan.parent.name, tmp_path / "scenes"))
    play = Play(story)
    for number, line in enumerate(plan.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                follow(play, line.strip())
            except AssertionError as error:
                raise AssertionError(f"{plan.name}:{number}: {line}\nread: {play.view.paragraphs}") from error
    again = Play.replay(story, play.moves)
    assert (again.state, again.view, again.moves) == (play.state, play.view, play.moves)
    assert hash(again.state) == hash(play.state)
