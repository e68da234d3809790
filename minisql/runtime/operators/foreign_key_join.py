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
    time: int


class ForeignKey:
    """Rows of the left table under their foreign key, so that a change on the right reaches all of them.

    The rows of the left side come with the foreign key as their last column.

    LEFT emits rows without partner as well. The rows of one foreign key are emitted in the byte order of their keys.
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
            if row is None:
                if before is not None:
                    self._unsubscribe(known, before)
                    out.append((key, None, None, max(time, before.time), headers))
                continue
            self._replace(known, before, LeftRow(key, row[:-1], row[-1], time), headers, out)

    def _replace(self, known: Any, before: LeftRow | None, now: LeftRow, headers: Any, out: list[Joined]) -> None:
        if now.foreign is None and not self._outer:
            self._drop("Skipping record due to null foreign key.")
            if before is not None:
                self._unsubscribe(known, before)
                out.append((now.key, None, None, now.time, headers))
            return
        if before is not None:
            self._unsubscribe(known, before)
        self._subscribe(known, now)
        found, found_time = self._right.get(hashable(now.foreign), (None, now.time))
        if found is not None or self._outer:
            out.append((now.key, now.row, found, max(now.time, found_time), headers))
        elif before is not None:
            out.append((now.key, None, None, now.time, headers))

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
                out.append((left.key, None if gone else left.row, row, max(time, left.time), headers))

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
