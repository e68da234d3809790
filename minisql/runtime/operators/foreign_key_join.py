"""Joins of two tables on an expression of the left one that is the key of the right one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sortedcontainers import SortedDict

from minisql.broker import Entry
from minisql.planner.steps import ForeignKeyTableTableJoin
from minisql.runtime.codecs import left_key_codec
from minisql.runtime.flow import hashable
from minisql.runtime.operators.join import Drop, Joined


class LeftRow(NamedTuple):
    """A row of the left table, as it is joined."""

    key: Any
    row: Any
    foreign: Any


class ForeignKey:
    """Rows of the left table under their foreign key, so that a change on the right reaches all of them.

    The rows of the left side come with the foreign key as their last column.

    LEFT emits rows without partner as well. The rows of one foreign key are emitted in the byte order of their keys. What a
    change brings has the time of the change, or that of the partner which is looked up for it if that is later (Kafka Streams'
    SubscriptionJoinProcessorSupplier); what comes of a change on the right has the time of that change.
    """

    def __init__(self, step: ForeignKeyTableTableJoin, drop: Drop) -> None:
        self._outer = step.kind == "LEFT"
        self._drop = drop
        self._key_bytes = left_key_codec(step).encode
        self._left: dict[Any, LeftRow] = {}
        self._right: dict[Any, tuple[Any, int]] = {}
        self._subscribed: dict[Any, SortedDict] = {}

    def left(self, entries: Sequence[Entry], out: list[Joined]) -> None:
        """The left table changes: one result at the most, a tombstone where a partner is gone."""
        for key, row, time, headers in entries:
            if key is None:
                self._drop("Skipping record due to null key.")
                continue
            known = hashable(key)
            before = self._left.get(known)
            if row is not None:
                self._replace(known, before, LeftRow(key, row[:-1], row[-1]), time, headers, out)
            elif before is not None:
                self._delete(known, before, time, headers, out)

    def _delete(self, known: Any, before: LeftRow, time: int, headers: Any, out: list[Joined]) -> None:
        self._unsubscribe(known, before)
        if self._outer:
            out.append((before.key, None, None, time, headers))
        elif before.foreign is not None:
            out.append((before.key, None, None, self._partner(before.foreign, time)[1], headers))

    def _replace(self, known: Any, before: LeftRow | None, now: LeftRow, time: int, headers: Any, out: list[Joined]) -> None:
        if now.foreign is None and not self._outer:
            self._drop("Skipping record due to null foreign key.")
        if before is not None:
            self._unsubscribe(known, before)
        self._subscribe(known, now)
        found, last = self._partner(now.foreign, time)
        if found is not None or self._outer:
            out.append((now.key, now.row, found, last, headers))
        elif before is not None and hashable(before.foreign) != hashable(now.foreign):
            out.append((now.key, None, None, time, headers))

    def _partner(self, foreign: Any, time: int) -> tuple[Any, int]:
        """The right row of a foreign key, and the later one of its time and the time given."""
        found, found_time = self._right.get(hashable(foreign), (None, time))
        return found, max(time, found_time)

    def right(self, entries: Sequence[Entry], out: list[Joined]) -> None:
        """The right table changes: a result for every left row that refers to the key."""
        for key, row, time, headers in entries:
            if key is None:
                self._drop("Skipping record due to null key.")
                continue
            known = hashable(key)
            if row is None:
                self._right.pop(known, None)
            else:
                self._right[known] = (row, time)
            for place in self._subscribed.get(known, {}).values():
                left = self._left[place]
                gone = row is None and not self._outer
                out.append((left.key, None if gone else left.row, row, time, headers))

    def _subscribe(self, known: Any, now: LeftRow) -> None:
        self._left[known] = now
        if now.foreign is not None:
            self._subscribed.setdefault(hashable(now.foreign), SortedDict())[self._key_bytes(now.key)] = known

    def _unsubscribe(self, known: Any, before: LeftRow) -> None:
        del self._left[known]
        if before.foreign is not None:
            keys = self._subscribed[hashable(before.foreign)]
            del keys[self._key_bytes(before.key)]
            if not keys:
                del self._subscribed[hashable(before.foreign)]
