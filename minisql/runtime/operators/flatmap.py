"""Table functions: one row in, a row for each element of the longest list out."""

from __future__ import annotations

from itertools import zip_longest

from minisql.codegen.expressions import Fragment, emit_table_function
from minisql.dialect import sql
from minisql.planner.steps import Call, StreamFlatMap
from minisql.runtime.chain import Chain
from minisql.runtime.flow import Flow
from minisql.runtime.pipeline import Pipeline, Purpose


def build_flat_map(step: StreamFlatMap, chain: Chain) -> None:
    """Lists are zipped, shorter ones filled up with NULL; a function that fails or gives NULL gives no elements."""
    lists: list[Fragment] = []

    def stage(pipeline: Pipeline, flow: Flow) -> Flow:
        present = pipeline.present(flow)
        lists[:] = [_elements(call, present, pipeline, step.context) for call in step.functions]
        return present

    chain.stage(stage)
    flow = chain.flush()
    _each_element(step, flow, lists, chain)


def _elements(call: Call, flow: Flow, pipeline: Pipeline, context: str) -> Fragment:
    lists = emit_table_function(call.name, call.arguments, pipeline.scope(flow, context))
    text = f"{call.name}({', '.join(map(sql, call.arguments))})"
    purpose = Purpose(context, "Table function", f"Error computing expression {text}")
    return Fragment(pipeline.compute(f"{lists.code} or ()", purpose, "list"), lists.type)


def _each_element(step: StreamFlatMap, flow: Flow, lists: list[Fragment], chain: Chain) -> None:
    pipeline = chain.pipeline
    names = [pipeline.bindings.fresh("element") for _ in lists]
    zipped = f"{pipeline.bind(zip_longest, 'zip_longest')}({', '.join(f'{item.code} or ()' for item in lists)})"
    chain.enter(pipeline.loop(f"for {', '.join(names)}, in {zipped}:", *names))
    columns = dict(flow.columns)
    added = step.schema.value[len(step.schema.value) - len(lists) :]
    for column, name in zip(added, names, strict=True):
        columns[column.name] = Fragment(name, column.type)
    chain.flow = flow.with_(schema=step.schema, columns=columns, row=None)
