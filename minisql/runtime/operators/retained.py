"""What a window store keeps by key and time, for as long as Kafka Streams' stores do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable
from operator import itemgetter
from typing import Any

time_of: Callable[[Any], int] = itemgetter(0)


class Retained(dict[Hashable, Any]):
    """Key -> its items in the order of their times: tuples that start with their time, of which ``latest`` is the latest.

    Generated code reads and writes the lists; what has expired it skips, and ``tidy`` forgets.

    Args:
        retention: how long before ``latest`` an item has expired.
    """

    __slots__ = ("_due", "latest", "retention")

    def __init__(self, retention: int) -> None:
        super().__init__()
        self.retention = retention
        self.latest = -1
        self._due = retention

    def tidy(self) -> None:
        """Forget what has expired; once a retention, so that a row costs the same however many there are."""
        if self.latest < self._due:
            return
        self._due = self.latest + self.retention
        oldest = self.latest - self.retention + 1
        for key, items in list(self.items()):
            del items[: bisect_left(items, oldest, key=time_of)]
            if not items:
                del self[key]
