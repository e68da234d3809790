"""The two ends of a join's sides, and the record that comes out of it."""

from __future__ import annotations

from minisql.codegen.expressions import Fragment
from minisql.dialect import sql
from minisql.names import ROWTIME
from minisql.planner.steps import (
    ForeignKeyTableTableJoin,
    Join,
    SourceStep,
    Step,
    StreamStreamJoin,
    StreamTableJoin,
    TableTableJoin,
)
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow, key_fragments, tuple_code
from minisql.runtime.operators.sink import emit_record
from minisql.runtime.pipeline import Pipeline, Purpose
from minisql.schema import Schema
from minisql.types import BIGINT


def build_side(chain: Chain) -> None:
    """End a side: its rows are its value columns."""
    _emit_side(chain, [])


def build_referring_side(join: ForeignKeyTableTableJoin, chain: Chain) -> None:
    """End the left side of a foreign key join: the foreign key follows the value columns."""
    foreign: list[Fragment] = []
    failure = f"Error calculating left join expression: `{sql(join.expression)}`."
    purpose = Purpose(join.context, "Left Join Expression", failure)

    def stage(pipeline: Pipeline, flow: Flow) -> Flow:
        name = pipeline.assign("foreign", "None")
        before = len(pipeline.locals)
        with pipeline.code.block(f"if not ({flow.absent or 'False'}):"):
            found = pipeline.value(join.expression, flow.with_(absent=None), purpose, "part")
            pipeline.line(f"{name} = {found.code}")
        del pipeline.locals[before:]
        foreign[:] = [Fragment(name, found.type)]
        return flow

    chain.stage(stage)
    _emit_side(chain, foreign)


def _emit_side(chain: Chain, added: list[Fragment]) -> None:
    flow = chain.flush()
    parts = [flow.columns[column.name].code for column in flow.schema.value]
    row = tuple_code([*parts, *(fragment.code for fragment in added)])
    emit_record(flow.full_key, row if flow.absent is None else f"(None if {flow.absent} else {row})", flow, chain.pipeline)


def joined_loop(join: Join) -> tuple[str, tuple[str, ...]]:
    """The ``for`` line over joined records, and the names that it assigns."""
    if windowed(join):
        return "for (k, ws, we), l, r, t, h in entries:", ("k", "ws", "we", "l", "r", "t", "h")
    return "for k, l, r, t, h in entries:", ("k", "l", "r", "t", "h")


def read_joined(join: Join) -> Flow:
    """How a joined record is read: either row may be missing, as the kind of the join allows."""
    columns: dict[str, Fragment] = {}
    for name, side, optional in (("l", join.left, join.kind in ("RIGHT", "FULL")), ("r", join.right, join.kind != "INNER")):
        columns |= _side_columns(name, side.schema, optional)
    keys = key_fragments("k", [column.type for column in join.schema.key])
    for column, fragment in zip(join.schema.key, keys, strict=True):
        columns.setdefault(column.name, fragment)
    columns[ROWTIME] = Fragment("t", BIGINT, nullable=False)
    streams = isinstance(join, (StreamStreamJoin, StreamTableJoin))
    absent = None if streams else "l is None and r is None"
    window = "ws, we" if windowed(join) else None
    return Flow(join.schema, columns, "k", absent=absent, window=window, tracked=isinstance(join, TableTableJoin))


def windowed(step: Step) -> bool:
    """Whether the keys of a join's sides have windows."""
    while not isinstance(step, SourceStep):
        step = step.sources[0]
    return step.source.windowed


def _side_columns(name: str, schema: Schema, optional: bool) -> dict[str, Fragment]:
    columns = {}
    for i, column in enumerate(schema.value):
        code = f"(None if {name} is None else {name}[{i}])" if optional else f"{name}[{i}]"
        columns[column.name] = Fragment(code, column.type)
    return columns
