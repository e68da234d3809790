"""assert_rows: the rows of a cursor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from minisql.cursor import Cursor
from minisql.dialect import nodes, parse
from minisql.engine import Engine
from minisql.errors import InterfaceError
from minisql.formats.python_values import from_python
from minisql.metastore import Source
from minisql.runtime.query import PushQuery
from minisql.testing.assertions.comparison import Pair, in_any_order, in_order
from minisql.testing.assertions.failure import check
from minisql.testing.assertions.found import Found
from minisql.testing.assertions.layout import layout_of_columns
from minisql.testing.assertions.reasons import reasons_for_rows
from minisql.testing.assertions.wanted import expectation

EXTRA = 0.5
"""Seconds in which a server's push query may still give rows that are not expected."""


def check_rows(
    engine: Engine | None, cursor: Cursor, rows: Any, ordered: bool | None, columns: Sequence[str] | None, patience: float
) -> None:
    """See ``KsqlConnection.assert_rows``.

    Args:
        engine: what has run the query, if that is in the process.
        patience: how many seconds a push query has to give the rows that are expected.
    """
    __tracebackhide__ = True
    if not isinstance(cursor, Cursor):
        raise InterfaceError(f"assert_rows takes the cursor of a query, not {type(cursor).__name__}")
    layout = layout_of_columns(cursor.schema)
    expected = expectation(rows, layout, columns)
    found = [_found(cursor, number, row) for number, row in enumerate(_fetched(cursor, len(expected.rows), patience))]
    ordered = _has_order(cursor) if ordered is None else ordered
    pairs = (in_order if ordered else in_any_order)(expected.rows, found, layout)
    check("the result", "row", pairs, expected, layout, lambda: _reasons(engine, cursor, pairs, found))


def _found(cursor: Cursor, number: int, row: Sequence[Any]) -> Found:
    pairs = zip(cursor.schema, row, strict=True)
    return Found({column.name: from_python(value, column.type) for column, value in pairs}, False, number)


def _fetched(cursor: Cursor, count: int, patience: float) -> list[Any]:
    """All rows that are there; of a push query on a server those that come in time."""
    rows = list(cursor.fetchall())
    feed = None if cursor.result is None else cursor.result.push
    while feed is not None and patience and feed.wait(patience if len(rows) < count else EXTRA) and feed.ready:
        rows += cursor.fetchall()
    return rows


def _has_order(cursor: Cursor) -> bool:
    """Rows of a table come in no order that a server would promise; all others come as they were written."""
    result = cursor.result
    return result is None or result.push is not None or result.of_stream


def _reasons(engine: Engine | None, cursor: Cursor, pairs: Sequence[Pair], found: Sequence[Found]) -> Iterator[str]:
    result = cursor.result
    if result is None:
        return
    yield ""
    yield f"rows of {result.query_id or 'PRINT'}:"
    yield from (f"    {line}" for line in result.statement.strip().splitlines())
    if engine is None:
        return
    query = result.push if isinstance(result.push, PushQuery) else None
    source = _source(engine, result.statement) if result.push is None else None
    yield from reasons_for_rows(engine, source, query, pairs, found)


def _source(engine: Engine, statement: str) -> Source | None:
    """The source that a pull query reads."""
    node = parse(statement)
    return engine.metastore.source(node.args["source"].this.name) if isinstance(node, nodes.Query) else None
