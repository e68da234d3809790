"""The result of a SELECT: columns, and rows that are there or still to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minisql.record import Record
from minisql.runtime.query import PushQuery
from minisql.schema import Column


class QueryResult(Record):
    """What a SELECT gives.

    Attributes:
        query_id: ksqlDB's id of the query.
        columns: the columns of a row, key columns marked where ksqlDB's header marks them.
        push: the running query behind EMIT CHANGES, None for a pull query.
        rows: a pull query's rows.
        statement: the text.
    """

    query_id: str
    columns: tuple[Column, ...]
    push: PushQuery | None = None
    rows: Sequence[tuple[Any, ...]] = ()
    limit_reached: bool = False
    statement: str = ""

    def close(self) -> None:
        """End the push query."""
        if self.push is not None:
            self.push.stop()
