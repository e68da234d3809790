"""Scenarios on minisql's own server, over HTTP."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from minisql.clock import SystemClock
from minisql.engine import Session
from minisql.remote.engine import RemoteEngine
from minisql.testing.differential.observation import Observation
from minisql.testing.differential.scenario import Scenario
from minisql.testing.differential.stage import Stage, Watch
from minisql.testing.differential.steps import Produce
from minisql.testing.differential.values import plain

CONTROL, RECORDS = "/_minisql/topics", "/_minisql/records"
NAME = "minisql's server"


class Served:
    """A server that ``minisql serve`` or ``minisql.server()`` has started; each scenario starts by resetting it.

    Args:
        url: where it is. The connection stays open for all scenarios.
    """

    name = NAME
    ordered = True
    sees_topics = True

    def __init__(self, url: str) -> None:
        self._engine = RemoteEngine(url)

    def run(self, scenario: Scenario, seen: str) -> Observation:
        """See ``Backend.run``."""
        self._engine.client.call("POST", "/_minisql/reset")
        return Watch(ServedStage(self._engine), scenario).run(seen)

    def close(self) -> None:
        """Close the connection."""
        self._engine.close()


class ServedStage(Stage):
    """A server with routes for tests."""

    def __init__(self, engine: RemoteEngine) -> None:
        super().__init__(engine, NAME)
        self._remote = engine
        self._client = engine.client
        self._ahead = 0

    def now(self) -> int:
        """This machine's clock, and how far the server's was put forward."""
        return SystemClock().now() + self._ahead

    def ksql(self, text: str, session: Session) -> list[dict[str, Any]]:
        """What the server answers."""
        return self._remote.ksql(text, session)

    def produce(self, record: Produce) -> None:
        """Write a record."""
        body = record.to_json()
        self._client.call("POST", f"{CONTROL}/{quote(body.pop('produce'), safe='')}", body)

    def advance(self, milliseconds: int) -> None:
        """Let the clock go on."""
        self._client.call("POST", "/_minisql/advance", {"milliseconds": milliseconds})
        self._ahead += milliseconds

    def topics(self) -> dict[str, list[dict[str, Any]]]:
        """The records of every topic."""
        found = self._client.call("GET", RECORDS)
        return {name: list(map(_change, records)) for name, records in found.items()}


def _change(record: dict[str, Any]) -> dict[str, Any]:
    made = {name: plain(record[name]) for name in ("key", "value", "timestamp", "partition")}
    return made | {name: plain(record[name]) for name in ("window", "headers") if record[name]}
