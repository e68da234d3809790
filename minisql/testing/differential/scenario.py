"""A scenario: what is done, with no word on what is to come out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.record import Record
from minisql.testing.differential.steps import Advance, Produce, Row, Step, step_from_json
from minisql.testing.tenant.properties import EARLIEST


class Scenario(Record):
    """Statements, rows and queries, one after the other, on a server that has nothing else.

    Attributes:
        steps: what is done.
        properties: of the session, as SET would give them.
        name: what reports call it.

    >>> from minisql.testing.differential.steps import Query, Row, Statement
    >>> create = "CREATE STREAM S (ID INT KEY, V INT) WITH (KAFKA_TOPIC='s', FORMAT='JSON', PARTITIONS=1);"
    >>> scenario = Scenario((Statement(create), Row("S", {"ID": "1", "V": "2"}, 0), Query("SELECT * FROM S;")))
    >>> print(scenario)
    --@test: scenario
    CREATE STREAM S (ID INT KEY, V INT) WITH (KAFKA_TOPIC='s', FORMAT='JSON', PARTITIONS=1);
    INSERT INTO S (ID, V, ROWTIME) VALUES (1, 2, 0);
    SELECT * FROM S;
    >>> Scenario.from_json(scenario.to_json()) == scenario
    True
    """

    steps: tuple[Step, ...]
    properties: Mapping[str, str] = EARLIEST
    name: str = "scenario"

    def sql(self) -> str:
        """The steps as a script; properties beside ``auto.offset.reset=earliest``, which test files take for granted, as SET."""
        return "\n".join([*self.settings(), *(step.sql() for step in self.steps)])

    def __str__(self) -> str:
        return f"--@test: {self.name}\n{self.sql()}"

    def settings(self) -> list[str]:
        """The properties as statements."""
        given = [(name, value) for name, value in self.properties.items() if EARLIEST.get(name) != value]
        return [f"SET '{name}' = '{value}';" for name, value in given]

    def timed(self, now: int) -> Scenario:
        """The scenario in which rows and records without a time get one: ``now``, in milliseconds, and what was advanced."""
        steps: list[Step] = []
        for step in self.steps:
            now += step.milliseconds if isinstance(step, Advance) else 0
            if isinstance(step, Row) and step.rowtime is None:
                steps.append(step.with_(rowtime=now))
            elif isinstance(step, Produce) and step.timestamp is None:
                steps.append(step.with_(timestamp=now))
            else:
                steps.append(step)
        return self.with_(steps=tuple(steps))

    def to_json(self) -> dict[str, Any]:
        """The scenario in a JSON file."""
        return {"name": self.name, "properties": dict(self.properties), "steps": [step.to_json() for step in self.steps]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Scenario:
        """The scenario that ``to_json`` wrote.

        Raises:
            ValueError: a step is none.
        """
        steps = tuple(map(step_from_json, data["steps"]))
        return cls(steps, dict(data.get("properties", EARLIEST)), data.get("name", "scenario"))
