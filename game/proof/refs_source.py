"""Where something stands in the scene files, found again when a finding needs it.

The resolved season remembers little of lines and columns, because a play needs none. So a file in which
something is wrong is read once more, and only that one: a clean season costs nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import yaml

from game.story import Story
from game.story.findings import Findings, Source
from game.story.loading import shown_path
from game.story.source import compose

__all__ = ["Site", "Sources", "Spot"]

Range = tuple[int, int, int]


class Site(msgspec.Struct, frozen=True):
    """One place in the script.

    `file` is the scene file as a writer would type it, `keys` the way to it from the top of that file
    (`("passages", "line", "choices", "lid")`), `line` the line it begins in where that is known. A name is
    looked for in `fields` first. `episode` is None for what belongs to the season; `ending` says that it is
    part of an ending or leads straight into one.
    """

    episode: str | None
    passage: str
    choice: str | None
    file: str
    keys: tuple[str, ...]
    line: int = 0
    ending: bool = False
    fields: tuple[str, ...] = ()

    @property
    def scene(self) -> str:
        """`e01.roof`, or what stands in its place: an epilogue, a person."""
        return self.passage.rpartition(".")[0] or self.passage

    @property
    def name(self) -> str:
        """`e01.roof.edge`, or `e01.roof.edge/jump`."""
        return self.passage if self.choice is None else f"{self.passage}/{self.choice}"


class Spot(msgspec.Struct, frozen=True):
    """A line and a column, from 1, and the line itself."""

    path: str
    line: int
    column: int
    quote: str


class Sources:
    """The files of a season, read when asked for."""

    def __init__(self, story: Story) -> None:
        self.root = story.folder
        self._files: dict[str, tuple[list[str], dict[tuple[str, ...], Range]]] = {}

    def season(self, name: str) -> str:
        """A file in the season's own folder, as a writer would type it."""
        return str(shown_path(self.root / name))

    def episode(self, episode: str, name: str = "episode.yaml") -> str:
        """A file of an episode, as a writer would type it."""
        return str(shown_path(self.root / episode / name))

    def has(self, file: str, keys: tuple[str, ...]) -> bool:
        """Whether the file has something under these keys."""
        return keys in self._read(file)[1]

    def spot(self, site: Site, needle: str = "") -> Spot:
        """Where `needle` stands in what `site` names; without one, or if it is not there, the site itself."""
        lines, ranges = self._read(site.file)
        keys = site.keys
        while keys and keys not in ranges:
            keys = keys[:-1]
        first, column, last = ranges.get(keys, (0, 0, len(lines) - 1))
        spans = [ranges[(*keys, field)] for field in site.fields if (*keys, field) in ranges]
        spans += [(max(first, site.line - 1), 0, last), (first, 0, last)]
        for start, _, end in spans if needle else ():
            found = _search(lines, start, end, needle)
            if found is not None:
                return _spot(site.file, lines, *found)
        if site.line and not keys:
            first, column = site.line - 1, 0
        return _spot(site.file, lines, first, column)

    def _read(self, file: str) -> tuple[list[str], dict[tuple[str, ...], Range]]:
        if file not in self._files:
            ranges: dict[tuple[str, ...], Range] = {}
            try:
                text = Path(file).read_text("utf-8").replace("\r\n", "\n")
            except (OSError, ValueError):
                text = ""
            source = Source(Path(file), text)
            node = compose(source, Findings()) if text else None
            if node is not None:
                _collect(node, (), ranges)
            self._files[file] = (source.lines, ranges)
        return self._files[file]


def _collect(node: yaml.Node, keys: tuple[str, ...], ranges: dict[tuple[str, ...], Range]) -> None:
    """First line, column and last line of everything below a node, by the keys that lead to it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*keys, str(key.value))
            mark, end = key.start_mark, value.end_mark
            ranges[here] = (mark.line, mark.column, end.line if end.column else max(mark.line, end.line - 1))
            _collect(value, here, ranges)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            here = (*keys, str(number))
            ranges[here] = (value.start_mark.line, value.start_mark.column, value.end_mark.line)
            _collect(value, here, ranges)


def _search(lines: list[str], first: int, last: int, needle: str) -> tuple[int, int] | None:
    start = r"(?<!\w)" if needle[:1].isalnum() else ""
    end = r"(?!\w)" if needle[-1:].isalnum() else ""
    wanted = re.compile(start + re.escape(needle) + end)
    for number in range(first, min(last + 1, len(lines))):
        found = wanted.search(lines[number])
        if found is not None:
            return number, found.start()
    return None


def _spot(file: str, lines: list[str], line: int, column: int) -> Spot:
    return Spot(file, line + 1, column + 1, lines[line].rstrip() if line < len(lines) else "")
