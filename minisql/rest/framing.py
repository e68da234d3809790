"""How the rows of a query become an answer's body; one class for each media type."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from minisql.broker import Entry
from minisql.errors import SERVER_ERROR, QueryError
from minisql.json_text import json_bytes
from minisql.query_result import QueryResult
from minisql.rest.text import row_writer, text_of
from minisql.runtime.query import PushQuery

DELIMITED = "application/vnd.ksqlapi.delimited.v1"
JSON = "application/json"
KSQL_JSON = "application/vnd.ksql.v1+json"
KSQL_PROTOBUF = "application/vnd.ksql.v1+protobuf"


class Framing(ABC):
    """The pieces of one query's answer; each is written as a whole, as the server does it."""

    media_type: ClassVar[str]
    buffered: ClassVar[bool] = False
    """Whether the server gathers a pull query's rows; the other answers are read by the piece."""

    def __init__(self, result: QueryResult) -> None:
        self._result = result
        self._row = row_writer([column.type for column in result.columns])

    @abstractmethod
    def header(self) -> bytes:
        """What comes before the rows."""

    @abstractmethod
    def row(self, row: Sequence[Any]) -> bytes:
        """A row.

        Raises:
            QueryError: it cannot be written.
        """

    def tombstone(self, row: Sequence[Any]) -> bytes:
        """The row of a deleted key; nothing where the media type leaves them out, as the server's writers do."""
        return b""

    @abstractmethod
    def failure(self, error: QueryError) -> bytes:
        """What ends the answer of a query that died."""

    @abstractmethod
    def end(self) -> bytes:
        """What comes after the rows."""

    def entry(self, entry: Entry) -> bytes:
        """A row that a push query has emitted."""
        key, row, *_ = entry
        if row is not None:
            return self.row(row)
        push = self._result.push
        assert isinstance(push, PushQuery)
        return self.tombstone(push.tombstone(key))

    def whole(self) -> Iterator[bytes]:
        """The answer of a query whose rows are all there."""
        yield self.header()
        error = self._result.error
        try:
            for row in self._result.rows:
                yield self.row(row)
        except QueryError as unwritten:
            error = unwritten
        yield self.end() if error is None else self.failure(error)

    def _metadata(self) -> str:
        columns = self._result.announced
        names = [column.name for column in columns]
        types = [str(column.type) for column in columns]
        return text_of({"queryId": self._result.query_id, "columnNames": names, "columnTypes": types})


class DelimitedFraming(Framing):
    """The header and each row are a line."""

    media_type = DELIMITED

    def header(self) -> bytes:
        return json_bytes(f"{self._metadata()}\n")

    def row(self, row: Sequence[Any]) -> bytes:
        return json_bytes(f"{self._row(row)}\n")

    def failure(self, error: QueryError) -> bytes:
        return json_bytes(f"{failure_text(error)}\n")

    def end(self) -> bytes:
        return b""


class ArrayFraming(Framing):
    """One JSON array of the header and the rows."""

    media_type = JSON

    def header(self) -> bytes:
        return json_bytes(f"[{self._metadata()}")

    def row(self, row: Sequence[Any]) -> bytes:
        return json_bytes(f",{self._row(row)}")

    def failure(self, error: QueryError) -> bytes:
        return json_bytes(f",{failure_text(error)}]")

    def end(self) -> bytes:
        return b"]"


class RowFraming(Framing):
    """One JSON array of objects, a line each; a push query's answer, and a stream's, ends with a final message."""

    media_type = KSQL_JSON
    buffered = True

    def header(self) -> bytes:
        return json_bytes(f"[{self._header()},\n")

    def row(self, row: Sequence[Any]) -> bytes:
        return json_bytes(f"{self._element(row)},\n")

    def tombstone(self, row: Sequence[Any]) -> bytes:
        return json_bytes(f'{{"row":{{"columns":{self._row(row)},"tombstone":true}}}},\n')

    def failure(self, error: QueryError) -> bytes:
        return json_bytes(f'{{"errorMessage":{failure_text(error)}}},\n]')

    def end(self) -> bytes:
        return json_bytes(f'{{"finalMessage":"{self._final_message()}"}}]')

    def whole(self) -> Iterator[bytes]:
        if self._result.of_stream:
            yield from super().whole()
            return
        waiting, opening, error = self._header(), "[", self._result.error
        try:
            for row in self._result.rows:
                element = self._element(row)
                yield json_bytes(f"{opening}{waiting},\n")
                waiting, opening = element, ""
        except QueryError as unwritten:
            error = unwritten
        if error is None:
            yield json_bytes(f"{opening}{waiting}]")
        else:
            yield json_bytes(f"{opening}{waiting},\n") + self.failure(error)

    def _header(self) -> str:
        schema = ", ".join(map(str, self._result.announced))
        return text_of({"header": {"queryId": self._result.query_id, "schema": schema}})

    def _element(self, row: Sequence[Any]) -> str:
        return f'{{"row":{{"columns":{self._row(row)}}}}}'

    def _final_message(self) -> str:
        push = self._result.push
        reached = self._result.limit_reached if push is None else push.limit_reached
        return "Limit Reached" if reached else "Query Completed"


class LineFraming(Framing):
    """PRINT: lines of text, whatever was asked for."""

    media_type = DELIMITED

    def header(self) -> bytes:
        return b""

    def row(self, row: Sequence[Any]) -> bytes:
        return f"{row[0]}\n".encode(errors="replace")

    def failure(self, error: QueryError) -> bytes:
        return json_bytes(f"{failure_text(error)}\n")

    def end(self) -> bytes:
        return b""


def failure_text(error: QueryError) -> str:
    """The JSON of an error in the midst of rows."""
    return text_of({"@type": "generic_error", "error_code": SERVER_ERROR, "message": error.message})
