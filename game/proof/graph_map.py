"""An episode as a graph for mermaid or Graphviz: passages as nodes, choices as edges.

Marked are what a writer looks for: where a turn is taken, where somebody dies, where it ends, the hub and
its leads.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from game.story import Story
from game.story.model import RETURN, Choice, Divert, Passage
from game.story.ops import Assign, Op, walk_ops

from .refs_words import spell
from .stats_words import strings

__all__ = ["Edge", "Format", "Graph", "Node", "episode_graph", "episode_map"]

Format = Literal["mermaid", "dot"]
LABEL = 48


class Node(msgspec.Struct, frozen=True):
    """A passage. `kind`: hub, ending, death, turn, board, outside (of another episode) or plain."""

    id: str
    label: str
    kind: str
    notes: tuple[str, ...] = ()


class Edge(msgspec.Struct, frozen=True):
    """A way on. `kind`: choice, lead, locked (conditional), event, tunnel or divert."""

    tail: str
    head: str
    label: str
    kind: str


class Graph(msgspec.Struct, frozen=True):
    """An episode: nodes in the order of the files, by scene, and edges."""

    title: str
    scenes: dict[str, tuple[Node, ...]]
    edges: tuple[Edge, ...]


def episode_map(story: Story, episode: str, form: Format = "mermaid") -> str:
    """The episode as text in one of the two languages. Raises KeyError for an episode that is not written."""
    graph = episode_graph(story, episode)
    return _mermaid(graph) if form == "mermaid" else _dot(graph)


def episode_graph(story: Story, episode: str) -> Graph:
    """The episode as a graph. Raises KeyError for one that is not written."""
    found = story.episodes[episode]
    if not found.written:
        raise KeyError(episode)
    passages = [passage for passage in story.passages.values() if passage.episode == episode]
    edges = [edge for passage in passages for edge in _edges(story, passage)]
    scenes: dict[str, list[Node]] = {}
    for passage in passages:
        scenes.setdefault(passage.scene, []).append(_node(passage))
    inside = {passage.id for passage in passages}
    outside = dict.fromkeys(edge.head for edge in edges if edge.head not in inside)
    scenes.setdefault("", []).extend(Node(name, name, "outside") for name in outside)
    title = f"{episode}: {found.title}"
    return Graph(title, {name: tuple(nodes) for name, nodes in scenes.items()}, tuple(edges))


def _node(passage: Passage) -> Node:
    notes = _notes(passage.ops)
    kind = "plain"
    if passage.ending is not None:
        kind, notes = "ending", [f"ending {passage.ending}", *notes]
    elif passage.id == passage.hub:
        kind, notes = "hub", ["hub", *notes]
    elif any(note.startswith("death") for note in notes):
        kind = "death"
    elif any(note.startswith("turn") for note in notes):
        kind = "turn"
    elif passage.board:
        kind = "board"
    label = passage.id.partition(".")[2]
    return Node(passage.id, label, kind, tuple(notes))


def _notes(ops: tuple[Op, ...]) -> list[str]:
    found = []
    for op in walk_ops(ops):
        if isinstance(op, Assign) and op.variable.kind == "turn":
            found.append(f"turn {op.variable.name.partition('.')[2]}: {op.variable.words[op.value]}")
        elif isinstance(op, Assign) and op.variable.kind == "dead" and op.value:
            found.append(f"death of {op.variable.name.partition('.')[2]}")
    return list(dict.fromkeys(found))


def _edges(story: Story, passage: Passage) -> list[Edge]:
    found = []
    for divert in passage.redirect:
        found.append(_divert(passage, divert, "event" if divert.ops else "divert"))
    found += [_divert(passage, divert, "divert") for divert in passage.to]
    if passage.tunnel is not None:
        found.append(Edge(passage.id, passage.tunnel, "and back", "tunnel"))
    leads = story.episodes[passage.episode].leads if passage.id == passage.hub else {}
    for choice in passage.choices:
        found += _choice(passage, choice, choice.id in leads)
    stops = passage.choices or passage.to or passage.ending is not None or passage.closing is not None
    if not stops and passage.hub is not None:
        found.append(Edge(passage.id, passage.hub, "", "divert"))
    return [edge for edge in found if edge.head != RETURN]


def _divert(passage: Passage, divert: Divert, kind: str) -> Edge:
    return Edge(passage.id, divert.to, "" if divert.when is None else _cut(spell(divert.when)), kind)


def _choice(passage: Passage, choice: Choice, lead: bool) -> list[Edge]:
    label = _cut("".join(strings(choice.text))) or ("otherwise" if choice.fallback else choice.id)
    notes = _notes(choice.ops)
    label = " · ".join([label, *notes])
    kind = "lead" if lead else "locked" if choice.conditional else "choice"
    found = [Edge(passage.id, choice.tunnel, f"{label} · and back", "tunnel")] if choice.tunnel else []
    for divert in choice.to:
        when = "" if divert.when is None else f" [{_cut(spell(divert.when))}]"
        found.append(Edge(passage.id, divert.to, label + when, kind))
    if not choice.to and not choice.tunnel:
        found.append(Edge(passage.id, passage.id, label, kind))
    return found


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LABEL else text[: LABEL - 1].rstrip() + "…"


# Mermaid ---------------------------------------------------------------------------------------

_SHAPES = {"hub": ("{{", "}}"), "ending": ("([", "])"), "outside": (">", "]"), "turn": ("[/", "/]")}
_STYLES = {
    "hub": "fill:#cfe3ff,stroke:#1f4f8f,color:#000",
    "ending": "fill:#d8f0d0,stroke:#2f6f2f,color:#000",
    "death": "fill:#f6d5d5,stroke:#8f1f1f,color:#000",
    "turn": "fill:#fff0c2,stroke:#8f6f1f,color:#000",
    "board": "fill:#eee6ff,stroke:#5f3f8f,color:#000",
    "outside": "fill:#eeeeee,stroke:#777777,color:#000",
}
_ARROWS = {"tunnel": "-.->", "event": "==>", "lead": "==>", "locked": "-.->"}


def _mermaid(graph: Graph) -> str:
    lines = ["---", f"title: {_quoted_yaml(graph.title)}", "---", "flowchart TD"]
    for number, (scene, nodes) in enumerate(graph.scenes.items()):
        if scene:
            lines.append(f'  subgraph s{number}["{_entities(scene)}"]')
        for node in nodes:
            opening, closing = _SHAPES.get(node.kind, ("[", "]"))
            text = "<br>".join(_entities(part) for part in (node.label, *node.notes))
            style = f":::{node.kind}" if node.kind in _STYLES else ""
            lines.append(f'    {_name(node.id)}{opening}"{text}"{closing}{style}')
        if scene:
            lines.append("  end")
    for edge in graph.edges:
        arrow = _ARROWS.get(edge.kind, "-->")
        label = f'|"{_entities(edge.label)}"|' if edge.label else ""
        lines.append(f"  {_name(edge.tail)} {arrow}{label} {_name(edge.head)}")
    lines += [f"  classDef {kind} {style}" for kind, style in _STYLES.items()]
    return "\n".join(lines) + "\n"


def _name(passage: str) -> str:
    """An id mermaid can read: no dots, and never one of its own words."""
    return "p_" + re.sub(r"\W", "__", passage)


def _entities(text: str) -> str:
    """Text inside mermaid's quotes: everything it might take for its own is written as an entity."""
    return "".join(c if c.isalnum() or c in " .,!?'-_:;…·—’" else f"#{ord(c)};" for c in text)


