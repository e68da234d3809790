"""Aggregates per SESSION: windows that grow and merge as rows come.

A session is a tuple: its end and its start, which both belong to it, then the state of each aggregate. The sessions of a
key are in the order of their ends.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from minisql.codegen.expressions import Fragment
from minisql.codegen.inline import inline_call
from minisql.planner.steps import StreamWindowedAggregate
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow, tuple_code
from minisql.runtime.operators.aggregate import Aggregate, group_key, kept_columns, resolve, result_names, windowed, windowed_row
from minisql.runtime.operators.final import FinalSessions, Session, final_throttle, from_last_row, last_row_code
from minisql.runtime.operators.retained import Retained, time_of
from minisql.runtime.partitions import EachPartition, own_state, placing_of_groups
from minisql.runtime.pipeline import Pipeline


def build_session_aggregate(step: StreamWindowedAggregate, chain: Chain) -> None:
    """Add each row to its key's sessions and emit what changed, or with EMIT FINAL the sessions that are over."""
    flow = chain.flush()
    pipeline, final = chain.pipeline, step.window.final
    aggregates = resolve(step, flow, pipeline, merges=True)
    then = ("{sessions}.tidy()", "latest = {sessions}.latest")
    hints = ("sessions", "note", "over")
    kept, placing = EachPartition(lambda: _state(step, pipeline)), placing_of_groups(step, pipeline.partitions)
    sessions, note, over = own_state(kept, placing, pipeline, flow.key, hints, then)
    _find(step, flow, sessions, pipeline)
    _refuse_late(step, flow, pipeline)
    with pipeline.code.block("else:") if final else nullcontext():
        flow = windowed_row(flow, pipeline)
        states = _merge(flow, aggregates, pipeline)
        if final:
            pipeline.line(f"{note}(found, session, {last_row_code(step, flow)})")
    emitted = _each_over(step, over, flow, chain) if final else _each_change(flow, chain)
    pipeline.line(f"{tuple_code(['end', 'start', *states])} = session")
    columns = kept_columns(step, emitted) | _results(step, aggregates, states, emitted, pipeline)
    of_session = emitted.with_(schema=step.schema, columns=columns, timestamp="end", row=None, tracked=True)
    chain.flow = windowed(of_session, "start", "end")


def _state(step: StreamWindowedAggregate, pipeline: Pipeline) -> tuple[Any, Any, Any]:
    """What a partition keeps; with EMIT FINAL also how changes are noted and what is over."""
    sessions = Retained(step.window.retention_period)
    if not step.window.final:
        return sessions, None, None
    final = FinalSessions(step, final_throttle(pipeline))
    return sessions, final.note, final.over


def _find(step: StreamWindowedAggregate, flow: Flow, sessions: str, pipeline: Pipeline) -> None:
    """Write which sessions of its key a row joins, and the bounds of what comes of them.

    What has left Kafka Streams' store no row joins, though it be near; the store's clock does not know of the row yet.
    """
    time, gap, retention = flow.timestamp, step.window.size, step.window.retention_period
    slot = pipeline.assign("slot", group_key(step, flow, pipeline))
    pipeline.line(f"mine = {sessions}.get({slot})")
    pipeline.line(f"if mine is None: mine = {sessions}[{slot}] = []")
    pipeline.line(f"low = {time} - {gap}")
    pipeline.line(f"if low <= latest - {retention}: low = latest - {retention - 1}")
    pipeline.line("if not mine or mine[-1][0] < low: first = last = len(mine)")
    pipeline.line(f"elif mine[-1][1] <= {time}: first, last = len(mine) - 1, len(mine)")
    pipeline.line(f"else: first, last = {pipeline.bind(near, 'near')}(mine, low, {time} + {gap})")
    pipeline.line("found = mine[first:last]")
    pipeline.line(f"start = found[0][1] if found and found[0][1] < {time} else {time}")
    pipeline.line(f"end = found[-1][0] if found and found[-1][0] > {time} else {time}")
    pipeline.line(f"if {time} > latest: latest = {sessions}.latest = {time}")


def near(mine: list[Session], low: int, high: int) -> tuple[int, int]:
    """The first and the place behind the last of the sessions that end at ``low`` or later and start at ``high`` or before."""
    first = last = bisect_left(mine, low, key=time_of)
    while last < len(mine) and mine[last][1] <= high:
        last += 1
    return first, last


def _refuse_late(step: StreamWindowedAggregate, flow: Flow, pipeline: Pipeline) -> None:
    """Write that a session which ended too long ago takes no more rows."""
    with pipeline.code.block(f"if end < latest - {step.window.size + step.window.grace_period}:"):
        pipeline.line(f"{pipeline.bind(_reporter(step, pipeline), 'late')}({flow.timestamp})")
        if not step.window.final:
            pipeline.line(pipeline.skip)


def _merge(flow: Flow, aggregates: list[Aggregate], pipeline: Pipeline) -> list[str]:
    """Write how a row and what it has found become one session, in their place; gives the names of its states."""
    bindings = pipeline.bindings
    states = [pipeline.assign("state", inline_call(each.verbs.initialize, [], bindings)) for each in aggregates]
    with pipeline.code.block("for session in found:"):
        for slot, (state, each) in enumerate(zip(states, aggregates, strict=True), 2):
            pipeline.line(f"{state} = {inline_call(each.verbs.merge, [state, f'session[{slot}]'], bindings)}")
    for state, each in zip(states, aggregates, strict=True):
        arguments = [part.code for part in each.arguments]
        pipeline.line(f"{state} = {inline_call(each.verbs.aggregate, [state, *arguments], bindings)}")
    pipeline.line(f"session = {tuple_code(['end', 'start', *states])}")
    pipeline.line("mine[first:last] = (session,)")
    # A row at the very time of a session of one point only updates it.
    pipeline.line("if start == end: found = ()")
    return states


def _each_change(flow: Flow, chain: Chain) -> Flow:
    """Write the loop over what a row has changed: the sessions that it has joined are deleted first, by their ends.

    Only they tell what was there before; a merged session that had the same bounds does not (KStreamSessionWindowAggregate).
    """
    pipeline = chain.pipeline
    pipeline.line("merged = session")
    chain.enter(pipeline.loop("for session in (*found, merged):", "session", "merged", "end", "start"))
    return flow.with_(absent="session is not merged", replaces="session is not merged")


def _each_over(step: StreamWindowedAggregate, over: str, flow: Flow, chain: Chain) -> Flow:
    """Write the loop over the sessions that are over; each remembers the key and columns of its last row."""
    closed = f"latest - {step.window.size + step.window.grace_period}"
    chain.enter(chain.pipeline.loop(f"for session, row in {over}({closed}, latest):", "session", "row", "end", "start"))
    return from_last_row(step, flow, "row")


def _results(
    step: StreamWindowedAggregate, aggregates: list[Aggregate], states: list[str], flow: Flow, pipeline: Pipeline
) -> dict[str, Fragment]:
    columns = {}
    for name, state, aggregate in zip(result_names(step), states, aggregates, strict=True):
        if hasattr(aggregate.verbs, "map"):
            mapped = inline_call(aggregate.verbs.map, [state], pipeline.bindings)
            state = pipeline.assign("result", flow.unless_absent(mapped))
        columns[name] = Fragment(state, aggregate.returns)
    return columns


def _reporter(step: StreamWindowedAggregate, pipeline: Pipeline) -> Callable[[int], None]:
    return lambda time: pipeline.log(step.context, None, f"Skipping record for expired window. timestamp=[{time}]")
