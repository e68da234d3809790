"""EMIT FINAL: which windows and sessions are over, and have not been emitted yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minisql.codegen.expressions import Fragment
from minisql.formats import key_codec
from minisql.formats.info import KeyFormat
from minisql.planner.steps import Aggregation, StreamWindowedAggregate
from minisql.runtime.flow import Flow, key_code, tuple_code
from minisql.runtime.operators.aggregate import kept_columns
from minisql.runtime.pipeline import Pipeline
from minisql.runtime.throttle import Throttle

Session = Any
"""A tuple: the end, the start, the states."""

FINAL_INTERVAL = "ksql.streams.__emit.interval.ms.kstreams.windowed.aggregation__"

SEGMENT = 60_000
"""The shortest segment of a store on disk, in milliseconds: what is too old goes by whole segments."""


def final_throttle(pipeline: Pipeline) -> Throttle:
    """How often windows that are over are looked for."""
    return Throttle(pipeline.now, int(pipeline.config.get(FINAL_INTERVAL) or 0), steady=False)


def last_row_code(step: Aggregation, flow: Flow) -> str:
    """Code of what is remembered of a group's last row: its key and the columns that are read later."""
    return tuple_code([fragment.code for fragment in kept_columns(step, flow).values()])


def from_last_row(step: Aggregation, flow: Flow, last: str) -> Flow:
    """The record as it is read from ``last``, code of the group's last row."""
    kept = kept_columns(step, flow).items()
    columns = {name: Fragment(f"{last}[{i}]", fragment.type) for i, (name, fragment) in enumerate(kept)}
    return flow.with_(columns=columns, key=key_code([columns[column.name].code for column in step.schema.key]))


class KeyBytes:
    """The bytes of an aggregate's keys: the order in which stores give what closes together."""

    def __init__(self, step: StreamWindowedAggregate) -> None:
        self._count = len(step.schema.key)
        self._encode = key_codec(KeyFormat(step.key_format.info, step.key_format.features), step.schema.key).encode

    def of(self, row: Sequence[Any]) -> bytes:
        """The bytes of the key whose columns ``row`` starts with."""
        parts = tuple(row[: self._count])
        return self._encode(parts if self._count > 1 else parts[0]) or b""


class FinalWindows:
    """Which windows are emitted at the end of EMIT FINAL's wait.

    Args:
        last_row: where a group's state has its last row.
        throttle: how often closed windows are looked for.
    """

    def __init__(self, step: StreamWindowedAggregate, last_row: int, throttle: Throttle) -> None:
        self._size = step.window.size
        self._advance = step.window.advance or step.window.size
        self._retention = step.window.retention_period
        self._bytes = KeyBytes(step)
        self._last_row = last_row
        self._throttle = throttle
        self._emitted = -1

    def closed(self, windows: dict[int, dict[Any, list[Any]]], closed: int) -> list[tuple[int, list[Any]]]:
        """(start, group) of the windows that end at ``closed`` or before, by start and then by the bytes of the key.

        A window that is older than the store's retention when stream time jumps is lost, as in Kafka Streams, whose store
        counts from the latest start (RocksDBTimeOrderedWindowSegmentedBytesStore).
        """
        last = (closed - self._size) // self._advance  # the number of the last window that is over
        if not self._throttle.passes() or last <= self._emitted:
            return []
        self._emitted = last
        oldest = max(windows) - self._retention
        over = [(start, windows.pop(start)) for start in sorted(windows) if start + self._size <= closed]
        return [(start, group) for start, groups in over if start >= oldest for group in sorted(groups.values(), key=self._key)]

    def _key(self, group: list[Any]) -> bytes:
        return self._bytes.of(group[self._last_row])


class FinalSessions:
    """Which sessions are emitted when they are over, with the last row of each."""

    def __init__(self, step: StreamWindowedAggregate, throttle: Throttle) -> None:
        from sortedcontainers import SortedDict  # most engines never need it

        self._retention = step.window.retention_period
        self._segment = max(self._retention // 2, SEGMENT)
        self._bytes = KeyBytes(step)
        self._throttle = throttle
        self._emitted = -1
        self._open = SortedDict()

    def note(self, gone: Sequence[Session], session: Session, last: tuple[Any, ...]) -> None:
        """Take what has become of the sessions that are gone; ``last`` is the key and kept columns of the row that did it."""
        key = self._bytes.of(last)
        for end, start, *_ in gone:
            self._open.pop((end, start, key), None)
        self._open[session[0], session[1], key] = (session, last)

    def over(self, closed: int, latest: int) -> list[tuple[Session, tuple[Any, ...]]]:
        """(session, last row) of the sessions that end before ``closed``, by end, start and the bytes of the key.

        Those whose segment the store has dropped when stream time, now ``latest``, jumps are lost, as in Kafka Streams.
        """
        if not self._throttle.passes() or closed <= self._emitted:
            return []
        self._emitted = closed
        oldest = (latest - self._retention) // self._segment * self._segment
        over = [self._open.pop(place) for place in list(self._open.irange(None, (closed,), (True, False)))]
        return [(session, last) for session, last in over if session[0] >= oldest]
