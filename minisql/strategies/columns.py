"""SQL types, and declarations of columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from hypothesis import strategies as st

from minisql.formats.format import format_of, has_map
from minisql.strategies.chances import Draw, count, one_of
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    TIME,
    TIMESTAMP,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlPrimitive,
    SqlStruct,
    SqlType,
)

PLAIN: tuple[SqlType, ...] = (
    INTEGER, STRING, BIGINT, DOUBLE, BOOLEAN, SqlDecimal(4, 2), DATE, TIME, TIMESTAMP, BYTES, SqlDecimal(12, 0),
)  # fmt: skip
"""Types without parts, the most usual first."""

FIELDS = ("F", "G", "h")
"""Names of the fields of structs: the last one needs quotes."""


@st.composite
def column_types(draw: Draw, depth: int = 2) -> SqlType:
    """A type that a column can have, nested at most ``depth`` deep; it shrinks to INTEGER."""
    made = count(draw, 0, 6) if depth else 0
    if made < 4:
        return one_of(draw, PLAIN)
    return _NESTED[made - 4](draw, depth - 1)


def _array(draw: Draw, depth: int) -> SqlType:
    return SqlArray(draw(column_types(depth)))


def _map(draw: Draw, depth: int) -> SqlType:
    return SqlMap(STRING, draw(column_types(depth)))


def _struct(draw: Draw, depth: int) -> SqlType:
    return SqlStruct(tuple((name, draw(column_types(depth))) for name in FIELDS[: count(draw, 1, len(FIELDS))]))


_NESTED: tuple[Callable[[Draw, int], SqlType], ...] = (_array, _map, _struct)


@lru_cache(maxsize=4096)
def can_hold(format: str, kind: SqlType) -> bool:
    """Whether values in the format can have a column of this type."""
    if format == "KAFKA":
        return format_of(format).supports_key_type(kind)
    if format == "DELIMITED":
        return isinstance(kind, SqlPrimitive | SqlDecimal)
    return not format.startswith("PROTOBUF") or not _repeats_twice(kind)


def _repeats_twice(kind: SqlType, within: bool = False) -> bool:
    """Whether an array or map lies in another one, without a message between."""
    if isinstance(kind, SqlStruct):
        return any(_repeats_twice(field) for _, field in kind.fields)
    inner = {SqlArray: "item", SqlMap: "value"}.get(type(kind))
    return inner is not None and (within or _repeats_twice(getattr(kind, inner), True))


@lru_cache(maxsize=4096)
def can_be_key(format: str, kind: SqlType) -> bool:
    """Whether keys in the format can have a column of this type."""
    if format == "PROTOBUF_NOSR" and isinstance(kind, SqlArray):
        return False  # a lone key column is a bare value there, and no message is just an array
    return not has_map(kind) and format_of(format).supports_key_type(kind)
