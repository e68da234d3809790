"""ASSERT VALUES, ASSERT NULL VALUES, ASSERT STREAM and ASSERT TABLE of SQL tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlglot.expressions import Expr

from minisql.analyzer.with_properties import SourceProperties
from minisql.broker import Entry
from minisql.broker.transcode import transcode
from minisql.dialect import nodes
from minisql.engine import Engine
from minisql.errors import KsqlError
from minisql.metastore import Source
from minisql.names import ROWTIME
from minisql.runtime.codecs import source_codec
from minisql.statements.insert_values import given_columns, values_entry
from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.post import declared_schema

DEFAULT_KEY_FORMAT = "KAFKA"


class Asserts:
    """Checks assert statements against an engine; each ASSERT VALUES takes the next record of its topic."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._positions: dict[str, int] = {}

    def check(self, node: Expr) -> bool:
        """Check the statement; False when it is none of the four.

        Raises:
            CaseFailed: a record is missing or is not as expected.
            KsqlError: a source is not as expected, or is not there.
        """
        if isinstance(node, nodes.AssertSource):
            _check_source(node, self._source(node))
        elif isinstance(node, nodes.AssertTombstone):
            self._check_record(node, tombstone=True)
        elif isinstance(node, nodes.AssertValues):
            self._check_record(node, tombstone=False)
        else:
            return False
        return True

    def _source(self, node: Expr) -> Source:
        name = node.this.name
        source = self._engine.metastore.source(name)
        if source is None:
            raise KsqlError(f"{name} does not exist.")
        return source

    def _check_record(self, node: Expr, tombstone: bool) -> None:
        source = self._source(node)
        names = [item.name for item in node.args.get("columns") or ()]
        expected = values_entry(self._engine, source, names, node.args["values"])
        actual = self._next(source, expected)
        if tombstone:
            same = _same_tombstone(expected, actual)
        else:
            same = _same_record(source, given_columns(source, names), expected, actual)
        if not same:
            raise CaseFailed(f"Expected record does not match actual.\n{_shown(expected)}\n{_shown(actual)}")

    def _next(self, source: Source, expected: Entry) -> Entry:
        topic = self._engine.broker.topics[source.topic]
        position = self._positions.get(topic.name, 0)
        if position == topic.end:
            raise CaseFailed(f"Expected another record, but all records have already been read:\n{_shown(expected)}")
        self._positions[topic.name] = position + 1
        codec, entries, _ = next(topic.read(position, position + 1))
        [(key, row, timestamp, headers)] = transcode(entries, codec, source_codec(source), _unreadable)
        return key[0] if source.windowed and key is not None else key, row, timestamp, headers


def _unreadable(_position: int, side: str, _data: bytes | None, error: Exception) -> None:
    raise CaseFailed(f"The {side} cannot be read: {error}") from error


def _same_tombstone(expected: Entry, actual: Entry) -> bool:
    if any(value is not None for value in expected[1]):
        raise CaseFailed("Unexpected value columns specified in ASSERT NULL VALUES.")
    return actual[1] is None and actual[0] == expected[0]


def _same_record(source: Source, names: Sequence[str], expected: Entry, actual: Entry) -> bool:
    if actual[1] is None:
        return False
    want, have = _columns(source, expected), _columns(source, actual)
    return all(want[name] == have[name] for name in names)


def _columns(source: Source, entry: Entry) -> dict[str, Any]:
    key, row, timestamp, _ = entry
    keys = [column.name for column in source.schema.key]
    parts = [key] if len(keys) == 1 else (key or [None] * len(keys))
    values = dict(zip(keys, parts, strict=False))
    values.update(zip((column.name for column in source.schema.value), row, strict=True))
    values[ROWTIME] = timestamp
    return values


def _shown(entry: Entry) -> str:
    key, row, timestamp, _ = entry
    return f"key={key!r} value={'<TOMBSTONE>' if row is None else repr(row)} ROWTIME={timestamp}"


def _check_source(node: Expr, source: Source) -> None:
    declared = SourceProperties.of(node.args.get("properties"), derived=False)
    for what, expected, actual in _source_facts(node, declared, source):
        if expected != actual:
            raise KsqlError(
                f"Expected {what} does not match actual for source {source.name}.\n\tExpected: {expected}\n\tActual: {actual}"
            )


def _source_facts(node: Expr, declared: SourceProperties, source: Source) -> list[tuple[str, Any, Any]]:
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
