"""A life as a text file: YAML that a person can read, and that nobody can do harm with.

Every scalar is a string, as in the scenes, so nothing is changed by what YAML takes it for. A file from
elsewhere is hostile: it is read event by event, without anchors, aliases or tags, and everything in it is
counted and measured before any of it is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from game.saves.marks import NAME_LENGTH
from game.saves.model import BadImport, Life, Opening, Snapshot

__all__ = ["FORMAT", "read_life", "write_life"]

FORMAT = "1"
MAX_BYTES = 1 << 20
MAX_MOVES = 20_000
MAX_OPENINGS = 200
MAX_VARIABLES = 5_000
MAX_ID = 300

_MOVE = re.compile(r"[A-Za-z0-9_.\-]+/[A-Za-z0-9_.,:=+@/\-]+")
_ID = re.compile(r"[A-Za-z0-9_.@/\-]*")
_DEPTH = 5
_REQUIRED = {"format", "story", "edition", "name", "openings", "moves", "passages"}
_OPTIONAL = {"episode", "place", "line"}
_HEAD = "# A life in a story, move by move. `igh saves import` takes it in; a program reads it as YAML.\n"

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def write_life(life: Life) -> str:
    """The file for a life. `read_life` gives the same life back."""
    document = {
        "format": int(FORMAT),
        "story": life.story,
        "edition": life.edition,
        "name": life.name,
        "episode": life.episode,
        "place": life.place,
        "line": life.line,
        "openings": [
            {"at": opening.at, "episode": opening.episode, "snapshot": dict(opening.snapshot)}
            for opening in life.openings
        ],
        "moves": list(life.moves),
        "passages": list(life.passages),
    }
    dumped: str = yaml.dump(
        document, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=1000, default_flow_style=False
    )
    return _HEAD + dumped


class _Plain(_Dumper):  # type: ignore[misc]
    """Writes the same string twice as the same string twice, never as an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def read_life(text: str | bytes) -> Life:
    """The life in a file. Raises BadImport, in a sentence, for anything that is not exactly one."""
    document = _mapping(_document(_decoded(text)), "the file")
    if "format" not in document:
        raise _bad("It does not say which format it has")
    if document["format"] != FORMAT:
        raise _bad(f"Its format is {_shown(document['format'])}, and this version of the game reads {FORMAT}")
    if missing := sorted(_REQUIRED - document.keys()):
        raise _bad(f"It lacks {', '.join(missing)}")
    if unknown := sorted(document.keys() - _REQUIRED - _OPTIONAL):
        raise _bad(f"It has {_shown(unknown[0])}, which does not belong in it")
    moves = _ids(document["moves"], "moves", _MOVE)
    passages = _ids(document["passages"], "passages", _ID)
    if len(moves) != len(passages):
        raise _bad(f"It has {len(moves)} moves and {len(passages)} passages; there must be one for each")
    return Life(
        story=_words(document["story"], "story", 1, 200),
        edition=_words(document["edition"], "edition", 0, 200),
        name=_words(document["name"], "name", 1, NAME_LENGTH).strip() or "imported",
        episode=_words(document.get("episode", ""), "episode", 0, MAX_ID),
        place=_words(document.get("place", ""), "place", 0, MAX_ID),
        line=_words(document.get("line", ""), "line", 0, 1000),
        openings=_openings(document["openings"], len(moves)),
        moves=moves,
        passages=passages,
    )


