"""How much there is to read from one choice to the next, at worst."""

from __future__ import annotations

import msgspec

from game.story import Story
from game.story.model import RETURN, Choice, Divert, Passage

from .stats_words import longest_text

__all__ = ["Stretch", "stretches"]


class Stretch(msgspec.Struct, frozen=True):
    """The longest way from a choice (or, with `choice` None, from an opening) to the next menu, in words."""

    passage: str
    choice: str | None
    words: int
    end: str


def stretches(story: Story) -> list[Stretch]:
    """One for each choice of the season, and one for each episode's opening."""
    reader = _Reader(story)
    found = []
    for passage in story.passages.values():
        if passage.opens is not None:
            words, end = reader.from_passage(passage.id, frozenset())
            at = passage.to[0].to if passage.to else passage.id
            found.append(Stretch(at, None, words, end))
        for choice in passage.choices:
            if passage.scene:
                found.append(reader.from_choice(passage, choice))
    return found


class _Reader:
    """Longest ways, remembered. A passage met again on the way adds nothing: she is going round."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.known: dict[str, tuple[int, str]] = {}

    def from_choice(self, passage: Passage, choice: Choice) -> Stretch:
        words, end = self.onward(passage, choice.to, choice.tunnel, frozenset())
        if not choice.to and choice.tunnel is None:
            words, end = 0, passage.id
        return Stretch(passage.id, choice.id, longest_text(choice.then) + words, end)

    def from_passage(self, name: str, on_the_way: frozenset[str]) -> tuple[int, str]:
        if name in self.known:
            return self.known[name]
        if name in on_the_way or name not in self.story.passages:
            return 0, name
        passage = self.story.passages[name]
        way = on_the_way | {name}
        found = (longest_text(passage.text), name)
        if not (passage.choices or passage.ending or passage.closing):
            onward = passage.to
            if not onward and passage.tunnel is None and passage.hub is not None:
                onward = (Divert(passage.hub),)
            words, end = self.onward(passage, onward, passage.tunnel, way)
            found = (found[0] + words, end)
        for divert in passage.redirect:
            if divert.to != RETURN:
                found = max(found, self.from_passage(divert.to, way))
        if not on_the_way:
            self.known[name] = found
        return found

    def onward(
        self, passage: Passage, to: tuple[Divert, ...], tunnel: str | None, way: frozenset[str]
    ) -> tuple[int, str]:
        """The longest of several ways on. A tunnel that has menus of its own ends the stretch inside."""
        inside = self.from_passage(tunnel, way) if tunnel is not None else (0, passage.id)
        if tunnel is not None and self.story.passages[inside[1]].choices:
            return inside
        ways = [self.from_passage(divert.to, way) for divert in to if divert.to != RETURN]
        words, end = max(ways, default=(0, passage.id))
        return inside[0] + words, end
