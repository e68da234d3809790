"""GROUP BY: the key of groups (ksqlDB's GroupByParamsFactory and the groupBy of its schema streams)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.expressions import Expression

from minisql.analyzer.names import AliasGenerator
from minisql.analyzer.trees import column_name, is_column
from minisql.errors import KsqlError
from minisql.formats import suit_key_format
from minisql.formats.info import FormatInfo, KeyFormat
from minisql.planner.internal import Internal
from minisql.planner.key_format import default_key_format
from minisql.planner.node import Flow
from minisql.planner.planning import Planning
from minisql.planner.rekey import needs_rekey
from minisql.planner.schemas import keyed
from minisql.planner.steps import Step, StreamGroupBy, StreamGroupByKey, TableGroupBy
from minisql.schema import Schema
from minisql.types import SqlType


def grouped(flow: Flow, expressions: Sequence[Expression], values: FormatInfo, context: str, planning: Planning) -> Flow:
    """The flow behind its grouping step; ``values`` is the format of values on the way."""
    if not flow.is_table and not needs_rekey(flow.schema, expressions):
        if flow.key_format.window is not None:
            raise KsqlError("Group by on windowed should always require rekey")
        step: Step = StreamGroupByKey(flow.schema, context, flow.step, tuple(expressions))
        return _sent(flow, step, flow.key_format, values)
    schema = _schema(flow.schema, expressions, planning)
    made = TableGroupBy if flow.is_table else StreamGroupBy
    step = made(schema, context, flow.step, tuple(expressions))
    return _sent(flow, step, _key_format(flow, schema, planning), values)


def _sent(flow: Flow, step: Step, key_format: KeyFormat, values: FormatInfo) -> Flow:
    internal = Internal(key_format, values, step.schema, context=step.context)
    return flow._replace(step=step, key_format=key_format, internals=(*flow.internals, internal))


def _schema(schema: Schema, expressions: Sequence[Expression], planning: Planning) -> Schema:
    aliases = AliasGenerator([schema])
    key: list[tuple[str, SqlType]] = []
    for expression in expressions:
        kind = planning.type_of(expression, schema)
        if kind is None:
            raise KsqlError(
                "Can't infer a type of null. Please explicitly cast it to a required type, e.g. CAST(null AS VARCHAR)."
            )
        key.append((column_name(expression) if is_column(expression) else aliases.name_for(expression), kind))
    return keyed(key, schema.value)


def _key_format(flow: Flow, schema: Schema, planning: Planning) -> KeyFormat:
    key_format = flow.key_format
    if flow.is_table:
        key_format = key_format.with_(window=None)
    elif key_format.info.format == "NONE":
        key_format = KeyFormat(default_key_format(planning.config))
    return suit_key_format(key_format, [key.type for key in schema.key], may_change=True)
