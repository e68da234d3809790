"""EXPLAIN's text of a plan (ksqlDB's PlanSummary)."""

from __future__ import annotations

from minisql.dialect import quoted_name
from minisql.planner.steps import Step
from minisql.schema import Column, Namespace, Schema
from minisql.types import SqlArray, SqlMap, SqlStruct, SqlType


def explain(step: Step, query_id: str) -> str:
    """One line per step, the sink first: its word, its schema, and the name of its logger.

    ksqlDB indents a line by twice its depth less one, and so does this.
    """
    return _summary(step, query_id, "")


def _summary(step: Step, query_id: str, indent: str) -> str:
    logger = f"{query_id}.{step.context.replace('/', '.')}"
    line = f"{indent} > [ {step.operation} ] | Schema: {_schema(step.schema)} | Logger: {logger}\n"
    below = (_summary(source, query_id, indent + "\t") for source in step.sources)
    return line + "".join(f"\t{indent}{text}" for text in below)


def _schema(schema: Schema) -> str:
    return ", ".join(map(_column, schema))


def _column(column: Column) -> str:
    suffix = ""
    if column.namespace is Namespace.KEY:
        suffix = " KEY"
    elif column.namespace is Namespace.HEADERS:
        suffix = " HEADERS" if column.header_key is None else f" HEADER('{column.header_key}')"
    return f"{quoted_name(column.name)} {_type(column.type)}{suffix}"


def _type(kind: SqlType) -> str:
    """The type with quotes only round the names that need them."""
    if isinstance(kind, SqlArray):
        return f"ARRAY<{_type(kind.item)}>"
    if isinstance(kind, SqlMap):
        return f"MAP<{_type(kind.key)}, {_type(kind.value)}>"
    if isinstance(kind, SqlStruct) and kind.fields:
        return f"STRUCT<{', '.join(f'{quoted_name(name)} {_type(field)}' for name, field in kind.fields)}>"
    return str(kind)
