"""From an array to text, and from a map or a range to an array."""

from collections.abc import Callable
from typing import Any

from minisql.errors import KsqlError
from minisql.functions.registry import scalar
from minisql.functions.rules import Kinds, item_of_first
from minisql.functions.scalar.maps import entries_of
from minisql.java import double_text, utf16_key, wrap32, wrap64
from minisql.types import BOOLEAN, BYTES, DATE, DOUBLE, TIME, TIMESTAMP, SqlArray, SqlMap, SqlStruct, SqlType

CATEGORY = "ARRAY"

Values = list[Any]


# -- ARRAY_JOIN ----------------------------------------------------------------------------------

_REFUSED: dict[object, str] = {
    SqlArray: "java.util.ArrayList",
    SqlMap: "java.util.HashMap",
    SqlStruct: "org.apache.kafka.connect.data.Struct",
    BYTES: "java.nio.HeapByteBuffer",
    DATE: "java.sql.Date",
    TIME: "java.sql.Time",
    TIMESTAMP: "java.sql.Timestamp",
}
"""Types of elements that ARRAY_JOIN does not take -> their class in ksqlDB."""


def _boolean_text(value: bool) -> str:
    return "true" if value else "false"


_WRITERS: dict[SqlType, Callable[[Any], str]] = {BOOLEAN: _boolean_text, DOUBLE: double_text}


def _writer(kind: SqlType) -> Callable[[Any], str]:
    """Java's ``toString`` of the values of a type."""
    refused = _REFUSED.get(kind) or _REFUSED.get(type(kind))
    if refused is None:
        return _WRITERS.get(kind, str)

    def refuse(value: Any) -> str:
        raise KsqlError(f"error: hit element of type {refused} which is currently not supported")

    return refuse


def _written(function: Callable[..., Any], kinds: Kinds) -> Callable[..., Any]:
    write = _writer(item_of_first(kinds))
    return lambda array, *delimiter: function(array, *delimiter, write=write)


@scalar(
    "ARRAY_JOIN(array ARRAY<T>) -> STRING",
    "ARRAY_JOIN(array ARRAY<T>, delimiter STRING) -> STRING",
    nulls="pass",
    for_types=_written,
)
def array_join(array: Values | None, delimiter: str | None = ",", *, write: Callable[[Any], str]) -> str | None:
    """The elements of an array as one text, with a delimiter between them: a comma unless another is given.

    >>> ARRAY_JOIN(ARRAY['a', NULL, 'b'], '-')
    'a-null-b'
    >>> ARRAY_JOIN(ARRAY[true, false])
    'true,false'
    """
    if array is None:
        return None
    return (delimiter or "").join("null" if item is None else write(item) for item in array)


# -- ENTRIES -------------------------------------------------------------------------------------


@scalar(
    *(
        f"ENTRIES(map MAP<STRING, {kind}>, sorted BOOLEAN!) -> ARRAY<STRUCT<K STRING, V {kind}>>"
        for kind in ("INT", "BIGINT", "DOUBLE", "BOOLEAN", "STRING")
    ),
    category="MAP",
)
def entries(mapping: dict[Any, Any], ordered: bool) -> list[dict[str, Any]]:
    """The entries of a map as structs of K and V, sorted by key if wanted.

    >>> ENTRIES(MAP('b' := 2, 'a' := 1), true)
    [{'K': 'a', 'V': 1}, {'K': 'b', 'V': 2}]
    """
    pairs = sorted(mapping.items(), key=lambda pair: utf16_key(pair[0])) if ordered else entries_of(mapping)
    return [{"K": key, "V": value} for key, value in pairs]


# -- GENERATE_SERIES -----------------------------------------------------------------------------


@scalar("GENERATE_SERIES(start INT!, end INT!) -> ARRAY<INT>", "GENERATE_SERIES(start INT!, end INT!, step INT!) -> ARRAY<INT>")
def generate_series(start: int, end: int, step: int | None = None) -> list[int]:
    """The whole numbers from a start to an end, both included, in steps of 1 (or -1, downwards) or of another size.

    >>> GENERATE_SERIES(1, 4)
    [1, 2, 3, 4]
    >>> GENERATE_SERIES(3, -2, -2)
    [3, 1, -1]
    """
    return _series(start, end, step, wrap32)


@scalar(
    "GENERATE_SERIES(start BIGINT!, end BIGINT!) -> ARRAY<BIGINT>",
    "GENERATE_SERIES(start BIGINT!, end BIGINT!, step INT!) -> ARRAY<BIGINT>",
)
def generate_series_bigint(start: int, end: int, step: int | None = None) -> list[int]:
    """The BIGINTs from a start to an end, both included.

    >>> GENERATE_SERIES(9000000000, 9000000002)
    [9000000000, 9000000001, 9000000002]
    """
    return _series(start, end, step, wrap64)


def _series(start: int, end: int, step: int | None, wrap: Callable[[int], int]) -> list[int]:
    """The series; a range that is too wide for its type wraps, as Java's subtraction does."""
    span = wrap(end - start)
    if step is None:
        step = 1 if span > 0 else -1
    if step == 0:
        raise KsqlError("GENERATE_SERIES step cannot be zero")
    if (span > 0 > step) or (span < 0 < step):
        raise KsqlError("GENERATE_SERIES step has wrong sign")
    size = wrap32(1 + wrap32(abs(span) // abs(step)))
    if size < 0:
        raise ValueError(f"Illegal Capacity: {size}")
    return [wrap(value) for value in range(start, start + size * step, step)]
