"""What formats lose of single values, wherever they stand in a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from minisql.formats.kafka import java_text
from minisql.formats.rows import Fields, Row
from minisql.types import DOUBLE, STRING, SqlArray, SqlMap, SqlStruct, SqlType

Normal = Callable[[Any], Any]
Losses = Mapping[SqlType, Normal]

TEXTS: Losses = {STRING: java_text}
"""Of texts in UTF-8: half a surrogate pair becomes a question mark."""

DOUBLES: Losses = {DOUBLE: lambda number: number if isfinite(number) else 0.0}
"""Of numbers that JSON has not."""


def row_normalizer(fields: Fields, losses: Losses) -> Callable[[Row | None], Row | None] | None:
    """A function for rows of these columns; None when they have none of the types that lose something."""
    normals = [normal_of(kind, losses) for _, kind in fields]
    return over_rows(normals) if any(normals) else None


def over_rows(normals: list[Normal | None]) -> Callable[[Row | None], Row | None]:
    """A function for rows out of functions for their values; null stays null."""
    touched = [(index, normal) for index, normal in enumerate(normals) if normal is not None]

    def normalize(row: Row | None) -> Row | None:
        if row is None:
            return None
        values = list(row)
        for index, normal in touched:
            value = values[index]
            if value is not None:
                values[index] = normal(value)
        return tuple(values)

    return normalize


def normal_of(kind: SqlType, losses: Losses) -> Normal | None:
    """A function for values of the type that are not null; None when nothing is lost."""
    if kind in losses:
        return losses[kind]
    if isinstance(kind, SqlArray):
        item = normal_of(kind.item, losses)
        return item and (lambda items: [None if each is None else item(each) for each in items])
    if isinstance(kind, SqlMap):
        return _map(normal_of(kind.key, losses), normal_of(kind.value, losses))
    if isinstance(kind, SqlStruct):
        return _struct(kind, losses)
    return None


def _map(key: Normal | None, value: Normal | None) -> Normal | None:
    if key is None and value is None:
        return None
    return lambda items: {
        each if each is None or key is None else key(each): item if item is None or value is None else value(item)
        for each, item in items.items()
    }


def _struct(kind: SqlStruct, losses: Losses) -> Normal | None:
    normals = {name: normal for name, field in kind.fields if (normal := normal_of(field, losses)) is not None}
    if not normals:
        return None
    return lambda struct: {
        name: normals[name](value) if name in normals and value is not None else value for name, value in struct.items()
    }
