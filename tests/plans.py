"""Plans: small readable scripts that play a story and say what must be seen (tests/constructs/README.md)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game import Play, Story
from game.engine import NotOffered

CONSTRUCTS = Path(__file__).parent / "constructs"


def assemble(name: str, folder: Path) -> Path:
    """The construct's files over those of `base/`."""
    shutil.copytree(CONSTRUCTS / "base", folder, dirs_exist_ok=True)
    shutil.copytree(CONSTRUCTS / name, folder, dirs_exist_ok=True)
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


def play_plan(story: Story, plan: Path) -> Play:
    """Follow a plan from the beginning of a story; a line that does not hold says which, and what was read."""
    play = Play(story)
    for number, line in enumerate(plan.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                follow(play, line.strip())
            except (AssertionError, NotOffered, KeyError) as error:
                read = "\n".join(play.view.paragraphs)
                raise AssertionError(f"{plan.name}:{number}: {line}\n{error}\nread: {read}") from error
    return play
