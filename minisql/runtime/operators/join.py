"""Joins of tables: two sides feed one state; what comes out is ``(key, left row, right row, timestamp, headers)``.

Each side gives batches of entries whose rows are its columns. Keys are the entries' keys, windows included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from minisql.broker import Entry
from minisql.planner.steps import Step, TableTableJoin
from minisql.runtime.flow import hashable

Joined = tuple[Any, Any, Any, int, Any]
Drop = Callable[[str], None]
"""Told why a record was skipped."""


class Joiner(Protocol):
    """The state of a join and what each side's records do to it."""

    def left(self, entries: Sequence[Entry], out: list[Joined]) -> None:
        """Take records of the left side."""

    def right(self, entries: Sequence[Entry], out: list[Joined]) -> None:
        """Take records of the right side."""


NULL_KEY = "Skipping record due to null join key or value."


def _joined_below(step: Step) -> Step:
    """The join, or source, of which the step makes its rows one by one."""
    while len(step.sources) == 1:
        step = step.sources[0]
    return step


class TableTable:
    """Joins two tables on their primary keys; deletions are emitted as two null rows.

    A change finds its partner, or needs none, or nothing is emitted (Kafka Streams' KTableKTableInnerJoin and the like): so a
    deletion of what was not there is emitted where there is a partner.

    A row of a join below has the time of the rows that it consists of now, whatever its last change was emitted with: it is
    in no store (KTableKTableLeftJoinValueGetter and the like).
    """

    def __init__(self, step: TableTableJoin, drop: Drop, joiners: Mapping[int, Joiner]) -> None:
        self._drop = drop
        self._joiners = joiners
        self._below = (id(_joined_below(step.left)), id(_joined_below(step.right)))
        self._sides: tuple[dict[Any, tuple[Any, int]], dict[Any, tuple[Any, int]]] = ({}, {})
        self._needed = {"INNER": (True, True), "LEFT": (True, False), "RIGHT": (False, True), "FULL": (False, False)}[step.kind]

    def left(self, entries: Sequence[Entry], out: list[Joined]) -> None:
        """The left table changes."""
        self._change(0, entries, out)

    def right(self, entries: Sequence[Entry], out: list[Joined]) -> None:
        """The right table changes."""
        self._change(1, entries, out)

    def _change(self, side: int, entries: Sequence[Entry], out: list[Joined]) -> None:
        mine, other = self._sides[side], self._sides[1 - side]
        below = self._joiners.get(self._below[side])
        for key, row, time, headers in entries:
            if key is None:
                self._drop(NULL_KEY)
                continue
            known = hashable(key)
            before = mine.get(known)
            if row is None:
                mine.pop(known, None)
            else:
                mine[known] = (row, below.time_of(known, time) if isinstance(below, TableTable) else time)
            found, found_time = other.get(known, (None, time))
            if found is None and (self._needed[1 - side] or (row is None and before is None)):
                continue
            out.append((key, *self._result(side, row, found), max(time, found_time), headers))

    def time_of(self, known: Any, otherwise: int) -> int:
        """The time that the joined row of a key has; what to say if it is gone again."""
        return max((side[known][1] for side in self._sides if known in side), default=otherwise)

    def _result(self, side: int, mine: Any, other: Any) -> tuple[Any, Any]:
        left, right = (mine, other) if side == 0 else (other, mine)
        gone = (left is None and self._needed[0]) or (right is None and self._needed[1])
        return (None, None) if gone else (left, right)
