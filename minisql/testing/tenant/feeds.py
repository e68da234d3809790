"""The rows of a server's push queries, which come when they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minisql.remote.client import Answer
from minisql.remote.feed import RemoteFeed


class PatientFeed(RemoteFeed):
    """Gives its rows once the query has read all that there is.

    Args:
        wait: waits for so many rows of a feed, or for all (None).
        answer: what the server gives.
        read: a row's JSON to its values.
    """

    def __init__(
        self,
        wait: Callable[[PatientFeed, int | None], None],
        answer: Answer,
        read: Callable[[Sequence[Any]], tuple[Any, ...]],
    ) -> None:
        self._wait = wait
        self.query_id = str(answer.header["queryId"])
        super().__init__(answer, read)

    def take(self, at_most: int | None = None) -> list[Any]:
        """The rows that have come, at most so many."""
        self.rest(at_most)
        return super().take(at_most)

    def rest(self, wanted: int | None = None) -> None:
        """Wait for so many rows, or until no more can come of what there is."""
        self._wait(self, wanted)

    def linger(self, wanted: int | None, seconds: float) -> None:
        """Wait for so many rows, or until none has come for so many seconds."""
        with self._changed:
            count = -1
            while not self.done and count != self.backlog and (wanted is None or self.backlog < wanted):
                count = self.backlog
                self._changed.wait_for(lambda before=count: self.backlog != before or self.done, seconds)  # type: ignore[misc]


class RecordFeed(PatientFeed):
    """Keeps for each row whether it tells of a deleted key."""

    def _take_in(self, element: dict[str, Any]) -> None:
        row = element.get("row")
        if row is None:
            super()._take_in(element)
        else:
            self._add([(bool(row.get("tombstone")), self._read(row["columns"]), 0, ())])
