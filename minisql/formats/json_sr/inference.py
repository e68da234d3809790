"""The Connect schema that Confluent's JsonSchemaConverter reads out of a JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.errors import KsqlError
from minisql.formats.connect import schema as connect
from minisql.formats.connect.schema import ConnectSchema, pairs

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
        if not isinstance(tree, dict) or not tree:
            raise KsqlError("Unsupported schema type org.everit.json.schema.EmptySchema")
        if "$ref" in tree:
            return self._referred(tree["$ref"], optional)
        choice = _choice(tree)
        if choice is not None:
            return self._combined(choice, tree, optional)
        if "allOf" in tree:
            return self._all_of(tree["allOf"], optional)
        found = self._bare(tree)
        return _described(found, tree).with_(optional=optional)

    def _referred(self, reference: str, optional: bool) -> ConnectSchema:
        if reference in self._open:
            raise KsqlError(f"Recursive schema: {reference}")
        self._open.append(reference)
        name, _, path = reference.partition("#")
        tree = self._references[name] if name else self._root
        for part in path.strip("/").split("/") if path.strip("/") else ():
            tree = tree[part.replace("~1", "/").replace("~0", "~")]
        root, self._root = self._root, self._references[name] if name else self._root
        found = self.schema(tree, optional)
        self._root = root
        self._open.pop()
        return found

    def _combined(self, choice: list[Any], tree: dict[str, Any], optional: bool) -> ConnectSchema:
        """A choice between null and one schema is that schema, optional; any other is a STRUCT with a field for each."""
        others = [each for each in choice if each != NULL]
        if len(choice) == 2 and len(others) == 1:
            return self.schema(others[0], True)
        fields = tuple((f"{ONE_OF}.field.{index}", self.schema(each, True)) for index, each in enumerate(others))
        found = ConnectSchema(connect.STRUCT, name=ONE_OF, fields=fields)
        return found.with_(optional=optional or len(others) < len(choice), version=tree.get("connect.version"))

    def _all_of(self, parts: list[Any], optional: bool) -> ConnectSchema:
        properties: dict[str, Any] = {}
        for part in parts:
            properties.update(self._properties(part))
        if properties:
            fields = tuple((name, self.schema(each, False)) for name, each in properties.items())
            return ConnectSchema(connect.STRUCT, optional, fields=fields)
        typed = [part for part in parts if _choice(part) is not None or "$ref" in part or "type" in part or "enum" in part]
        if not typed:
            raise KsqlError("Unsupported criterion allOf")
        return self.schema(typed[0], optional)

    def _properties(self, part: Any) -> dict[str, Any]:
        if "$ref" in part and part["$ref"].startswith("#"):
            tree = self._root
            for step in part["$ref"].strip("#/").split("/"):
                tree = tree[step]
            return self._properties(tree)
        return dict(part.get("properties", {}))

    def _bare(self, tree: dict[str, Any]) -> ConnectSchema:
        kind = tree.get("type")
        if "enum" in tree or "const" in tree:
            return ConnectSchema(connect.STRING)
        if kind in ("integer", "number"):
            return ConnectSchema(_number(kind, tree.get("connect.type")))
        if kind == "string":
            return ConnectSchema(connect.BYTES if tree.get("connect.type") == "bytes" else connect.STRING)
        if kind == "boolean":
            return ConnectSchema(connect.BOOLEAN)
        if kind == "array":
            return self._array(tree)
        if kind == "object" or "properties" in tree:
            return self._object(tree)
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
        for name, field in tree.get("properties", {}).items():
            index = field.get("connect.index") if isinstance(field, dict) else None
            placed[len(placed) if index is None else index] = (name, field)
        ordered = [placed[index] for index in sorted(placed)]
        return ConnectSchema(connect.STRUCT, fields=tuple((name, self.schema(field, False)) for name, field in ordered))


def _choice(tree: dict[str, Any]) -> list[Any] | None:
    """The schemas between which there is a choice; a list of types is one, too."""
    kinds = tree.get("type")
    if isinstance(kinds, list):
        rest = {name: value for name, value in tree.items() if name not in ("type", "default", "title", "connect.index")}
        return [NULL if kind == "null" else {**rest, "type": kind} for kind in kinds]
    found = tree.get("oneOf") or tree.get("anyOf")
    return found if isinstance(found, list) else None


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
