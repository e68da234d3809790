"""A connection to a server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.connection import Connection
from minisql.remote.engine import RemoteEngine


class RemoteConnection(Connection):
    """A session whose statements a server runs; what its REST API does not give raises ``InterfaceError``.

    Args:
        url: where the server is.
        properties: as SET would give them.

    Raises:
        NotSupportedError: httpx is not installed.
    """

    def __init__(self, url: str, properties: Mapping[str, str] | None = None) -> None:
        self._take(RemoteEngine(url), properties)

    def _take(self, remote: RemoteEngine, properties: Mapping[str, str] | None) -> None:
        self._remote = remote
        engine: Any = remote
        Connection.__init__(self, engine, properties)

    def _state(self) -> str:
        return self._remote.url

    def ksql(self, text: str, properties: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
        """The entities that the server answers; see ``Connection.ksql``.

        Raises:
            KsqlError: a statement failed, or is a query.
        """
        self._check_open()
        return self._remote.ksql(text, self._session.overridden(properties))

    def close(self) -> None:
        """Close the cursors, their push queries, and the connection."""
        super().close()
        self._remote.close()
