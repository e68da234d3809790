"""Runs a case of statements, inputs and expected outputs as ksqlDB's harness does.

The harness has no broker: it builds a test driver for each query, writes all inputs to stub topics, and then takes
the queries one after the other, in the order of their creation, each over the complete content of its topics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minisql.broker import RAW, Entry
from minisql.clock import ManualClock
from minisql.dialect import parse_script
from minisql.engine import Engine, Session
from minisql.errors import KsqlError, StatementError
from minisql.java import hash_order, string_hash
from minisql.runtime.operators.final import FINAL_INTERVAL
from minisql.runtime.operators.stream_join import OUTER_JOIN_INTERVAL
from minisql.runtime.query import PersistentQuery
from minisql.testing.corpus.bytes import Bytes
from minisql.testing.corpus.case import CaseFailed, refuse_swallowed, unsupported
from minisql.testing.corpus.expectation import Expectation
from minisql.testing.corpus.post import PostConditions
from minisql.testing.corpus.record import Found, Given, check_records
from minisql.testing.corpus.registered import register_all
from minisql.testing.udfs import with_test_functions

PARTITIONS = 4
"""What a topic has in the harness where nothing says otherwise."""

CONFIG = {
    "auto.offset.reset": "earliest",
    "ksql.service.id": "some.ksql.service.id",
    "ksql.headers.columns.enabled": "true",
    FINAL_INTERVAL: "1000",
    OUTER_JOIN_INTERVAL: "1000",
}
"""Kafka Streams looks for closed windows once a second; the harness's clock stands still, so it looks once."""

SCHEMA_FIELDS = frozenset({"schema", "keySchema", "valueSchema"})
WITH_SCHEMAS = re.compile("AVRO|PROTOBUF|JSON_SR", re.IGNORECASE)

EXACT = "use.exact.numeric.comparison"
"""A property of the harness itself, not of ksqlDB."""


@dataclass(frozen=True)
class Scenario:
    """A case: what is run, what goes in, and what is expected."""

    statements: Sequence[str]
    properties: Mapping[str, Any]
    topics: Sequence[Mapping[str, Any]]
    inputs: Sequence[Given]
    outputs: Sequence[Given]
    expectation: Expectation | None
    post: PostConditions

    @classmethod
    def of(cls, statements: Sequence[str], properties: Mapping[str, Any], node: Mapping[str, Any]) -> Scenario:
        """Read the fields of a test node.

        Raises:
            CaseFailed: a record is not valid.
        """
        expected = node.get("expectedException")
        return cls(
            statements,
            properties,
            node.get("topics") or (),
            [Given.of(each) for each in node.get("inputs") or ()],
            [Given.of(each) for each in node.get("outputs") or ()],
            expected and Expectation.of(expected),
            PostConditions.of(node.get("post") or {}),
        )

    def run(self) -> None:
        """Run it on a fresh engine.

        Raises:
            CaseFailed: something else happened than what is expected.
            KsqlError: a statement or a query failed, and no exception is expected.
        """
        stage = _Stage(self)
        try:
            stage.execute()
            stage.produce()
            stage.process()
            stage.verify()
        except KsqlError as error:
            if self.expectation is None or unsupported(error):
                raise
            self.expectation.check(error)
            return
        if self.expectation is not None:
            raise CaseFailed(f"Expected test to throw {self.expectation}")
        self.post.check(stage.engine)
        refuse_swallowed(stage.engine.processing_log)

    def found(self) -> dict[str, list[Found]]:
        """Run it on a fresh engine; gives what lies on the topics of its outputs then.

        Raises:
            CaseFailed: an input is wrong.
            KsqlError: a statement or a query failed.
        """
        stage = _Stage(self)
        stage.execute()
        stage.produce()
        stage.process()
        return stage.found({record.topic for record in self.outputs})


