"""A folder of scene files into typed structs: the first of the two passes.

Every file is read and every shape is checked before anything is resolved, so that a writer sees all
mistakes of form at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from . import schema, source
from .convert import convert
from .findings import Findings, Source

__all__ = ["Files", "RawEpisode", "read_season", "shown_path"]

T = TypeVar("T", bound=msgspec.Struct)


class RawEpisode(msgspec.Struct):
    """An episode's files as written: the episode itself, its clues, its scenes with where each was read."""

    id: str
    file: schema.EpisodeFile
    path: Source
    clues: dict[str, schema.ClueEntry]
    scenes: list[tuple[schema.SceneFile, Source]]


class Files(msgspec.Struct):
    """The whole season as written."""

    season: schema.SeasonFile
    season_source: Source
    people: dict[str, schema.PersonEntry]
    places: dict[str, schema.PlaceEntry]
    episodes: dict[str, RawEpisode]


class _Reader:
    def __init__(self, root: Path, findings: Findings) -> None:
        self.root = root
        self.findings = findings
        self.here = Source(root, "")

    def file(self, path: Path, kind: type[T]) -> tuple[T, Source] | None:
        read = source.read(path, shown_path(path), self.findings)
        if read is None:
            return None
        node = source.compose(read, self.findings)
        if node is None:
            return None
        found = convert(node, read, self.findings, kind)
        return None if found is None else (found, read)

    def needed(self, path: Path, kind: type[T]) -> tuple[T, Source] | None:
        if not path.is_file():
            self.findings.add((Source(shown_path(path), ""), 0, 0), "this file is missing")
            return None
        return self.file(path, kind)

    def episode(self, folder: Path) -> RawEpisode | None:
        opened = self.needed(folder / "episode.yaml", schema.EpisodeFile)
        clues: dict[str, schema.ClueEntry] = {}
        if (folder / "clues.yaml").is_file():
            found = self.file(folder / "clues.yaml", schema.ClueFile)
            clues = found[0].clues if found else {}
        scenes = []
        for path in sorted(folder.glob("*.yaml")):
            if path.name in ("episode.yaml", "clues.yaml"):
                continue
            scene = self.file(path, schema.SceneFile)
            if scene is None:
                continue
            if scene[0].scene != path.stem:
                self.findings.add(
                    scene[0].scene, f"the file is called {path.stem}.yaml, so its scene is `{path.stem}`"
                )
            scenes.append(scene)
        if opened is None:
            return None
        return RawEpisode(folder.name, opened[0], opened[1], clues, scenes)


def shown_path(path: Path) -> Path:
    """A path as a writer would type it: relative to where they are, if it is below."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def read_season(root: Path, findings: Findings) -> Files | None:
    """Every file of the season, or None when too little could be read to go on."""
    reader = _Reader(root, findings)
    if not root.is_dir():
        findings.add((Source(shown_path(root), ""), 0, 0), "there is no such folder")
        return None
    if not any(root.glob("*.yaml")):
        findings.add(
            (Source(shown_path(root), ""), 0, 0), "the folder is empty: a season begins with season.yaml"
        )
        return None
    season = reader.needed(root / "season.yaml", schema.SeasonFile)
    people = reader.needed(root / "people.yaml", schema.PeopleFile)
    places = reader.needed(root / "places.yaml", schema.PlacesFile)
    episodes = {}
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and any(path.glob("*.yaml"))):
        episode = reader.episode(folder)
        if season is not None and folder.name not in season[0].episodes:
            here = Source(shown_path(folder), "")
            findings.add((here, 0, 0), f"season.yaml names no episode `{folder.name}`")
        if episode is not None:
            episodes[folder.name] = episode
    if season is None or people is None or places is None:
        return None
    order = [name for name in season[0].episodes if name in episodes]
    return Files(
        season[0], season[1], people[0].people, places[0].places, {name: episodes[name] for name in order}
    )
