"""From the JSON of answers to the values that rows hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minisql.calendar import simple_timestamp
from minisql.codegen.coercion import coerce
from minisql.codegen.datatypes import sql_type
from minisql.dialect import parse
from minisql.dialect.nodes import TableElement
from minisql.schema import Column, Namespace
from minisql.types import BYTES, DATE, DOUBLE, STRING, TIME, TIMESTAMP, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

NAMESPACES = {"KEY": Namespace.KEY, "HEADERS": Namespace.HEADERS, "HEADER": Namespace.HEADERS}


def columns_of(schema: str) -> tuple[Column, ...]:
    """The columns of a header: ```ID` INTEGER KEY, `V` STRING``.

    Raises:
        ParseError: it is not ksqlDB's notation.
    """
    if not schema:
        return ()
    node: Any = parse(f"CREATE STREAM X ({schema});")
    return tuple(map(_column, node.args["elements"]))


def rows_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns as rows have them: header columns, which only SELECT * of a table lists as such, come last there."""
    return tuple(sorted(columns, key=lambda column: column.namespace is Namespace.HEADERS))


def _column(element: TableElement) -> Column:
    namespace = NAMESPACES.get(element.args.get("constraint") or "", Namespace.VALUE)
    return Column(element.this.name, sql_type(element.args["kind"], {}), namespace, element.args.get("key"))


def row_reader(columns: Sequence[Column]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """A function from a row's JSON, its fractions as Decimal, to its values."""
    kinds = [column.type for column in columns]
    return lambda row: tuple(_value(item, kind) for item, kind in zip(row, kinds, strict=True))


def _value(item: Any, kind: SqlType) -> Any:
    if item is None:
        return None
    if kind == DOUBLE:
        return float(item)
    if kind in (DATE, TIME, TIMESTAMP) and isinstance(item, int):
        return item  # inside of a STRUCT
    if kind == TIMESTAMP:
        return simple_timestamp(item)
    if kind in (BYTES, DATE, TIME):
        return coerce(item, STRING, kind)
    if isinstance(kind, SqlDecimal):
        return coerce(str(item), STRING, kind) if isinstance(item, str) else _decimal(item, kind)
    if isinstance(kind, SqlArray):
        return [_value(each, kind.item) for each in item]
    if isinstance(kind, SqlMap):
        return {name: _value(each, kind.value) for name, each in item.items()}
    if isinstance(kind, SqlStruct):
        return {name: _value(item.get(name), inner) for name, inner in kind.fields}
    return item


def _decimal(item: Any, kind: SqlDecimal) -> Any:
    from decimal import Decimal

    return Decimal(item).quantize(Decimal(1).scaleb(-kind.scale))
