"""The steps of a plan: frozen data with ksqlDB's names, from sink down to sources.

A step says what is done, not how; ``runtime`` folds a tree of them into code. Columns in expressions are
``exp.Column`` without a table, named as in the schema of the step below. ``context`` is the
path that names the step in logs and in EXPLAIN ("Aggregate/Project").
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlglot.expressions import Expression

from minisql.formats.info import KeyFormat, ValueFormat
from minisql.metastore import Source, TimestampColumn
from minisql.schema import Schema


@dataclass(frozen=True)
class Select:
    """An output column and its expression."""

    name: str
    expression: Expression


@dataclass(frozen=True)
class Call:
    """An aggregate or table function: column arguments (expressions) and literal initial arguments (values)."""

    name: str
    arguments: tuple[Expression, ...]
    initial: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step; ``schema`` is what it gives."""

    schema: Schema
    context: str

    operation = ""
    """The word of EXPLAIN."""

    @property
    def sources(self) -> tuple[Step, ...]:
        """The steps below, left to right."""
        values = (getattr(self, item.name) for item in fields(self))
        return tuple(value for value in values if isinstance(value, Step))


@dataclass(frozen=True)
class SourceStep(Step):
    """Reads a source's topic; schema is the source's own (layout: with_pseudo_and_key_columns)."""

    operation = "SOURCE"
    source: Source
    alias: str


@dataclass(frozen=True)
class StreamSource(SourceStep):
    """Reads a stream."""


@dataclass(frozen=True)
class TableSource(SourceStep):
    """Reads a table; ``materialized`` when later steps need the old row."""

    materialized: bool = False


@dataclass(frozen=True)
class Filter(Step):
    """Keeps the rows for which the predicate is true."""

    operation = "FILTER"
    below: Step
    predicate: Expression


@dataclass(frozen=True)
class StreamFilter(Filter):
    """Drops the other rows."""


@dataclass(frozen=True)
class TableFilter(Filter):
    """Turns the other rows into tombstones."""


@dataclass(frozen=True)
class Projection(Step):
    """Computes the value columns anew; key columns take the names of the schema's key."""

    operation = "PROJECT"
    below: Step
    selects: tuple[Select, ...]


@dataclass(frozen=True)
class StreamSelect(Projection):
    """A projection of a stream."""


@dataclass(frozen=True)
class TableSelect(Projection):
    """A projection of a table."""


@dataclass(frozen=True)
class StreamSelectKey(Step):
    """PARTITION BY: gives the stream a new key."""

    operation = "REKEY"
    below: Step
    expressions: tuple[Expression, ...]


@dataclass(frozen=True)
class StreamFlatMap(Step):
    """Table functions: one row in, as many rows out as the longest result has."""

    operation = "FLAT_MAP"
    below: Step
    functions: tuple[Call, ...]


@dataclass(frozen=True)
class GroupBy(Step):
    """Groups by expressions; the schema's key columns are the group key."""

    operation = "GROUP_BY"
    below: Step
    expressions: tuple[Expression, ...]


@dataclass(frozen=True)
class StreamGroupBy(GroupBy):
    """Groups a stream; repartitions."""


@dataclass(frozen=True)
class StreamGroupByKey(GroupBy):
    """Groups a stream by its own key; no repartition."""


@dataclass(frozen=True)
class TableGroupBy(GroupBy):
    """Groups a table."""


@dataclass(frozen=True)
class Aggregation(Step):
    """Aggregates groups: schema = key, the columns kept as they are, then KSQL_AGG_VARIABLE_n."""

    operation = "AGGREGATE"
    below: Step
    columns: tuple[str, ...]
    functions: tuple[Call, ...]


@dataclass(frozen=True)
class StreamAggregate(Aggregation):
    """Aggregates a grouped stream."""


@dataclass(frozen=True)
class TableAggregate(Aggregation):
    """Aggregates a grouped table: undoes the old row, applies the new one."""


@dataclass(frozen=True)
class Sink(Step):
    """Writes a topic."""

    operation = "SINK"
    below: Step
    topic: str
    key_format: KeyFormat
    value_format: ValueFormat
    timestamp: TimestampColumn | None


@dataclass(frozen=True)
class StreamSink(Sink):
    """Writes a stream."""


@dataclass(frozen=True)
class TableSink(Sink):
    """Writes a table."""
