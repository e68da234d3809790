"""Connections to a server, for tests."""

from __future__ import annotations

from collections.abc import Mapping

from minisql.remote.connection import RemoteConnection
from minisql.testing.connection import KsqlConnection


class RemoteKsqlConnection(KsqlConnection, RemoteConnection):
    """A session on a server, with assertions.

    Args:
        url: where the server is.
        properties: as SET would give them.
    """

    def __init__(self, url: str, properties: Mapping[str, str] | None = None) -> None:
        RemoteConnection.__init__(self, url, properties)
