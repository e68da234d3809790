"""The result of SELECT and PRINT: columns, and rows that are there or still to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minisql.errors import QueryError
from minisql.record import Record
from minisql.runtime.feed import Feed
from minisql.schema import Column


class QueryResult(Record):
    """What SELECT and PRINT give.

    Attributes:
        query_id: ksqlDB's id of the query; empty for PRINT, which is none.
        columns: the columns of a row, key columns marked where ksqlDB's header marks them.
        push: what runs behind EMIT CHANGES or PRINT, None for a pull query.
        rows: a pull query's rows.
        statement: the text.
        of_stream: it is a pull query over a stream, which the server answers as a push query that has ended.
        error: what ended a pull query while it ran, after these rows.
        header: the columns as ksqlDB's header lists them, where that is not the order in which a row has them.
    """

    query_id: str
    columns: tuple[Column, ...]
    push: Feed | None = None
    rows: Sequence[tuple[Any, ...]] = ()
    limit_reached: bool = False
    statement: str = ""
    of_stream: bool = False
    header: tuple[Column, ...] | None = None
    error: QueryError | None = None

    @property
    def announced(self) -> tuple[Column, ...]:
        """The columns as ksqlDB's header lists them."""
        return self.columns if self.header is None else self.header

    @property
    def printed(self) -> bool:
        """Whether it is of PRINT: its rows are lines of text, in one column."""
        return not self.query_id

    def close(self) -> None:
        """End the push query."""
        if self.push is not None:
            self.push.stop()
