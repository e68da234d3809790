"""Statements tried one after the other, on one sandbox."""

from __future__ import annotations

import os
from collections.abc import Iterable

from sqlglot.expressions import Expression

from minisql.check.attempt import Attempt
from minisql.check.exceptional import EXCEPTIONAL
from minisql.check.finding import ERROR, NOTE, UNSUPPORTED, WARNING, Finding
from minisql.check.script import Script
from minisql.check.topics import AssumedTopics
from minisql.check.warnings import WARNINGS, Tried
from minisql.config import value_of
from minisql.dialect import StatementText, nodes, parse_script
from minisql.engine import SCHEMA_REGISTRY_URL, Engine, Result, Session
from minisql.errors import KsqlError, NotSupportedError, ParseError, UnsupportedError
from minisql.planner.plan import QueryPlan
from minisql.query_result import QueryResult
from minisql.results import Entity
from minisql.runtime.query import Query
from minisql.statements.handlers import HANDLERS
from minisql.statements.prepared import Prepared

_NO_SCHEMA = ("Schema for message keys on ", "Schema for message values on ")
_NO_REGISTRY = "\nThat is known only where the registry is: --schema-registry URL, or the property ksql.schema.registry.url."


class Trial:
    """Tries scripts, and keeps what it finds.

    Args:
        engine: nothing happens in it.
        session: what is SET and DEFINEd before; scripts change it.
        tests: whether the statements of test files may be used too.

    Attributes:
        findings: in the order in which they were found.
        errors: what was raised for those of them that are errors.
        last: what the last SELECT would give.
    """

    def __init__(self, engine: Engine, session: Session, tests: bool = False) -> None:
        self.engine = engine.sandbox(dict.fromkeys(HANDLERS, self._handle))
        self.tests = tests
        self.findings: list[Finding] = []
        self.errors: list[Exception] = []
        self._session = session
        self._topics = AssumedTopics(self.engine.broker, self.engine.metastore)
        self._attempts: list[Attempt] = []
        self._failed: dict[str, Finding] = {}
        self._dependents: dict[Finding, list[Attempt]] = {}
        self._filled: set[str] = set()
        self.last: QueryResult | None = None

    @property
    def attempt(self) -> Attempt:
        """What is tried at the moment."""
        return self._attempts[-1]

    @property
    def scripts(self) -> list[Script]:
        """The scripts that run, each RUN by the one before it."""
        return [attempt.script for attempt in self._attempts]

    @property
    def has_registry(self) -> bool:
        """Whether there are other schemas than those that the script registers."""
        return bool(value_of(SCHEMA_REGISTRY_URL, self.engine.config))

    def run(self, script: Script, statements: Iterable[StatementText] | None = None) -> None:
        """Try the statements of a script, or only those given."""
        for statement in parse_script(script.text) if statements is None else statements:
            self._attempts.append(Attempt(script, statement, self._session.variables))
            self._try(statement)
            self._attempts.pop()

    def _try(self, statement: StatementText) -> None:
        try:
            prepared = self.engine.parse(statement, self.tests or statement.text[:3].upper() == "RUN")
            result = self.engine.run_prepared(prepared, self._session)
        except (KsqlError, NotSupportedError) as error:
            self._refused(error)
        else:
            self._accepted(result)

    def _handle(self, engine: Engine, session: Session, prepared: Prepared) -> Result:
        """Do what is done with a statement anywhere, after what it takes for granted has been put in its place."""
        self.attempt.prepared = prepared
        self._topics.assume(prepared.node)
        while True:
            try:
                exceptional = EXCEPTIONAL.get(type(prepared.node))
                if exceptional is not None:
                    return exceptional(self, session, prepared)
                return HANDLERS[type(prepared.node)](engine, session, prepared)
            except KsqlError as error:
                if not self._topics.adopt(error.message):
                    raise

    # -- what comes of it -------------------------------------------------------------------------

    def note(self, severity: str, code: str, message: str, cause: Exception | Expression | str | None) -> Finding:
        """Keep a finding about what is tried."""
        found = self.attempt.finding(self.attempt.place_of(cause), severity, code, message)
        self.findings.append(found)
        return found

    def _refused(self, error: KsqlError | NotSupportedError) -> None:
        made, cause = self.attempt.made(), self._cause()
        if cause is not None:
            self._dependents[cause].append(self.attempt)
        else:
            severity, code, message = self._told(error)
            cause = self.note(severity, code, message, error)
            if severity == ERROR:
                self.errors.append(error)
        if made is not None:
            self._failed[made] = cause
            self._dependents.setdefault(cause, [])

    def _cause(self) -> Finding | None:
        """The finding about the statement that should have made what this one needs."""
        return next((self._failed[name] for name in sorted(self.attempt.needed()) if name in self._failed), None)

    def _told(self, error: KsqlError | NotSupportedError) -> tuple[str, str, str]:
        """Severity, code and message."""
        if not isinstance(error, KsqlError):
            return UNSUPPORTED, "unsupported", str(error)
        message = error.message
        if isinstance(error, UnsupportedError):
            return UNSUPPORTED, "unsupported", message
        if message.startswith(_NO_SCHEMA) and not self.has_registry:
            return UNSUPPORTED, "no-registry", message.partition("\n")[0] + _NO_REGISTRY
        return ERROR, "syntax" if isinstance(error, ParseError) and "Syntax Error" in message else "refused", message

    def _accepted(self, result: Result) -> None:
        prepared = self.attempt.prepared
        assert prepared is not None
        made = self.attempt.made()
        if made is not None:
            self._failed.pop(made, None)
        tried = Tried(prepared.node, result, self._plan(result), self.engine, self._session, frozenset(self._filled))
        for code, find in WARNINGS.items():
            for part, message in find(tried):
                self.note(WARNING, code, message, part)
        if isinstance(prepared.node, nodes.InsertValues):
            self._filled.add(prepared.node.this.name)
        if isinstance(result, QueryResult):
            result.close()
            self.last = result

    def _plan(self, result: Result) -> QueryPlan | None:
        if isinstance(result, Entity):
            status = result.body.get("commandStatus") or {}
            query: object = self.engine.queries.get(status.get("queryId") or "")
        else:
            query = result.push
        return query.plan if isinstance(query, Query) else None

    def finish(self) -> list[Finding]:
        """All findings, those about what could not be tried after what it depends on."""
        found: list[Finding] = []
        for finding in self.findings:
            found.append(finding)
            dependents = self._dependents.get(finding)
            if dependents:
                found.append(finding.with_(severity=NOTE, code="dependents", message=_needing(finding, dependents)))
        return found


def _needing(finding: Finding, dependents: list[Attempt]) -> str:
    places = [
        str(each.statement.line)
        if each.script.name == finding.file
        else f"{os.path.basename(each.script.name)}:{each.statement.line}"
        for each in dependents
    ]
    what = "1 statement needs" if len(places) == 1 else f"{len(places)} statements need"
    return f"{what} what this one should make, and could not be checked: line{'s' * (len(places) > 1)} {', '.join(places)}"
