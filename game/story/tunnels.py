"""Tunnels may nest but never come round: a stack that can grow without end cannot be proved."""

from __future__ import annotations

from .findings import Findings
from .model import RETURN, Passage
from .symbols import Symbols

__all__ = ["check_tunnels"]


def _onward(passage: Passage) -> set[str]:
    """Where a passage can lead without opening or closing a tunnel."""
    diverts = [
        *passage.to,
        *passage.redirect,
        *(divert for choice in passage.choices for divert in choice.to),
    ]
    return {divert.to for divert in diverts if divert.to != RETURN and not divert.clears}


def _calls(passage: Passage) -> set[str]:
    return {t for t in (passage.tunnel, *(choice.tunnel for choice in passage.choices)) if t}


def check_tunnels(passages: dict[str, Passage], findings: Findings, symbols: Symbols) -> None:
    """Note every tunnel that can be entered again before it is left, and every return to nowhere."""
    calls: dict[str, set[str]] = {}
    within: set[str] = set()
    for entry in {tunnel for passage in passages.values() for tunnel in _calls(passage)}:
        inside, todo = {entry}, [entry]
        while todo:
            passage = passages.get(todo.pop())
            for to in _onward(passage) if passage else ():
                if to not in inside:
                    inside.add(to)
                    todo.append(to)
        within |= inside
        calls[entry] = {tunnel for name in inside if name in passages for tunnel in _calls(passages[name])}
    for entry in sorted(calls):
        reached, todo = set(calls[entry]), list(calls[entry])
        while todo:
            for tunnel in calls.get(todo.pop(), ()):
                if tunnel not in reached:
                    reached.add(tunnel)
                    todo.append(tunnel)
        if entry in reached:
            message = f"the tunnel through `{entry}` can be entered again from inside itself"
            findings.add(_mention(entry, symbols), message)
    for passage in passages.values():
        if _returns(passage) and passage.hub is None and passage.id not in within:
            message = "this passage has no choices and no `to`, and the episode has no hub to return to"
            findings.add(symbols.written_at.get(passage.id, passage.id), message)


def _returns(passage: Passage) -> bool:
    """Whether a passage goes back by itself."""
    goes_on = passage.choices or passage.to or passage.tunnel or passage.ending or passage.closing
    return not goes_on


def _mention(entry: str, symbols: Symbols) -> str:
    """Where a tunnel is opened, as it stands in a file."""
    for raw in symbols.raw_passages.values():
        for name in (raw.tunnel, *(choice.tunnel for choice in (raw.choices or {}).values())):
            if name is not None and entry.endswith(name):
                return name
    return entry
