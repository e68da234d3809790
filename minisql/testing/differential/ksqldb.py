"""Scenarios on a ksqlDB that others may be using, over its REST API."""

from __future__ import annotations

from typing import Any, NoReturn

from minisql.clock import SystemClock
from minisql.engine import Session
from minisql.errors import InterfaceError, OperationalError
from minisql.testing.differential.observation import Observation
from minisql.testing.differential.scenario import Scenario
from minisql.testing.differential.stage import Stage, Watch
from minisql.testing.differential.steps import Produce
from minisql.testing.tenant.engine import Tenant
from minisql.testing.tenant.patience import Patience
from minisql.testing.tenant.properties import PROMPT


class KsqlDB:
    """A ksqlDB. A scenario's sources, types and topics get names of their own, and are dropped when it is over.

    Args:
        url: where it is.
        version: what its ``/info`` says.
        timeout: seconds that a step's effects may take.
        quiet: seconds after which nothing more is expected where the server does not tell how far a query is.
    """

    ordered = False
    sees_topics = False

    def __init__(self, url: str, version: str, timeout: float = 60.0, quiet: float = 1.0) -> None:
        self.name = f"ksqlDB {version}"
        self._url = url
        self._patience = Patience(timeout, quiet)

    def run(self, scenario: Scenario, seen: str) -> Observation:
        """See ``Backend.run``.

        Raises:
            OperationalError: the server's queries do not come to rest, or what the scenario made would not go.
        """
        tenant = Tenant(self._url, self._patience)
        scenario = scenario.with_(properties={**PROMPT, **scenario.properties})
        try:
            observation = Watch(KsqlDBStage(tenant, self.name), scenario).run(seen)
        finally:
            left = tenant.leave()
        if left:
            raise OperationalError(f"left on the server: {'; '.join(left)}")
        return observation


class KsqlDBStage(Stage):
    """A part of a server that is one scenario's."""

    def __init__(self, tenant: Tenant, backend: str) -> None:
        super().__init__(tenant, backend)
        self._tenant = tenant

    def now(self) -> int:
        """This machine's clock."""
        return SystemClock().now()

    def ksql(self, text: str, session: Session) -> list[dict[str, Any]]:
        """What the server answers."""
        return self._tenant.ksql(text, session)

    def produce(self, record: Produce) -> NoReturn:
        """Raises: InterfaceError: always."""
        raise InterfaceError("a ksqlDB has no way to write a record to a topic but INSERT: use Row in place of Produce")

    def advance(self, milliseconds: int) -> NoReturn:
        """Raises: InterfaceError: always."""
        raise InterfaceError("the clock of a ksqlDB cannot be moved: give rows a ROWTIME in place of Advance")

    def topics(self) -> NoReturn:
        """Raises: InterfaceError: always."""
        raise InterfaceError("a ksqlDB does not show its topics' records")
