"""Schemas of steps."""

from __future__ import annotations

from collections.abc import Iterable

from minisql.errors import KsqlError
from minisql.names import PSEUDO_COLUMNS, SYSTEM_COLUMNS, WINDOW_BOUNDS
from minisql.schema import Column, Namespace, Schema
from minisql.types import SqlType


def keyed(key: Iterable[tuple[str, SqlType]], value: Iterable[Column]) -> Schema:
    """A schema of key columns and what ``value`` has as value columns.

    Raises:
        KsqlError: two columns of a kind have one name.
    """
    keys = tuple(Column(name, kind, Namespace.KEY) for name, kind in key)
    values = tuple(Column(column.name, column.type) for column in value)
    for columns, kind in ((keys, "key"), (values, "value")):
        seen: set[str] = set()
        for column in columns:
            if column.name in seen:
                raise KsqlError(f"Duplicate {kind} columns found in schema: {column}")
            seen.add(column.name)
    return Schema(keys + values)


def key_pairs(schema: Schema) -> list[tuple[str, SqlType]]:
    """The key columns as pairs."""
    return [(column.name, column.type) for column in schema.key]


def without_copies(schema: Schema) -> Schema:
    """The schema without pseudo columns, window bounds and copies of key columns in the value."""
    keys = {column.name for column in schema.key}
    kept = [column for column in schema.value if column.name not in SYSTEM_COLUMNS and column.name not in keys]
    return keyed(key_pairs(schema), kept)


def find_value(schema: Schema, name: str) -> Column | None:
    """The value column called ``name``."""
    return next((column for column in schema.value if column.name == name), None)


def is_key(schema: Schema, name: str) -> bool:
    """Whether the schema has a key column called ``name``."""
    return any(column.name == name for column in schema.key)


def starred(schema: Schema) -> list[str]:
    """The columns of ``SELECT *``: keys in their order, window bounds, then values; the value has all of them."""
    names = [column.name for column in schema.value]
    keys = [column.name for column in schema.key if column.name in names]
    bounds = [name for name in names if name in WINDOW_BOUNDS]
    hidden = {*keys, *WINDOW_BOUNDS, *PSEUDO_COLUMNS}
    return keys + bounds + [name for name in names if name not in hidden]
