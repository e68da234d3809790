"""Rows of a join of streams that have found no partner yet."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any, NamedTuple

from minisql.runtime.operators.join import Joined
from minisql.runtime.throttle import Throttle


class Held(NamedTuple):
    """A row that waits for its window to close."""

    key: Any
    row: Any
    headers: Any


class HeldRows:
    """The waiting rows by time, side and key, and the order in which their windows close.

    ``now`` is the latest time of a row of either side.

    Args:
        close_after: how long the window of a row is open, for each side.
        throttle: how often closed windows are looked for.
    """

    def __init__(self, close_after: tuple[int, int], throttle: Throttle) -> None:
        self.now = -1
        self._close_after = close_after
        self._throttle = throttle
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

    def _any_closed(self) -> bool:
        """Whether rows wait whose window has closed before now."""
        while self._closing and self._closing[0][0] < self.now:
            _, time, side, number, key = self._closing[0]
            if self._rows.get((time, side, key), (0,))[0] == number:
                return True
            heappop(self._closing)
        return False

    def over(self) -> list[Joined]:
        """Take the rows of those windows out, as the join emits them: by time, of the same time the left ones first."""
        if not self._any_closed() or not self._throttle.passes():
            return []
        over = []
        while self._any_closed():
            _, time, side, number, key = heappop(self._closing)
            over.append((time, side, number, self._rows.pop((time, side, key))[1]))
        return [_alone(time, side, row) for time, side, _, rows in sorted(over) for row in rows]


def _alone(time: int, side: int, held: Held) -> Joined:
    rows = (held.row, None) if side == 0 else (None, held.row)
    return (held.key, *rows, time, held.headers)
