"""Groups that were aggregated before: read from the store, for a query that goes on with them."""

from __future__ import annotations

from sqlglot import expressions as exp

from minisql.codegen.expressions import Fragment
from minisql.planner.steps import GroupBy, StreamAggregate
from minisql.runtime.flow import Flow, key_code, key_columns, thaw
from minisql.runtime.operators.aggregate import resolve, result
from minisql.runtime.pipeline import Pipeline


def read_groups(step: StreamAggregate, pipeline: Pipeline) -> Flow:
    """How a group is read from its key in the store, ``slot``, and its state, ``group``."""
    columns = {name: _thawed(part, pipeline) for name, part in key_columns(step.schema, "slot").items()}
    parts = list(columns.values())
    if isinstance(step.below, GroupBy):
        # Columns that were grouped by may have other names in the key.
        grouped = zip(step.below.expressions, parts, strict=True)
        columns |= {node.name: part for node, part in grouped if isinstance(node, exp.Column)}
    flow = Flow(step.schema, columns, key_code([part.code for part in parts]), headers="()")
    return result(step, flow, "group", resolve(step, _below(step), pipeline), pipeline)


def _thawed(part: Fragment, pipeline: Pipeline) -> Fragment:
    return Fragment(f"{pipeline.bind(thaw, 'thaw')}({part.code})", part.type)


def _below(step: StreamAggregate) -> Flow:
    """The rows that were aggregated: nothing is read from them but their types."""
    schema = step.below.schema
    return Flow(schema, {column.name: Fragment("None", column.type) for column in schema.columns}, "None")
