"""Seasons made for a purpose: a long one to measure with, and short ones to be edited under a save."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from pathlib import Path

from game import Play, Story
from game.story.ordinals import Ordinals

__all__ = ["long_season", "play_blindly", "short_story", "write_short"]

LEADS, DEPTH, PINS = 8, 3, 12

_SEASON = """\
title: {title}
edition: 1
episodes:
{episodes}
alliances: [burned, wary, square, solid]
dials:
  temper: {{steps: [cold, level, short], starts: level}}
turns:
{turns}
endings:
  end: {{title: The end of it}}
"""


def _choices(names: list[str], to: str, extra: dict[str, str] | None = None) -> str:
    lines = []
    for name in names:
        lines += [f"      {name}:", f"        text: Take {name}.", f"        to: {to}"]
        if extra and name in extra:
            lines.append(f"        {extra[name]}")
    return "\n".join(lines)


def _passage(name: str, text: str, choices: str, more: str = "") -> str:
    body = f"  {name}:\n    text: |\n      {text}\n"
    return f"{body}{more}    choices:\n{choices}\n"


def _open_scene(number: int) -> str:
    parts = ["scene: open", "title: The open", "place: street", "passages:"]
    for step in range(4):
        to = f"p{step + 1}" if step < 3 else "hub"
        names = ["one", "two", "three"]
        turns = {
            "one": f"turn: {{t{number}a: first}}",
            "two": f"turn: {{t{number}a: second}}",
            "three": "trust: {ann: +1}",
        }
        parts.append(_passage(f"p{step}", f"Step {step}.", _choices(names, to, turns if step == 1 else None)))
    return "\n".join(parts)


def _lead_scene(number: int, lead: int) -> str:
    parts = [f"scene: lead{lead}", f"title: Lead {lead}", "place: room", "passages:"]
    for step in range(DEPTH):
        to = f"p{step + 1}" if step < DEPTH - 1 else "hub"
        names = ["one", "two", "three", "four"][: 2 + (lead + step) % 3]
        clue = f"    learn: [c{number}_{lead}]\n" if step == 0 else ""
        more = {names[0]: f"learn: [d{number}_{lead}]"} if step == 1 and lead < PINS - LEADS else None
        parts.append(_passage(f"p{step}", f"Lead {lead}, {step}.", _choices(names, to, more), clue))
    return "\n".join(parts)


def _hub_scene(number: int, last: bool) -> str:
    parts = ["scene: desk", "title: The desk", "place: office", "passages:"]
    parts.append(
        _passage("start", "The desk.", _choices(["sleep"], "out"), "    board: true\n").rstrip("\n") + "\n"
    )
    for step in range(3):
        to = f"n{step + 1}" if step < 2 else ("end" if last else "close")
        names = ["one", "two", "three", "four"][: 2 + step]
        more = {n: f"turn: {{t{number}b: {o}}}" for n, o in (("one", "first"), ("two", "second"))}
        parts.append(_passage(f"n{step}", f"Night {step}.", _choices(names, to, more if step == 2 else None)))
    if last:
        parts.append("  end:\n    ending: end\n    text: |\n      It ends.\n")
    return "\n".join(parts)


def _episode(number: int, hours: int) -> str:
    leads = "\n".join(
        f"  l{lead}:\n    text: Follow lead {lead}.\n    hours: 1\n    to: lead{lead}.p0"
        for lead in range(LEADS)
    )
    known = [f"c{number}_{lead}" for lead in range(LEADS)] + [
        f"d{number}_{lead}" for lead in range(PINS - LEADS)
    ]
    theories = "\n".join(
        f"      h{n}:\n        title: Theory {n}\n"
        f"        carried_by: [[{known[n]}, {known[n + 3]}], [{known[n + 1]}]]"
        for n in range(4)
    )
    return (
        f"title: Episode {number}\nopening: open.p0\nhub: desk.start\nout: desk.n0\nhours: {hours}\n"
        f"leads:\n{leads}\nquestions:\n  q{number}:\n    text: What was it?\n"
        f"    true: h1\n    pins: [{', '.join(known)}]\n"
        f"    theories:\n{theories}\n"
    )


def _clues(number: int) -> str:
    names = [f"c{number}_{n}" for n in range(LEADS)] + [f"d{number}_{n}" for n in range(PINS - LEADS)]
    return "clues:\n" + "".join(
        f"  {name}:\n    title: Clue {name}\n    claim: It is so.\n    source: the street\n    kind: place\n"
        "    note: So what.\n"
        for name in names
    )


def long_season(folder: Path, episodes: int = 13, hours: int = 6) -> Path:
    """A season of so many episodes, each of a question, 9 moves and 4 for each hour; its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"e{number:02}" for number in range(1, episodes + 1)]
    turns = "".join(
        f"  t{n}{half}: {{title: Turn {n}{half}, episode: e{n:02}, "
        f"outcomes: {{first: One, second: Another}}}}\n"
        for n in range(1, episodes + 1)
        for half in "ab"
    )
    titles = "\n".join(f"  {name}: {{title: Part {name}}}" for name in names)
    season = _SEASON.format(title="A long season", episodes=titles, turns=turns.rstrip("\n"))
    (folder / "season.yaml").write_text(season)
    (folder / "people.yaml").write_text(
        "people:\n  ann: {name: Ann Moss, short: Ann, trust: wary, about: A neighbor.}\n"
    )
    (folder / "places.yaml").write_text(
        "places:\n  street: {name: The street}\n  room: {name: A room}\n  office: {name: The office}\n"
    )
    for number, name in enumerate(names, 1):
        home = folder / name
        home.mkdir(exist_ok=True)
        (home / "episode.yaml").write_text(_episode(number, hours))
        (home / "clues.yaml").write_text(_clues(number))
        (home / "open.yaml").write_text(_open_scene(number))
        (home / "desk.yaml").write_text(_hub_scene(number, name == names[-1]))
        for lead in range(LEADS):
            (home / f"lead{lead}.yaml").write_text(_lead_scene(number, lead))
    return folder


