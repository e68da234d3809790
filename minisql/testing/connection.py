"""Connections for tests: what minisql.connect gives, and assertions on what lies on topics, in tables and in results."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from minisql.clock import Clock
from minisql.connection import Connection, refuse_for_server
from minisql.cursor import Cursor
from minisql.engine import Engine
from minisql.testing.assertions.journal import Journal
from minisql.testing.update import updated

if TYPE_CHECKING:
    from minisql.testing.assertions.observed import Observed


class KsqlConnection(Connection):
    """A connection with assertions."""

    patience = 0.0
    """Seconds that a push query has to give the rows that are expected: in the process they are there."""

    def __init__(self, engine: Engine, properties: Mapping[str, str] | None = None) -> None:
        super().__init__(engine, properties)
        Journal.of(engine)

    def assert_topic(
        self, name: str, rows: Any, *, start: int = 0, ordered: bool = True, columns: Sequence[str] | None = None
    ) -> None:
        """Assert that these are the records of a topic, all of them.

        Args:
            name: a topic, or a source: then its topic.
            rows: a text table (see ``minisql.testing.assertions.table``), or a list of

                - dicts by column name; columns that are not named are not compared,
                - tuples: the key columns, the window's start and end where there is one (or neither), the value columns,
                - dicts or records with ``key``, ``value``, ``timestamp``, ..., as ``topic(name).records()`` gives them.

                The columns are ROWTIME, the key, WINDOWSTART and WINDOWEND, the value, and ROWPARTITION, ROWOFFSET and
                HEADERS. TOMBSTONE for a value column says that the record's value is null.
                ``minisql.testing.assertions.equality`` says when a value is the one expected.
            start: the number of the first record that is looked at.
            ordered: False: the records may come in any order.
            columns: the columns of tuples; of dicts those that are compared.

        Raises:
            AssertionFailed: other records are there.
            InterfaceError: there is no such topic, or ``rows`` cannot be read.
        """
        __tracebackhide__ = True
        from minisql.testing.assertions.topic import check_topic

        self._check_open()
        with updated("assert_topic", rows, sys._getframe(1)), self._observed(name) as observed:
            check_topic(observed, rows, start, ordered, columns)

    def assert_rows(
        self, cursor: Cursor, rows: Any, *, ordered: bool | None = None, columns: Sequence[str] | None = None
    ) -> None:
        """Assert that these are the rows that a cursor has and nobody has fetched yet: all of them. They are fetched.

        Args:
            cursor: of a pull query or any other statement, or of a push query: then what it has emitted.
            rows: as for ``assert_topic``; the columns are those of the query.
            ordered: whether the order counts. By default that of a push query, of a pull query on a stream and of a
                statement's answer does; rows of a table have none that a server would promise.
            columns: the columns of tuples; of dicts those that are compared.

        Raises:
            AssertionFailed: there are other rows.
            QueryError: there is no row, and the query died.
            InterfaceError: ``rows`` cannot be read.
        """
        __tracebackhide__ = True
        from minisql.testing.assertions.rows import check_rows

        self._check_open()
        with updated("assert_rows", rows, sys._getframe(1)):
            check_rows(self._own_engine(), cursor, rows, ordered, columns, self.patience)

    def assert_table(self, name: str, rows: Any) -> None:
        """Assert that these are the rows of a table now: the last record of each key, without tombstones.

        Args:
            name: a topic, or a source: then its topic.
            rows: key -> row. A key of several columns is a tuple, a windowed key ``(key, start)`` or
                ``(key, start, end)``. A row is a dict by column name (columns that are not named are not compared), a tuple
                of the value columns, or the value itself where there is one. TOMBSTONE: there is no such row. Or
                rows as for ``assert_topic``, in any order.

        Raises:
            AssertionFailed: other rows are there.
            InterfaceError: there is no such topic, or ``rows`` cannot be read.
        """
        __tracebackhide__ = True
        from minisql.testing.assertions.state import check_table

        self._check_open()
        with updated("assert_table", rows, sys._getframe(1)), self._observed(name) as observed:
            check_table(observed, rows)

    @contextmanager
    def _observed(self, name: str) -> Iterator[Observed]:
        """A topic, while an assertion looks at it."""
        from minisql.testing.assertions.observed import InProcess

        with self.engine.lock:
            yield InProcess(self.engine, name)

    def _own_engine(self) -> Engine | None:
        """The engine, if it is in the process."""
        return self.engine


def connect(
    target: Engine | str | None = None,
    *,
    properties: Mapping[str, str] | None = None,
    clock: Clock | None = None,
    connectors: str | None = None,
) -> KsqlConnection:
    """Open a connection as ``minisql.connect`` does, with assertions.

    Raises:
        InterfaceError: as ``minisql.connect``.
    """
    if isinstance(target, str):
        from minisql.testing.remote import RemoteKsqlConnection  # most tests stay in the process

        refuse_for_server(clock, connectors)
        return RemoteKsqlConnection(target, properties)
    engine = target or Engine(clock)
    if connectors is not None:
        engine.keep_connectors(connectors)
    return KsqlConnection(engine, properties)
