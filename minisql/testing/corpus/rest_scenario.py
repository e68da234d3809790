"""Runs a REST case: an engine behind the real server, and requests to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minisql.broker import RAW
from minisql.engine import Engine
from minisql.errors import UnsupportedError
from minisql.rest.framing import KSQL_PROTOBUF
from minisql.testing.corpus.bytes import Bytes
from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.record import Given, check_records
from minisql.testing.corpus.registered import register_all
from minisql.testing.corpus.rest_client import Refused, RestClient
from minisql.testing.corpus.rest_expectation import RestError, check_entity, check_rows
from minisql.testing.corpus.scenario import PARTITIONS, property_text
from minisql.testing.udfs import with_test_functions

CONFIG = {
    "auto.offset.reset": "earliest",
    "ksql.headers.columns.enabled": "true",
    "ksql.query.pull.table.scan.enabled": "true",
    "ksql.query.push.v2.enabled": "true",
    "ksql.query.push.v2.registry.installed": "true",
}
"""How the harness starts its server."""


@dataclass(frozen=True)
class RestScenario:
    """A case: what is sent, what goes in, and what is expected."""

    statements: Sequence[str]
    queries: Sequence[str]
    properties: Mapping[str, Any]
    topics: Sequence[Mapping[str, Any]]
    inputs: Sequence[Given]
    outputs: Sequence[Given]
    responses: Sequence[Mapping[str, Any]]
    error: RestError | None
    waits: bool
    ordered: bool
    protobuf: bool

    @classmethod
    def of(cls, statements: Sequence[str], node: Mapping[str, Any]) -> RestScenario:
        """Read the fields of a test node.

        Raises:
            CaseFailed: they are not valid.
        """
        queries = [text for text in statements if text.startswith("SELECT ")]
        expected = node.get("expectedError")
        return cls(
            statements[: len(statements) - len(queries)],
            queries,
            node.get("properties") or {},
            node.get("topics") or (),
            [Given.of(each) for each in node.get("inputs") or ()],
            [Given.of(each) for each in node.get("outputs") or ()],
            node.get("responses") or (),
            expected and RestError.of(expected, statements[-1]),
            bool((node.get("inputConditions") or {}).get("waitForActivePushQuery")),
            bool((node.get("outputConditions") or {}).get("verifyOrder")),
            bool(node.get("testPullWithProtoFormat")),
        )

    def run(self) -> None:
        """Run it on a fresh engine, behind a fresh server.

        Raises:
            CaseFailed: something else happened than what is expected.
            UnsupportedError: the server's libraries are not there, or the engine lacks something.
        """
        try:
            from minisql.server.entry import server
        except ModuleNotFoundError as error:
            raise UnsupportedError(f"REST without {error.name}") from error
        engine = Engine(properties=CONFIG, auto_create_topics=True, default_partitions=PARTITIONS)
        engine.functions = with_test_functions()
        with server(engine) as url:
            _Stage(self, engine, RestClient(url)).run()


class _Stage:
    """A scenario under way."""

    def __init__(self, scenario: RestScenario, engine: Engine, client: RestClient) -> None:
        self._scenario = scenario
        self._engine = engine
        self._client = client
        self._bytes = Bytes(engine)

    def run(self) -> None:
        """Send everything, and compare."""
        try:
            answers = self._answers()
        except Refused as refused:
            if self._scenario.error is None:
                raise CaseFailed(f"The server refused: {refused}") from refused
            self._scenario.error.check(refused)
            return
        if self._scenario.error is not None and self._scenario.error.of_query:
            raise CaseFailed(f"Expected {self._scenario.error}")
        self._check(answers)
        self._check_outputs()

    def _answers(self) -> list[Any]:
        """All answers: entities, then the elements of each query, then those in Protobuf."""
        scenario = self._scenario
        self._make_topics()
        answers = self._client.ksql("\n".join(scenario.statements), scenario.properties) if scenario.statements else []
        if not scenario.waits:
            self._produce()
        active = self._produce if scenario.waits else None
        answers += [self._client.query(text, scenario.properties, active) for text in scenario.queries]
        if scenario.protobuf:
            from minisql.testing.corpus.rest_protobuf import readable  # few cases, and a library

            for text in scenario.queries:
                answers.append(readable(self._client.query_stream(text, scenario.properties, KSQL_PROTOBUF)))
        return answers

    def _make_topics(self) -> None:
        for node in self._scenario.topics:
            self._engine.broker.create(node["name"], node.get("partitions") or PARTITIONS, node.get("replicas") or 1)
        properties = {name: property_text(value) for name, value in self._scenario.properties.items()}
        register_all(self._engine, list(self._scenario.topics), self._scenario.statements, {**self._engine.config, **properties})

    def _produce(self) -> None:
        broker = self._engine.broker
        for record in self._scenario.inputs:
            topic = broker.topics.get(record.topic) or broker.create(record.topic, PARTITIONS)
            topic.append(RAW, [self._bytes.entry(record)])
        with self._engine.lock:
            self._engine.drain()

    # -- comparing --------------------------------------------------------------------------------

    def _check(self, answers: Sequence[Any]) -> None:
        expected = self._scenario.responses
        if len(answers) < len(expected):
            raise CaseFailed(f"Expected {len(expected)} responses, but there are {len(answers)}")
        for want, have in zip(expected, answers, strict=False):
            ((kind, value),) = want.items()
            if kind == "admin":
                check_entity(value, have, self._scenario.statements)
            else:
                check_rows(value, have, self._scenario.ordered)

    def _check_outputs(self) -> None:
        expected: dict[str, list[Given]] = {}
        for record in self._scenario.outputs:
            expected.setdefault(record.topic, []).append(record)
        for topic, records in expected.items():
            found = self._bytes.found(topic)[: len(records)]
            check_records(topic, records, found, inserted=not self._scenario.inputs)
