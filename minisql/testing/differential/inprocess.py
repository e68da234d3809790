"""Scenarios on an engine in this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.broker import Record
from minisql.clock import ManualClock, SystemClock
from minisql.engine import Engine, Session
from minisql.errors import BAD_REQUEST, DataError, InterfaceError, KsqlError
from minisql.rest.statements import run_statements
from minisql.testing.differential.observation import Observation
from minisql.testing.differential.scenario import Scenario
from minisql.testing.differential.stage import Stage, Watch
from minisql.testing.differential.steps import Produce
from minisql.testing.differential.values import plain
from minisql.topics import Topic

NAME = "minisql in the process"


class InProcess:
    """A fresh engine for each scenario, whose clock stands still but for ``Advance``.

    Args:
        now: what its clock shows, in milliseconds; by default the present time.
        engine: makes an engine with a clock.
    """

    name = NAME
    ordered = True
    sees_topics = True

    def __init__(self, now: int | None = None, engine: Callable[[ManualClock], Engine] = Engine) -> None:
        self._now = now
        self._engine = engine

    def run(self, scenario: Scenario, seen: str) -> Observation:
        """See ``Backend.run``."""
        clock = ManualClock(SystemClock().now() if self._now is None else self._now)
        return Watch(EngineStage(self._engine(clock), clock), scenario).run(seen)


class EngineStage(Stage):
    """An engine, and the clock that it has."""

    slack = 0

    def __init__(self, engine: Engine, clock: ManualClock) -> None:
        super().__init__(engine, NAME)
        self._clock = clock

    def now(self) -> int:
        """What its clock shows."""
        return self._clock.now()

    def ksql(self, text: str, session: Session) -> list[dict[str, Any]]:
        """What a server would answer."""
        return run_statements(self.engine, text, session)

    def produce(self, record: Produce) -> None:
        """Write a record."""
        topic, when = Topic(self.engine, record.topic), record.timestamp
        try:
            topic.produce(record.value, record.key, timestamp=when, headers=record.headers, partition=record.partition)
        except (InterfaceError, DataError, ValueError) as error:
            raise KsqlError(str(error), BAD_REQUEST) from error  # as a server says it

    def advance(self, milliseconds: int) -> None:
        """Let the clock go on."""
        self._clock.advance(milliseconds)
        self.engine.drain()

    def topics(self) -> dict[str, list[dict[str, Any]]]:
        """The records of every topic."""
        return {name: list(map(change, Topic(self.engine, name).records())) for name in self.engine.broker.topics}


def change(record: Record) -> dict[str, Any]:
    """A record as observations have it."""
    made = {name: plain(getattr(record, name)) for name in ("key", "value", "timestamp", "partition")}
    optional = {"window": record.window, "headers": record.headers}
    return made | {name: plain(value) for name, value in optional.items() if value}
