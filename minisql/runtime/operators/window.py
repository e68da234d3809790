"""Aggregates per window: TUMBLING and HOPPING. A window lives until stream time has passed its end and grace.

State is a dict of groups for each window, since records mostly fall into the window of the one before.
"""

from __future__ import annotations

from collections.abc import Callable

from minisql.codegen.expressions import Fragment
from minisql.errors import UnsupportedError
from minisql.names import WINDOWEND, WINDOWSTART
from minisql.planner.steps import StreamWindowedAggregate, Window
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow
from minisql.runtime.operators.aggregate import apply, open_group, resolve, result, touch
from minisql.runtime.operators.session import build_session_aggregate
from minisql.runtime.pipeline import Pipeline
from minisql.types import BIGINT

DAY = 24 * 60 * 60 * 1000


def grace_of(window: Window) -> int:
    """Milliseconds that a window stays open after its end: by default a day less its size, as Kafka Streams once had it."""
    return max(DAY - window.size, 0) if window.grace is None else window.grace


def build_windowed_aggregate(step: StreamWindowedAggregate, chain: Chain) -> None:
    """Apply each row to its group in every open window that contains it, the earliest window first."""
    if step.window.final:
        raise UnsupportedError("EMIT FINAL")
    if step.window.kind == "SESSION":
        build_session_aggregate(step, chain)
        return
    flow = chain.flush()
    pipeline = chain.pipeline
    aggregates = resolve(step, flow, pipeline)
    _follow_stream_time(step.window, flow, pipeline)
    _each_window(step, flow, chain)
    groups = _groups_of_window(step.window, pipeline)
    group = open_group(step, flow, aggregates, groups, pipeline)
    touch(flow, group, len(aggregates), pipeline)
    for slot, aggregate in enumerate(aggregates):
        apply(aggregate, [part.code for part in aggregate.arguments], group, slot, pipeline)
    chain.flow = windowed_result(result(step, flow, group, aggregates, pipeline), "start", f"start + {step.window.size}")


def windowed_result(flow: Flow, start: str, end: str) -> Flow:
    """The record with its window's bounds."""
    bounds = {WINDOWSTART: Fragment(start, BIGINT, nullable=False), WINDOWEND: Fragment(f"({end})", BIGINT, nullable=False)}
    return flow.with_(columns={**flow.columns, **bounds}, window=f"{start}, {end}")


def _follow_stream_time(window: Window, flow: Flow, pipeline: Pipeline) -> None:
    """``closed``: windows that end here or before take no more rows."""
    clock = pipeline.bind([-1], "stream_time")
    pipeline.prologue.line(f"latest = {clock}[0]")
    pipeline.prologue.line(f"closed = latest - {grace_of(window)}")
    pipeline.prologue.line("current = groups = None")
    with pipeline.code.block(f"if {flow.timestamp} > latest:"):
        pipeline.line(f"latest = {clock}[0] = {flow.timestamp}")
        pipeline.line(f"closed = latest - {grace_of(window)}")


def _each_window(step: StreamWindowedAggregate, flow: Flow, chain: Chain) -> None:
    pipeline, window, time = chain.pipeline, step.window, flow.timestamp
    if window.advance is None or window.advance == window.size:
        pipeline.line(f"start = {time} - {time} % {window.size}")
    else:
        first = f"max(0, {time} - {window.size - window.advance}) // {window.advance} * {window.advance}"
        chain.enter(pipeline.loop(f"for start in range({first}, {time} + 1, {window.advance}):", "start"))
    expired = pipeline.bind(_reporter(step, pipeline), "expired")
    with pipeline.code.block(f"if start + {window.size} <= closed:"):
        pipeline.line(f"{expired}({time}, start, closed)")
        pipeline.line(pipeline.skip)


def _groups_of_window(window: Window, pipeline: Pipeline) -> str:
    """Write the look-up of the window's groups, into ``groups``; windows that are closed are let go."""
    windows = pipeline.bind({}, "windows")
    with pipeline.code.block("if start != current:"):
        pipeline.line("current = start")
        pipeline.line(f"groups = {windows}.get(start)")
        with pipeline.code.block("if groups is None:"):
            pipeline.line(f"groups = {windows}[start] = {{}}")
            forget = pipeline.bind(forget_closed, "forget_closed")
            pipeline.line(f"{forget}({windows}, closed - {window.size})")
    return "groups"


def forget_closed(windows: dict[int, object], last: int) -> None:
    """Drop the windows that start at ``last`` or before."""
    for start in [start for start in windows if start <= last]:
        del windows[start]


def _reporter(step: StreamWindowedAggregate, pipeline: Pipeline) -> Callable[[int, int, int], None]:
    def expired(time: int, start: int, closed: int) -> None:
        end = start + step.window.size
        message = f"Skipping record for expired window. timestamp=[{time}] window=[{start},{end}) expiration=[{closed}]"
        pipeline.log(step.context, None, message)

    return expired
