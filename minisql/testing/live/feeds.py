"""The rows of a server's push queries, which come when they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minisql.remote.client import Answer
from minisql.remote.feed import RemoteFeed


class PatientFeed(RemoteFeed):
    """Gives its rows once no more have come for a while.

    Args:
        patience: seconds without a row after which none is expected.
        answer: what the server gives.
        read: a row's JSON to its values.
    """

    def __init__(self, patience: float, answer: Answer, read: Callable[[Sequence[Any]], tuple[Any, ...]]) -> None:
        self._patience = patience
        super().__init__(answer, read)

    def take(self, at_most: int | None = None) -> list[Any]:
        """The rows that have come, at most so many."""
        self.settle(at_most, self._patience)
        return super().take(at_most)

    def waiting(self) -> list[Any]:
        """The rows that have come so far."""
        return RemoteFeed.take(self)

    def settle(self, wanted: int | None, patience: float) -> None:
        """Wait for so many rows, or until none has come for so many seconds."""
        with self._changed:
            count = -1
            while not self.done and count != self.backlog and (wanted is None or self.backlog < wanted):
                count = self.backlog
                self._changed.wait_for(lambda before=count: self.backlog != before or self.done, patience)  # type: ignore[misc]


class RecordFeed(PatientFeed):
    """Keeps for each row whether it tells of a deleted key."""

    def _take_in(self, element: dict[str, Any]) -> None:
        row = element.get("row")
        if row is None:
            super()._take_in(element)
        else:
            self._add([(bool(row.get("tombstone")), self._read(row["columns"]), 0, ())])
