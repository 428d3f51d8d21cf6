"""The season as a graph: where every passage can lead, whatever the conditions.

Conditions only ever take edges away, so what cannot be reached here cannot be reached at all.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from game.story import Story
from game.story.model import RETURN, Choice, Divert, Passage

__all__ = ["cyclic", "edges", "leads_to", "reachable", "repeatable"]

Node = TypeVar("Node", bound=Hashable)


def _named(diverts: Iterable[Divert]) -> Iterator[str]:
    return (divert.to for divert in diverts if divert.to != RETURN)


def leads_to(passage: Passage, choice: Choice) -> tuple[str, ...]:
    """The passages a choice can lead to next; its own where the player stays."""
    found = list(_named(choice.to))
    if choice.tunnel is not None:
        found.insert(0, choice.tunnel)
    if not choice.to:
        found.append(passage.id)
    return tuple(dict.fromkeys(found))


def edges(story: Story, *, once: bool = True) -> dict[str, tuple[str, ...]]:
    """Every passage with the passages it can lead to; without `once`, less what a hub does only once.

    A tunnel comes back to whoever opened it, so its way back is drawn from the opener and not from the
    tunnel's end; a passage that can return where no tunnel is open leads to the hub.
    """
    found: dict[str, tuple[str, ...]] = {}
    for passage in story.passages.values():
        leads = story.episodes[passage.episode].leads if passage.id == passage.hub and not once else {}
        to = [*_named(divert for divert in passage.redirect if once or not divert.ops), *_named(passage.to)]
        if passage.tunnel is not None:
            to.append(passage.tunnel)
        for choice in passage.choices:
            if once or passage.id != passage.hub or not (choice.once or choice.id in leads):
                to += leads_to(passage, choice)
        stops = passage.choices or passage.to or passage.ending is not None or passage.closing is not None
        if not stops and passage.hub is not None:
            to.append(passage.hub)
        found[passage.id] = tuple(dict.fromkeys(to))
    return found


def reachable(graph: dict[str, tuple[str, ...]], start: str) -> set[str]:
    """Everything that can be reached from `start`, itself included."""
    found, todo = {start}, [start]
    while todo:
        for to in graph.get(todo.pop(), ()):
            if to not in found:
                found.add(to)
                todo.append(to)
    return found


def repeatable(story: Story) -> set[str]:
    """The passages that can be read more than once, or rather: the others surely cannot.

    A lead is taken once and an event comes once, so the hub's own comings and goings make nothing
    repeatable; a loop does, or being open to two leads, or a tunnel.
    """
    graph = edges(story, once=False)
    found = cyclic(graph)
    hubs = {episode.hub for episode in story.episodes.values() if episode.hub is not None}
    stopped = {name: () if name in hubs else onward for name, onward in graph.items()}
    sources = [story.start]
    for hub in hubs:
        sources += graph[hub]
        passage = story.passages[hub]
        leads = story.episodes[passage.episode].leads
        sources += (divert.to for divert in passage.redirect if divert.ops)
        for choice in passage.choices:
            if choice.once or choice.id in leads:
                sources += leads_to(passage, choice)
    met: set[str] = set()
    for source in sources:
        reached = reachable(stopped, source)
        found |= reached & met
        met |= reached
    for passage in story.passages.values():
        for entry in (passage.tunnel, *(choice.tunnel for choice in passage.choices)):
            if entry is not None and entry not in found:
                found |= reachable(stopped, entry)
    return found


def cyclic(graph: Mapping[Node, Sequence[Node]]) -> set[Node]:
    """What can be come back to: the nodes that lie on a cycle (Tarjan's algorithm, without recursion)."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    on_stack: set[Node] = set()
    found: set[Node] = set()
    for root in graph:
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, onward = work[-1]
            for to in onward:
                if to not in graph:
                    continue
                if to not in index:
                    index[to] = low[to] = len(index)
                    stack.append(to)
                    on_stack.add(to)
                    work.append((to, iter(graph[to])))
                    break
                if to in on_stack:
                    low[node] = min(low[node], index[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    members = _popped(stack, on_stack, node)
                    if len(members) > 1 or node in graph[node]:
                        found.update(members)
    return found


def _popped(stack: list[Node], on_stack: set[Node], root: Node) -> list[Node]:
    members = []
    while True:
        node = stack.pop()
        on_stack.discard(node)
        members.append(node)
        if node == root:
            return members
