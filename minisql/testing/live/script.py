"""SQL tests on a server."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from minisql.dialect import StatementText, nodes, parse, substitute
from minisql.engine import Session
from minisql.query_result import QueryResult
from minisql.testing.corpus.asserts import Asserts
from minisql.testing.corpus.expectation import Expectation
from minisql.testing.corpus.script_run import run_statements, script_of
from minisql.testing.live.engine import LiveEngine, properties_of
from minisql.testing.live.observed import OnServer
from minisql.testing.live.skipping import not_on_server
from minisql.testing.tenant.patience import Patience

DYING = ("StreamsException",)
"""Exceptions of queries that run: no answer of a server to a statement tells of them."""

OF_THE_HARNESS = ("AssertionError",)
"""Exceptions that come of ASSERT statements, which are checked here; of all others a server tells the message alone."""


def run(url: str, patience: Patience, folder: Path, statements: Iterable[StatementText], expected: Expectation | None) -> None:
    """Run a test on a server.

    Args:
        url: where it is.
        patience: how long to wait for it.
        folder: where RUN SCRIPT looks.
        statements: what to run.
        expected: the exception with which the test is to end.

    Raises:
        CaseFailed: something else happened than what is expected.
    """
    name = (expected.type or "").rpartition(".")[2] if expected else ""
    if name in DYING:
        not_on_server("a server's answer to a statement does not tell that a query died")
    if expected is not None and name not in OF_THE_HARNESS:
        expected = Expectation(message=expected.message)
    stage = _Stage(LiveEngine(url, patience, topics=True), folder)
    try:
        run_statements(stage.run, statements, expected)
    finally:
        stage.close()


class _Stage:
    """A test under way."""

    def __init__(self, live: LiveEngine, folder: Path) -> None:
        self._live = live
        self._folder = folder
        self._session = Session(properties=properties_of({}))
        self._observed = OnServer(live)
        self._asserts = Asserts(self._observed)

    def run(self, statement: StatementText) -> None:
        text = substitute(statement.text, self._session.variables, test=True)
        node = parse(text, statement.line, statement.column, test=True)
        if isinstance(node, nodes.RunScript):
            for inner in script_of(self._folder, node):
                self.run(inner)
        elif not self._asserts.check(node):
            result = self._live.run(statement, self._session)
            if isinstance(result, QueryResult):
                self._observed.select(result)

    def close(self) -> None:
        left = self._live.leave()
        if left:
            pytest.fail("left on the server:\n" + "\n".join(left), pytrace=False)