class _Stage:
    """A scenario under way."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        properties = {name: property_text(value) for name, value in scenario.properties.items() if name != EXACT}
        self.engine = Engine(
            ManualClock(),
            properties={**CONFIG, **properties},
            manual=True,
            auto_create_topics=True,
            default_partitions=PARTITIONS,
        )
        self.engine.functions = with_test_functions()
        self._session = Session(properties={"auto.offset.reset": "earliest", **properties})
        self._bytes = Bytes(self.engine, scenario.properties.get(EXACT, True) is not False)
        self._inputs: list[tuple[str, Entry, int]] = []

    # -- statements -------------------------------------------------------------------------------

    def execute(self) -> None:
        """Make the topics that have to be there, then run the statements."""
        for node in self._scenario.topics:
            if node.get("partitions"):
                self.engine.broker.create(node["name"], node["partitions"], node.get("replicas") or 1)
        if _has_schemas(self._scenario):
            properties = self.engine.properties(self._session)
            register_all(self.engine, list(self._scenario.topics), self._scenario.statements, properties)
        script = list(parse_script("\n".join(self._scenario.statements)))
        for number, statement in enumerate(script, 1):
            try:
                self.engine.run(statement, self._session)
            except StatementError as error:
                self._check_last(number, len(script), error)
                raise
        if self._scenario.expectation is not None and not self._scenario.inputs:
            raise CaseFailed(f"Expected test to throw {self._scenario.expectation}")
        if not self.engine.queries:
            raise CaseFailed("test did not generate any queries.")

    def _check_last(self, number: int, count: int, error: StatementError) -> None:
        if self._scenario.expectation is not None and number < count and not unsupported(error):
            raise CaseFailed(
                "Only the last statement in a negative test should fail. "
                f"Yet in this case statement {number} failed.\n{error.message}"
            ) from error

    # -- records ----------------------------------------------------------------------------------

    def produce(self) -> None:
        """Write the inputs to their topics."""
        broker = self.engine.broker
        for record in self._scenario.inputs:
            topic = broker.topics.get(record.topic) or broker.create(record.topic, PARTITIONS)
            entry = self._bytes.entry(record)
            self._inputs.append((record.topic, entry, topic.end))
            topic.append(RAW, [entry], [0])

    def process(self) -> None:
        """Take the records through the queries."""
        given = {record.topic for record in self._scenario.inputs}
        for query in self.engine.queries.values():
            topics = query.source_topics
            self._pipe_inputs(query, given.intersection(topics))
            for name in hash_order([topic for topic in topics if topic not in given], string_hash):
                self._pipe_topic(query, name)

    def _pipe_inputs(self, query: PersistentQuery, topics: Iterable[str]) -> None:
        for name, entry, index in self._inputs:
            if name in topics:
                query.pipe(name, RAW, [entry], index)

    def _pipe_topic(self, query: PersistentQuery, name: str) -> None:
        for codec, entries, first in list(self.engine.broker.topics[name].read(0)):
            query.pipe(name, codec, entries, first)

    # -- results ----------------------------------------------------------------------------------

    def verify(self) -> None:
        """Compare the topics that ``outputs`` names."""
        expected: dict[str, list[Given]] = {}
        for record in self._scenario.outputs:
            expected.setdefault(record.topic, []).append(record)
        for topic, records in expected.items():
            check_records(topic, records, self._bytes.found(topic), inserted=not self._scenario.inputs)

    def found(self, topics: Iterable[str]) -> dict[str, list[Found]]:
        """What lies on these topics."""
        return {topic: self._bytes.found(topic) for topic in topics}


def _has_schemas(scenario: Scenario) -> bool:
    return any(SCHEMA_FIELDS.intersection(node) for node in scenario.topics) or any(
        WITH_SCHEMAS.search(text) for text in scenario.statements
    )


def property_text(value: Any) -> str:
    """A property as text: JSON's true is Java's "true"."""
    return str(value).lower() if isinstance(value, bool) else str(value)
