"""Aggregates per SESSION: windows that grow and merge as rows come."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from minisql.codegen.expressions import Fragment
from minisql.errors import UnsupportedError
from minisql.names import WINDOWEND, WINDOWSTART
from minisql.planner.steps import StreamWindowedAggregate
from minisql.runtime.chain import Chain
from minisql.runtime.flow import freeze, store_key_code, tuple_code
from minisql.runtime.operators.aggregate import Aggregate, resolve
from minisql.runtime.pipeline import Pipeline
from minisql.types import BIGINT

DAY = 24 * 60 * 60 * 1000


class Session(NamedTuple):
    """A session of one key: both bounds belong to it. ``states`` is None in a change that deletes it."""

    end: int
    start: int
    states: tuple[Any, ...] | None


class Sessions:
    """The open sessions of every key, each key's in the order of their ends."""

    def __init__(self, gap: int, grace: int, verbs: list[Any], arity: list[int]) -> None:
        self._gap = gap
        self._grace = grace
        self._verbs = verbs
        self._arity = arity
        self._stream_time = -1
        self._sessions: dict[Hashable, list[Session]] = {}

    def add(self, key: Hashable, time: int, arguments: tuple[Any, ...]) -> list[Session] | None:
        """Add a row; gives the changes in the order of their emission, or None for a row that comes too late.

        Sessions that the row joins are deleted first, by their ends; then the merged one comes. A row at the very time of
        a session of one point only updates it.
        """
        self._stream_time = max(self._stream_time, time)
        sessions = self._sessions.setdefault(key, [])
        first = bisect_left(sessions, (time - self._gap,))
        last = first
        while last < len(sessions) and sessions[last].start <= time + self._gap:
            last += 1
        found = sessions[first:last]
        start, end = min([time, *(each.start for each in found)]), max([time, *(each.end for each in found)])
        if end < self._stream_time - self._grace - self._gap:
            return None
        merged = Session(end, start, self._merge(found, arguments))
        sessions[first:last] = [merged]
        self._expire(sessions)
        gone = [] if start == end == time else [each._replace(states=None) for each in found]
        return [*gone, merged]

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

    def _expire(self, sessions: list[Session]) -> None:
        """Let go of sessions that no row can join any more."""
        oldest = self._stream_time - self._grace - self._gap
        while sessions and sessions[0].end < oldest:
            del sessions[0]


def build_session_aggregate(step: StreamWindowedAggregate, chain: Chain) -> None:
    """Add each row to its key's sessions and emit what changed."""
    if step.window.final:
        raise UnsupportedError("EMIT FINAL with SESSION windows")
    flow = chain.flush()
    pipeline = chain.pipeline
    aggregates = resolve(step, flow, pipeline, merges=True)
    window = step.window
    grace = max(DAY - window.size, 0) if window.grace is None else window.grace
    verbs = [aggregate.verbs for aggregate in aggregates]
    sessions = Sessions(window.size, grace, verbs, [len(aggregate.arguments) for aggregate in aggregates])
    kinds = [column.type for column in step.schema.key]
    parts = [flow.columns[column.name].code for column in step.schema.key]
    slot = store_key_code(parts, kinds, pipeline.bind(freeze, "freeze"))
    arguments = tuple_code([part.code for aggregate in aggregates for part in aggregate.arguments])
    pipeline.line(f"changes = {pipeline.bind(sessions.add, 'add')}({slot}, {flow.timestamp}, {arguments})")
    with pipeline.code.block("if changes is None:"):
        pipeline.line(f"{pipeline.bind(_reporter(step, pipeline), 'late')}({flow.timestamp})")
        pipeline.line(pipeline.skip)
    chain.enter(pipeline.loop("for end, start, states in changes:", "end", "start", "states"))
    columns = {column.name: flow.columns[column.name] for column in step.schema.key}
    columns |= {name: flow.columns[name] for name in step.columns}
    columns |= _results(step, aggregates, chain)
    columns |= {WINDOWSTART: Fragment("start", BIGINT, False), WINDOWEND: Fragment("end", BIGINT, False)}
    chain.flow = flow.with_(
        schema=step.schema, columns=columns, timestamp="end", row=None, absent="states is None", window="start, end", tracked=True
    )


def _results(step: StreamWindowedAggregate, aggregates: list[Aggregate], chain: Chain) -> dict[str, Fragment]:
    pipeline = chain.pipeline
    names = [column.name for column in step.schema.value[len(step.columns) : len(step.columns) + len(aggregates)]]
    columns = {}
    for slot, (name, aggregate) in enumerate(zip(names, aggregates, strict=True)):
        code = f"states[{slot}]"
        if hasattr(aggregate.verbs, "map"):
            code = f"{pipeline.bind(aggregate.verbs.map, 'map')}({code})"
            code = pipeline.assign("result", f"None if states is None else {code}")
        columns[name] = Fragment(code, aggregate.returns)
    return columns


def _reporter(step: StreamWindowedAggregate, pipeline: Pipeline) -> Callable[[int], None]:
    return lambda time: pipeline.log(step.context, None, f"Skipping record for expired window. timestamp=[{time}]")
