"""What a pull query may not have (ksqlDB's PullQueryValidator)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlglot.expressions import Expression

from minisql.analyzer.analysis import Analysis, SingleColumn
from minisql.analyzer.sources import refuse_shadowed_pseudo_columns
from minisql.analyzer.trees import column_name, columns_in
from minisql.errors import KsqlError
from minisql.names import ROWOFFSET, ROWPARTITION, quote

LIMIT_ENABLED = "ksql.query.pull.limit.clause.enabled"

HELP = " See https://cnfl.io/queries for more info.\nAdd EMIT CHANGES if you intended to issue a push query."
"""What ksqlDB adds to the refusal of a pull query."""


def validate_pull(analysis: Analysis, config: Mapping[str, Any]) -> None:
    """Raises: KsqlError: the first rule that the query breaks."""
    for fault in _faults(analysis, config):
        raise KsqlError(fault + HELP)
    refuse_shadowed_pseudo_columns(analysis.sources)


def _faults(analysis: Analysis, config: Mapping[str, Any]) -> Iterator[str]:
    clauses = (
        ("JOIN", analysis.joins),
        ("WINDOW", analysis.window),
        ("GROUP BY", analysis.group),
        ("PARTITION BY", analysis.partition),
        ("HAVING", analysis.having),
    )
    for name, found in clauses:
        if found:
            yield f"Pull queries don't support {name} clauses."
    yield from _limit_faults(analysis, config)
    selects = [item.expression for item in analysis.selects if isinstance(item, SingleColumn)]
    yield from _column_faults("SELECT", selects)
    yield from _column_faults("WHERE", [analysis.where] if analysis.where is not None else [])


def _limit_faults(analysis: Analysis, config: Mapping[str, Any]) -> Iterator[str]:
    if analysis.limit is None:
        return
    if str(config.get(LIMIT_ENABLED, "true")).lower() == "false":
        yield (
            "LIMIT clause in pull queries is currently disabled. "
            "You can enable them by setting ksql.query.pull.limit.clause.enabled=true."
        )
    if analysis.limit < 0:
        yield "Pull queries don't support negative integers in the LIMIT clause."


def _column_faults(clause: str, expressions: Iterable[Expression]) -> Iterator[str]:
    names = [column_name(node) for expression in expressions for node in columns_in(expression)]
    refused = [quote(name) for name in names if name in (ROWPARTITION, ROWOFFSET)]
    if refused:
        yield f"Pull queries don't support the following columns in {clause} clauses: {', '.join(refused)}\n"
