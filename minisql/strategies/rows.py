"""Rows of a source."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from minisql.dialect import quoted_name
from minisql.errors import InterfaceError
from minisql.metastore import Source
from minisql.schema import Column, Namespace
from minisql.strategies.sources import Columns, source_of
from minisql.strategies.values import NULLS, column_values, in_order

Rows = st.SearchStrategy[dict[str, Any]]


def rows(source: Columns, /, *, nulls: float = NULLS, **columns: Any) -> Rows:
    """Rows that ``Connection.insert`` takes for the source: dicts of all its columns but headers.

    Args:
        source: a ``Source`` (``connection.engine.metastore.source("S")``), a ``Schema``, a CREATE statement, or a list of
            columns such as ``"id INT KEY, v DOUBLE"``.
        nulls: the share of NULLs; a primary key is never NULL.
        columns: for columns by name, in any case, strategies to take instead, or values.

    Raises:
        KsqlError: the text declares no columns.
        InterfaceError: the source has no such column.

    >>> from hypothesis import find
    >>> find(rows("id INT KEY, v DOUBLE, tags ARRAY<STRING>", v=2.5), lambda row: True)
    {'ID': 0, 'V': 2.5, 'TAGS': []}
    """
    found = source_of(source)
    return columns_of(found, found.schema.key + found.schema.value, nulls, columns)


def columns_of(source: Source, some: tuple[Column, ...], nulls: float, given: dict[str, Any]) -> Rows:
    """Rows of some of the columns; ``given`` may speak of all."""
    wanted = _resolved(source, given)
    return in_order({each.name: wanted[each.name] if each.name in wanted else _values(source, each, nulls) for each in some})


def _values(source: Source, column: Column, nulls: float) -> st.SearchStrategy[Any]:
    required = source.is_table and column.namespace is Namespace.KEY
    found = column_values(column.type, 0 if required else nulls, within(source, nulls))
    return found.map(lambda value: filled(source, column, value)) if required else found


def filled(source: Source, column: Column, value: Any) -> Any:
    """The value, unless it is an empty primary key in DELIMITED: that is written as nothing, and so is no key."""
    if value not in ("", b"") or column.namespace is not Namespace.KEY or not source.is_table:
        return value
    return (value + ("a" if value == "" else b"a")) if source.key_format.info.format == "DELIMITED" else value


def within(source: Source, nulls: float) -> float:
    """The share of NULLs in arrays, maps and structs."""
    return 0 if source.value_format.info.format in _WITHOUT_INNER_NULLS else nulls


_WITHOUT_INNER_NULLS = ("PROTOBUF", "PROTOBUF_NOSR")
"""Formats that refuse arrays and maps with NULLs in them."""


def _resolved(source: Source, given: dict[str, Any]) -> dict[str, st.SearchStrategy[Any]]:
    """Strategies by the names of columns."""
    names = {column.name for column in source.schema.key + source.schema.value}
    found = {name if name in names else name.upper(): value for name, value in given.items()}
    unknown = sorted(found.keys() - names)
    if unknown:
        listed = ", ".join(map(quoted_name, sorted(names)))
        raise InterfaceError(f"{source.name} has no column {', '.join(unknown)}; its columns are {listed}")
    return {name: value if isinstance(value, st.SearchStrategy) else st.just(value) for name, value in found.items()}
