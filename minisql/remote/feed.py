"""The rows of a push query that runs on a server, read in a thread of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from minisql.errors import QueryError
from minisql.remote.client import Answer
from minisql.remote.errors import failure_of
from minisql.runtime.feed import Feed

HIGH = 5000
"""Rows that may wait for the program; beyond them the server is not read."""

PATIENCE = 5.0
"""Seconds that the server has to end an answer."""


class RemoteFeed(Feed):
    """Takes the elements of an answer as they come.

    Args:
        answer: what the server gives.
        read: a row's JSON to its values.
    """

    def __init__(self, answer: Answer, read: Callable[[Sequence[Any]], tuple[Any, ...]]) -> None:
        super().__init__()
        self._answer = answer
        self._read = read
        self._flowing = threading.Event()
        self._flowing.set()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="minisql-remote", daemon=True)
        self._thread.start()

    def hold(self) -> None:
        """Leave what comes with the server."""
        self._flowing.clear()

    def go_on(self) -> None:
        """Read on."""
        self._flowing.set()

    def take(self, at_most: int | None = None) -> list[Any]:
        """The rows that wait, at most so many; never blocks."""
        taken = super().take(at_most)
        if self.backlog < HIGH:
            self.go_on()
        return taken

    def stop(self) -> None:
        """End the query; rows that have come can still be read."""
        if not self._closed:
            self._closed = True
            self._flowing.set()
            self._answer.end()
            self._thread.join(PATIENCE)
            if self._thread.is_alive():  # a server that does not know the query any more need not end its answer
                self._answer.close()

    def _run(self) -> None:
        try:
            for element in self._answer.elements():
                self._take_in(element)
                self._flowing.wait()
        except Exception as error:
            if not self._closed:
                self.error = QueryError(str(error))
        finally:
            self._answer.close()
            self._end()

    def _take_in(self, element: dict[str, Any]) -> None:
        if "row" in element:
            self._add([(None, self._read(element["row"]["columns"]), 0, ())])
            if self.backlog >= HIGH:
                self.hold()
        elif "errorMessage" in element:
            self.error = failure_of(element["errorMessage"])
        elif element.get("finalMessage") == "Limit Reached":
            self.limit_reached = True
