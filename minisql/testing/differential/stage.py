"""Where a scenario runs: what one that is in the process and one behind HTTP have in common, and how either is watched."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, cast

from minisql.engine import Session, canonical_all
from minisql.errors import SERVER_ERROR, KsqlError, UnsupportedError
from minisql.names import ROWPARTITION, ROWTIME, WINDOW_BOUNDS, quote
from minisql.query_result import QueryResult
from minisql.remote.errors import error_of
from minisql.remote.values import columns_of
from minisql.schema import Namespace
from minisql.testing.differential.described import described
from minisql.testing.differential.observation import TOPICS, Observation
from minisql.testing.differential.scenario import Scenario
from minisql.testing.differential.steps import Advance, Produce, Query, Step
from minisql.testing.differential.values import plain
from minisql.testing.tenant.properties import UNCACHED
from minisql.wire import wire_value

SLACK = 10_000

LOOK = "LIST STREAMS; LIST TABLES; LIST QUERIES;"


UNTOLD = "<in the server's log>"
"""What stands for the text of an error 50000 of a query: the routes of rows keep it to the server's log."""


class Stage(ABC):
    """A server that has nothing else.

    Args:
        engine: runs statements, as ``Engine`` and ``RemoteEngine`` do.
        backend: which server it is, in words.

    ``slack`` is by how many milliseconds the server's clock may differ from what ``now`` says.
    """

    slack = SLACK

    def __init__(self, engine: Any, backend: str) -> None:
        self.engine = engine
        self.backend = backend

    @abstractmethod
    def now(self) -> int:
        """The server's wall clock, in milliseconds, as well as it is known."""

    @abstractmethod
    def produce(self, record: Produce) -> None:
        """Write a record.

        Raises:
            KsqlError: it does not fit.
            InterfaceError: nobody can write to this server's topics.
        """

    @abstractmethod
    def advance(self, milliseconds: int) -> None:
        """Let the clock go on.

        Raises:
            InterfaceError: the server's clock cannot be moved.
        """

    @abstractmethod
    def topics(self) -> Mapping[str, list[dict[str, Any]]]:
        """The records of every topic.

        Raises:
            InterfaceError: nobody can look at this server's topics.
        """

    @abstractmethod
    def ksql(self, text: str, session: Session) -> list[dict[str, Any]]:
        """What the server's /ksql route answers to statements.

        Raises:
            KsqlError: one is refused.
        """


