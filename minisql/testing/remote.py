"""Connections to a server, for tests."""

from __future__ import annotations

from minisql.remote.connection import RemoteConnection
from minisql.testing.connection import KsqlConnection


class RemoteKsqlConnection(KsqlConnection, RemoteConnection):
    """A session on a server, with assertions."""
