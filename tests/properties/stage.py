"""What the properties share: an engine with some statements, and what lies on its topics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import minisql
from minisql.broker import Record

EARLIEST = {"auto.offset.reset": "earliest"}


def engine(script: str) -> minisql.Connection:
    """A fresh engine on which the script has run."""
    connection = minisql.connect(clock=minisql.ManualClock(0), properties=EARLIEST)
    connection.execute(script)
    return connection


def source(kind: str, name: str, columns: str) -> str:
    """A CREATE statement for a JSON topic of the source's own name."""
    return f"CREATE {kind} {name} ({columns}) WITH (kafka_topic='{name}', format='JSON', partitions=1);"


def rows(connection: minisql.Connection, topic: str, start: int = 0) -> list[tuple[Any, ...]]:
    """(key, values or None, timestamp) of each record; a windowed key is (key, start, end)."""
    return [(_key(record), _values(record), record.timestamp) for record in connection.topic(topic).records(start)]


def table(connection: minisql.Connection, topic: str) -> dict[Any, tuple[Any, ...]]:
    """What a topic amounts to as a table: the last values of each key, without those that were deleted."""
    return current((key, values) for key, values, _ in rows(connection, topic))


def current(changes: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    """The last value of each key; None deletes."""
    result: dict[Any, Any] = {}
    for key, value in changes:
        if value is None:
            result.pop(key, None)
        else:
            result[key] = value
    return result


def _key(record: Record) -> Any:
    return record.key if record.window is None else (record.key, *record.window)


def _values(record: Record) -> tuple[Any, ...] | None:
    return None if record.value is None else tuple(record.value.values())
