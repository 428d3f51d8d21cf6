"""YAML nodes into the typed structs of `schema`, collecting every mistake on the way.

The structs say what may be written (`msgspec.inspect` reads them), so the loader, the JSON Schemas for
editors and this page of errors cannot drift apart. `msgspec.convert` itself is not used: it stops at the
first mistake and does not know the line.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import msgspec
import yaml
from msgspec import inspect

from .findings import Findings, Scalar, Source, nearest

__all__ = ["convert"]

T = TypeVar("T")
Converter = Callable[[yaml.Node, Source, Findings], Any]

_KIND = {yaml.ScalarNode: "a line of text", yaml.MappingNode: "a mapping", yaml.SequenceNode: "a list"}
_FAILED = object()
_BOOLS = {"yes": True, "true": True, "no": False, "false": False}


def convert(node: yaml.Node, source: Source, findings: Findings, into: type[T]) -> T | None:
    """`node` as an `into`, or None after noting everything that does not fit."""
    value = _converter(into)(node, source, findings)  # type: ignore[arg-type]
    return None if value is _FAILED else value


@cache
def _converter(kind: type) -> Converter:
    return _build(inspect.type_info(kind), {}, "")


def scalar(node: yaml.ScalarNode, source: Source) -> Scalar:
    """The node's text, with its place in the file."""
    value = Scalar(node.value)
    value.source = source
    value.line = node.start_mark.line
    value.column = node.start_mark.column
    value.style = node.style or None  # libyaml says "" for a plain one
    return value


def _wrong(node: yaml.Node, source: Source, findings: Findings, expected: str) -> object:
    mark = node.start_mark
    found = _KIND[type(node)]
    if isinstance(node, yaml.ScalarNode):
        found = f"`{node.value[:40]}`" if node.value else "nothing"
    findings.add((source, mark.line, mark.column), f"found {found}, expected {expected}")
    return _FAILED


def _build(info: inspect.Type, building: dict[type, Converter], prose: str) -> Converter:
    """The converter for one type. `building` breaks the cycle of a struct that contains itself."""
    if isinstance(info, inspect.Metadata):
        return _build(info.type, building, (info.extra or {}).get("kind", prose))
    if isinstance(info, inspect.StructType):
        return _struct(info, building)
    if isinstance(info, inspect.UnionType):
        return _union(info, building, prose)
    if isinstance(info, inspect.DictType):
        return _mapping(info, building)
    if isinstance(info, inspect.ListType | inspect.CollectionType | inspect.VarTupleType):
        return _list(info, building)
    if isinstance(info, inspect.BoolType):
        return _bool
    if isinstance(info, inspect.IntType):
        return _int
    if isinstance(info, inspect.LiteralType):
        return _literal(info)
    if isinstance(info, inspect.StrType):
        return _prose if prose == "prose" else _text
    raise TypeError(f"the schema uses a type that scene files do not have: {info}")  # pragma: no cover


def _text(node: yaml.Node, source: Source, findings: Findings) -> Any:
    if not isinstance(node, yaml.ScalarNode):
        return _wrong(node, source, findings, "a line of text")
    return scalar(node, source)


def _prose(node: yaml.Node, source: Source, findings: Findings) -> Any:
    if not isinstance(node, yaml.ScalarNode):
        return _wrong(node, source, findings, "prose, as a block under `|`")
    value = scalar(node, source)
    if node.style == '"':
        findings.add(
            value,
            "prose in double quotes",
            hint="YAML would eat the quotation marks. Put it under `|`, with the dialogue's own quotes.",
        )
        return _FAILED
    if node.style == ">":
        findings.add(value, "prose under `>`", hint="Write `|`: a blank line ends a paragraph either way.")
        return _FAILED
    return value


def _bool(node: yaml.Node, source: Source, findings: Findings) -> Any:
    value = _BOOLS.get(node.value) if isinstance(node, yaml.ScalarNode) else None
    return _wrong(node, source, findings, "`true` or `false`") if value is None else value


def _int(node: yaml.Node, source: Source, findings: Findings) -> Any:
    if isinstance(node, yaml.ScalarNode):
        text = node.value[1:] if node.value[:1] in "+-" else node.value
        if text.isascii() and text.isdigit() and len(text) < 7:
            return int(node.value)
    return _wrong(node, source, findings, "a whole number")


