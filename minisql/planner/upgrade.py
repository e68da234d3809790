"""CREATE OR REPLACE of a query: which plans may follow which (ksqlDB's ExecutionStep.validateUpgrade)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minisql.analyzer.text import text
from minisql.errors import KsqlError
from minisql.names import quote
from minisql.planner.steps import (
    Filter,
    GroupBy,
    Projection,
    Rekey,
    Sink,
    SourceStep,
    Step,
    StreamAggregate,
    StreamGroupBy,
    StreamGroupByKey,
    StreamSelectKey,
    StreamSource,
    TableSelectKey,
    TableSource,
)

PASSIVE = (Filter, Projection)
"""Steps that may come, go and change; what a projection gives is looked at when the source is replaced."""

_REFUSED = "Query is not upgradeable."


def check_upgrade(old: Step, new: Step) -> None:
    """Compare two plans from their sinks down; filters and projections may differ, all else must be the same.

    Raises:
        KsqlError: they differ, or have steps that ksqlDB cannot compare.
    """
    if isinstance(old, PASSIVE):
        # the sides change places, so that the steps without state are skipped in both plans
        check_upgrade(new, old.below)
        return
    properties = _properties(old)
    if isinstance(old, SourceStep):
        _match(old, _source(old, new), properties)
        return
    _match(old, new, properties)
    check_upgrade(old.sources[0], new.sources[0])


Property = tuple[str, Callable[[Any], Any]]

_COMMON: tuple[Property, ...] = (
    ("class", lambda step: f"class io.confluent.ksql.execution.plan.{type(step).__name__}"),
    ("properties", lambda step: f"ExecutionStepProperties{{queryContext='{step.context}'}}"),
)
_SINK: tuple[Property, ...] = (
    ("formats", lambda step: (step.key_format, step.value_format)),
    ("topicName", lambda step: step.topic),
    ("timestampColumn", lambda step: step.timestamp),
)
_SOURCE: tuple[Property, ...] = (
    ("topicName", lambda step: step.source.topic),
    ("formats", lambda step: (step.source.key_format, step.source.value_format)),
    ("timestampColumn", lambda step: step.source.timestamp),
)
_AGGREGATE: tuple[Property, ...] = (
    ("columns not part of aggregate", lambda step: _listed([*map(quote, step.columns)])),
    ("aggregate functions", lambda step: _listed([f"{call.name}({_shown(call)})" for call in step.functions])),
)
_TABLE: tuple[tuple[type[Step], tuple[Property, ...]], ...] = (
    (Sink, _SINK),
    (StreamSource, _SOURCE),
    (TableSource, _SOURCE),
    (StreamSelectKey, (("keyExpressions", lambda step: _expressions(step)),)),
    (TableSelectKey, (("keyExpressions", lambda step: _expressions(step)),)),
    (StreamGroupBy, (("group by clause", lambda step: _expressions(step)),)),
    (StreamGroupByKey, ()),
    (StreamAggregate, _AGGREGATE),
)


def _properties(step: Step) -> tuple[Property, ...]:
    for kind, properties in _TABLE:
        if isinstance(step, kind) and (type(step) is kind or kind is Sink):
            return _COMMON + properties
    raise KsqlError(f"Upgrades not yet supported for {type(step).__name__}")


def _match(step: Step, other: Step, properties: Sequence[Property]) -> None:
    for name, value in properties:
        ours = value(step)
        theirs = value(other) if name in ("class", "properties") or type(other) is type(step) else None
        if ours != theirs:
            raise KsqlError(
                f"{_REFUSED} Plan step of type {type(step).__name__} must have matching {name}. "
                f"Values differ: {ours} vs. {theirs}"
            )


def _source(step: SourceStep, other: Step) -> Step:
    """The source below ``other``, which may have filters and projections over it."""
    found = other
    while type(found) is not type(step):
        kind = f"class io.confluent.ksql.execution.plan.{type(found).__name__}"
        if not found.sources:
            raise KsqlError(f"{_REFUSED} The root source node of the upgrade tree must be {type(step).__name__}, but was {kind}")
        if len(found.sources) > 1:
            raise KsqlError(f"{_REFUSED} Cannot change a non-join source into a join source.")
        if not isinstance(found, PASSIVE):
            raise KsqlError(f"{_REFUSED} Cannot add a {kind} step that is not in the original query plan.")
        found = found.sources[0]
    return found


def _expressions(step: Rekey | GroupBy) -> str:
    return _listed([text(expression) for expression in step.expressions])


def _shown(call: Any) -> str:
    return ", ".join([*map(text, call.arguments), *map(str, call.initial)])


def _listed(parts: Sequence[str]) -> str:
    return f"[{', '.join(parts)}]"
