"""SELECT: the value columns computed anew."""

from __future__ import annotations

from minisql.codegen.expressions import Fragment
from minisql.dialect import sql
from minisql.planner.steps import Projection
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow, key_columns
from minisql.runtime.pipeline import Pipeline, Purpose


def build_projection(step: Projection, chain: Chain) -> None:
    """Works on streams and tables alike: a null row stays null, a failing column is NULL."""

    def stage(pipeline: Pipeline, flow: Flow) -> Flow:
        if flow.absent is None:
            return _project(step, pipeline, flow)
        return _project_present(step, pipeline, flow)

    chain.stage(stage)


def _project(step: Projection, pipeline: Pipeline, flow: Flow) -> Flow:
    values = {item.name: pipeline.value(item.expression, flow, _purpose(step, i)) for i, item in enumerate(step.selects)}
    return _renamed(step, flow, values)


def _purpose(step: Projection, index: int) -> Purpose:
    name, expression = step.selects[index].name, step.selects[index].expression
    return Purpose(step.context, "Select", f"Error computing expression {sql(expression)} for column {name} with index {index}")


def _project_present(step: Projection, pipeline: Pipeline, flow: Flow) -> Flow:
    """Compute under ``if`` the row is there; columns are only valid where ``absent`` is false, as before."""
    before = len(pipeline.locals)
    with pipeline.when(f"not ({flow.absent})"):
        result = _project(step, pipeline, flow.with_(absent=None))
    assigned = pipeline.locals[before:]
    if assigned:
        with pipeline.code.block("else:"):
            pipeline.line(f"{' = '.join(assigned)} = None")
    return result.with_(absent=flow.absent)


def _renamed(step: Projection, flow: Flow, values: dict[str, Fragment]) -> Flow:
    """The record after the projection: its own columns, and the key under the names of the step's schema.

    Pseudo columns do not survive a projection, except where it selects them.
    """
    columns = key_columns(step.schema, flow.key) | values
    return flow.with_(schema=step.schema, columns=columns, row=_same_row(step, flow, values))


def _same_row(step: Projection, flow: Flow, values: dict[str, Fragment]) -> str | None:
    """The row as it is, when the projection keeps every column in its place."""
    if flow.row is None or len(step.selects) != len(flow.schema.value):
        return None
    same = all(
        flow.columns.get(column.name) == values[item.name] and values[item.name].code == f"{flow.row}[{i}]"
        for i, (column, item) in enumerate(zip(flow.schema.value, step.selects, strict=True))
    )
    return flow.row if same else None
