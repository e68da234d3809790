"""Joins of two streams within a time window (Kafka Streams' KStreamKStreamJoin)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from minisql.broker import Entry
from minisql.planner.steps import StreamStreamJoin
from minisql.runtime.flow import hashable
from minisql.runtime.operators.held import Held, HeldRows
from minisql.runtime.operators.join import NULL_KEY, Drop, Joined
from minisql.runtime.throttle import Throttle

LEGACY_GRACE = 24 * 60 * 60 * 1000

MANY = 1024
"""How many rows a list may have before rows that come late take too long to get to their place in it."""

_time_of = itemgetter(0)


def _for_many(rows: list[tuple[int, Any]]) -> Any:
    from sortedcontainers import SortedKeyList  # few joins have that many rows of one key

    return SortedKeyList(rows, key=_time_of)


class WindowStore:
    """Rows of one side by key, in the order of their times, as long as they are retained."""

    def __init__(self, retention: int) -> None:
        self._retention = retention
        self._latest = -1
        self._rows: dict[Any, Any] = {}
        self._added = 0
        self._live = 0

    def put(self, key: Any, time: int, row: Any) -> None:
        """Keep a row, unless it is too old already."""
        self._latest = max(self._latest, time)
        if time <= self._latest - self._retention:
            return
        rows = self._rows.setdefault(key, [])
        if type(rows) is list:
            insort(rows, (time, row), key=_time_of)
            if len(rows) > MANY:
                self._rows[key] = _for_many(rows)
        else:
            rows.add((time, row))
        self._added += 1
        if self._added > 1024 and self._added > self._live:
            self._sweep()

    def between(self, key: Any, first: int, last: int) -> list[tuple[int, Any]]:
        """The rows of a key from ``first`` to ``last``, both included."""
        rows = self._rows.get(key)
        if not rows:
            return []
        first = max(first, self._latest - self._retention + 1)
        if type(rows) is not list:
            return list(rows.irange_key(first, last))
        return rows[bisect_left(rows, first, key=_time_of) : bisect_right(rows, last, key=_time_of)]

    def _sweep(self) -> None:
        """Forget what has expired; as often as the store doubles, so that a row costs the same however many there are."""
        oldest = self._latest - self._retention + 1
        kept = {key: rows[bisect_left(rows, oldest, key=_time_of) :] for key, rows in self._rows.items()}
        self._rows = {key: rows for key, rows in kept.items() if rows}
        self._live = sum(map(len, self._rows.values()))
        self._added = 0


class StreamStream:
    """Each row finds the rows of the other side in its window; LEFT, RIGHT and FULL emit rows without partner as well.

    Without GRACE such a row comes at once, and again with each partner that comes later. With GRACE it waits until its
    window is closed.
    """

    def __init__(self, step: StreamStreamJoin, drop: Drop, throttle: Throttle) -> None:
        grace = LEGACY_GRACE if step.grace is None else step.grace
        self._drop = drop
        self._holds = step.grace is not None
        # A right join is the left join of the right side, with before and after as they stand.
        before, after = (step.after, step.before) if step.kind == "RIGHT" else (step.before, step.after)
        self._reach = ((before, after), (after, before))
        self._outer = (step.kind in ("LEFT", "FULL"), step.kind in ("RIGHT", "FULL"))
        self._stores = tuple(WindowStore(before + after + grace) for _ in range(2))
        self._stream_time = -1
        self._held = HeldRows((after + grace, before + grace))
        self._throttle = throttle

    def left(self, entries: Sequence[Entry], out: list[Joined]) -> None:
        """Rows of the left stream."""
        for entry in entries:
            self._row(0, entry, out)

    def right(self, entries: Sequence[Entry], out: list[Joined]) -> None:
        """Rows of the right stream."""
        for entry in entries:
            self._row(1, entry, out)

    def _row(self, side: int, entry: Entry, out: list[Joined]) -> None:
        key, row, time, headers = entry
        if row is None or (key is None and not self._outer[side]):
            self._drop(NULL_KEY)
            return
        if key is None:
            out.append(_joined(side, key, row, None, time, headers))
            return
        known = hashable(key)
        self._stores[side].put(known, time, row)
        self._stream_time = max(self._stream_time, time)
        if time == self._stream_time:
            self._emit_closed(out)
        before, after = self._reach[side]
        partners = self._stores[1 - side].between(known, time - before, time + after)
        for other_time, other in partners:
            self._held.drop(other_time, 1 - side, known)
            out.append(_joined(side, key, row, other, max(time, other_time), headers))
        if not partners and self._outer[side]:
            self._alone(side, entry, known, out)

    def _alone(self, side: int, entry: Entry, known: Any, out: list[Joined]) -> None:
        key, row, time, headers = entry
        if not self._holds or time + self._reach[side][1] < self._stream_time:
            out.append(_joined(side, key, row, None, time, headers))
            return
        self._held.add(time, side, known, Held(key, row, headers))

    def _emit_closed(self, out: list[Joined]) -> None:
        if not self._held.any_closed(self._stream_time) or not self._throttle.passes():
            return
        for time, side, each in self._held.closed(self._stream_time):
            out.append(_joined(side, each.key, each.row, None, time, each.headers))


def _joined(side: int, key: Any, row: Any, other: Any, time: int, headers: Any) -> Joined:
    return (key, row, other, time, headers) if side == 0 else (key, other, row, time, headers)
