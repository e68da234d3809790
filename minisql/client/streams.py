"""Answers that come row by row while a query runs."""

from __future__ import annotations

from collections.abc import Iterator

from minisql.errors import QueryError
from minisql.query_result import QueryResult
from minisql.rest.framing import Framing


class Stream:
    """The answer of one query, in one framing.

    ``idle`` tells, when the chunks have ended, whether they did so because nothing came for too long.
    """

    status = 200

    def __init__(self, result: QueryResult, framing: Framing) -> None:
        self.idle = False
        self._result = result
        self._framing = framing

    def chunks(self, idle_timeout: float | None) -> Iterator[bytes]:
        """The answer in the pieces in which a client sees it; waits for a push query's rows.

        Args:
            idle_timeout: end after so many seconds without a row; None waits for ever.
        """
        if self._result.push is None:
            return filter(None, self._framing.whole())
        return filter(None, self._pushed(idle_timeout))

    def _pushed(self, idle_timeout: float | None) -> Iterator[bytes]:
        yield self._framing.header()
        try:
            yield from self._rows(idle_timeout)
        except QueryError as error:
            yield self._framing.failure(error)
            return
        if not self.idle:
            yield self._framing.end()

    def close(self) -> None:
        """End the query, as a client's disconnecting does."""
        self._result.close()

    def _rows(self, idle_timeout: float | None) -> Iterator[bytes]:
        push = self._result.push
        assert push is not None
        while push.wait(idle_timeout):
            entries = push.take()
            yield from map(self._framing.entry, entries)
            if push.error is not None:
                raise push.error
            if not entries:
                return
        self.idle = True
