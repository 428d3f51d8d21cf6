"""A life as a text."""

from __future__ import annotations

import re

import msgspec

from game import Play, Story
from game.engine.view import Spoken
from game.session import Session, Turn
from game.session.transcript import markdown, search
from game.session.turns import retrace

from .seasons import play_blindly


def play(session: Session, *choices: str) -> None:
    for choice in choices:
        session.choose(choice)


def test_everything_is_in_it_in_order(session: Session) -> None:
    play(session, "put_out", "remember", "sleep", "continue", "bus")
    text = markdown(session.story, session.transcript)
    lines = (
        "# A small case",
        "## Episode 1: The lamp",
        "### The office. Monday night",
        "> Put him out.",
        "- Lem Ortega is dead.",
        "### The office. Tuesday",
        '**Kilgrave:** "You could have let him in."',
        "> Let the day go.",
        "## Episode 2: The switch",
        "The bus goes north.",
        "**Going north**",
    )
    for line in lines:
        at = text.find(f"\n{line}" if not line.startswith("# ") else line)
        assert at >= 0, line
        text = text[at + len(line) :]


def test_what_was_pinned(session: Session) -> None:
    play(session, "hear", "cellar", "down")
    session.pin("who_fell", "fell", ["lamp"])
    text = markdown(session.story, session.transcript)
    assert "> The Board: He fell\n\nMen fall in the dark.\n" in text


def test_prose_stays_prose(small: Story) -> None:
    """What Markdown would take for its own is escaped; the emphasis of the writer is emphasis."""
    view = Play(small).view
    said = (
        "# no heading",
        "1. no list",
        "- no list",
        "a_b_c <b>no</b> `code` [no](link)",
        "an *emphasis* and ∗ a star",
        Spoken("> no quote", "rita"),
    )
    turn = Turn(None, "", msgspec.structs.replace(view, paragraphs=said))
    lines = markdown(small, [turn]).split("\n\n")[3:]
    assert lines == [
        r"\# no heading",
        r"1\. no list",
        r"\- no list",
        r"a\_b\_c \<b\>no\</b\> \`code\` \[no\](link)",
        r"an *emphasis* and \* a star",
        "**Rita:** \\> no quote\n",
    ]


def test_search(session: Session) -> None:
    """All the words, in any case, in what was read or chosen; where, and what stands around them."""
    play(session, "hear", "cellar", "down")
    hits = search(session.transcript, "CELLAR hat")
    assert [(hit.turn, hit.text) for hit in hits] == [
        (0, "… is at the door with his hat on. He wants you to look at his cellar.")
    ]
    assert [hit.chosen for hit in search(session.transcript, "hear him out")] == [True]
    assert [hit.turn for hit in search(session.transcript, "a dead lamp")] == [2]
    assert search(session.transcript, "") == []
    assert search(session.transcript, "nothing of the kind") == []


def test_a_season(long: Story) -> None:
    """A whole season of it; every paragraph that was read is there."""
    turns = retrace(long, None, play_blindly(long, 3).moves).turns
    text = markdown(long, turns)
    assert len(re.findall(r"^## ", text, re.M)) == 13
    assert text.count("> Take ") == sum(turn.echo.startswith("Take") for turn in turns)
