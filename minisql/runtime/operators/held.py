"""Rows of a join of streams that have found no partner yet."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any, NamedTuple


class Held(NamedTuple):
    """A row that waits for its window to close."""

    key: Any
    row: Any
    headers: Any


class HeldRows:
    """The waiting rows by time, side and key, and the order in which their windows close.

    Args:
        close_after: how long the window of a row is open, for each side.
    """

    def __init__(self, close_after: tuple[int, int]) -> None:
        self._close_after = close_after
        self._rows: dict[tuple[int, int, Any], tuple[int, list[Held]]] = {}
        self._closing: list[tuple[int, int, int, int, Any]] = []
        self._added = 0

    def add(self, time: int, side: int, key: Any, row: Held) -> None:
        """Let a row wait."""
        place = (time, side, key)
        waiting = self._rows.get(place)
        if waiting is not None:
            waiting[1].append(row)
            return
        self._added += 1
        self._rows[place] = (self._added, [row])
        heappush(self._closing, (time + self._close_after[side], time, side, self._added, key))

    def drop(self, time: int, side: int, key: Any) -> None:
        """The rows of that place have found a partner."""
        self._rows.pop((time, side, key), None)

    def any_closed(self, now: int) -> bool:
        """Whether rows wait whose window has closed before ``now``."""
        while self._closing and self._closing[0][0] < now:
            _, time, side, number, key = self._closing[0]
            if self._rows.get((time, side, key), (0,))[0] == number:
                return True
            heappop(self._closing)
        return False

    def closed(self, now: int) -> list[tuple[int, int, Held]]:
        """Take the (time, side, row) of those windows out: by time, of the same time the left ones first."""
        over = []
        while self.any_closed(now):
            _, time, side, number, key = heappop(self._closing)
            over.append((time, side, number, self._rows.pop((time, side, key))[1]))
        return [(time, side, row) for time, side, _, rows in sorted(over) for row in rows]
