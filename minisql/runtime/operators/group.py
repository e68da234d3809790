"""GROUP BY: the key under which rows are aggregated."""

from __future__ import annotations

from minisql.codegen.expressions import Fragment
from minisql.planner.steps import GroupBy, StreamGroupBy, StreamGroupByKey, StreamWindowedAggregate
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow, key_code, key_columns
from minisql.runtime.operators.repartition import loss, through_topic
from minisql.runtime.pipeline import Pipeline, Purpose

EXCLUDED = "The source row will be excluded from the table."


def build_stream_group(step: GroupBy, chain: Chain) -> None:
    """A row that is null, or whose group key has a part that is null or fails, is dropped.

    To windows of its own key a null row comes, which do not expect it (``windowed_row``).
    """
    windowed = isinstance(step, StreamGroupByKey) and isinstance(chain.later[0], StreamWindowedAggregate)

    def stage(pipeline: Pipeline, flow: Flow) -> Flow:
        present = flow.with_(absent=None) if windowed else pipeline.present(flow)
        parts = [pipeline.local(node, present, _purpose(step, i), "group") for i, node in enumerate(step.expressions)]
        _skip_null_keys(parts, pipeline, step.context)
        grouped = _grouped(step, present, pipeline, parts)
        return grouped.with_(absent=flow.absent) if windowed else grouped

    chain.stage(stage)
    if isinstance(step, StreamGroupBy):
        _repartition(step, chain)


def build_table_group(step: GroupBy, chain: Chain) -> None:
    """A row whose group key has a part that is null or fails belongs to no group: it is as if deleted."""

    def stage(pipeline: Pipeline, flow: Flow) -> Flow:
        present = flow.with_(absent=None)
        gone = pipeline.assign("gone", flow.absent or "False")
        key = pipeline.assign("group", "None")
        with pipeline.inside(f"not {gone}"):
            parts = [pipeline.local(node, present, _purpose(step, i), "part") for i, node in enumerate(step.expressions)]
            pipeline.line(f"{gone} = {' or '.join(f'{part.code} is None' for part in parts)}")
            pipeline.line(f"{key} = {key_code([part.code for part in parts])}")
        return _renamed(step, flow, key).with_(absent=gone)

    chain.stage(stage)
    _repartition(step, chain)


def _repartition(step: GroupBy, chain: Chain) -> None:
    if loss(step, step.schema.value) is not None:
        chain.flow = through_topic(step, step.schema.value, chain.flush(), chain.pipeline)


def _purpose(step: GroupBy, index: int) -> Purpose:
    failure = f"Error calculating group-by column with index {index}. {EXCLUDED}"
    return Purpose(step.context, "Group By", failure)


def _skip_null_keys(parts: list[Fragment], pipeline: Pipeline, context: str) -> None:
    log = pipeline.bind(pipeline.log, "log")
    for index, part in enumerate(parts):
        message = f"Group-by column with index {index} resolved to null. {EXCLUDED}"
        with pipeline.code.block(f"if {part.code} is None:"):
            pipeline.line(f"{log}({context!r}, None, {message!r})")
            pipeline.line(pipeline.skip)


def _grouped(step: GroupBy, flow: Flow, pipeline: Pipeline, parts: list[Fragment]) -> Flow:
    code = key_code([part.code for part in parts])
    key = code if len(parts) == 1 else pipeline.assign("group", code)
    columns = dict(flow.columns)
    for column, part in zip(step.schema.key, parts, strict=True):
        columns[column.name] = part
    return flow.with_(schema=step.schema, columns=columns, key=key, row=None)


def _renamed(step: GroupBy, flow: Flow, key: str) -> Flow:
    columns = {**flow.columns, **key_columns(step.schema, key)}
    return flow.with_(schema=step.schema, columns=columns, key=key, row=None)