def _openings(value: Any, moves: int) -> tuple[Opening, ...]:
    items = _sequence(value, "openings", MAX_OPENINGS)
    openings: list[Opening] = []
    for number, item in enumerate(items, 1):
        where = f"opening {number}"
        found = _mapping(item, where)
        if found.keys() != {"at", "episode", "snapshot"}:
            raise _bad(f"In {where} there must be at, episode and snapshot, and nothing else")
        at = _words(found["at"], f"{where}, at", 1, 6)
        if not (at.isascii() and at.isdigit() and int(at) <= moves):
            raise _bad(f"In {where}, at is {_shown(at)}; it must be a number of moves, at most {moves}")
        if int(at) != 0 if not openings else int(at) <= openings[-1].at:
            raise _bad("Its openings must begin at 0 and go on from there in order")
        episode = _id(found["episode"], f"{where}, episode", _ID)
        if not episode:
            raise _bad(f"In {where} the episode has no name")
        openings.append(Opening(int(at), episode, _snapshot(found["snapshot"], where)))
    if not openings:
        raise _bad("It has no opening to begin at")
    return tuple(openings)


def _snapshot(value: Any, where: str) -> Snapshot:
    found = _mapping(value, f"the snapshot of {where}")
    if len(found) > MAX_VARIABLES:
        raise _bad(f"The snapshot of {where} has more than {MAX_VARIABLES} entries")
    return {
        _words(name, "a name in a snapshot", 1, MAX_ID): _words(word, f"{name[:40]} in a snapshot", 0, MAX_ID)
        for name, word in found.items()
    }


def _ids(value: Any, what: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    items = _sequence(value, what, MAX_MOVES)
    return tuple(_id(item, f"{what}, number {number}", pattern) for number, item in enumerate(items, 1))


def _id(value: Any, what: str, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or len(value) > MAX_ID or not pattern.fullmatch(value):
        raise _bad(f"{what} is not one that a story could have: {_shown(value)}")
    return value


def _words(value: Any, what: str, least: int, most: int) -> str:
    if not isinstance(value, str) or not least <= len(value) <= most or not value.isprintable():
        raise _bad(f"{what} must be {least} to {most} characters that can be printed, not {_shown(value)}")
    return value


def _mapping(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _bad(f"{what} must be a mapping, not {_shown(value)}")
    return value


def _sequence(value: Any, what: str, most: int) -> list[Any]:
    if not isinstance(value, list):
        raise _bad(f"{what} must be a list, not {_shown(value)}")
    if len(value) > most:
        raise _bad(f"{what}: {len(value)} are more than the {most} there may be")
    return value


def _decoded(text: str | bytes) -> str:
    try:
        raw = text.encode() if isinstance(text, str) else text
        if len(raw) > MAX_BYTES:
            raise _bad(f"It has {len(raw):,} bytes; {MAX_BYTES:,} is the most")
        return raw.decode()
    except UnicodeError as problem:
        raise _bad("It is not a text file in UTF-8") from problem


def _document(text: str) -> Any:
    """The one document in `text`: mappings, sequences and strings, nothing else."""
    try:
        events = iter(yaml.parse(text, Loader=_Loader))
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        else:
            raise _bad("It is empty")
        value = _value(next(events), events, 0)
        if not isinstance(next(events), yaml.DocumentEndEvent) or not isinstance(
            next(events), yaml.StreamEndEvent
        ):
            raise _bad("It holds more than one document")
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark is not None else ""
        raise _bad(f"It is not YAML{where}") from problem
    return value


def _value(event: Any, events: Iterator[Any], depth: int) -> Any:
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        raise _bad(f"Line {line} has an anchor or an alias; there is no place for one")
    if getattr(event, "tag", None) is not None:
        raise _bad(f"Line {line} has a tag; there is no place for one")
    if depth > _DEPTH:
        raise _bad(f"Line {line} is nested too deeply")
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_value(event, events, depth + 1))
        return items
    found: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _value(event, events, depth + 1)
        if not isinstance(key, str) or key in found:
            raise _bad(f"Line {line}: a key must be a word, and there only once, unlike {_shown(key)}")
        found[key] = _value(next(events), events, depth + 1)
    return found


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return ascii(value if len(value) <= 40 else value[:40] + "...")
    return "a list" if isinstance(value, list) else "a mapping"


def _bad(what: str) -> BadImport:
    return BadImport(f"This file cannot be imported. {what[0].upper()}{what[1:]}.")
