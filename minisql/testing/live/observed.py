"""What ASSERT statements see of a server: sources by DESCRIBE, records by a push query on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minisql.broker import Entry
from minisql.engine import Engine
from minisql.metastore import Source
from minisql.names import ROWTIME, WINDOW_BOUNDS
from minisql.query_result import QueryResult
from minisql.testing.corpus.asserts import Fact
from minisql.testing.corpus.case import CaseFailed
from minisql.testing.live.engine import LiveEngine
from minisql.types import BIGINT, SqlType

UNTOLD = frozenset(("key format properties", "value format properties", "value serde features", "timestamp format"))
"""What DESCRIBE does not tell of a source."""


class OnServer:
    """The sources of a test on a server.

    Args:
        live: the server.
    """

    def __init__(self, live: LiveEngine) -> None:
        self.engine = Engine()
        self._live = live
        self._readers: dict[str, _Reader] = {}
        self._last: QueryResult | None = None

    def source(self, name: str) -> Source | None:
        """The source of this name."""
        return self._live.source(name)

    def entries(self, source: Source, wanted: int | None) -> Sequence[Entry]:
        """What lies on the source's topic: as soon as so many are there; None waits until no more may be expected."""
        if source.name not in self._readers:
            self._readers[source.name] = _Reader(self._live, source)
        return self._readers[source.name].entries(wanted)

    def select(self, result: QueryResult) -> None:
        """A SELECT has been run; the one before it ends."""
        if self._last is not None:
            self._last.close()
        self._last = result

    def selected(self) -> tuple[Mapping[str, SqlType], list[tuple[Any, ...]]]:
        """The columns and rows of the last SELECT."""
        if self._last is None:
            raise CaseFailed("There was no SELECT.")
        columns = {column.name: column.type for column in self._last.columns}
        push = self._last.push
        if push is None:
            return columns, list(self._last.rows)
        return columns, [row for _, row, _, _ in push.take()]

    def facts(self, source: Source, facts: list[Fact]) -> list[Fact]:
        """Those that DESCRIBE tells."""
        return [fact for fact in facts if fact[0] not in UNTOLD]


class _Reader:
    """Reads all records of a source."""

    def __init__(self, live: LiveEngine, source: Source) -> None:
        self._source = source
        self._bounds = len(WINDOW_BOUNDS) if source.windowed else 0
        columns = {column.name: column.type for column in source.schema.key}
        columns |= dict.fromkeys(WINDOW_BOUNDS if source.windowed else (), BIGINT)
        columns |= {column.name: column.type for column in source.schema.value} | {ROWTIME: BIGINT}
        self._feed = live.watch(source, columns)
        self._found: list[Entry] = []

    def entries(self, wanted: int | None) -> list[Entry]:
        """All so far, once so many are there, or no more come."""
        missing = None if wanted is None else wanted - len(self._found)
        if missing is None or missing > 0:
            self._found += [self._entry(deleted, row) for deleted, row, _, _ in self._feed.take(missing)]
        if self._feed.error is not None:
            raise self._feed.error
        return self._found

    def _entry(self, deleted: bool, row: tuple[Any, ...]) -> Entry:
        width = len(self._source.schema.key)
        parts, bounds = row[:width], row[width : width + self._bounds]
        key: Any = parts if width > 1 else (parts[0] if parts else None)
        values = None if deleted else row[width + self._bounds : -1]
        return (key, *bounds) if bounds else key, values, row[-1], ()
