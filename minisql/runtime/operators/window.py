"""Aggregates per window: TUMBLING and HOPPING. A window lives until stream time has passed its end and grace.

State is a dict of groups for each window, since records mostly fall into the window of the one before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.planner.steps import StreamWindowedAggregate, Window
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow
from minisql.runtime.operators.aggregate import Aggregate, resolve, result, update_group, windowed, windowed_row
from minisql.runtime.operators.final import FinalWindows, final_throttle, from_last_row, last_row_code
from minisql.runtime.operators.session import build_session_aggregate
from minisql.runtime.partitions import EachPartition, own_state, placing_of_groups
from minisql.runtime.pipeline import Pipeline


def build_windowed_aggregate(step: StreamWindowedAggregate, chain: Chain) -> None:
    """Apply each row to its group in every open window that contains it, the earliest window first."""
    if step.window.kind == "SESSION":
        build_session_aggregate(step, chain)
    elif step.window.final:
        _build_final(step, chain)
    else:
        _build_changes(step, chain)


def _build_changes(step: StreamWindowedAggregate, chain: Chain) -> None:
    """Emit every change of a window."""
    flow = chain.flush()
    pipeline = chain.pipeline
    aggregates = resolve(step, flow, pipeline)
    (windows,) = _follow_stream_time(step, flow, pipeline, ("windows",), lambda: ({},))
    _each_window(step, flow, chain)
    flow = windowed_row(flow, pipeline)
    group = _update(step, flow, aggregates, windows, pipeline)
    chain.flow = windowed(result(step, flow, group, aggregates, pipeline), "start", f"start + {step.window.size}")


def _build_final(step: StreamWindowedAggregate, chain: Chain) -> None:
    """Emit a window's groups once, when it is closed.

    A group remembers its last row, whose key and columns are emitted; the headers are those of the row that closed it.
    """
    flow = chain.flush()
    pipeline = chain.pipeline
    aggregates = resolve(step, flow, pipeline)
    place = len(aggregates) + 3

    def state() -> tuple[Any, ...]:
        return {}, FinalWindows(step, place, final_throttle(pipeline)).closed

    windows, final = _follow_stream_time(step, flow, pipeline, ("windows", "final"), state)
    with pipeline.loop(f"for start in {_starts(step.window, flow.timestamp)}:", "start"):
        _skip_closed(step, flow, pipeline)
        flow = windowed_row(flow, pipeline)
        group = _update(step, flow, aggregates, windows, pipeline)
        pipeline.line(f"{group}[{place}:] = ({last_row_code(step, flow)},)")
    chain.enter(pipeline.loop(f"for start, {group} in {final}({windows}, closed):", "start", group))
    closed = from_last_row(step, flow, f"{group}[{place}]")
    chain.flow = windowed(result(step, closed, group, aggregates, pipeline), "start", f"start + {step.window.size}")


def _update(step: StreamWindowedAggregate, flow: Flow, aggregates: list[Aggregate], windows: str, pipeline: Pipeline) -> str:
    groups = _groups_of_window(step.window, windows, pipeline)
    return update_group(step, flow, aggregates, groups, pipeline)


def _follow_stream_time(
    step: StreamWindowedAggregate, flow: Flow, pipeline: Pipeline, hints: tuple[str, ...], make: Callable[[], tuple[Any, ...]]
) -> list[str]:
    """``closed``: windows that end here or before take no more rows.

    Gives the names of the parts that ``make`` makes for each partition.
    """
    grace = step.window.grace_period
    then = ("latest = {stream_time}[0]", f"closed = latest - {grace}", "current = groups = None")
    states, placing = EachPartition(lambda: ([-1], *make())), placing_of_groups(step, pipeline.partitions)
    names = own_state(states, placing, pipeline, flow.key, ("stream_time", *hints), then)
    with pipeline.code.block(f"if {flow.timestamp} > latest:"):
        pipeline.line(f"latest = {names[0]}[0] = {flow.timestamp}")
        pipeline.line(f"closed = latest - {grace}")
    return names[1:]


def _each_window(step: StreamWindowedAggregate, flow: Flow, chain: Chain) -> None:
    """Open what follows for each window of the row: without a loop where there is only one."""
    pipeline, window = chain.pipeline, step.window
    if is_single(window):
        pipeline.line(f"start = {flow.timestamp} - {flow.timestamp} % {window.size}")
    else:
        chain.enter(pipeline.loop(f"for start in {_starts(window, flow.timestamp)}:", "start"))
    _skip_closed(step, flow, pipeline)


def is_single(window: Window) -> bool:
    """Whether a row falls into one window only."""
    return window.advance is None or window.advance == window.size


def _starts(window: Window, time: str) -> str:
    if is_single(window):
        return f"({time} - {time} % {window.size},)"
    advance = window.advance or window.size
    first = f"max(0, {time} - {window.size - advance}) // {advance} * {advance}"
    return f"range({first}, {time} + 1, {advance})"


def _skip_closed(step: StreamWindowedAggregate, flow: Flow, pipeline: Pipeline) -> None:
    expired = pipeline.bind(_reporter(step, pipeline), "expired")
    with pipeline.code.block(f"if start + {step.window.size} <= closed:"):
        pipeline.line(f"{expired}({flow.timestamp}, start, closed)")
        pipeline.line(pipeline.skip)


def _groups_of_window(window: Window, windows: str, pipeline: Pipeline) -> str:
    """Write the look-up of the window's groups, into ``groups``; windows that are closed are let go.

    EMIT FINAL lets them go itself, when it has emitted them.
    """
    with pipeline.code.block("if start != current:"):
        pipeline.line("current = start")
        pipeline.line(f"groups = {windows}.get(start)")
        with pipeline.code.block("if groups is None:"):
            pipeline.line(f"groups = {windows}[start] = {{}}")
            if not window.final:
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
