"""Avro schemas as texts, in the order in which Avro's own ``Schema.toString`` writes them."""

from __future__ import annotations

import json
from typing import Any

from minisql.formats.avro.inference import NAMED

_NAME = ("type", "name", "namespace", "doc")
FIRST: dict[str, tuple[str, ...]] = {
    "record": (*_NAME, "fields"),
    "error": (*_NAME, "fields"),
    "enum": (*_NAME, "symbols", "default"),
    "fixed": (*_NAME, "size"),
    "array": ("type", "items"),
    "map": ("type", "values"),
}
"""Kind of a schema to what stands first in it; all else follows as it was given, and aliases are the last."""

_FIELD = ("name", "type", "doc", "default", "order", "aliases")


def schema_text(tree: Any) -> str:
    """The text of a schema with full names."""
    return json.dumps(_printed(tree, None), separators=(",", ":"), ensure_ascii=False)


def _printed(tree: Any, space: str | None) -> Any:
    """The part as it stands inside a type of the namespace ``space``; None is outside of all."""
    if isinstance(tree, str):
        return _reference(tree, space)
    if isinstance(tree, list):
        return [_printed(each, space) for each in tree]
    kind = tree["type"]
    if not isinstance(kind, str):
        return {**tree, "type": _printed(kind, space)}
    if kind in NAMED:
        return _definition(tree, space)
    parts = {name: _printed(part, space) if name in ("items", "values") else part for name, part in tree.items()}
    return _ordered(parts, FIRST.get(kind, ("type",)))


def _definition(tree: dict[str, Any], space: str | None) -> dict[str, Any]:
    own, _, name = tree["name"].rpartition(".")
    parts = {**tree, "name": name}
    if own != (space or ""):
        parts["namespace"] = own
    if "fields" in tree:
        parts["fields"] = [_ordered({**field, "type": _printed(field["type"], own)}, _FIELD) for field in tree["fields"]]
    return _ordered(parts, FIRST[tree["type"]])


def _reference(name: str, space: str | None) -> str:
    own, _, short = name.rpartition(".")
    return short if own and own == space else name


def _ordered(parts: dict[str, Any], first: tuple[str, ...]) -> dict[str, Any]:
    ordered = {name: parts[name] for name in first if name in parts}
    ordered.update((name, part) for name, part in parts.items() if name not in ordered and name != "aliases")
    return {**ordered, "aliases": parts["aliases"]} if "aliases" in parts else ordered