def play_blindly(story: Story, seed: int, pins: int = 2, most: int = 2_000, shun: str = "") -> Play:
    """A play to its end, every move by chance; about so many pins in each episode.

    The choice called `shun` is taken only where there is no other.
    """
    dice, play, done = random.Random(seed), Play(story), 0
    while play.view.ending is None and len(play.moves) < most:
        view = play.view
        if play.opened:
            done = 0
        carried = [(q, t) for q in view.questions for t in q.theories if t.carried]
        if view.board and carried and done < pins and dice.random() < 0.5:
            question, theory = dice.choice(carried)
            needed = story.questions[question.id].theories[theory.id].carried_by
            clues = set(dice.choice([c for c in needed if c <= set(question.pins)]))
            clues |= set(dice.sample(question.pins, min(len(question.pins), dice.randrange(3))))
            try:
                play.pin(question.id, theory.id, [c for c in question.pins if c in clues])
                done += 1
            except ValueError:  # it stands so already
                pass
            continue
        on_offer = [offer.id for offer in view.choices if offer.locked is None]
        play.choose(dice.choice([offer for offer in on_offer if offer != shun] or on_offer))
    return play


SHORT = {
    "season.yaml": """
        title: A short story
        edition: 1
        episodes:
          e01: {title: First}
          e02: {title: Second}
        alliances: [burned, wary, square, solid]
        flags:
          wet: {domain: yes/no, about: She was in the rain.}
        """,
    "people.yaml": """
        people:
          ann: {name: Ann Moss, trust: wary, about: A neighbor.}
        """,
    "places.yaml": """
        places:
          hall: {name: The hall}
          yard: {name: The yard}
        """,
    "e01/episode.yaml": """
        title: First
        opening: hall.start
        """,
    "e01/hall.yaml": """
        scene: hall
        title: The hall
        place: hall
        passages:
          start:
            text: |
              A hall.
            choices:
              left: {text: Go left., to: left}
              right: {text: Go right., to: yard.start}
          left:
            text: |
              The left door.
            choices:
              open: {text: Open it., to: yard.start}
              listen: {text: Listen.}
        """,
    "e01/yard.yaml": """
        scene: yard
        title: The yard
        place: yard
        passages:
          start:
            text: |
              A yard in the rain.
            choices:
              stand:
                text: Stand in it.
                set: {wet: yes}
                to: close
              run: {text: Run., to: close}
        """,
    "e02/episode.yaml": """
        title: Second
        opening: room.start
        """,
    "e02/room.yaml": """
        scene: room
        title: The room
        place: hall
        passages:
          start:
            text: |
              {wet: You drip.|You are dry.}
            choices:
              sit: {text: Sit., to: middle}
              stay: {text: Stay on your feet., to: middle}
          middle:
            text: |
              Time goes by.
            choices:
              wait: {text: Wait.}
              leave: {text: Leave., to: close}
        """,
}
"""A story of two episodes, in which she may be wet in the second."""


def write_short(folder: Path, edit: Callable[[str], str] = lambda text: text, *, number: bool = True) -> Path:
    """Write SHORT into a folder, each file put through `edit`; with `number`, what is new gets ordinals."""
    for name, text in SHORT.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(edit(textwrap.dedent(text).lstrip("\n")))
    if number:
        Ordinals(Story.load(folder)).write()
    return folder


def short_story(folder: Path, edit: Callable[[str], str] = lambda text: text) -> Story:
    """SHORT as edited, loaded."""
    return Story.load(write_short(folder, edit))
