"""Whether data of one JSON Schema can be read with another, by the rules of Confluent's SchemaDiff.

Types, choices, items, properties and what is required are compared; of the constraints on numbers, texts and arrays
only those that became stricter count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")


def differences(older: Any, newer: Any) -> list[str]:
    """Why the newer schema does not take what the older one takes; empty when it does."""
    return _compare(older, newer, "#/")


def _compare(older: Any, newer: Any, path: str) -> list[str]:
    if newer in ({}, True) or older == newer:
        return []
    if not isinstance(older, dict) or not isinstance(newer, dict):
        return [_fault("TYPE_CHANGED", path)]
    before, after = _choices(older), _choices(newer)
    if len(before) > 1 or len(after) > 1:
        return _choices_differ(before, after, path)
    older, newer = before[0], after[0]
    if not _same_type(older.get("type"), newer.get("type")):
        return [_fault("TYPE_NARROWED" if newer.get("type") == "integer" else "TYPE_CHANGED", path)]
    found = _stricter(older, newer, path) + _enum(older, newer, path)
    if newer.get("type") == "object" or "properties" in newer:
        found += _objects(older, newer, path)
    if newer.get("type") == "array":
        found += _compare(older.get("items", {}), newer.get("items", {}), f"{path}items/")
    return found


def _choices(tree: dict[str, Any]) -> list[dict[str, Any]]:
    for name in ("oneOf", "anyOf"):
        if name in tree:
            return list(tree[name])
    kinds = tree.get("type")
    return [{**tree, "type": kind} for kind in kinds] if isinstance(kinds, list) else [tree]


def _choices_differ(before: list[Any], after: list[Any], path: str) -> list[str]:
    unmatched = [old for old in before if all(_compare(old, new, path) for new in after)]
    kind = "COMBINED_TYPE_SUBSCHEMAS_CHANGED" if len(after) > 1 else "SUM_TYPE_NARROWED"
    return [_fault(kind, path)] if unmatched else []


def _same_type(older: Any, newer: Any) -> bool:
    return older == newer or newer is None or (older == "integer" and newer == "number")


def _stricter(older: dict[str, Any], newer: dict[str, Any], path: str) -> list[str]:
    rules: list[tuple[tuple[str, ...], Callable[[Any, Any], bool]]] = [
        (UPPER, lambda old, new: new < old),
        (LOWER, lambda old, new: new > old),
        (("pattern", "multipleOf"), lambda old, new: bool(new != old)),
    ]
    return [
        _fault(f"{name.upper()}_ADDED_OR_CHANGED", f"{path}{name}")
        for names, worse in rules
        for name in names
        if name in newer and (name not in older or worse(older[name], newer[name]))
    ]


def _enum(older: dict[str, Any], newer: dict[str, Any], path: str) -> list[str]:
    if "enum" not in newer:
        return []
    known = older.get("enum")
    narrowed = known is None or any(value not in newer["enum"] for value in known)
    return [_fault("ENUM_ARRAY_NARROWED", path)] if narrowed else []


def _objects(older: dict[str, Any], newer: dict[str, Any], path: str) -> list[str]:
    before, after = older.get("properties", {}), newer.get("properties", {})
    required = set(newer.get("required", ()))
    found: list[str] = []
    for name, tree in after.items():
        place = f"{path}properties/{name}/"
        if name in before:
            found += _compare(before[name], tree, place)
            if name in required - set(older.get("required", ())) and not _has_default(tree):
                found.append(_fault("REQUIRED_ATTRIBUTE_ADDED", place))
        else:
            found += _added(name, tree, older, required, place)
    if not _is_open(newer):
        found += [_fault("PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL", f"{path}{name}") for name in before if name not in after]
        if _is_open(older):
            found.append(_fault("ADDITIONAL_PROPERTIES_REMOVED", path))
    return found


def _added(name: str, tree: Any, older: dict[str, Any], required: set[str], path: str) -> list[str]:
    """A property that the older schema leaves open may have had any value there."""
    if _is_open(older):
        return [] if tree in ({}, True) else [_fault("PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", path)]
    if name in required and not _has_default(tree):
        return [_fault("REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL", path)]
    return []


def _is_open(tree: dict[str, Any]) -> bool:
    return tree.get("additionalProperties", True) in ({}, True)


def _has_default(tree: Any) -> bool:
    return isinstance(tree, dict) and "default" in tree


def _fault(kind: str, path: str) -> str:
    return f"{{errorType:'{kind}', description:'at path {path}'}}"
