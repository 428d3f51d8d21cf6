"""Findings as they are collected, and what every rule needs to know of the season.

Severities mean the same everywhere in `check`. An *error* is something written that no player can ever
meet, or a promise of the season that is broken. A *warning* is a rule of craft, or something that looks
like a mistake. What only an episode that is not written yet can put right is *due*.
"""

from __future__ import annotations

from typing import Literal

from game.story import Finding, Story

from .refs_source import Site, Sources
from .refs_uses import Uses, uses

__all__ = ["Report", "Severity"]

Severity = Literal["error", "warning", "due"]


class Report:
    """A season under examination: its uses, its files, and what was found so far."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.sources = Sources(story)
        self.uses: Uses = uses(story, self.sources)
        self.order = list(story.episodes)
        self.items: list[Finding] = []

    def add(
        self,
        site: Site,
        message: str,
        code: str,
        severity: Severity = "warning",
        *,
        needle: str = "",
        hint: str = "",
    ) -> None:
        """Note `message` where `needle` stands in what `site` names."""
        spot = self.sources.spot(site, needle)
        self.items.append(
            Finding(spot.path, spot.line, spot.column, message, severity, code, spot.quote, hint)
        )

    # Places ------------------------------------------------------------------------------------

    def declared(self, *keys: str, file: str = "season.yaml", episode: str | None = None) -> Site:
        """Where something is declared."""
        name = self.sources.season(file) if episode is None else self.sources.episode(episode, file)
        return Site(episode, keys[-1], None, name, keys)

    def passage(self, passage: str, *keys: str, choice: str | None = None) -> Site:
        """A passage, a choice of it, or a field of either."""
        found = self.story.passages[passage]
        here: tuple[str, ...] = ("passages", passage.rpartition(".")[2])
        line = found.line
        if choice is not None:
            line = next((one.line for one in found.choices if one.id == choice), line)
            here += ("choices", choice)
            if self.is_lead(passage, choice):
                file = self.sources.episode(found.episode)
                return Site(found.episode, passage, choice, file, ("leads", choice, *keys), line)
        return Site(found.episode, passage, choice, found.path, (*here, *keys), line)

    def is_lead(self, passage: str, choice: str) -> bool:
        """Whether a choice of the hub is a lead of `episode.yaml`."""
        found = self.story.passages[passage]
        leads = self.story.episodes[found.episode].leads
        return choice in leads and self.story.episodes[found.episode].hub == passage

    # Time --------------------------------------------------------------------------------------

    def index(self, episode: str) -> int:
        """The number of an episode, from 0."""
        return self.order.index(episode)

    def written(self, episode: str) -> bool:
        """Whether there is anything of this episode yet."""
        return self.story.episodes[episode].written

    def unwritten_after(self, index: int) -> int:
        """How many episodes from `index` on are still to be written."""
        return sum(not self.written(name) for name in self.order[max(index, 0) :])

    def later(self, index: int = 0) -> Severity:
        """`due` while an episode from `index` on is not written, else `warning`."""
        return "due" if self.unwritten_after(index) else "warning"

    def sorted(self) -> list[Finding]:
        """Everything found, in the order of the files, each once."""
        return sorted(dict.fromkeys(self.items), key=lambda f: (f.path, f.line, f.column, f.message))
