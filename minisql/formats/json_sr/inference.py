"""The Connect schema that Confluent's JsonSchemaConverter reads out of a JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from minisql.errors import SERVER_ERROR, KsqlError, UnsupportedError
from minisql.formats.connect import schema as connect
from minisql.formats.connect.schema import ConnectSchema, pairs
from minisql.java import hash_order, string_hash

ONE_OF = "io.confluent.connect.json.OneOf"
"""The name of the STRUCT that stands for a choice: one field for each of its schemas."""

NUMBERS = {
    "int8": connect.INT8,
    "int16": connect.INT16,
    "int32": connect.INT32,
    "int64": connect.INT64,
    "float32": connect.FLOAT32,
    "float64": connect.FLOAT64,
    "bytes": connect.BYTES,
}
NULL = {"type": "null"}

CRITERIA = ("oneOf", "anyOf", "allOf")
KEYWORDS = frozenset({"type", "properties", "items", "enum", "const", "not"})
"""What makes a schema one of its own kind."""

WITHOUT_TYPE = "schemas of JSON_SR that say no type, which Confluent's converter takes for its Variant,"


def connect_schema(tree: Any, references: Mapping[str, Any]) -> ConnectSchema:
    """The Connect schema of a JSON Schema.

    Args:
        tree: the schema.
        references: other schemas by the names under which ``$ref`` finds them.

    Raises:
        KsqlError: Connect has nothing for it.
    """
    return _Inference(tree, references).schema(tree, False)


class _Inference:
    """Walks one schema; ``_open`` are the references under way."""

    def __init__(self, root: Any, references: Mapping[str, Any]) -> None:
        self._root = root
        self._references = references
        self._open: list[str] = []

    def schema(self, tree: Any, optional: bool) -> ConnectSchema:
        """The schema of a part."""
        if tree is False:
            raise _unsupported("FalseSchema")
        if not isinstance(tree, dict):
            raise UnsupportedError(WITHOUT_TYPE)
        if "$ref" in tree:
            return self._referred(tree["$ref"], optional)
        parts = _parts(tree)
        if len(parts) > 1:
            return self._all_of(parts, optional)
        if len(parts) == 1:
            ((criterion, combined),) = parts[0].items()
            return self._combined(criterion, combined, tree, optional)
        found = self._bare(tree)
        return _described(found, tree).with_(optional=optional)

    def _referred(self, reference: str, optional: bool) -> ConnectSchema:
        if reference in self._open:
            raise KsqlError(connect.RECURSION, SERVER_ERROR)
        self._open.append(reference)
        name, _, path = reference.partition("#")
        tree = _followed(self._references[name] if name else self._root, path)
        root, self._root = self._root, self._references[name] if name else self._root
        found = self.schema(tree, optional)
        self._root = root
        self._open.pop()
        return found

    def _combined(self, criterion: str, parts: list[Any], tree: dict[str, Any], optional: bool) -> ConnectSchema:
        """A choice between null and one schema is that schema, optional; any other is a STRUCT with a field for each."""
        if len(parts) == 1:
            return self.schema(parts[0], False)
        if criterion == "allOf":
            return self._all_of(parts, optional)
        choice = sorted(parts, key=lambda part: not _is_combined(part))  # as everit's CombinedSchema has them
        others = [each for each in choice if each != NULL]
        if len(choice) == 2 and len(others) == 1:
            return self.schema(others[0], True)
        fields = tuple((f"{ONE_OF}.field.{index}", self.schema(each, True)) for index, each in enumerate(others))
        found = ConnectSchema(connect.STRUCT, name=ONE_OF, fields=fields)
        return found.with_(optional=optional or len(others) < len(choice), version=tree.get("connect.version"))

    def _all_of(self, parts: list[Any], optional: bool) -> ConnectSchema:
        """All properties in one STRUCT; without any, the first kind of schema that Confluent's converter looks for."""
        properties: dict[str, Any] = {}
        for part in parts:
            properties.update(self._properties(part))
        if properties:
            fields = tuple((name, self.schema(each, False)) for name, each in properties.items())
            return ConnectSchema(connect.STRUCT, optional, fields=fields)
        kinds = {_kind(part): part for part in parts}
        for kind in ("combined", *(("number",) if "text" in kinds else ()), "text", "reference"):
            if kind in kinds:
                return self.schema(kinds[kind], optional)
        text = json.dumps({"allOf": parts}, separators=(",", ":"), ensure_ascii=False)
        raise KsqlError(f"Unsupported criterion allOf for {text}")

    def _properties(self, part: Any) -> dict[str, Any]:
        """The properties of an object, of a reference to one, and of all that an allOf holds."""
        if not isinstance(part, dict):
            return {}
        if "$ref" in part:
            name, path = part["$ref"].partition("#")[::2]
            return self._properties(_followed(self._references[name] if name else self._root, path))
        found = dict(_hashed(part.get("properties")))
        for inner in part.get("allOf", ()):
            found.update(self._properties(inner))
        return found

    def _bare(self, tree: dict[str, Any]) -> ConnectSchema:
        kind = tree.get("type")
        if kind in ("integer", "number"):
            return ConnectSchema(_number(kind, tree.get("connect.type")))
        if "enum" in tree or "const" in tree:
            return ConnectSchema(connect.STRING)
        if kind == "string":
            return ConnectSchema(connect.BYTES if tree.get("connect.type") == "bytes" else connect.STRING)
        if kind == "boolean":
            return ConnectSchema(connect.BOOLEAN)
        if kind == "array":
            return self._array(tree)
        if kind == "object" or "properties" in tree:
            return self._object(tree)
        if kind == "null":
            raise _unsupported("NullSchema")
        if "not" in tree:
            raise _unsupported("NotSchema")
        if kind is None:
            raise UnsupportedError(WITHOUT_TYPE)
        raise KsqlError(f"Unsupported schema type {kind}")

    def _array(self, tree: dict[str, Any]) -> ConnectSchema:
        items = tree.get("items")
        if not isinstance(items, dict):
            raise KsqlError("Array schema did not specify the items type")
        if tree.get("connect.type") == "map" and "properties" in items:
            entry = items["properties"]
            return ConnectSchema(connect.MAP, key=self.schema(entry["key"], False), value=self.schema(entry["value"], False))
        return ConnectSchema(connect.ARRAY, value=self.schema(items, False))

    def _object(self, tree: dict[str, Any]) -> ConnectSchema:
        if tree.get("connect.type") == "map":
            value = self.schema(tree["additionalProperties"], False)
            return ConnectSchema(connect.MAP, key=ConnectSchema(connect.STRING), value=value)
        # A field whose place is not told goes behind those that were placed before it.
        placed: dict[int, tuple[str, Any]] = {}
        for name, field in _hashed(tree.get("properties")):
            index = field.get("connect.index") if isinstance(field, dict) else None
            placed[len(placed) if index is None else index] = (name, field)
        ordered = [placed[index] for index in sorted(placed)]
        return ConnectSchema(connect.STRUCT, fields=tuple((name, self.schema(field, False)) for name, field in ordered))