def _quoted_yaml(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


# Graphviz --------------------------------------------------------------------------------------

_DOT_SHAPES = {"hub": "hexagon", "ending": "doubleoctagon", "outside": "cds", "turn": "parallelogram"}


def _dot(graph: Graph) -> str:
    lines = [f"digraph {_quoted(graph.title)} {{", '  node [shape=box, style=filled, fillcolor="white"];']
    for number, (scene, nodes) in enumerate(graph.scenes.items()):
        if scene:
            lines += [f"  subgraph cluster_{number} {{", f"    label={_quoted(scene)};"]
        for node in nodes:
            fill = re.findall(r"#\w{6}", _STYLES.get(node.kind, ""))
            color = f", fillcolor={_quoted(fill[0])}" if fill else ""
            shape = f", shape={_DOT_SHAPES[node.kind]}" if node.kind in _DOT_SHAPES else ""
            label = "\n".join([node.label, *node.notes])
            lines.append(f"    {_quoted(node.id)} [label={_quoted(label)}{shape}{color}];")
        if scene:
            lines.append("  }")
    for edge in graph.edges:
        style = ", style=dashed" if edge.kind in ("tunnel", "locked") else ""
        bold = ", style=bold" if edge.kind in ("lead", "event") else ""
        way = f"{_quoted(edge.tail)} -> {_quoted(edge.head)}"
        lines.append(f"  {way} [label={_quoted(edge.label)}{style}{bold}];")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
