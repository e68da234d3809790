"""What runs scenarios."""

from __future__ import annotations

from typing import Protocol

from minisql.testing.differential.observation import Observation
from minisql.testing.differential.scenario import Scenario


class Backend(Protocol):
    """A kind of server.

    Attributes:
        name: what reports call it.
        ordered: whether the order of all that it gives is the same each time; otherwise only that of a key is.
        sees_topics: whether the records of topics can be looked at.
    """

    name: str
    ordered: bool
    sees_topics: bool

    def run(self, scenario: Scenario, seen: str) -> Observation:
        """Run a scenario on a server that has nothing else.

        Args:
            scenario: what to do.
            seen: how to read changes: ``TOPICS`` or ``QUERIES``.

        Raises:
            InterfaceError: it cannot do a step of the scenario.
            ServerError: there is no server.
        """


def backend_at(url: str) -> Backend:
    """The backend for a server: minisql's own, which is reset for each scenario, or a ksqlDB, where scenarios get names of
    their own and are cleaned up.

    Raises:
        NotSupportedError: httpx is not installed.
        ServerError: there is no server.
    """
    from minisql.remote.client import RemoteClient
    from minisql.remote.errors import ServerError
    from minisql.testing.differential.ksqldb import KsqlDB
    from minisql.testing.differential.served import CONTROL, Served

    client = RemoteClient(url)
    try:
        version = client.call("GET", "/info")["KsqlServerInfo"]["version"]
        try:
            client.call("GET", CONTROL)
        except ServerError:
            return KsqlDB(url, version)
        return Served(url)
    finally:
        client.close()
