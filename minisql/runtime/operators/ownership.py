"""Arrays that a function changes: ARRAY_SORT sorts the array that it is given, as ksqlDB's does (its ArraySort).

Whatever reads the column behind the call, or shows it, sees it sorted. Rows are shared here, between queries and with topics,
so a step that calls such a function is given arrays of its own before.
"""

from __future__ import annotations

from typing import Any

from sqlglot import expressions as exp

from minisql.codegen.expressions import Fragment
from minisql.planner.steps import Step, columns_of
from minisql.runtime.flow import Flow
from minisql.runtime.pipeline import Pipeline, Stage
from minisql.types import SqlArray, SqlMap, SqlStruct, SqlType

CHANGING = frozenset(("ARRAY_SORT",))
"""The functions that change an argument."""


def owning(step: Step) -> Stage | None:
    """What copies the arrays that the step may change; None for most steps."""
    found = [each for each in step.expressions_used() if any(call.this in CHANGING for call in each.find_all(exp.Anonymous))]
    if not found:
        return None
    names = columns_of(found)

    def stage(pipeline: Pipeline, flow: Flow) -> Flow:
        copy = pipeline.bind(copied, "copied")
        columns = dict(flow.columns)
        for name in sorted(names & columns.keys()):
            fragment = columns[name]
            if _has_array(fragment.type):
                code = flow.unless_absent(f"{copy}({fragment.code})")
                columns[name] = Fragment(pipeline.assign("own", code), fragment.type, fragment.nullable)
        return flow.with_(columns=columns, row=None)

    return stage


def _has_array(kind: SqlType | None) -> bool:
    if isinstance(kind, SqlStruct):
        return any(_has_array(inner) for _, inner in kind.fields)
    return isinstance(kind, SqlArray) or (isinstance(kind, SqlMap) and _has_array(kind.value))


def copied(value: Any) -> Any:
    """The value, with lists and dicts of its own."""
    if isinstance(value, list):
        return [copied(item) for item in value]
    return {name: copied(item) for name, item in value.items()} if isinstance(value, dict) else value
