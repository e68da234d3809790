"""Answers that come row by row while a query runs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, NamedTuple

from minisql.client.reply import text_of
from minisql.errors import SERVER_ERROR, QueryError
from minisql.query_result import QueryResult
from minisql.wire import wire_value


class WireRow(NamedTuple):
    """The columns as JSON will hold them; a tombstone's are null but for the key's."""

    columns: list[Any]
    tombstone: bool


class Stream(ABC):
    """The answer of one query.

    ``idle`` tells, when the chunks have ended, whether they did so because nothing came for too long.
    """

    status = 200

    def __init__(self, result: QueryResult) -> None:
        self.idle = False
        self._result = result
        self._types = [column.type for column in result.columns]

    @abstractmethod
    def chunks(self, idle_timeout: float | None) -> Iterator[bytes]:
        """The answer in the pieces in which a client sees it; waits for a push query's rows.

        Args:
            idle_timeout: end after so many seconds without a row; None waits for ever.
        """

    def close(self) -> None:
        """End the query, as a client's disconnecting does."""
        self._result.close()

    def _rows(self, idle_timeout: float | None) -> Iterator[WireRow]:
        push = self._result.push
        if push is None:
            yield from (self._wire(row) for row in self._result.rows)
            return
        while push.wait(idle_timeout):
            entries = push.take()
            for key, row, *_ in entries:
                yield self._wire(row) if row is not None else self._wire(push.tombstone(key), True)
            if push.error is not None:
                raise push.error
            if not entries:
                return
        self.idle = True

    def _wire(self, row: tuple[Any, ...], tombstone: bool = False) -> WireRow:
        return WireRow([wire_value(value, kind) for value, kind in zip(row, self._types, strict=True)], tombstone)


class DelimitedStream(Stream):
    """``/query-stream``: the header and each row are a line; tombstones are left out, as the server leaves them out."""

    def chunks(self, idle_timeout: float | None) -> Iterator[bytes]:
        header = {
            "queryId": self._result.query_id,
            "columnNames": [column.name for column in self._result.columns],
            "columnTypes": [str(kind) for kind in self._types],
        }
        yield _line(header, "\n")
        try:
            for row in self._rows(idle_timeout):
                if not row.tombstone:
                    yield _line(row.columns, "\n")
        except QueryError as error:
            yield _line(_failure(error), "\n")


class RowStream(Stream):
    """``/query``: one JSON array of header, rows and, for a push query, a final message; an element a line."""

    def chunks(self, idle_timeout: float | None) -> Iterator[bytes]:
        schema = ", ".join(map(str, self._result.columns))
        header = {"header": {"queryId": self._result.query_id, "schema": schema}}
        return self._pull(header) if self._result.push is None else self._push(header, idle_timeout)

    def _pull(self, header: dict[str, Any]) -> Iterator[bytes]:
        *elements, last = [header, *map(_element, self._rows(None))]
        opening = "["
        for element in elements:
            yield _line(element, ",\n", opening)
            opening = ""
        yield _line(last, "]", opening)

    def _push(self, header: dict[str, Any], idle_timeout: float | None) -> Iterator[bytes]:
        yield _line(header, ",\n", "[")
        try:
            for row in self._rows(idle_timeout):
                yield _line(_element(row), ",\n")
        except QueryError as error:
            yield _line({"errorMessage": _failure(error)}, ",\n]")
            return
        if not self.idle:
            yield _line({"finalMessage": self._final_message()}, "]")

    def _final_message(self) -> str:
        push = self._result.push
        return "Limit Reached" if push is not None and push.limit_reached else "Query Completed"


def _element(row: WireRow) -> dict[str, Any]:
    return {"row": {"columns": row.columns, "tombstone": True} if row.tombstone else {"columns": row.columns}}


def _failure(error: QueryError) -> dict[str, Any]:
    return {"@type": "generic_error", "error_code": SERVER_ERROR, "message": error.message}


def _line(element: Any, closing: str, opening: str = "") -> bytes:
    return f"{opening}{text_of(element)}{closing}".encode()
