"""Scene files from disk to YAML nodes that remember where they stand.

Plain YAML changes what was written: `no` becomes false, `1:10` becomes 70, `+1` becomes 1. So the nodes
are composed without any resolver: every scalar stays the text that the writer typed, and the schema
decides what it means. Files are somebody else's text, so nothing here trusts their size or their shape.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from .findings import Findings, Source

__all__ = ["MAX_BYTES", "compose", "read"]

MAX_BYTES = 1_000_000
"""A scene file above this is a mistake: the longest novel chapter is a tenth of it."""

MAX_DEPTH = 24

# libyaml's parser without a resolver. Where PyYAML was built without it, the same in Python, much slower.
_cyaml: Any = getattr(yaml, "cyaml", None)
_Base: Any = yaml.BaseLoader if _cyaml is None else _cyaml.CParser


class _Composer(_Base):  # type: ignore[misc]
    """A composer with no resolver behind it: kinds, never types."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return "tag:yaml.org,2002:str"

    def descend_resolver(self, parent: Any, index: Any) -> None: ...

    def ascend_resolver(self) -> None: ...


def read(path: Path, shown: Path, findings: Findings) -> Source | None:
    """The text of a scene file, or None after noting why it cannot be read."""
    nowhere = Source(shown, "")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            findings.add(
                (nowhere, 0, 0), f"the file has {size:,} bytes; a scene file has at most {MAX_BYTES:,}"
            )
            return None
        data = path.read_bytes()
    except OSError as error:
        findings.add((nowhere, 0, 0), f"cannot be read: {error.strerror}")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start)
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1)
        readable = Source(shown, data.decode("utf-8", "replace"))
        findings.add((readable, line, column), f"this is not UTF-8: byte 0x{data[error.start]:02x}")
        return None
    source = Source(shown, text.replace("\r\n", "\n"))
    if "\t" in text:
        for number, line_text in enumerate(source.lines):
            if "\t" in line_text:
                findings.add((source, number, line_text.index("\t")), "a tab; YAML is indented with spaces")
        return None
    return source


def compose(source: Source, findings: Findings) -> yaml.Node | None:
    """The file as YAML nodes, or None after noting what is wrong with it."""
    try:
        loader = _Composer(source.text)
        try:
            node: yaml.Node | None = loader.get_single_node()
        finally:
            dispose = getattr(loader, "dispose", None)
            if dispose is not None:
                dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        findings.add(
            (source, line, column),
            f"this is not YAML: {error.problem or error.context}",
            hint=_yaml_hint(source, line),
        )
        return None
    except yaml.YAMLError as error:
        findings.add((source, 0, 0), f"this is not YAML: {error}")
        return None
    if node is None:
        findings.add((source, 0, 0), "the file is empty")
        return None
    return node if _sound(node, source, findings, set(), 0) else None


def _yaml_hint(source: Source, line: int) -> str:
    text = source.lines[line] if line < len(source.lines) else ""
    if text.count(": ") > 1:
        return "A plain line cannot contain `: `. Put the prose under `|` on lines of its own."
    return ""


def _sound(node: yaml.Node, source: Source, findings: Findings, seen: set[int], depth: int) -> bool:
    """Whether the nodes form a tree of ordinary depth. An alias shows as a node met twice."""
    mark = node.start_mark
    if id(node) in seen:
        findings.add(
            (source, mark.line, mark.column),
            "an anchor used twice; anchors and aliases are not part of a scene file",
        )
        return False
    if isinstance(node, yaml.ScalarNode):
        return True
    if depth > MAX_DEPTH:
        findings.add((source, mark.line, mark.column), f"nested more than {MAX_DEPTH} deep")
        return False
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        # Scalars may be shared too: `a: &x text` / `b: *x`.
        scalars: list[yaml.Node] = []
        for key, value in node.value:
            scalars += (key, value)
    else:
        scalars = node.value
    for child in scalars:
        if not _sound(child, source, findings, seen, depth + 1):
            return False
        if isinstance(child, yaml.ScalarNode):
            seen.add(id(child))
    return True
