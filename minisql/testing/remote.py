"""Connections to a server, for tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from minisql.remote.connection import RemoteConnection
from minisql.testing.assertions.observed import Observed
from minisql.testing.assertions.served import Served
from minisql.testing.connection import KsqlConnection


class RemoteKsqlConnection(KsqlConnection, RemoteConnection):
    """A session on a server, with assertions on what push queries show of its sources.

    A server works in its own time: what is expected has to come within ``patience`` seconds, each record after the other.
    Of streams the records without a value cannot be seen, and of tombstones only the key.

    Args:
        url: where the server is.
        properties: as SET would give them.
    """

    patience = 5.0

    def __init__(self, url: str, properties: Mapping[str, str] | None = None) -> None:
        RemoteConnection.__init__(self, url, properties)

    @contextmanager
    def _observed(self, name: str) -> Iterator[Observed]:
        yield Served(self._remote, name, self.patience)

    def _own_engine(self) -> None:
        return None
