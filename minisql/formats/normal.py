"""What is lost inside nested values when they are written as JSON and read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minisql.formats.rows import Row
from minisql.types import SqlArray, SqlMap, SqlStruct, SqlType

Normal = Callable[[Any], Any]


def map_normalizer(kinds: Sequence[SqlType]) -> Callable[[Row | None], Row | None] | None:
    """A function for rows of columns with these types; None when they have no MAP.

    The null key of a MAP is written, and read back, as "null".
    """
    normals = [_normal(kind) for kind in kinds]
    if not any(normals):
        return None
    return lambda row: None if row is None else tuple([_apply(normal, item) for normal, item in zip(normals, row, strict=True)])


def _normal(kind: SqlType) -> Normal | None:
    if isinstance(kind, SqlMap):
        inner = _normal(kind.value)
        return lambda value: {"null" if key is None else key: _apply(inner, item) for key, item in value.items()}
    if isinstance(kind, SqlArray):
        item_normal = _normal(kind.item)
        return item_normal and (lambda value: [_apply(item_normal, item) for item in value])
    if isinstance(kind, SqlStruct):
        normals = {name: _normal(field) for name, field in kind.fields}
        return (
            (lambda value: {name: _apply(normals[name], item) for name, item in value.items()}) if any(normals.values()) else None
        )
    return None


def _apply(normal: Normal | None, value: Any) -> Any:
    return value if normal is None or value is None else normal(value)
