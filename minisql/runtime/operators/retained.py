"""What a window store keeps by key and time, for as long as Kafka Streams' stores do."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable
from operator import itemgetter
from typing import Any

MANY = 1024
"""How many items a list may have before those that come late take too long to get to their place in it."""

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

    def insert(self, key: Hashable, item: Any) -> None:
        """Put an item of a key that has items in its place, behind those of the same time."""
        items = self[key]
        if type(items) is not list:
            items.add(item)
        elif len(items) < MANY:
            items.insert(bisect_right(items, item[0], key=time_of), item)
        else:
            self[key] = _many([*items, item])

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


def between(items: Any, first: int, last: int) -> list[Any]:
    """Those of a key's items whose times lie from ``first`` to ``last``, both included: mostly the last of them."""
    if type(items) is not list:
        return list(items.irange_key(first, last))
    end = len(items) if items[-1][0] <= last else bisect_right(items, last, key=time_of)
    start = end
    while start and items[start - 1][0] >= first:
        start -= 1
    found: list[Any] = items[start:end]
    return found


def _many(items: list[Any]) -> Any:
    from sortedcontainers import SortedKeyList  # few joins have that many rows of one key, and rows that come late

    class Many(SortedKeyList):  # type: ignore[misc]
        """The items of a key, when they are many."""

        append = SortedKeyList.add

    return Many(items, key=time_of)
