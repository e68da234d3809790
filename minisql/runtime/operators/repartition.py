"""What rows lose on their way through a topic, or a store, of the query's own: it has the format of the source's values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minisql.codegen.expressions import Fragment
from minisql.formats import value_codec
from minisql.formats.info import ValueFormat
from minisql.planner.steps import Step, first_source
from minisql.runtime.flow import Flow, tuple_code
from minisql.runtime.pipeline import Pipeline
from minisql.schema import Column

Row = tuple[Any, ...]


def loss(step: Step, columns: Sequence[Column]) -> Callable[[Row | None], Row | None] | None:
    """What becomes of these columns where ksqlDB writes rows of ``step`` for itself; None when they stay as they are.

    The format is that of the leftmost source, wrapped as usual (ksqlDB's InternalFormats).
    """
    info = first_source(step).source.value_format.info
    return value_codec(ValueFormat(info), tuple(columns)).normalize if columns and info.format in LOSING else None


LOSING = frozenset({"DELIMITED", "PROTOBUF", "PROTOBUF_NOSR"})
"""Formats in which NULLs or empty texts become something else."""


def through_topic(step: Step, columns: Sequence[Column], flow: Flow, pipeline: Pipeline) -> Flow:
    """The record as it comes back from a repartition topic."""
    lose = loss(step, columns)
    if lose is None:
        return flow
    row = tuple_code([flow.columns[column.name].code for column in columns])
    name = pipeline.assign("row", flow.unless_absent(f"{pipeline.bind(lose, 'lose')}({row})"))
    read = {column.name: Fragment(f"{name}[{i}]", column.type) for i, column in enumerate(columns)}
    return flow.with_(columns={**flow.columns, **read}, row=None)
