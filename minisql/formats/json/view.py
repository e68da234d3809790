"""SQL values as ``json.loads`` would give them."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable
from math import isfinite
from typing import Any

from minisql import java
from minisql.formats.rows import Fields, Row
from minisql.types import BYTES, DOUBLE, SqlArray, SqlMap, SqlStruct, SqlType

View = Callable[[Any], Any]


def viewer(kind: SqlType) -> View | None:
    """A function from a SQL value that is not None to what JSON holds for it; None when that is the value itself.

    BYTES are base64 text. Decimals stay Decimal, so that no digit is lost.
    """
    if kind == BYTES:
        return lambda data: b2a_base64(data, newline=False).decode()
    if kind == DOUBLE:
        return lambda number: number if isfinite(number) else java.double_text(number)
    if isinstance(kind, SqlArray):
        return _array(viewer(kind.item))
    if isinstance(kind, SqlMap):
        return _map(viewer(kind.value))
    return _struct(kind) if isinstance(kind, SqlStruct) else None


def row_viewer(fields: Fields) -> Callable[[Row], dict[str, Any]]:
    """A function from a row to what JSON holds for it."""
    names = [name for name, _ in fields]
    views = [viewer(kind) for _, kind in fields]
    if not any(views):
        return lambda row: dict(zip(names, row, strict=True))
    return lambda row: {
        name: item if view is None or item is None else view(item) for name, view, item in zip(names, views, row, strict=True)
    }


def _array(item: View | None) -> View:
    if item is None:
        return list
    return lambda items: [None if value is None else item(value) for value in items]


def _map(item: View | None) -> View:
    def view(items: dict[Any, Any]) -> dict[str, Any]:
        return {
            "null" if key is None else key: value if value is None or item is None else item(value)
            for key, value in items.items()
        }

    return view


def _struct(kind: SqlStruct) -> View:
    views = {name: viewer(field) for name, field in kind.fields}

    def view(struct: dict[str, Any]) -> dict[str, Any]:
        items = {}
        for name, value in struct.items():
            convert = views[name]
            items[name] = value if value is None or convert is None else convert(value)
        return items

    return view