def _literal(info: inspect.LiteralType) -> Converter:
    words = [str(value) for value in info.values]

    def convert_literal(node: yaml.Node, source: Source, findings: Findings) -> Any:
        if isinstance(node, yaml.ScalarNode) and node.value in words:
            return node.value
        return _wrong(node, source, findings, "one of " + ", ".join(f"`{word}`" for word in words))

    return convert_literal


def _list(info: Any, building: dict[type, Converter]) -> Converter:
    item = _build(info.item_type, building, "")

    def convert_list(node: yaml.Node, source: Source, findings: Findings) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return _wrong(node, source, findings, "a list")
        values = [item(child, source, findings) for child in node.value]
        return _FAILED if _FAILED in values else tuple(values)

    return convert_list


def _pairs(node: yaml.MappingNode, source: Source, findings: Findings) -> list[tuple[Scalar, yaml.Node]]:
    """Keys and values, with a finding for each key that is not a word or is written twice."""
    pairs: dict[str, tuple[Scalar, yaml.Node]] = {}
    for key_node, value in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            _wrong(key_node, source, findings, "a word as a key")
            continue
        key = scalar(key_node, source)
        if key in pairs:
            first = pairs[key][0].line + 1
            findings.add(key, f"`{key}` is written twice; the first is in line {first}")
            continue
        pairs[key] = (key, value)
    return list(pairs.values())


def _mapping(info: inspect.DictType, building: dict[type, Converter]) -> Converter:
    item = _build(info.value_type, building, "")

    def convert_mapping(node: yaml.Node, source: Source, findings: Findings) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return _wrong(node, source, findings, "a mapping")
        values = {key: item(value, source, findings) for key, value in _pairs(node, source, findings)}
        return _FAILED if any(value is _FAILED for value in values.values()) else values

    return convert_mapping


def _union(info: inspect.UnionType, building: dict[type, Converter], prose: str) -> Converter:
    """One converter per YAML kind; a scalar goes to the union's string if it has one."""
    by_kind: dict[type, Converter] = {}
    for option in info.types:
        if isinstance(option, inspect.NoneType):
            continue
        bare = option.type if isinstance(option, inspect.Metadata) else option
        if isinstance(bare, inspect.StructType | inspect.DictType):
            kind: type = yaml.MappingNode
        elif isinstance(bare, inspect.ListType | inspect.CollectionType | inspect.VarTupleType):
            kind = yaml.SequenceNode
        else:
            kind = yaml.ScalarNode
        if kind not in by_kind or isinstance(bare, inspect.StrType):
            by_kind[kind] = _build(option, building, prose)
    expected = " or ".join(_KIND[kind] for kind in by_kind)

    def convert_union(node: yaml.Node, source: Source, findings: Findings) -> Any:
        chosen = by_kind.get(type(node))
        return _wrong(node, source, findings, expected) if chosen is None else chosen(node, source, findings)

    return convert_union


def _struct(info: inspect.StructType, building: dict[type, Converter]) -> Converter:
    if info.cls in building:
        return building[info.cls]
    fields: dict[str, tuple[str, Converter]] = {}
    required: list[str] = []
    cls: Any = info.cls

    def convert_struct(node: yaml.Node, source: Source, findings: Findings) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return _wrong(node, source, findings, "a mapping")
        values: dict[str, Any] = {}
        failed = False
        for key, child in _pairs(node, source, findings):
            field = fields.get(key)
            if field is None:
                findings.add(key, f"`{key}` is not a key here", hint=nearest(key, fields) or _listing(fields))
                failed = True
                continue
            value = field[1](child, source, findings)
            failed = failed or value is _FAILED
            values[field[0]] = value
        mark = node.start_mark
        for name in required:
            if name not in values:
                encoded = next(key for key, field in fields.items() if field[0] == name)
                findings.add((source, mark.line, mark.column), f"`{encoded}` is missing")
                failed = True
        return _FAILED if failed else cls(**values)

    building[info.cls] = convert_struct
    for field in info.fields:
        fields[field.encode_name] = (field.name, _build(field.type, building, ""))
        if field.required:
            required.append(field.name)
    return convert_struct


def _listing(fields: dict[str, Any]) -> str:
    return "Known here: " + ", ".join(sorted(fields)) + "."


def struct_names(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """The keys of a struct as they are written."""
    return tuple(field.encode_name for field in msgspec.structs.fields(cls))
