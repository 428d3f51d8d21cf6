"""A life as a text to keep: Markdown that reads well as it is, and a search through what was said.

Prose is prose in it: whatever Markdown would take for its own is escaped, and only the emphasis that the
writer put there is emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from game.engine.view import Heading, Notice, Spoken, View
from game.story import Story

from .turns import Turn
from .wording import Wording

__all__ = ["Hit", "markdown", "search", "write_markdown"]

_SPECIAL = re.compile(r"([\\`_\[\]<>#|~&!])")
_OPENING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_ROUND = 60
"""Characters that a hit shows on each side."""


class Hit(msgspec.Struct, frozen=True):
    """Words that were found. `turn` is the number of the turn, `text` what stands around them.

    `chosen`: they stand in what the player chose.
    """

    turn: int
    episode: str
    text: str
    chosen: bool = False


def markdown(story: Story, turns: Sequence[Turn]) -> str:
    """The whole life: headings for episodes and places, the prose, what was chosen, what changed."""
    return "\n\n".join(_blocks(story, turns)) + "\n"


def write_markdown(name: str, story: Story, turns: Sequence[Turn]) -> Path:
    """Write the whole life to a new file; returns its path.

    Raises ValueError, in a sentence for the player, for a name that does not end in `.md`, a file that is
    there already, and whatever else keeps it from being written.
    """
    if not name.casefold().endswith(".md"):
        raise ValueError("Name a file that ends in `.md`, such as `jessica.md`.")
    try:
        path = Path(name).expanduser()
        with path.open("x", encoding="utf-8") as file:
            file.write(markdown(story, turns))
    except FileExistsError as problem:
        raise ValueError(f"There is a file called {name} already; it was left alone.") from problem
    except (OSError, ValueError, RuntimeError) as problem:  # RuntimeError: `~` of somebody without a home
        reason = getattr(problem, "strerror", None) or problem
        raise ValueError(f"This could not be written to {name}: {reason}.") from problem
    return path


def search(turns: Sequence[Turn], words: str) -> list[Hit]:
    """Where all these words stand together in a paragraph or a choice, in any case, in order."""
    sought = words.casefold().split()
    hits = []
    for number, turn in enumerate(turns):
        texts = [(turn.echo, True), *((paragraph, False) for paragraph in turn.view.paragraphs)]
        texts += [(notice.text, False) for notice in turn.view.notices]
        for text, chosen in texts:
            said = text.replace("*", "").replace("∗", "*")
            if sought and all(word in said.casefold() for word in sought):
                hits.append(Hit(number, turn.view.episode, _around(said, sought[0]), chosen))
    return hits


def _around(text: str, word: str) -> str:
    """The text around a word, cut between words."""
    at = max(text.casefold().find(word), 0)
    start, end = at - _ROUND, at + len(word) + _ROUND
    if start > 0:
        start = text.rfind(" ", 0, start) + 1
    if end < len(text):
        end = text.find(" ", end)
        end = len(text) if end < 0 else end
    said = text[max(start, 0) : end]
    return f"{'… ' if start > 0 else ''}{said}{' …' if end < len(text) else ''}"


# Markdown ------------------------------------------------------------------------------------------


def _blocks(story: Story, turns: Sequence[Turn]) -> Iterator[str]:
    yield f"# {_escaped(story.title)}"
    words, before = Wording(story), None
    for turn in turns:
        if turn.echo:
            yield "\n".join(f"> {_escaped(line)}" for line in turn.echo.splitlines())
        elif turn.move is not None and turn.move.startswith("board/"):
            yield f"> {_escaped(words.label(turn.move))}"
        yield from _heading(story, words, turn.view, before)
        for notices, told in groupby(turn.view.told(), key=lambda each: isinstance(each, Notice)):
            if notices:
                yield "\n".join(f"- {_escaped(each.text)}" for each in told if isinstance(each, Notice))
            else:
                yield from (_paragraph(story, each) for each in told if isinstance(each, str))
        yield from _ending(story, turn.view)
        before = turn.view


def _heading(story: Story, words: Wording, view: View, before: View | None) -> Iterator[str]:
    """The episode where it changes. Where the scene moves the text has a heading of its own."""
    if before is not None and before.episode == view.episode:
        return
    yield f"## {_escaped(words.episode(view.episode))}"
    if not any(isinstance(paragraph, Heading) for paragraph in view.paragraphs):
        place = story.places.get(view.place)
        said = [place.name if place else view.place, view.time or ""]
        yield f"### {_escaped('. '.join(part.rstrip('.') for part in said if part))}"


def _paragraph(story: Story, paragraph: str) -> str:
    text = _escaped(paragraph)
    if isinstance(paragraph, Heading):
        return f"### {text}"
    if not isinstance(paragraph, Spoken):
        return text
    person = story.people.get(paragraph.speaker)
    return f"**{_escaped(person.short if person else paragraph.speaker)}:** {text}"


def _ending(story: Story, view: View) -> Iterator[str]:
    if view.ending is not None:
        ending = story.endings.get(view.ending)
        yield f"**{_escaped(ending.title) if ending else 'To be continued'}**"


def _escaped(prose: str) -> str:
    """Prose as Markdown: `*word*` stays emphasis, an asterisk that the writer meant is one."""
    text = _SPECIAL.sub(r"\\\1", prose).replace("∗", r"\*")
    return _OPENING.sub(_opened, text)


def _opened(match: re.Match[str]) -> str:
    """A beginning that Markdown would take for a list: `1.` needs its dot escaped, `-` itself."""
    mark = match[2]
    return f"{match[1]}{mark}\\" if mark.isdigit() else f"{match[1]}\\{mark}"
