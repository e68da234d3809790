"""Rows of a join of streams that have found no partner yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from minisql.runtime.operators.join import Joined
from minisql.runtime.throttle import Throttle

NEVER = 2**63 - 1


class Held(NamedTuple):
    """A row that waits for its window to close."""

    key: Any
    row: Any
    headers: Any


class HeldRows:
    """The waiting rows, and when they are looked through for windows that are over.

    A look has its price in Kafka Streams, so it is taken only when the row at which the last one ended, or one that has
    come since, may be over (KStreamKStreamJoin's ``emitNonJoinedOuterRecords``): the rows of a LEFT join leave in groups.

    ``now`` is the latest time of a row of either side.

    Args:
        first: the side that Kafka Streams takes for the left one; of one time the rows of the other side come first.
        close_after: how long the window of a row is open, for each side.
        key_bytes: the bytes of a key: rows of one time and side go by them.
        throttle: how often closed windows are looked for.
    """

    def __init__(
        self, first: int, close_after: tuple[int, int], key_bytes: Callable[[Any], bytes | None], throttle: Throttle
    ) -> None:
        from sortedcontainers import SortedDict  # many a join has no rows that wait

        self.now = -1
        self._first = first
        self._close_after = close_after
        self._key_bytes = key_bytes
        self._throttle = throttle
        self._rows: SortedDict = SortedDict()
        self._earliest = NEVER

    def add(self, time: int, side: int, row: Held) -> None:
        """Let a row wait."""
        self._earliest = min(self._earliest, time)
        self._rows.setdefault(self._place(time, side, row.key), []).append(row)

    def drop(self, time: int, side: int, key: Any) -> None:
        """The rows of that place have found a partner."""
        if self._rows:
            self._rows.pop(self._place(time, side, key), None)

    def over(self, side: int) -> list[Joined]:
        """Take the rows of those windows out that have closed before now, as the join emits them.

        Args:
            side: that of the row which lets look; how long its own window is open decides whether it is worth it.
        """
        if self._earliest + self._close_after[side] >= self.now or not self._throttle.passes():
            return []
        over = []
        open_sides: set[int] = set()
        self._earliest = NEVER
        for place in self._rows:
            time, of_side = place[0], self._first if place[1] else 1 - self._first
            self._earliest = time
            if len(open_sides) == 2:
                break
            if time + self._close_after[of_side] >= self.now:
                open_sides.add(of_side)
            else:
                over.append((time, of_side, place))
        return [_alone(time, of_side, row) for time, of_side, place in over for row in self._rows.pop(place)]

    def _place(self, time: int, side: int, key: Any) -> tuple[int, bool, bytes]:
        return time, side == self._first, self._key_bytes(key) or b""


def _alone(time: int, side: int, held: Held) -> Joined:
    rows = (held.row, None) if side == 0 else (None, held.row)
    return (held.key, *rows, time, held.headers)
