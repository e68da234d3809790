"""Aggregates per SESSION: windows that grow and merge as rows come."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from minisql.codegen.expressions import Fragment
from minisql.planner.steps import StreamWindowedAggregate, Window
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow, tuple_code
from minisql.runtime.operators.aggregate import Aggregate, group_key, kept_columns, resolve, result_names, windowed
from minisql.runtime.operators.final import FinalSessions, final_throttle, from_last_row, last_row_code
from minisql.runtime.partitions import own_state
from minisql.runtime.pipeline import Pipeline


class Session(NamedTuple):
    """A session of one key: both bounds belong to it. ``states`` is None in a change that deletes it."""

    end: int
    start: int
    states: tuple[Any, ...] | None


class Sessions:
    """The open sessions of every key, each key's in the order of their ends.

    Args:
        window: the times of the sessions.
        verbs: of each aggregate.
        arity: how many arguments each aggregate has.

    ``stream_time`` is the latest time of a row, ``latest_end`` that of a session: the clock by which sessions expire.
    """

    def __init__(self, window: Window, verbs: list[Any], arity: list[int]) -> None:
        self._gap = window.size
        self._closes_after = window.size + window.grace_period
        self._retention = window.retention_period
        self._verbs = verbs
        self._arity = arity
        self.stream_time = -1
        self.latest_end = -1
        self._sessions: dict[Hashable, list[Session]] = {}
        self._added = 0
        self._live = 0

    def add(self, key: Hashable, time: int, arguments: tuple[Any, ...]) -> list[Session] | None:
        """Add a row; gives the changes in the order of their emission, or None for a row that comes too late.

        Sessions that the row joins are deleted first, by their ends; then the merged one comes. A row at the very time of
        a session of one point only updates it.
        """
        self.stream_time = max(self.stream_time, time)
        sessions = self._sessions.setdefault(key, [])
        first = bisect_left(sessions, (max(time - self._gap, self._oldest),))
        last = first
        while last < len(sessions) and sessions[last].start <= time + self._gap:
            last += 1
        found = sessions[first:last]
        start = min(time, found[0].start) if found else time
        end = max(time, found[-1].end) if found else time
        if end < self.closed:
            return None
        merged = Session(end, start, self._merge(found, arguments))
        sessions[first:last] = [merged]
        self.latest_end = max(self.latest_end, end)
        self._added += 1
        if self._added > 1024 and self._added > self._live:
            self._sweep()
        gone = [] if start == end == time else [each._replace(states=None) for each in found]
        return [*gone, merged]

    @property
    def closed(self) -> int:
        """Sessions that end before this time take no more rows."""
        return self.stream_time - self._closes_after

    def _merge(self, found: list[Session], arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        states = []
        first = 0
        for slot, (verbs, arity) in enumerate(zip(self._verbs, self._arity, strict=True)):
            state = verbs.initialize()
            for session in found:
                state = verbs.merge(state, session.states[slot])  # type: ignore[index]
            states.append(verbs.aggregate(state, *arguments[first : first + arity]))
            first += arity
        return tuple(states)

    @property
    def _oldest(self) -> int:
        """Sessions that end before this time are joined by no row, though it be near: they have left Kafka Streams' store."""
        return self.latest_end - self._retention + 1

    def _sweep(self) -> None:
        """Forget what has expired; as often as the sessions double, so that a row costs the same however many there are."""
        oldest = (self._oldest,)
        kept = {key: sessions[bisect_left(sessions, oldest) :] for key, sessions in self._sessions.items()}
        self._sessions = {key: sessions for key, sessions in kept.items() if sessions}
        self._live = sum(map(len, self._sessions.values()))
        self._added = 0


def build_session_aggregate(step: StreamWindowedAggregate, chain: Chain) -> None:
    """Add each row to its key's sessions and emit what changed, or with EMIT FINAL the sessions that are over."""
    flow = chain.flush()
    pipeline = chain.pipeline
    aggregates = resolve(step, flow, pipeline, merges=True)
    add, note, final = own_state(step, pipeline, flow.key, ("add", "note", "final"), _state(step, aggregates, pipeline), ())
    slot = group_key(step, flow, pipeline)
    arguments = tuple_code([part.code for aggregate in aggregates for part in aggregate.arguments])
    pipeline.line(f"changes = {add}({slot}, {flow.timestamp}, {arguments})")
    late = f"{pipeline.bind(_reporter(step, pipeline), 'late')}({flow.timestamp})"
    emitted = _follow_final(step, note, final, late, flow, chain) if step.window.final else _follow_changes(late, flow, chain)
    columns = kept_columns(step, emitted) | _results(step, aggregates, chain)
    absent = None if step.window.final else "states is None"
    of_session = emitted.with_(schema=step.schema, columns=columns, timestamp="end", row=None, absent=absent, tracked=True)
    chain.flow = windowed(of_session, "start", "end")


def _state(step: StreamWindowedAggregate, aggregates: list[Aggregate], pipeline: Pipeline) -> Callable[[], tuple[Any, Any, Any]]:
    """Makes what a partition keeps; gives how a row is added, and with EMIT FINAL how changes are noted and what is over."""
    verbs, arity = [each.verbs for each in aggregates], [len(each.arguments) for each in aggregates]

    def make() -> tuple[Any, Any, Any]:
        sessions = Sessions(step.window, verbs, arity)
        if not step.window.final:
            return sessions.add, None, None
        final = FinalSessions(step, sessions, final_throttle(pipeline))
        return sessions.add, final.note, final.closed

    return make


def _follow_changes(late: str, flow: Flow, chain: Chain) -> Flow:
    """Write the loop over what a row has changed."""
    pipeline = chain.pipeline
    with pipeline.code.block("if changes is None:"):
        pipeline.line(late)
        pipeline.line(pipeline.skip)
    chain.enter(pipeline.loop("for end, start, states in changes:", "end", "start", "states"))
    return flow


def _follow_final(step: StreamWindowedAggregate, note: str, final: str, late: str, flow: Flow, chain: Chain) -> Flow:
    """Write the loop over the sessions that are over; each remembers the key and columns of its last row."""
    pipeline = chain.pipeline
    with pipeline.code.block("if changes is None:"):
        pipeline.line(late)
    with pipeline.code.block("else:"):
        pipeline.line(f"{note}(changes, {last_row_code(step, flow)})")
    chain.enter(pipeline.loop(f"for end, start, states, last in {final}():", "end", "start", "states", "last"))
    return from_last_row(step, flow, "last")


def _results(step: StreamWindowedAggregate, aggregates: list[Aggregate], chain: Chain) -> dict[str, Fragment]:
    pipeline = chain.pipeline
    columns = {}
    for slot, (name, aggregate) in enumerate(zip(result_names(step), aggregates, strict=True)):
        code = f"states[{slot}]"
        if hasattr(aggregate.verbs, "map"):
            code = f"{pipeline.bind(aggregate.verbs.map, 'map')}({code})"
            code = pipeline.assign("result", f"None if states is None else {code}")
        columns[name] = Fragment(code, aggregate.returns)
    return columns


def _reporter(step: StreamWindowedAggregate, pipeline: Pipeline) -> Callable[[int], None]:
    return lambda time: pipeline.log(step.context, None, f"Skipping record for expired window. timestamp=[{time}]")
