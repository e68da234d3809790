"""Runs the statements and asserts of one SQL test, as ksqlDB's sql-test-runner does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from sqlglot.expressions import Expr

from minisql.broker import Topic
from minisql.dialect import StatementText, nodes, parse, parse_script, substitute
from minisql.engine import Engine, Session
from minisql.errors import KsqlError
from minisql.query_result import QueryResult
from minisql.runtime.query import PersistentQuery
from minisql.testing.corpus.asserts import Asserts, InProcess, Seen
from minisql.testing.corpus.case import CaseFailed, refuse_swallowed, unsupported
from minisql.testing.corpus.expectation import Expectation, text_of
from minisql.testing.corpus.scenario import CONFIG
from minisql.testing.udfs import with_test_functions

STANDARD = (
    *(nodes.CreateSource, nodes.CreateAsSelect, nodes.DropSource, nodes.AlterSource, nodes.InsertValues, nodes.InsertInto),
    *(nodes.SetProperty, nodes.UnsetProperty, nodes.RunScript),
    *(nodes.AssertValues, nodes.AssertTombstone, nodes.AssertSource),
)
"""What ksqlDB's own runner can do (its SqlTestExecutor): of all other statements it fails."""


Rewrite = Callable[[StatementText, "Seen | None"], None]
"""Notes what should stand in place of an assert statement that does not hold; raises CaseFailed when it cannot."""


def run(
    folder: Path,
    statements: Iterable[StatementText],
    expectation: Expectation | None = None,
    standard: bool = False,
    rewrite: Rewrite | None = None,
) -> None:
    """Run a test on a fresh engine.

    Args:
        folder: where RUN SCRIPT looks.
        statements: what to run.
        expectation: the exception with which the test is to end.
        standard: refuse what ksqlDB's own runner cannot do.
        rewrite: deals with assert statements that do not hold.

    Raises:
        CaseFailed: something else happened than what is expected.
        UnsupportedError: minisql lacks something that the test needs.
    """
    stage = _Stage(folder, standard)

    def failed(statement: StatementText, error: Exception) -> None:
        reason = text_of(error)
        if rewrite is not None and isinstance(error, CaseFailed):
            try:
                return rewrite(statement, stage.seen)
            except CaseFailed as refusal:
                reason = f"{reason}\nnot updated: {refusal.reason}"
        raise CaseFailed(reason, statement.line, statement.text) from error

    run_statements(stage.run, statements, expectation, failed)
    if expectation is None:
        refuse_swallowed(stage.processing_log)


def _fail(statement: StatementText, error: Exception) -> None:
    raise CaseFailed(text_of(error), statement.line, statement.text) from error


def run_statements(
    execute: Callable[[StatementText], None],
    statements: Iterable[StatementText],
    expectation: Expectation | None,
    failed: Callable[[StatementText, Exception], None] = _fail,
) -> None:
    """Execute statements; the expected exception ends it.

    Args:
        execute: runs one.
        statements: what to run.
        expectation: the exception with which it is to end.
        failed: told of a statement that fails although no exception is expected; goes on unless it raises.

    Raises:
        CaseFailed: one fails unexpectedly, or otherwise than expected, or none does.
        UnsupportedError: minisql lacks something.
    """
    for statement in statements:
        try:
            execute(statement)
        except (KsqlError, CaseFailed) as error:
            if unsupported(error):
                raise
            if expectation is None:
                failed(statement, error)
                continue
            _check_expected(expectation, error, statement)
            return
    if expectation is not None:
        raise CaseFailed(
            f"Did not get expected exception of type {expectation.type or '<any>'} with message {expectation.message or '<any>'}"
        )


def _check_expected(expectation: Expectation, error: Exception, statement: StatementText) -> None:
    try:
        expectation.check(error)
    except CaseFailed as failure:
        raise CaseFailed(failure.reason, statement.line, statement.text) from error


def stage_engine() -> Engine:
    """The engine of a test, with the functions of ksqlDB's harness."""
    engine = Engine(properties=CONFIG, manual=True, auto_create_topics=True)
    engine.functions = with_test_functions()
    return engine


def stage_session() -> Session:
    """The session of a test."""
    return Session(properties={"auto.offset.reset": "earliest"})


class _Stage:
    """A test under way."""

    def __init__(self, folder: Path, standard: bool) -> None:
        self._folder = folder
        self._standard = standard
        self._engine = stage_engine()
        self._session = stage_session()
        self._observed = InProcess(self._engine)
        self._asserts = Asserts(self._observed)
        self._flow = Flow(self._engine)

    @property
    def processing_log(self) -> Iterable[object]:
        return self._engine.processing_log

    @property
    def seen(self) -> Seen | None:
        """What the last assert statement was compared with."""
        return self._asserts.seen

    def run(self, statement: StatementText) -> None:
        text = substitute(statement.text, self._session.variables, test=True)
        node = parse(text, statement.line, statement.column, test=True)
        if self._standard and not isinstance(node, STANDARD):
            raise CaseFailed("ksqlDB's own sql-test-runner cannot run this statement.")
        if isinstance(node, nodes.RunScript):
            for inner in script_of(self._folder, node):
                self.run(inner)
        elif not self._asserts.check(node):
            self._run(statement)

    def _run(self, statement: StatementText) -> None:
        result = self._engine.run(statement, self._session)
        if isinstance(result, QueryResult):
            self._observed.select(result)
        self._flow.settle()


def script_of(folder: Path, node: Expr) -> Sequence[StatementText]:
    """The statements of RUN SCRIPT; the script is a resource to ksqlDB's harness: "/name" lies beside the test."""
    name = str(node.this)
    path = folder / name.lstrip("/")
    try:
        text = (path if path.is_file() else Path(name)).read_text(encoding="utf-8")
    except OSError as error:
        raise CaseFailed(f"Could not read {name}") from error
    script = parse_script(text)
    if not script:
        raise CaseFailed(f"Empty run script: {name}")
    return script


class Flow:
    """Takes what is new on topics through the queries, depth first: each record to the end of all that it causes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen: dict[str, int] = {}

    def settle(self) -> None:
        """Process all that is new.

        Raises:
            KsqlError: a query reads, over whatever detour, what it writes; or a query died.
        """
        for topic in list(self._engine.broker.topics.values()):
            self._advance(topic, (topic.name,))

    def _advance(self, topic: Topic, path: tuple[str, ...]) -> None:
        start = self._seen.get(topic.name, 0)
        self._seen[topic.name] = topic.end
        if start == topic.end:
            return
        if topic.name in path[:-1]:
            raise KsqlError(f"Detected illegal cycle in topology: {'->'.join(path)}")
        for codec, entries, first in list(topic.read(start)):
            for index, entry in enumerate(entries, first):
                for query in self._readers(topic):
                    query.pipe(topic.name, codec, [entry], index)
                for sink in self._sinks(topic):
                    self._advance(sink, (*path, sink.name))

    def _readers(self, topic: Topic) -> list[PersistentQuery]:
        return [query for query in self._engine.queries.values() if topic.name in query.source_topics]

    def _sinks(self, topic: Topic) -> Iterator[Topic]:
        for query in self._readers(topic):
            if query.sink is not None:
                yield self._engine.broker.topics[query.sink.topic]
