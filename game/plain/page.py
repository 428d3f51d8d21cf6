"""A view as lines of words.

Pure: a view goes in, lines come out. Everything the full-screen game tells by place or by color is told by
a word here: who speaks, what is locked and why, what was taken before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from game.engine.view import Heading, Notice, Offer, Spoken, View
from game.session import Turn
from game.story import Story

__all__ = [
    "episode_name",
    "heading",
    "menu",
    "open_offers",
    "place_name",
    "plain",
    "read_lines",
    "text",
    "turn_lines",
]

_EMPHASIS = str.maketrans({"*": None, "∗": "*"})


def plain(prose: str) -> str:
    """Prose without its marks of emphasis; an asterisk that the writer meant stays."""
    return prose.translate(_EMPHASIS)


def person_name(story: Story, person: str) -> str:
    """The short name of a person, by id."""
    known = story.people.get(person)
    return known.short or known.name if known else person


def place_name(story: Story, place: str) -> str:
    """The name of a place, by id; what is no id is returned as it is."""
    known = story.places.get(place)
    return known.name if known else place


def episode_name(story: Story, episode: str) -> str:
    """`Episode 1: The man who ran`."""
    known = story.episodes.get(episode)
    if known is None:
        return episode
    return f"Episode {list(story.episodes).index(episode) + 1}: {known.title}"


def heading(story: Story, view: View, before: View | None) -> list[str]:
    """The episode, where it is another than in `before`. With None, also the place if the text has none."""
    lines = []
    if before is None or before.episode != view.episode:
        lines += [episode_name(story, view.episode), ""]
    if before is None and not any(isinstance(paragraph, Heading) for paragraph in view.paragraphs):
        lines += [_sentence(place_name(story, view.place), view.time), ""]
    return lines


def clock(view: View, before: View | None) -> list[str]:
    """The hours that are left, where the clock runs and says something new."""
    if view.hours is None or (before is not None and before.hours == view.hours):
        return []
    return [f"{view.hours} {'hour' if view.hours == 1 else 'hours'} left.", ""]


def _sentence(*parts: str | None) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def text(story: Story, view: View) -> list[str]:
    """The paragraphs, a blank line after each, and the notices."""
    lines: list[str] = []
    for notices, told in groupby(view.told(), key=lambda each: isinstance(each, Notice)):
        if notices:
            lines += [*(f"* {notice_line(each)}" for each in told if isinstance(each, Notice)), ""]
            continue
        for paragraph in told:
            assert isinstance(paragraph, str)
            words = plain(paragraph)
            if isinstance(paragraph, Heading):
                words = _sentence(words)
            elif isinstance(paragraph, Spoken):
                words = f"{person_name(story, paragraph.speaker)}: {words}"
            lines += [words, ""]
    return lines


def notice_line(notice: Notice) -> str:
    """The line of a notice, with words where a sign would be read out badly."""
    if notice.kind == "trust":
        return f"{notice.name}: {notice.before} before, {notice.after} now"
    return plain(notice.text)


def open_offers(view: View) -> list[Offer]:
    """The choices that can be made, in the order of their numbers."""
    return [offer for offer in view.choices if offer.locked is None]


def menu(story: Story, view: View, taken: Callable[[str], bool]) -> list[str]:
    """The choices: open ones numbered, locked ones with their reason, in the story's order."""
    lines = []
    number = 0
    for offer in view.choices:
        label = plain(offer.text)
        if offer.voice:
            label = f"{person_name(story, offer.voice)}: {label}"
        if offer.locked is not None:
            lines.append(f"- {label} (locked: {plain(offer.locked)})")
            continue
        number += 1
        lines.append(f"{number}. {label}{_asides(offer, taken(offer.id))}")
    return [*lines, *_where_it_stops(story, view)]


def _asides(offer: Offer, taken: bool) -> str:
    asides = []
    if offer.hours is not None:
        asides.append(f"{offer.hours} {'hour' if offer.hours == 1 else 'hours'}")
    if offer.known:
        asides.append(plain(offer.known).rstrip("."))
    if taken:
        asides.append("taken in another life")
    return f" ({'. '.join(asides)})" if asides else ""


def _where_it_stops(story: Story, view: View) -> list[str]:
    if view.stuck:
        return [
            "The story is stuck here, which is its fault and not yours. `back` takes your last choice back."
        ]
    if view.ending is None:
        return []
    if view.ending == "to_be_continued":
        stopped = "To be continued: this is as far as the season is written."
    else:
        ending = story.endings.get(view.ending)
        stopped = f"The end: {ending.title if ending else view.ending}."
    return [stopped, "`back`, `map`, `case`, `new` and `quit` still work."]


def turn_lines(
    story: Story, turn: Turn, before: View | None, taken: Callable[[str], bool], extra: Sequence[str] = ()
) -> list[str]:
    """Everything that a turn says, choices included. `extra` stands between the text and the choices."""
    view = turn.view
    read = read_lines(story, turn, before)
    return _without_double_blanks([*read, "", *extra, *clock(view, before), *menu(story, view, taken)])


def read_lines(story: Story, turn: Turn, before: View | None) -> list[str]:
    """What was chosen, and the text that came of it."""
    echo = ["", f"You: {plain(turn.echo)}"] if turn.echo else []
    view = turn.view
    return _without_double_blanks([*echo, "", *heading(story, view, before), *text(story, view)])


def _without_double_blanks(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return ["", *kept]
