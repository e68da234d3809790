"""The end of a chain: what reaches the sink topic, or the reader of a push query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.formats import KeyCodec, key_codec, value_codec
from minisql.planner.steps import Sink, Step, StreamSelectKey
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow
from minisql.runtime.pipeline import Pipeline


def build_sink(step: Sink, chain: Chain) -> None:
    """Write each record in the form in which the topic keeps it, with the time that the sink asks for."""
    flow = chain.flush()
    pipeline = chain.pipeline
    flow = _by_name(step, flow)
    if step.timestamp is not None:
        from minisql.runtime.operators.timestamp import extract_timestamp  # few sinks ask for a time

        flow = extract_timestamp(step.timestamp, pipeline, flow, step.context, sink=True)
    key = _entry_key(step, flow, pipeline)
    row = flow.unless_absent(flow.row_code())
    normalize = value_codec(step.value_format, step.schema.value).kept
    emit_record(key, _normalized(row, normalize, pipeline), flow, pipeline)


def build_result(chain: Chain) -> None:
    """Write each record as the result of a push query: its columns in their order, None for a tombstone."""
    flow = chain.flush()
    row = flow.unless_absent(flow.row_code())
    emit_record(flow.full_key, row, flow, chain.pipeline)


def emit_record(key: str, row: str, flow: Flow, pipeline: Pipeline) -> None:
    """Append an entry to the output."""
    pipeline.line(f"append(({key}, {row}, {flow.timestamp}, {flow.headers}))")


def _is_rekeyed(step: Step) -> bool:
    """Whether keys come from PARTITION BY: then a NULL is a key of one null column, and not the lack of a key."""
    while len(step.sources) == 1 and not isinstance(step, StreamSelectKey):
        step = step.sources[0]
    return isinstance(step, StreamSelectKey)


def _by_name(step: Sink, flow: Flow) -> Flow:
    return flow if flow.schema == step.schema else flow.with_(schema=step.schema, row=None)


def _entry_key(step: Sink, flow: Flow, pipeline: Pipeline) -> str:
    """Code of the key as its topic keeps it; that of a window's group is made once."""
    if flow.window is None or flow.made_key is None:
        return _full_key(step, flow, pipeline)
    name = pipeline.assign("entry", flow.made_key)
    with pipeline.code.block(f"if {name} is None:"):
        pipeline.line(f"{name} = {flow.made_key} = {_full_key(step, flow, pipeline)}")
    return name


def _full_key(step: Sink, flow: Flow, pipeline: Pipeline) -> str:
    codec = key_codec(step.key_format, step.schema.key).inner
    key = _normalized_key(flow.key, codec, pipeline)
    if codec.of_null is not None and _is_rekeyed(step):
        key = f"({pipeline.bind(codec.of_null, 'of_null')} if {flow.key} is None else {key})"
    return flow.with_(key=key).full_key


def _normalized_key(key: str, codec: KeyCodec, pipeline: Pipeline) -> str:
    """A key as its topic keeps it; a quick test inline spares most keys the call."""
    if codec.void:
        return "None"
    if key == "None" or codec.normalize is None or codec.unchanged == "True":
        return key
    if codec.unchanged is None:
        return _normalized(key, codec.normalize, pipeline)
    name = key if key.isidentifier() else pipeline.assign("key", key)
    return f"({name} if {codec.unchanged.format(name)} else {_normalized(name, codec.normalize, pipeline)})"


def _normalized(code: str, normalize: Callable[[Any], Any] | None, pipeline: Pipeline) -> str:
    return code if normalize is None else f"{pipeline.bind(normalize, 'normalize')}({code})"
