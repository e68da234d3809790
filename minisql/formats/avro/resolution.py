"""Avro schemas with full names, so that each part can be understood without those around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.formats.avro.inference import NAMED, SIMPLE
from minisql.formats.connect.parsed import SchemaSyntaxError

NESTED = ("array", "map")
PRIMITIVE = (frozenset(SIMPLE) - {"enum", "fixed"}) | {"null"}


def resolved(tree: Any, references: Mapping[str, Any]) -> Any:
    """The schema with full names; types of ``references`` are put in where they are first named.

    Raises:
        SchemaSyntaxError: it is no Avro schema.
    """
    return _Resolution(references).schema(tree, "")


class _Resolution:
    """Walks one schema; ``_defined`` are the names that have been seen."""

    def __init__(self, references: Mapping[str, Any]) -> None:
        self._references = references
        self._defined: set[str] = set()

    def schema(self, tree: Any, namespace: str) -> Any:
        """The part with full names; ``namespace`` is that around it."""
        if isinstance(tree, str):
            return self._name(tree, namespace)
        if isinstance(tree, list):
            return [self.schema(each, namespace) for each in tree]
        if not isinstance(tree, dict) or "type" not in tree:
            raise SchemaSyntaxError(f"No type: {tree}")
        return self._object(tree, namespace)

    def _object(self, tree: dict[str, Any], namespace: str) -> Any:
        kind = tree["type"]
        if not isinstance(kind, str):
            inner = self.schema(kind, namespace)
            return inner if len(tree) == 1 else {**tree, "type": inner}
        if kind in NAMED:
            return self._definition(tree, namespace)
        if kind in NESTED:
            part = "items" if kind == "array" else "values"
            if part not in tree:
                raise SchemaSyntaxError(f"{kind.capitalize()} has no {part} type: {tree}")
            return {**tree, part: self.schema(tree[part], namespace)}
        name = self._name(kind, namespace)
        return name if len(tree) == 1 or kind not in PRIMITIVE else {**tree, "type": name}

    def _definition(self, tree: dict[str, Any], namespace: str) -> Any:
        if not isinstance(tree.get("name"), str):
            raise SchemaSyntaxError(f"No name in schema: {tree}")
        name = _full(tree["name"], tree.get("namespace", namespace))
        if name in self._defined:
            raise SchemaSyntaxError(f"Can't redefine: {name}")
        self._defined.add(name)
        found = {key: value for key, value in tree.items() if key != "namespace"} | {"name": name}
        if tree["type"] in ("record", "error"):
            inner = name.rpartition(".")[0]
            found["fields"] = [{**field, "type": self.schema(field["type"], inner)} for field in _fields(tree)]
        return found

    def _name(self, name: str, namespace: str) -> Any:
        if name in PRIMITIVE:
            return name
        full = _full(name, namespace)
        for candidate in (full, name):
            if candidate in self._defined:
                return candidate
            if candidate in self._references:
                return self.schema(self._references[candidate], "")
        raise SchemaSyntaxError(f'Undefined name: "{name}"')


def _full(name: str, namespace: str | None) -> str:
    return name if "." in name or not namespace else f"{namespace}.{name}"


def _fields(tree: dict[str, Any]) -> list[dict[str, Any]]:
    fields = tree.get("fields")
    if not isinstance(fields, list):
        raise SchemaSyntaxError(f"Record has no fields: {tree}")
    for field in fields:
        if not isinstance(field, dict) or not isinstance(field.get("name"), str):
            raise SchemaSyntaxError(f"No field name: {field}")
        if "type" not in field:
            raise SchemaSyntaxError(f"No field type: {field}")
    return fields
