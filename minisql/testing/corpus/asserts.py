"""The ASSERT statements of SQL tests: VALUES, NULL VALUES, STREAM and TABLE; of minisql's own NO VALUES, ROWS and NO ROWS."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from sqlglot.expressions import Expr

from minisql.analyzer.with_properties import SourceProperties
from minisql.broker import Entry
from minisql.broker.transcode import transcode
from minisql.dialect import nodes
from minisql.engine import Engine
from minisql.errors import KsqlError
from minisql.metastore import Source
from minisql.names import ROWTIME, WINDOW_BOUNDS, quote
from minisql.query_result import QueryResult
from minisql.runtime.codecs import normalized, source_codec
from minisql.runtime.flow import hashable
from minisql.runtime.query import PushQuery
from minisql.statements.insert_values import column_types, column_value, given_columns, values_entry
from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.listing import listing
from minisql.testing.corpus.post import declared_schema
from minisql.types import BIGINT, SqlType

DEFAULT_KEY_FORMAT = "KAFKA"

Row = Mapping[str, Any]
Fact = tuple[str, Any, Any]


class Observed(Protocol):
    """What ASSERT statements look at.

    Attributes:
        engine: evaluates the expressions of VALUES.
    """

    engine: Engine

    def source(self, name: str) -> Source | None:
        """The source of this name."""

    def entries(self, source: Source, wanted: int | None) -> Sequence[Entry]:
        """What lies on the source's topic: as soon as so many are there; None waits until no more may be expected."""

    def selected(self) -> tuple[Mapping[str, SqlType], list[tuple[Any, ...]]]:
        """The columns and rows of the last SELECT."""

    def facts(self, source: Source, facts: list[Fact]) -> list[Fact]:
        """Those that are known of the source, of (what, expected, actual)."""


