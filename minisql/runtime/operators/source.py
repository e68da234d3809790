"""Sources: the layout of a record that was just read."""

from __future__ import annotations

from typing import Any

from minisql.codegen.expressions import Fragment
from minisql.names import ROWOFFSET, ROWPARTITION, ROWTIME, WINDOWEND, WINDOWSTART
from minisql.planner.steps import SourceStep
from minisql.runtime.flow import Flow, key_columns
from minisql.runtime.pipeline import Pipeline
from minisql.schema import Column, Schema
from minisql.types import BIGINT, INTEGER

PLACE = ("p", "o")
"""The partition and the offset, for queries that name ROWPARTITION or ROWOFFSET."""


def loop_head(windowed: bool, placed: bool) -> tuple[str, tuple[str, ...]]:
    """The ``for`` line over a batch, and the names that it assigns."""
    key = "(k, ws, we)" if windowed else "k"
    names = (*(("k", "ws", "we") if windowed else ("k",)), "v", "t", "h")
    if not placed:
        return f"for {key}, v, t, h in entries:", names
    return f"for ({key}, v, t, h), (p, o) in zip(entries, places):", names + PLACE


def source_columns(schema: Schema, pipeline: Pipeline) -> dict[str, Fragment]:
    """How each column of a source is read from ``k, v, t, h, p, o``; keys win over values of the same name."""
    columns = {column.name: Fragment(f"v[{i}]", column.type) for i, column in enumerate(schema.value)}
    columns |= {column.name: _header_fragment(column, pipeline) for column in schema.headers}
    columns[ROWTIME] = Fragment("t", BIGINT, nullable=False)
    columns[ROWPARTITION] = Fragment("p", INTEGER, nullable=False)
    columns[ROWOFFSET] = Fragment("o", BIGINT, nullable=False)
    columns[WINDOWSTART] = Fragment("ws", BIGINT, nullable=False)
    columns[WINDOWEND] = Fragment("we", BIGINT, nullable=False)
    return columns | key_columns(schema, "k")


def read_source(step: SourceStep, pipeline: Pipeline) -> Flow:
    """Write how a record of the source starts its way."""
    source = step.source
    window = "ws, we" if source.windowed else None
    columns = source_columns(source.schema, pipeline)
    flow = Flow(source.schema, columns, "k", row="v", absent="v is None", window=window, tracked=source.is_table)
    if source.is_table:
        pipeline.line(f"if k is None: {pipeline.skip}")
    if source.timestamp is not None:
        from minisql.runtime.operators.timestamp import extract_timestamp  # few sources have such a column

        flow = extract_timestamp(source.timestamp, pipeline, flow, step.context)
    return flow


def _header_fragment(column: Column, pipeline: Pipeline) -> Fragment:
    if column.header_key is None:
        return Fragment(f"{pipeline.bind(headers_array, 'headers_array')}(h)", column.type, nullable=False)
    return Fragment(f"{pipeline.bind(last_header, 'last_header')}(h, {column.header_key!r})", column.type)


def headers_array(headers: tuple[tuple[str, bytes | None], ...]) -> list[dict[str, Any]]:
    """The value of a HEADERS column."""
    return [{"KEY": key, "VALUE": value} for key, value in headers]


def last_header(headers: tuple[tuple[str, bytes | None], ...], key: str) -> bytes | None:
    """The value of a HEADER('key') column: the last header of that name."""
    return next((value for name, value in reversed(headers) if name == key), None)