def _parts(tree: dict[str, Any]) -> list[Any]:
    """What a schema is combined of: each criterion by itself, and before them what it says besides; nothing if it is plain.

    A list of types is a choice, too.
    """
    kinds = tree.get("type")
    if isinstance(kinds, list):
        rest = {name: value for name, value in tree.items() if name not in ("type", "default", "title", "connect.index")}
        return [{"anyOf": [NULL if kind == "null" else {**rest, "type": kind} for kind in kinds]}]
    combined = [{criterion: tree[criterion]} for criterion in CRITERIA if isinstance(tree.get(criterion), list)]
    own = {name: value for name, value in tree.items() if name not in (*CRITERIA, "connect.index")}
    return [own, *combined] if combined and KEYWORDS & own.keys() else combined


def _is_combined(part: Any) -> bool:
    return isinstance(part, dict) and "$ref" not in part and bool(_parts(part))


def _kind(part: Any) -> str:
    """Which class of everit's a schema is, as far as it matters to an allOf."""
    if not isinstance(part, dict):
        return ""
    if "$ref" in part:
        return "reference"
    if _is_combined(part):
        return "combined"
    if part.get("type") in ("integer", "number"):
        return "number"
    return "text" if part.get("type") == "string" or "enum" in part or "const" in part else ""


def _followed(tree: Any, path: str) -> Any:
    for part in path.strip("/").split("/") if path.strip("/") else ():
        tree = tree[part.replace("~1", "/").replace("~0", "~")]
    return tree


def _hashed(properties: dict[str, Any] | None) -> list[tuple[str, Any]]:
    """Properties in the order of Java's hash table, in which everit's ObjectSchema keeps them."""
    return [(name, properties[name]) for name in hash_order(properties, string_hash)] if properties else []


def _unsupported(kind: str) -> KsqlError:
    return KsqlError(f"Unsupported schema type org.everit.json.schema.{kind}")


def _number(kind: str, annotated: str | None) -> str:
    if annotated is None:
        return connect.INT64 if kind == "integer" else connect.FLOAT64
    if annotated not in NUMBERS:
        raise KsqlError(f"Unsupported type {annotated}")
    return NUMBERS[annotated]


def _described(schema: ConnectSchema, tree: dict[str, Any]) -> ConnectSchema:
    return schema.with_(
        name=tree.get("title"),
        version=tree.get("connect.version"),
        doc=tree.get("description"),
        parameters=pairs(tree.get("connect.parameters") or {}),
        default=tree.get("default"),
    )
