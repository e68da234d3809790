"""Connections and cursors: the door of minisql, in the shape of PEP 249."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from minisql.clock import Clock
from minisql.cursor import Cursor
from minisql.engine import Engine, Session, canonical_all
from minisql.errors import InterfaceError
from minisql.registration import Registration

if TYPE_CHECKING:
    from minisql.formats.registry import SchemaRegistry
    from minisql.topics import Topic

Self = TypeVar("Self", bound="Connection")


class Connection(Registration):
    """A session on an engine; leaving it as a context manager closes its push queries."""

    def __init__(self, engine: Engine, properties: Mapping[str, str] | None = None) -> None:
        self.engine = engine
        self._session = Session(canonical_all(properties or {}))
        self._cursors: list[Cursor] = []
        self._closed = False

    def __repr__(self) -> str:
        return f"<minisql connection, {'closed' if self._closed else self._state()}>"

    def _state(self) -> str:
        from minisql.display import counted  # programs that run by themselves show nothing

        kinds = [source.kind for source in self.engine.metastore.sources.values()]
        streams, tables = counted(kinds.count("STREAM"), "stream"), counted(kinds.count("TABLE"), "table")
        return f"{streams}, {tables}, queries: {len(self.engine.queries)}"

    # -- PEP 249 ----------------------------------------------------------------------------------

    def cursor(self) -> Cursor:
        """A new cursor."""
        self._check_open()
        cursor = Cursor(self.engine, self._session)
        self._cursors.append(cursor)
        return cursor

    def execute(self, sql: str, parameters: Any = None, *, properties: Mapping[str, str] | None = None) -> Cursor:
        """Run one or several statements; gives the cursor of the last.

        Args:
            sql: statements separated by ``;``. ``?`` or ``:name`` stand for parameters where some are given.
            parameters: a sequence for ``?``, a mapping for ``:name``.
            properties: as SET would give them, for this call alone.

        Raises:
            ParseError: the text is not ksqlDB's SQL; nothing has run.
            KsqlError: a statement failed (``.statement``); those before it have run.
        """
        return self.cursor().execute(sql, parameters, properties=properties)

    def executemany(self, sql: str, parameters: Iterable[Any]) -> Cursor:
        """Run a statement once for each set of parameters."""
        return self.cursor().executemany(sql, parameters)

    def commit(self) -> None:
        """Nothing to do: every statement takes effect at once."""
        self._check_open()

    def close(self) -> None:
        """Close the cursors and with them their push queries; persistent queries belong to the engine and go on."""
        for cursor in self._cursors:
            cursor.close()
        self._cursors.clear()
        self._closed = True

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_open(self) -> None:
        if self._closed:
            raise InterfaceError("the connection is closed")

    # -- ksqlDB -----------------------------------------------------------------------------------

    def ksql(self, text: str, properties: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
        """The entities that the server's /ksql endpoint would answer, key for key.

        As there, all statements are looked at before the first takes effect: when one is refused, nothing has happened.

        Raises:
            KsqlError: a statement failed, or is a query, which that endpoint refuses.
        """
        from minisql.rest.statements import run_statements  # many a program runs its statements as scripts

        self._check_open()
        return run_statements(self.engine, text, self._session.overridden(properties))

    def run(self, path: str | os.PathLike[str]) -> Cursor:
        """Run a script file as production has it; RUN SCRIPT and paths are relative to it."""
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self._check_open()
        cursor = Cursor(self.engine, self._session.at(os.path.dirname(path)))
        self._cursors.append(cursor)
        return cursor.execute(text)

    def insert(self, source: str, rows: Any) -> int:
        """Write rows into a source; gives their number.

        Args:
            source: its name, as in SQL: upper-cased unless in backquotes.
            rows: dicts (column names in any case), tuples (key columns, then value columns), a DataFrame, or
                anything with ``__arrow_c_stream__``. ``ROWTIME`` gives a row's timestamp in milliseconds.

        Raises:
            KsqlError: there is no such source.
            DataError: a row does not fit; no row was written.
        """
        from minisql.rows import to_rows  # many a program writes by INSERT VALUES

        self._check_open()
        return self.engine.insert(source, to_rows(rows))

    def topic(self, name: str) -> Topic:
        """The topic of this name; it is made when something is produced to it."""
        from minisql.topics import Topic  # not every program looks at topics

        self._check_open()
        return Topic(self.engine, name)

    def create_topic(self, name: str, partitions: int = 1) -> Topic:
        """Make a topic, as kafka-topics would."""
        self._check_open()
        with self.engine.lock:
            self.engine.broker.create(name, partitions)
        return self.topic(name)

    @property
    def processing_log(self) -> list[dict[str, Any]]:
        """What ksqlDB would write to its processing log, oldest first."""
        return self.engine.processing_log

    @property
    def schema_registry(self) -> SchemaRegistry:
        """Where the schemas of topics are registered.

        >>> from minisql import connect
        >>> registry = connect().schema_registry
        >>> registry.register("orders-value", {"type": "record", "name": "Order", "fields": []}, "AVRO")
        1
        >>> registry.get_latest("orders-value").version
        1
        """
        return self.engine.metastore.schema_registry

    @property
    def variables(self) -> dict[str, str]:
        """The session's DEFINEs."""
        return self._session.variables

    @property
    def properties(self) -> dict[str, str]:
        """The session's SETs."""
        return self._session.properties


def connect(
    target: Engine | str | None = None,
    *,
    properties: Mapping[str, str] | None = None,
    clock: Clock | None = None,
    connectors: str | None = None,
) -> Connection:
    """Open a connection.

    Args:
        target: an engine to share; by default a fresh one, isolated from all others. A URL is for a real server.
        properties: the session's properties, as SET would give them.
        clock: the fresh engine's clock.
        connectors: "record" to have the engine keep and list connectors as they are declared; by default they are refused.

    Raises:
        InterfaceError: ``connectors`` is something else, or a server is to have a clock or connectors.
        NotSupportedError: for a URL, without httpx (``pip install 'minisql-ksqldb[http]'``).
    """
    if isinstance(target, str):
        from minisql.remote.connection import RemoteConnection  # most programs stay in the process

        refuse_for_server(clock, connectors)
        return RemoteConnection(target, properties)
    engine = target or Engine(clock)
    if connectors is not None:
        engine.keep_connectors(connectors)
    return Connection(engine, properties)


def refuse_for_server(clock: Clock | None, connectors: str | None) -> None:
    """What is said of the engine to be made says nothing to a server.

    Raises:
        InterfaceError: something is said.
    """
    if clock is not None or connectors is not None:
        raise InterfaceError("a server has its own clock and its own connectors")
