"""The join of a stream with a table: each row of the stream looks its partner up, on its way, as the table is at that moment."""

from __future__ import annotations

from functools import partial
from typing import Any

from minisql.codegen.expressions import Fragment
from minisql.names import ROWTIME
from minisql.planner.steps import StreamTableJoin
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow, hashable, is_plain, key_columns, tuple_code
from minisql.runtime.operators.join import NULL_KEY
from minisql.runtime.operators.joined import JoinedRows
from minisql.runtime.pipeline import Pipeline
from minisql.types import BIGINT


class Lookup:
    """Writes both sides of one such join; ``left`` and ``right`` say which columns each side carries.

    Args:
        step: the join.
        wanted: the columns that are read after it.
    """

    def __init__(self, step: StreamTableJoin, wanted: frozenset[str]) -> None:
        sides = JoinedRows(step, wanted)
        self.left, self.right = sides.left, sides.right
        self._step = step
        self._table: dict[Any, Any] = {}

    def look_up(self, chain: Chain) -> None:
        """The stream's side, which goes on behind the join: a null row is dropped; a null key finds nothing, which LEFT emits."""
        pipeline, flow = chain.pipeline, self.left.arrive(chain)
        key = _in_local(flow.full_key, pipeline)
        found = pipeline.assign("found", f"{pipeline.bind(self._table, 'table')}.get({self._slot(key, pipeline)})")
        gone = [flow.absent] if flow.absent else []
        if self._step.kind == "INNER":
            self._skip(f"{found} is None", [f"{key} is None", *gone], pipeline)
        if gone:
            self._skip(gone[0], ["True"], pipeline)
        chain.flow = self._joined(flow, key, found)

    def store(self, chain: Chain) -> None:
        """The table's side: it changes, and nothing is emitted."""
        pipeline, flow = chain.pipeline, self.right.arrive(chain)
        key = _in_local(flow.full_key, pipeline)
        table = pipeline.bind(self._table, "table")
        pipeline.line(f"if {key} is None: {pipeline.skip}")
        slot = self._slot(key, pipeline)
        row = tuple_code([flow.columns[column.name].code for column in self.right.columns])
        if flow.absent:
            pipeline.line(f"if {flow.absent}: {table}.pop({slot}, None)")
            pipeline.line(f"else: {table}[{slot}] = {row}")
        else:
            pipeline.line(f"{table}[{slot}] = {row}")

    def _skip(self, condition: str, told: list[str], pipeline: Pipeline) -> None:
        """Skip the record; the log is told where a null is to blame."""
        drop = pipeline.bind(partial(pipeline.log, self._step.context, None), "drop")
        with pipeline.code.block(f"if {condition}:"):
            blame = " or ".join(told)
            pipeline.line(f"{drop}({NULL_KEY!r})" if blame == "True" else f"if {blame}: {drop}({NULL_KEY!r})")
            pipeline.line(pipeline.skip)

    def _slot(self, key: str, pipeline: Pipeline) -> str:
        plain = all(is_plain(column.type) for column in self._step.schema.key)
        return key if plain else f"{pipeline.bind(hashable, 'hashable')}({key})"

    def _joined(self, flow: Flow, key: str, found: str) -> Flow:
        step = self._step
        columns = {column.name: flow.columns[column.name] for column in self.left.columns}
        columns |= self.right.fragments(found, step.kind != "INNER")
        bare = key if flow.window is None else f"{key}[0]"
        columns = key_columns(step.schema, bare) | columns
        columns[ROWTIME] = Fragment(flow.timestamp, BIGINT, nullable=False)
        return flow.with_(schema=step.schema, columns=columns, key=bare, row=None, absent=None, passed=None)


def _in_local(code: str, pipeline: Pipeline) -> str:
    return code if code.isidentifier() else pipeline.assign("key", code)
