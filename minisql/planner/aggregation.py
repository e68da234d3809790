"""Aggregation steps (ksqlDB's SchemaKGroupedStream and SchemaKGroupedTable)."""

from __future__ import annotations

from collections.abc import Sequence

from minisql.analyzer.names import AGGREGATE
from minisql.analyzer.text import in_prose
from minisql.errors import KsqlError
from minisql.formats import suit_key_format
from minisql.formats.info import FormatInfo, KeyFormat
from minisql.names import WINDOW_BOUNDS
from minisql.planner.internal import Internal
from minisql.planner.node import Flow
from minisql.planner.planning import Aggregate, Planning
from minisql.planner.schemas import find_value, key_pairs, keyed
from minisql.planner.steps import Call, Step, StreamAggregate, StreamWindowedAggregate, TableAggregate, Window
from minisql.planner.window import window_info
from minisql.schema import Column, Schema
from minisql.types import BIGINT, SqlType


def aggregated(
    flow: Flow,
    columns: Sequence[str],
    calls: Sequence[Aggregate],
    window: Window | None,
    values: FormatInfo,
    context: str,
    planning: Planning,
) -> Flow:
    """The grouped flow behind its aggregation; ``columns`` are kept beside the results, ``values`` is the format of the state.

    Raises:
        KsqlError: a window over a table, or an aggregate that cannot undo the rows of one.
    """
    functions = tuple(each.call for each in calls)
    if flow.is_table:
        _check_table(functions, flow.schema, window, planning)
    schema = _schema(flow.schema, columns, [each.returns for each in calls], window is not None)
    key_format = _key_format(flow.key_format, schema, window)
    if window is not None:
        step: Step = StreamWindowedAggregate(schema, context, flow.step, tuple(columns), functions, window, key_format)
    else:
        made = TableAggregate if flow.is_table else StreamAggregate
        step = made(schema, context, flow.step, tuple(columns), functions)
    kept = _schema(flow.schema, columns, [each.intermediate for each in calls], False)
    state = Internal(key_format, values, kept, state=True, context=context)
    return Flow(step, key_format, True, (*flow.internals, state))


def _key_format(key_format: KeyFormat, schema: Schema, window: Window | None) -> KeyFormat:
    if window is not None:
        key_format = key_format.with_(window=window_info(window))
    return suit_key_format(key_format, [key.type for key in schema.key], may_change=False)


def _check_table(functions: Sequence[Call], schema: Schema, window: Window | None, planning: Planning) -> None:
    if window is not None:
        raise KsqlError("Windowing not supported for table aggregations.")
    refused = dict.fromkeys(planning.told_name(call) for call in functions if not planning.takes_tables(call, schema))
    if refused:
        plural = "s" if len(refused) > 1 else ""
        raise KsqlError(
            f"The aggregation function{plural} {in_prose(refused, 'and')} cannot be applied to a table source, "
            "only to a stream source."
        )


def _schema(schema: Schema, columns: Sequence[str], kinds: Sequence[SqlType], windowed: bool) -> Schema:
    kept = [found for found in (find_value(schema, name) for name in columns) if found is not None]
    results = [Column(f"{AGGREGATE}{number}", kind) for number, kind in enumerate(kinds)]
    bounds = [Column(name, BIGINT) for name in WINDOW_BOUNDS if windowed]
    return keyed(key_pairs(schema), [*kept, *results, *bounds])
