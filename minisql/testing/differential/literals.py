"""Python values as SQL of a known type: what stands in INSERT INTO ... VALUES."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.dialect import quoted_name
from minisql.parameters import literal
from minisql.types import DATE, TIME, TIMESTAMP, SqlArray, SqlMap, SqlStruct, SqlType

_TIMES = (DATE, TIME, TIMESTAMP)


def sql_value(value: Any, kind: SqlType) -> str:
    """SQL for a Python value of this type, as ``Connection.insert`` takes it: a dict is a MAP or a STRUCT as the type says.

    Raises:
        ProgrammingError: SQL has no literal for it, such as NaN.

    >>> from minisql.types import BIGINT, DATE, STRING, SqlArray, SqlMap, SqlStruct
    >>> print(sql_value({"a": 1}, SqlMap(STRING, BIGINT)), sql_value({"A": 1}, SqlStruct((("A", BIGINT),))))
    MAP('a' := 1) STRUCT(A := 1)
    >>> sql_value([None], SqlArray(BIGINT))
    'ARRAY[CAST(NULL AS BIGINT)]'
    >>> sql_value(["1970-01-09"], SqlArray(DATE))
    "ARRAY[CAST('1970-01-09' AS DATE)]"
    """
    return "NULL" if value is None else _given(value, kind)


def _given(value: Any, kind: SqlType) -> str:
    if isinstance(kind, SqlArray):
        return f"ARRAY[{', '.join(_inner(item, kind.item) for item in value)}]" if value else _no_items(kind)
    if isinstance(kind, SqlMap):
        return f"MAP({', '.join(_entry(key, item, kind) for key, item in value.items())})" if value else _no_entries(kind)
    if isinstance(kind, SqlStruct):
        return f"STRUCT({', '.join(_field(value, name, inner) for name, inner in kind.fields)})"
    return literal(value)


def _inner(value: Any, kind: SqlType) -> str:
    """Constructors need to know the type of every item, so NULL has to say its own; beside it ksqlDB takes no texts of times."""
    if value is None or kind in _TIMES:
        return f"CAST({sql_value(value, kind)} AS {kind})"
    return _given(value, kind)


def _entry(key: Any, item: Any, kind: SqlMap) -> str:
    return f"{_given(key, kind.key)} := {_inner(item, kind.value)}"


def _field(value: Mapping[str, Any], name: str, kind: SqlType) -> str:
    return f"{quoted_name(name)} := {_inner(value.get(name), kind)}"


def _no_items(kind: SqlArray) -> str:
    """ksqlDB has no constructor of an empty array: one is filtered out of another."""
    return f"FILTER(ARRAY[{_inner(None, kind.item)}], X => FALSE)"


def _no_entries(kind: SqlMap) -> str:
    return f"FILTER(MAP('' := {_inner(None, kind.value)}), (K, V) => FALSE)"
