"""The connection of a test that runs on a server."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

from minisql.broker import Record
from minisql.engine import Engine
from minisql.errors import InterfaceError
from minisql.runtime.codecs import source_codec
from minisql.testing.live.engine import LiveEngine, properties_of
from minisql.testing.live.observed import OnServer
from minisql.testing.live.skipping import not_on_server
from minisql.testing.remote import RemoteKsqlConnection
from minisql.testing.tenant.description import plain
from minisql.testing.tenant.patience import Patience
from minisql.topics import Topic

ROWTIME = 0
"""When the clock of ``ksql_engine`` starts."""


class LiveConnection(RemoteKsqlConnection):
    """A session on a server, in names of its own; closing it takes away all that it has made.

    Args:
        url: where the server is.
        properties: as SET would give them.
        patience: how long to wait for the server.
    """

    def __init__(self, url: str, properties: Mapping[str, str], patience: Patience) -> None:
        self.live = LiveEngine(url, patience, ROWTIME)
        self._on_server = OnServer(self.live)
        self.patience = patience.quiet
        self._take(self.live, properties_of(properties))

    def create_topic(self, name: str, partitions: int = 1) -> Topic:
        """Make a topic."""
        self.live.create_topic(name, partitions)
        return self.topic(name)

    def topic(self, name: str) -> Topic:
        """The topic, for its records alone: a server's REST API has no way to produce one."""
        return LiveTopic(self, name)

    def copy(self, name: str) -> Engine:
        """An engine with a source that holds the records of the server's source of this name, or on the topic of this name.

        Raises:
            InterfaceError: there is none.
        """
        source = self.live.source_on(name)
        if source is None:
            raise InterfaceError(f"there is no source on a topic, and no source, called {name}")
        engine = Engine()
        engine.metastore.sources[source.name] = source = plain(source)
        topic = engine.broker.create(source.topic, 1)
        topic.append(source_codec(source), list(self._on_server.entries(source, None)))
        return engine

    def close(self) -> None:
        """Take away what the test has made, and close the connection."""
        for failure in self.live.leave():
            warnings.warn(f"left on the server: {failure}", stacklevel=2)
        super().close()


class LiveTopic(Topic):
    """A topic of a server."""

    def __init__(self, conn: LiveConnection, name: str) -> None:
        self.name = name
        self._conn = conn

    def records(self, start: int = 0) -> list[Record]:
        """The records from the index ``start`` on, decoded."""
        engine = self._conn.copy(self.name)
        return Topic(engine, next(iter(engine.broker.topics))).records(start)

    def produce_many(self, *arguments: Any, **options: Any) -> None:
        """A server's REST API has no way to do it: the test is skipped there."""
        not_on_server("a server's REST API cannot produce records: INSERT INTO ... VALUES and conn.insert can")

    def raw(self, start: int = 0) -> list[Record]:
        """A server's REST API has no way to do it: the test is skipped there."""
        not_on_server("a server's REST API does not give the bytes of records")

    def __len__(self) -> int:
        return len(self.records())
