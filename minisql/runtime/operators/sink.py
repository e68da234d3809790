"""The end of a chain: what reaches the sink topic, or the reader of a push query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.broker import RecordCodec
from minisql.planner.steps import Sink
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow
from minisql.runtime.operators.timestamp import extract_timestamp
from minisql.runtime.pipeline import Pipeline


def build_sink(step: Sink, chain: Chain, codec: RecordCodec) -> None:
    """Write each record in the form in which the topic keeps it, with the time that the sink asks for."""
    flow = chain.flush()
    pipeline = chain.pipeline
    flow = _by_name(step, flow)
    if step.timestamp is not None:
        flow = extract_timestamp(step.timestamp, pipeline, flow, step.context)
    key = _normalized(flow.full_key, codec.key.normalize, pipeline)
    row = flow.row_code() if flow.absent is None else f"(None if {flow.absent} else {flow.row_code()})"
    emit_record(key, _normalized(row, codec.value.normalize, pipeline), flow, pipeline)


def build_result(chain: Chain) -> None:
    """Write each record as the result of a push query: its columns in their order, None for a tombstone."""
    flow = chain.flush()
    row = flow.row_code() if flow.absent is None else f"(None if {flow.absent} else {flow.row_code()})"
    emit_record(flow.full_key, row, flow, chain.pipeline)


def emit_record(key: str, row: str, flow: Flow, pipeline: Pipeline) -> None:
    """Append an entry to the output."""
    pipeline.line(f"append(({key}, {row}, {flow.timestamp}, {flow.headers}))")


def _by_name(step: Sink, flow: Flow) -> Flow:
    return flow if flow.schema == step.schema else flow.with_(schema=step.schema, row=None)


def _normalized(code: str, normalize: Callable[[Any], Any] | None, pipeline: Pipeline) -> str:
    return code if normalize is None else f"{pipeline.bind(normalize, 'normalize')}({code})"
