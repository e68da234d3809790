"""PARTITION BY: a new key."""

from __future__ import annotations

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen.expressions import Fragment, emit_value
from minisql.dialect import sql
from minisql.planner.steps import Rekey
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow, key_code, key_columns
from minisql.runtime.pipeline import Pipeline, Purpose


def build_select_key(step: Rekey, chain: Chain) -> None:
    """The key becomes the expressions' values; where one fails that part is NULL.

    A null row keeps its place and gets a key only if that needs key columns alone (PartitionByParamsFactory).
    """

    def stage(pipeline: Pipeline, flow: Flow) -> Flow:
        if not step.schema.key:
            return flow.with_(schema=step.schema, key="None", row=None)
        parts = [_part(expression, step, pipeline, flow) for expression in step.expressions]
        key = pipeline.assign("key", key_code([part.code for part in parts]))
        columns = {**flow.columns, **key_columns(step.schema, key)}
        return flow.with_(schema=step.schema, columns=columns, key=key, row=None, made_key=None)

    chain.stage(stage)


def _part(expression: Expression, step: Rekey, pipeline: Pipeline, flow: Flow) -> Fragment:
    purpose = Purpose(step.context, "SelectKey", f"Error computing new key from expression {sql(expression)}")
    if _of_key(expression, flow) and not isinstance(expression, exp.Column) and expression.find(exp.Column):
        return _from_key(expression, purpose, pipeline, flow)
    if flow.absent is None or _of_key(expression, flow):
        return pipeline.value(expression, flow, purpose, "key")
    name = pipeline.assign("key", "None")
    with pipeline.inside(f"not ({flow.absent})"):
        value = pipeline.value(expression, flow.with_(absent=None), purpose, "key")
        pipeline.line(f"{name} = {value.code}")
    return Fragment(name, value.type)


def _from_key(expression: Expression, purpose: Purpose, pipeline: Pipeline, flow: Flow) -> Fragment:
    """Of a record without a key it fails, even if it could do with NULL: it is computed from the key's columns alone."""
    fragment = emit_value(expression, pipeline.scope(flow, purpose.context), purpose.word)
    code = f"({fragment.code} if {flow.key} is not None else {pipeline.bind(_no_key, 'no_key')}())"
    return Fragment(pipeline.compute(code, purpose, "key"), fragment.type)


def _no_key() -> None:
    raise IndexError("Index 0 out of bounds for length 0")


def _of_key(expression: Expression, flow: Flow) -> bool:
    keys = {column.name for column in flow.schema.key}
    return all(column.name in keys for column in expression.find_all(exp.Column))
