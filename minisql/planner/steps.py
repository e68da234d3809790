"""The steps of a plan: frozen data with ksqlDB's names, from sink down to sources.

A step says what is done, not how; ``runtime`` folds a tree of them into code. Columns in expressions are
``exp.Column`` without a table, named as in the schema of the step below. ``context`` is the
path that names the step in logs and in EXPLAIN ("Aggregate/Project"). ``str(step)`` is the tree as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlglot.expressions import Column, Expression

from minisql.formats.info import KeyFormat, ValueFormat
from minisql.metastore import Source, TimestampColumn
from minisql.record import Record
from minisql.schema import Schema


class Select(Record):
    """An output column and its expression."""

    name: str
    expression: Expression


class Call(Record):
    """An aggregate or table function: column arguments (expressions) and literal initial arguments (values)."""

    name: str
    arguments: tuple[Expression, ...]
    initial: tuple[Any, ...] = ()


def _expressions(value: Any) -> Iterator[Expression]:
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, Select):
        yield value.expression
    elif isinstance(value, Call):
        yield from value.arguments
    elif isinstance(value, tuple):
        for item in value:
            yield from _expressions(item)


def columns_of(expressions: Iterable[Expression]) -> frozenset[str]:
    """The names of the columns in some expressions."""
    return frozenset(node.name for expression in expressions for node in expression.find_all(Column))


class Step(Record):
    """One step; ``schema`` is what it gives."""

    schema: Schema
    context: str

    operation = ""
    """The word of EXPLAIN."""

    @property
    def sources(self) -> tuple[Step, ...]:
        """The steps below, left to right."""
        return tuple(value for _, value in self.items() if isinstance(value, Step))

    def expressions_used(self) -> Iterator[Expression]:
        """Every expression of this step alone."""
        for _, value in self.items():
            yield from _expressions(value)

    def columns_read(self) -> frozenset[str]:
        """The columns that this step's expressions name."""
        return columns_of(self.expressions_used())

    def __str__(self) -> str:
        from minisql.planner.render import render  # the printer reads the steps

        return render(self)


class SourceStep(Step):
    """Reads a source's topic; schema is the layout of its rows: ``source.schema.with_pseudo_and_key_columns(windowed)``."""

    operation = "SOURCE"
    source: Source
    alias: str


class StreamSource(SourceStep):
    """Reads a stream."""


class WindowedStreamSource(SourceStep):
    """Reads a stream with a windowed key: rows end in WINDOWSTART, WINDOWEND."""


class TableSource(SourceStep):
    """Reads a table; ``materialized`` when later steps need the old row."""

    materialized: bool = False


class WindowedTableSource(TableSource):
    """Reads a table with a windowed key: rows end in WINDOWSTART, WINDOWEND."""


class Filter(Step):
    """Keeps the rows for which the predicate is true."""

    operation = "FILTER"
    below: Step
    predicate: Expression


class StreamFilter(Filter):
    """Drops the other rows."""


class TableFilter(Filter):
    """Turns the other rows into tombstones."""


class Projection(Step):
    """Computes the value columns anew; key columns take the names of the schema's key."""

    operation = "PROJECT"
    below: Step
    selects: tuple[Select, ...]


class StreamSelect(Projection):
    """A projection of a stream."""


class TableSelect(Projection):
    """A projection of a table."""


class Rekey(Step):
    """Gives rows a new key: schema's key columns are the expressions, in order; none for PARTITION BY NULL."""

    operation = "REKEY"
    below: Step
    expressions: tuple[Expression, ...]


class StreamSelectKey(Rekey):
    """PARTITION BY, or the repartition before a join.

    The value keeps all its columns; a key that is not a column of the row below is appended to the value as well.
    """


class TableSelectKey(Rekey):
    """A table whose key is only written in another format; the rows stay as they are."""


class StreamFlatMap(Step):
    """Table functions: one row in, as many rows out as the longest result has; results are KSQL_SYNTH_n."""

    operation = "FLAT_MAP"
    below: Step
    functions: tuple[Call, ...]


class GroupBy(Step):
    """Groups by expressions; the schema's key columns are the group key."""

    operation = "GROUP_BY"
    below: Step
    expressions: tuple[Expression, ...]


class StreamGroupBy(GroupBy):
    """Groups a stream; repartitions."""


class StreamGroupByKey(GroupBy):
    """Groups a stream by its own key; no repartition."""


class TableGroupBy(GroupBy):
    """Groups a table."""


class Aggregation(Step):
    """Aggregates groups: schema = key, the columns kept as they are, then KSQL_AGG_VARIABLE_n."""

    operation = "AGGREGATE"
    below: Step
    columns: tuple[str, ...]
    functions: tuple[Call, ...]


class StreamAggregate(Aggregation):
    """Aggregates a grouped stream."""


class TableAggregate(Aggregation):
    """Aggregates a grouped table: undoes the old row, applies the new one."""


DAY = 86_400_000


class Window(Record):
    """The window of an aggregation; times in milliseconds.

    Attributes:
        kind: "TUMBLING", "HOPPING" or "SESSION".
        size: the length; of SESSION the gap.
        advance: of HOPPING, else None.
        retention: None when not given.
        grace: None when not given (0 is filled in for EMIT FINAL).
        final: EMIT FINAL.
    """

    kind: str
    size: int
    advance: int | None = None
    retention: int | None = None
    grace: int | None = None
    final: bool = False

    @property
    def grace_period(self) -> int:
        """How long it stays open after its end: by default a day less its size, as Kafka Streams once had it."""
        return max(DAY - self.size, 0) if self.grace is None else self.grace

    @property
    def retention_period(self) -> int:
        """How long Kafka Streams keeps it: from its start, a session from its end."""
        return self.size + self.grace_period if self.retention is None else self.retention


class StreamWindowedAggregate(Aggregation):
    """Aggregates a grouped stream per window; WINDOWSTART and WINDOWEND follow the aggregates.

    With ``window.final`` rows come only when their window is closed. ``key_format`` says how keys order (closing windows).
    """

    window: Window
    key_format: KeyFormat


class Join(Step):
    """Joins two sides on their key; kind is "INNER", "LEFT", "RIGHT" or "FULL".

    The value is the left value, the right value, and the key column once more when neither side has a column of its name.
    """

    operation = "JOIN"
    left: Step
    right: Step
    kind: str


class StreamStreamJoin(Join):
    """WITHIN (before, after) in milliseconds; ``grace`` None keeps the old semantics (24 h, unmatched rows at once).

    ``key_format`` says on which partition a key's rows meet.
    """

    before: int
    after: int
    grace: int | None
    key_format: KeyFormat


class StreamTableJoin(Join):
    """Looks the table up for each row of the stream (left); INNER or LEFT."""


class TableTableJoin(Join):
    """Joins two tables on their primary keys."""


class ForeignKeyTableTableJoin(Join):
    """Joins ``expression`` of a left row with the right table's key; INNER or LEFT; the key is the left key."""

    expression: Expression


class Sink(Step):
    """Writes a topic."""

    operation = "SINK"
    below: Step
    topic: str
    key_format: KeyFormat
    value_format: ValueFormat
    timestamp: TimestampColumn | None


class StreamSink(Sink):
    """Writes a stream."""


class TableSink(Sink):
    """Writes a table."""


def first_source(step: Step) -> SourceStep:
    """The source of FROM: of all sources that are joined the topics have as many partitions."""
    while not isinstance(step, SourceStep):
        step = step.sources[0]
    return step
