"""A source as observations have it: what DESCRIBE says, in a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.names import quote

_KEPT = ("type", "topic", "partitions", "replication", "keyFormat", "valueFormat", "windowType", "timestamp")


def described(entity: Mapping[str, Any]) -> dict[str, Any]:
    """The entity's facts that stay the same while time passes: its columns as one text, its queries by their ids."""
    facts = {name: entity[name] for name in _KEPT}
    queries = {name: [query["id"] for query in entity[name]] for name in ("readQueries", "writeQueries")}
    statement = {"sourceConstraints": list(entity["sourceConstraints"]), "statement": entity["statement"]}
    return {"schema": schema_text(entity["fields"]), **facts, **queries, **statement}


def schema_text(fields: list[Mapping[str, Any]]) -> str:
    """Columns as ksqlDB's headers have them.

    >>> schema_text([{"name": "K", "schema": {"type": "INTEGER"}, "type": "KEY"}])
    '`K` INTEGER KEY'
    """
    return ", ".join(f"{quote(each['name'])} {type_text(each['schema'])}{_suffix(each)}" for each in fields)


def _suffix(field: Mapping[str, Any]) -> str:
    if field.get("type") == "HEADER":
        key = field.get("headerKey")
        return " HEADERS" if key is None else f" HEADER('{key}')"
    return " KEY" if field.get("type") == "KEY" else ""


def type_text(schema: Mapping[str, Any]) -> str:
    """A type that entities show in parts.

    >>> type_text({"type": "ARRAY", "memberSchema": {"type": "DECIMAL", "parameters": {"precision": 4, "scale": 2}}})
    'ARRAY<DECIMAL(4, 2)>'
    """
    name = schema["type"]
    if name == "DECIMAL":
        return f"DECIMAL({schema['parameters']['precision']}, {schema['parameters']['scale']})"
    if name == "STRUCT":
        return f"STRUCT<{schema_text(schema['fields'])}>"
    if schema.get("memberSchema") is not None:
        return f"{name}<{'STRING, ' if name == 'MAP' else ''}{type_text(schema['memberSchema'])}>"
    return str(name)