class InProcess:
    """The sources of an engine in the process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._last: QueryResult | None = None

    def select(self, result: QueryResult) -> None:
        """A SELECT has been run; the one before it ends."""
        if self._last is not None:
            self._last.close()
        self._last = result

    def source(self, name: str) -> Source | None:
        """The source of this name."""
        return self.engine.metastore.source(name)

    def entries(self, source: Source, wanted: int | None) -> Sequence[Entry]:
        """All that lies on the topic."""
        found: list[Entry] = []
        for codec, entries, _ in self.engine.broker.topics[source.topic].read(0):
            found += transcode(entries, codec, source_codec(source), _unreadable)
        return found

    def selected(self) -> tuple[Mapping[str, SqlType], list[tuple[Any, ...]]]:
        """The columns and rows of the last SELECT; of a push query all that it has emitted."""
        if self._last is None:
            raise CaseFailed("There was no SELECT.")
        columns = {column.name: column.type for column in self._last.columns}
        push = self._last.push
        if not isinstance(push, PushQuery):
            return columns, list(self._last.rows)
        push.advance()
        if push.error is not None:
            raise push.error
        return columns, [push.tombstone(key) if row is None else row for key, row, _, _ in push.take()]

    def facts(self, source: Source, facts: list[Fact]) -> list[Fact]:
        """All of them."""
        return facts


def _unreadable(_position: int, side: str, _data: bytes | None, error: Exception) -> None:
    raise CaseFailed(f"The {side} cannot be read: {error}") from error


class Seen(NamedTuple):
    """What an assert statement was compared with: records, or rows of these columns."""

    source: Source | None
    entries: Sequence[Entry] = ()
    names: Sequence[str] = ()
    types: Mapping[str, SqlType] = {}
    rows: Sequence[tuple[Any, ...]] = ()


class Asserts:
    """Checks assert statements; each ASSERT VALUES takes the next record of its topic.

    Attributes:
        seen: what the last statement was compared with; None where it did not come to that.
    """

    def __init__(self, observed: Observed) -> None:
        self._observed = observed
        self._positions: dict[str, int] = {}
        self.seen: Seen | None = None

    def check(self, node: Expr) -> bool:
        """Check the statement; False when it is none of those of SQL tests.

        Raises:
            CaseFailed: a record is missing or is not as expected.
            KsqlError: a source is not as expected, or is not there.
        """
        self.seen = None
        check = _CHECKS.get(type(node))
        if check is None:
            return False
        check(self, node)
        return True

    def _source(self, node: Expr) -> Source:
        name = node.this.name
        source = self._observed.source(name)
        if source is None:
            raise KsqlError(f"{name} does not exist.")
        return source

    # -- the next record ------------------------------------------------------------------------------

    def values(self, node: Expr) -> None:
        """ASSERT VALUES."""
        source = self._source(node)
        names = [item.name for item in node.args.get("columns") or ()]
        bounds, expected = self._expected(source, names, node.args["values"])
        compared = given_columns(source, [name for name in names if name not in bounds]) + list(bounds)
        wanted = {**columns_of(source, expected), **bounds}
        actual = self._next(source, wanted)
        if actual[1] is None or any(wanted[name] != value for name, value in _picked(source, actual, compared)):
            shown = {name: wanted[name] for name in compared}
            raise CaseFailed(f"Expected record does not match actual.\n{_shown(source, shown, [actual])}")

    def tombstone(self, node: Expr) -> None:
        """ASSERT NULL VALUES."""
        source = self._source(node)
        names = [item.name for item in node.args.get("columns") or ()]
        bounds, expected = self._expected(source, names, node.args["values"])
        if any(value is not None for value in expected[1] or ()):
            raise CaseFailed("Unexpected value columns specified in ASSERT NULL VALUES.")
        keys = {column.name: columns_of(source, expected)[column.name] for column in source.schema.key}
        wanted = {**keys, **bounds}
        actual = self._next(source, wanted, tombstone=True)
        if actual[1] is not None or any(wanted[name] != value for name, value in _picked(source, actual, wanted)):
            raise CaseFailed(f"Expected record does not match actual.\n{_shown(source, wanted, [actual], tombstone=True)}")

    def none(self, node: Expr) -> None:
        """ASSERT NO VALUES."""
        source = self._source(node)
        position = self._positions.get(source.topic, 0)
        left = self._observed.entries(source, None)[position:]
        self.seen = Seen(source, left)
        if left:
            raise CaseFailed(f"Expected no further record, but there are {len(left)}:\n{_shown(source, None, left)}")

    def _expected(self, source: Source, names: list[str], values: list[Any]) -> tuple[dict[str, Any], Entry]:
        """The window bounds that are named (an extension: to ksqlDB they are no columns), and the entry."""
        if not source.windowed or not set(WINDOW_BOUNDS).intersection(names):
            return {}, values_entry(self._observed.engine, source, names, values)
        pairs = list(zip(names, values, strict=True))
        engine = self._observed.engine
        bounds = {name: column_value(engine, name, BIGINT, value) for name, value in pairs if name in WINDOW_BOUNDS}
        others = [(name, value) for name, value in pairs if name not in bounds]
        return bounds, values_entry(engine, source, [name for name, _ in others], [value for _, value in others])

    def _next(self, source: Source, wanted: Row, tombstone: bool = False) -> Entry:
        position = self._positions.get(source.topic, 0)
        entries = self._observed.entries(source, position + 1)
        self.seen = Seen(source, entries[position : position + 1])
        if position >= len(entries):
            shown = _shown(source, wanted, entries, tombstone)
            raise CaseFailed(f"Expected another record, but all records have already been read:\n{shown}")
        self._positions[source.topic] = position + 1
        return entries[position]

    # -- all rows -------------------------------------------------------------------------------------

    def rows(self, node: Expr) -> None:
        """ASSERT ROWS."""
        names, expected, actual = self._all_rows(node)
        missing, unexpected = _difference(expected, actual)
        if missing or unexpected:
            lines = [("EXPECTED", row) for row in missing] + [("ACTUAL", row) for row in unexpected]
            raise CaseFailed(f"Expected rows do not match actual: {_counted(missing, unexpected)}.\n{listing(names, lines)}")

    def no_rows(self, node: Expr) -> None:
        """ASSERT NO ROWS."""
        types, rows = self._actual(node)
        names = list(types)
        self.seen = Seen(None if node.this is None else self._source(node), (), names, types, rows)
        if rows:
            lines = [("ACTUAL", row) for row in rows]
            raise CaseFailed(f"Expected no rows, but there are {len(rows)}:\n{listing(names, lines)}")

    def _all_rows(self, node: Expr) -> tuple[list[str], list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        types, rows = self._actual(node)
        source = None if node.this is None else self._source(node)
        usual = list(types) if source is None else given_columns(source, [])
        names = [item.name for item in node.args.get("columns") or ()] or usual
        unknown = [name for name in names if name not in types]
        if unknown:
            raise CaseFailed(f"Column name {quote(unknown[0])} does not exist. There are: {', '.join(types)}")
        expected = [self._expected_row(source, names, types, item.expressions) for item in node.args["rows"]]
        places = [list(types).index(name) for name in names]
        actual = [tuple(row[place] for place in places) for row in rows]
        self.seen = Seen(source, (), names, types, actual)
        return names, expected, actual

    def _expected_row(self, source: Source | None, names: list[str], types: Mapping[str, SqlType], values: list[Any]) -> Any:
        if len(names) != len(values):
            raise CaseFailed(f"Expected a value for each column. Expected Columns: {', '.join(names)}. Got {len(values)} values")
        engine = self._observed.engine
        given = {name: column_value(engine, name, types[name], value) for name, value in zip(names, values, strict=True)}
        if source is not None:  # what a format cannot hold cannot be expected of it
            value_row = tuple(given.get(column.name) for column in source.schema.value)
            kept = normalized(source, (None, value_row, 0, ()))[1]
            held = dict(zip((column.name for column in source.schema.value), kept, strict=True))
            given |= {name: held[name] for name in names if name in held}
        return tuple(given[name] for name in names)

    def _actual(self, node: Expr) -> tuple[Mapping[str, SqlType], list[tuple[Any, ...]]]:
        """Columns with their types, and rows: those that a table has now, all of a stream, or those of the last SELECT."""
        if node.this is None:
            return self._observed.selected()
        source = self._source(node)
        types = {**column_types(source), **(dict.fromkeys(WINDOW_BOUNDS, BIGINT) if source.windowed else {})}
        entries = self._observed.entries(source, None)
        present = _present(entries) if source.is_table else [entry for entry in entries if entry[1] is not None]
        rows = [columns_of(source, entry) for entry in present]
        return types, [tuple(row[name] for name in types) for row in rows]

    # -- sources --------------------------------------------------------------------------------------

    def declared(self, node: Expr) -> None:
        """ASSERT STREAM and ASSERT TABLE."""
        source = self._source(node)
        declared = SourceProperties.of(node.args.get("properties"), derived=False)
        for what, expected, actual in self._observed.facts(source, _source_facts(node, declared, source)):
            if expected != actual:
                raise KsqlError(
                    f"Expected {what} does not match actual for source {source.name}.\n\tExpected: {expected}\n\tActual: {actual}"
                )


_CHECKS: dict[type[Any], Callable[[Asserts, Expr], None]] = {
    nodes.AssertValues: Asserts.values,
    nodes.AssertTombstone: Asserts.tombstone,
    nodes.AssertNoValues: Asserts.none,
    nodes.AssertRows: Asserts.rows,
    nodes.AssertNoRows: Asserts.no_rows,
    nodes.AssertStream: Asserts.declared,
    nodes.AssertTable: Asserts.declared,
}


def columns_of(source: Source, entry: Entry) -> dict[str, Any]:
    """All that can be asked of a record by name; the value columns of a tombstone are None."""
    key, row, timestamp, _ = entry
    values: dict[str, Any] = {}
    if source.windowed and isinstance(key, tuple):
        key, *bounds = key
        values.update(zip(WINDOW_BOUNDS, bounds, strict=False))
    keys = [column.name for column in source.schema.key]
    parts = [key] if len(keys) == 1 else (key or [None] * len(keys))
    values.update(zip(keys, parts, strict=False))
    columns = [column.name for column in source.schema.value]
    values.update(zip(columns, [None] * len(columns) if row is None else row, strict=True))
    values[ROWTIME] = timestamp
    return values


def _picked(source: Source, entry: Entry, names: Sequence[str] | Row) -> list[tuple[str, Any]]:
    values = columns_of(source, entry)
    return [(name, values[name]) for name in names]


def _shown(source: Source, wanted: Row | None, entries: Sequence[Entry], tombstone: bool = False) -> str:
    """The record that is expected, if any, above those that there are."""
    columns = [*column_types(source), *(WINDOW_BOUNDS if source.windowed else ())]
    valued = {column.name for column in source.schema.value}
    lines = [] if wanted is None else [("EXPECTED", [_cell(name, wanted, tombstone and name in valued) for name in columns])]
    for entry in entries:
        actual = columns_of(source, entry)
        lines.append(("ACTUAL", [_cell(name, actual, entry[1] is None and name in valued) for name in columns]))
    return listing(columns, lines)


def _cell(name: str, row: Row, deleted: bool) -> Any:
    return "<TOMBSTONE>" if deleted else row.get(name, "")


def _present(entries: Sequence[Entry]) -> list[Entry]:
    """The rows of a table whose changes these are."""
    rows: dict[Any, Entry] = {}
    for entry in entries:
        key = hashable(entry[0])
        rows.pop(key, None)
        if entry[1] is not None:
            rows[key] = entry
    return list(rows.values())


def _difference(expected: list[Any], actual: list[Any]) -> tuple[list[Any], list[Any]]:
    """The rows that are missing, and those that nobody expects; rows may be equal to one another, and cannot all be hashed."""
    missing, left = [], list(actual)
    for row in expected:
        if row in left:
            left.remove(row)
        else:
            missing.append(row)
    return missing, left


def _counted(missing: list[Any], unexpected: list[Any]) -> str:
    parts = [(len(missing), "missing"), (len(unexpected), "unexpected")]
    return ", ".join(f"{count} {what}" for count, what in parts if count)


def _source_facts(node: Expr, declared: SourceProperties, source: Source) -> list[Fact]:
    """(what, expected, actual), in the order in which ksqlDB compares them."""
    key, value, timestamp = source.key_format, source.value_format, source.timestamp
    key_format = declared.key_format or DEFAULT_KEY_FORMAT
    return [
        ("schema", str(declared_schema(node.args.get("elements") or ())), str(source.schema)),
        ("type", "KTABLE" if isinstance(node, nodes.AssertTable) else "KSTREAM", f"K{source.kind}"),
        ("kafka topic", declared.kafka_topic, source.topic),
        ("key format", key_format, key.info.format),
        ("key format properties", dict(declared.key_format_properties(source.name, key_format)), dict(key.info.properties)),
        ("value format", declared.value_format, value.info.format),
        (
            "value format properties",
            dict(declared.value_format_properties(declared.value_format)),
            dict(value.info.properties),
        ),
        ("value serde features", sorted(declared.value_features), sorted(value.features)),
        ("timestamp column", declared.timestamp_column, timestamp and timestamp.name),
        ("timestamp format", declared.timestamp_format, timestamp and timestamp.format),
    ]