class Watch:
    """Runs a scenario on a stage and notes what comes of it."""

    def __init__(self, stage: Stage, scenario: Scenario) -> None:
        self._stage = stage
        self._scenario = scenario
        self._session = Session(canonical_all(scenario.properties))
        self._answers: list[dict[str, Any] | QueryResult] = []

    def run(self, seen: str) -> Observation:
        """Everything, from the first step to the last look.

        Raises:
            InterfaceError: the stage cannot do a step.
        """
        stage = self._stage
        begun = stage.now()
        for step in self._scenario.steps:
            self._answers.append(self._step(step))
        answers = tuple(gathered(self._answers))
        sources, queries = self._look()
        changes = stage.topics() if seen == TOPICS else self._changes(sources)
        clock = begun - stage.slack, stage.now() + stage.slack
        return Observation(stage.backend, clock, seen, answers, sources, queries, changes)

    def _step(self, step: Step) -> dict[str, Any] | QueryResult:
        stage = self._stage
        try:
            if isinstance(step, Produce):
                stage.produce(step)
            elif isinstance(step, Advance):
                stage.advance(step.milliseconds)
            elif isinstance(step, Query):
                (result,) = stage.engine.execute(step.sql(), self._session)
                return cast(QueryResult, result)
            else:
                entities = stage.ksql(step.sql(), self._session)
                return {"entity": plain(entities[-1])} if entities else {}
        except KsqlError as error:
            answer = refused(error)
            if isinstance(step, Query) and error.error_code == SERVER_ERROR:
                answer["message"] = UNTOLD
            return answer
        return {}

    # -- the last look ----------------------------------------------------------------------------

    def _look(self) -> tuple[dict[str, dict[str, Any]], list[dict[str, str]]]:
        """The sources by name, and the persistent queries."""
        streams, tables, queries = map(plain, self._stage.ksql(LOOK, Session()))
        asked = [f"DESCRIBE {quote(each['name'])};" for each in streams["streams"] + tables["tables"]]
        found = [plain(each["sourceDescription"]) for each in self._stage.ksql(" ".join(asked), Session())] if asked else []
        running = [each for each in queries["queries"] if each["queryType"] == "PERSISTENT"]
        return {each["name"]: described(each) for each in found}, [{"id": each["id"], "state": each["state"]} for each in running]

    def _changes(self, sources: Mapping[str, Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
        """What push queries of the sources give from the beginning; no query can read some tables (``planner/source.py``)."""
        results: dict[str, QueryResult] = {}
        for name in sources:
            with suppress(KsqlError):
                (results[name],) = self._stage.engine.execute(_everything(name), Session(dict(UNCACHED)))
        found = zip(results.items(), gathered(list(results.values())), strict=True)
        return {name: _changes_of(sources[name]["schema"], result, answer) for (name, result), answer in found}


def refused(error: KsqlError) -> dict[str, Any]:
    """The answer of a step that failed; its class is the one that a server's answer tells of."""
    if isinstance(error, UnsupportedError):
        kind: type[KsqlError] = UnsupportedError
    else:
        kind = type(error_of({"error_code": error.error_code, "message": error.message}))
    return {"error": kind.__name__, "code": error.error_code, "message": error.message}


def gathered(answers: Sequence[dict[str, Any] | QueryResult]) -> list[dict[str, Any]]:
    """The answers, those of queries with all rows until now, when they are ended."""
    return [_ended(answer) if isinstance(answer, QueryResult) else answer for answer in answers]


def _ended(result: QueryResult) -> dict[str, Any]:
    answer: dict[str, Any] = {"schema": ", ".join(map(str, result.columns))}
    push: Any = result.push
    if push is None:
        return {**answer, **({"limit": True} if result.limit_reached else {}), "rows": _wire(result, result.rows)}
    entries = push.take()  # on a shared server: when the query has read all that there is
    push.stop()
    entries += push.take()
    rows = _wire(result, [entry[1] if entry[1] is not None else push.tombstone(entry[0]) for entry in entries])
    if push.error is not None:
        return {**answer, **refused(push.error), "rows": rows}
    return {**answer, **({"limit": True} if push.limit_reached else {}), "rows": rows}


def _everything(source: str) -> str:
    return f"SELECT *, {ROWTIME} AS {ROWTIME}, {ROWPARTITION} AS {ROWPARTITION} FROM {quote(source)} EMIT CHANGES;"


def _changes_of(schema: str, result: QueryResult, answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    keys = [column.name for column in columns_of(schema) if column.namespace is Namespace.KEY]
    names = [column.name for column in result.columns]
    return [_change(dict(zip(names, row, strict=True)), keys) for row in answer["rows"]]


def _wire(result: QueryResult, rows: Any) -> list[list[Any]]:
    kinds = [column.type for column in result.columns]
    return [[plain(wire_value(value, kind)) for value, kind in zip(row, kinds, strict=True)] for row in rows]


def _change(row: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    """A row of the last look; where nothing but the key is left it stands for a deletion."""
    change: dict[str, Any] = {"key": {name: row.pop(name) for name in keys}}
    bounds = [row.pop(name) for name in WINDOW_BOUNDS if name in row]
    change["timestamp"], change["partition"] = row.pop(ROWTIME), row.pop(ROWPARTITION)
    change["value"] = None if change["timestamp"] is None else row
    return {**change, "window": bounds} if bounds else change
