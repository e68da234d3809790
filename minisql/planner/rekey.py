"""New keys: when one is needed, and what schema results (ksqlDB's Repartitioning and PartitionByParamsFactory)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.names import AliasGenerator
from minisql.analyzer.text import text
from minisql.analyzer.trees import column_name, is_column
from minisql.errors import KsqlError
from minisql.formats import suit_key_format
from minisql.formats.info import KeyFormat
from minisql.planner.node import Flow
from minisql.planner.planning import Planning
from minisql.planner.schemas import find_value, keyed
from minisql.planner.steps import StreamSelectKey, TableSelectKey
from minisql.schema import Column, Schema
from minisql.types import SqlType


def needs_rekey(schema: Schema, expressions: Sequence[Expression]) -> bool:
    """Whether the expressions are anything but the one key column."""
    if len(schema.key) != 1 or len(expressions) != 1 or not is_column(expressions[0]):
        return True
    return column_name(expressions[0]) != schema.key[0].name


def is_null_key(expressions: Sequence[Expression]) -> bool:
    """Whether it is PARTITION BY NULL.

    Raises:
        KsqlError: NULL among others.
    """
    if not any(isinstance(expression, exp.Null) for expression in expressions):
        return False
    if len(expressions) > 1:
        raise KsqlError("Cannot PARTITION BY multiple columns including NULL")
    return True


def rekeyed_schema(schema: Schema, expressions: Sequence[Expression], planning: Planning) -> Schema:
    """The schema with the expressions as key; those that are no columns are in the value as well."""
    if is_null_key(expressions):
        return keyed((), schema.value)
    aliases = AliasGenerator([schema])
    key: list[tuple[str, SqlType]] = []
    appended: list[Column] = []
    for expression in expressions:
        kind = planning.type_of(expression, schema)
        if kind is None:
            raise KsqlError(
                "Can't infer a type of null. Please explicitly cast it to a required type, e.g. CAST(null AS VARCHAR)."
            )
        known = find_value(schema, column_name(expression)) if is_column(expression) else None
        name = known.name if known is not None else aliases.name_for(expression)
        key.append((name, kind))
        if known is None:
            appended.append(Column(name, kind))
    return keyed(key, [*schema.value, *appended])


def rekeyed(
    flow: Flow,
    expressions: Sequence[Expression],
    context: str,
    planning: Planning,
    wanted: KeyFormat | None = None,
    force: bool = False,
) -> Flow:
    """The flow with a new key, or as it is when it has it already (ksqlDB's selectKey).

    Args:
        wanted: the key format that a join asks for.
        force: repartition though neither key nor format changes.

    Raises:
        KsqlError: the flow is windowed, or a table.
    """
    needed = needs_rekey(flow.schema, expressions)
    if not needed and not force and (wanted is None or wanted == flow.key_format):
        return flow
    if flow.is_table:
        return _rewritten_table(flow, expressions, context, wanted, needed, force)
    if (needed or not force) and flow.key_format.window is not None:
        raise KsqlError(_WINDOWED)
    schema = rekeyed_schema(flow.schema, expressions, planning)
    step = StreamSelectKey(schema, context, flow.step, tuple(expressions))
    key_format = suit_key_format(wanted or flow.key_format, [key.type for key in schema.key], may_change=True)
    return flow._replace(step=step, key_format=key_format)


_WINDOWED = "Implicit repartitioning of windowed sources is not supported. See https://github.com/confluentinc/ksql/issues/4385."

_WINDOWED_REGISTRY = (
    " As a result, ksqlDB does not support joins on windowed sources with Schema-Registry-enabled key formats "
    "(AVRO, JSON_SR, PROTOBUF) at this time. Please repartition your sources to use a different key format before "
    "performing the join."
)


def _rewritten_table(
    flow: Flow, expressions: Sequence[Expression], context: str, wanted: KeyFormat | None, needed: bool, force: bool
) -> Flow:
    if len(flow.schema.key) > 1:
        raise KsqlError(
            "Cannot repartition a TABLE source. If this is a join, joins on tables with multiple columns is not yet supported."
        )
    if needed:
        raise KsqlError(
            "Cannot repartition a TABLE source. If this is a join, make sure that the criteria uses the TABLE's key column "
            f"{flow.schema.key[0].name} instead of [{', '.join(map(text, expressions))}]"
        )
    if flow.key_format.window is not None:
        raise KsqlError(_WINDOWED + (_WINDOWED_REGISTRY if force else ""))
    step = TableSelectKey(flow.schema, context, flow.step, tuple(expressions))
    return flow._replace(step=step, key_format=wanted or flow.key_format)
