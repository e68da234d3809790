"""The engine: one ksqlDB, with its own Kafka, in this process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from minisql.broker import RAW, Broker, Entry, RecordCodec, Topic
from minisql.clock import Clock, SystemClock
from minisql.config import canonical, defaults, value_of
from minisql.dialect import StatementText, parse, read_script
from minisql.dialect.reading import TOO_LARGE
from minisql.errors import BareError, InterfaceError, KsqlError, StatementError
from minisql.functions.registry import builtins
from minisql.metastore import Metastore, Source
from minisql.query_result import QueryResult
from minisql.results import Entity
from minisql.runtime.codecs import source_codec
from minisql.runtime.processing_log import ProcessingLog
from minisql.runtime.query import PersistentQuery, PushQuery
from minisql.runtime.task import Scheduler
from minisql.source import Compiler, compiled
from minisql.statements.handlers import HANDLERS
from minisql.statements.insert_shapes import InsertShapes
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.faults import EngineFaults
    from minisql.runtime.ingest import Ingester
    from minisql.runtime.view import TableView
    from minisql.statements.connectors import Connector
    from minisql.statements.handlers import Handler
    from minisql.statements.pull_shapes import PullShapes

Result = Entity | QueryResult
"""What a statement gives."""

Validate: TypeAlias = "Callable[[Engine, str, list[Prepared], Session], None]"
"""(engine, text, its parsed statements, session): looks at a whole script before it runs."""

INSERT_BATCH = 4096

SCHEMA_REGISTRY_URL = "ksql.schema.registry.url"
VARIABLES = "ksql.variable.substitution.enable"


class Session:
    """What a client has SET and DEFINEd.

    ``overrides`` are properties of one call alone; ``directory`` is where RUN SCRIPT looks for files, None where no
    script runs: then there is no such statement.
    """

    def __init__(
        self,
        properties: dict[str, str] | None = None,
        variables: dict[str, str] | None = None,
        overrides: Mapping[str, str] | None = None,
        directory: str | None = None,
    ) -> None:
        self.properties = {} if properties is None else properties
        self.variables = {} if variables is None else variables
        self.overrides = {} if overrides is None else overrides
        self.directory = directory

    def overridden(self, properties: Mapping[str, str] | None) -> Session:
        """The same session with properties of one call."""
        return Session(self.properties, self.variables, properties, self.directory)

    def copy(self) -> Session:
        """A session that starts with what this one has, and changes nothing of it."""
        return Session(dict(self.properties), dict(self.variables), dict(self.overrides), self.directory)

    def at(self, directory: str) -> Session:
        """The same session while a script of this directory runs."""
        return Session(self.properties, self.variables, self.overrides, directory)


class Numbering:
    """Counts: ``next()`` gives a number, ``upcoming`` tells the one that it would give."""

    def __init__(self, first: int) -> None:
        self.upcoming = first

    def copy(self) -> Numbering:
        """A count of its own that goes on from here."""
        return Numbering(self.upcoming)

    def __next__(self) -> int:
        number = self.upcoming
        self.upcoming += 1
        return number


class Engine:
    """Owns topics, sources, queries and the clock; every call holds its lock.

    Args:
        clock: gives "now"; the machine's clock by default.
        properties: the server's configuration.
        manual: nothing runs by itself; a test harness pipes records through the queries, each of which is one task.
        auto_create_topics: a source may be declared on a topic that does not exist, with ``default_partitions``.
        connectors: "record" to keep and list connectors as they are declared; by default they are refused.

    Attributes:
        handlers: what is done with each class of statement.
        compiler: makes functions of the code that is written for queries.
        insert_shapes: the short way of INSERT VALUES statements that are alike.
        pull_shapes: that of pull queries that are alike, once there was one.

    Raises:
        InterfaceError: ``connectors`` is something else.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        properties: Mapping[str, str] | None = None,
        *,
        manual: bool = False,
        auto_create_topics: bool = False,
        default_partitions: int = 1,
        connectors: str | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self.config: dict[str, str] = {**defaults(), **canonical_all(properties or {})}
        self.manual = manual
        self.auto_create_topics = auto_create_topics
        self.default_partitions = default_partitions
        self.broker = Broker()
        self.metastore = Metastore(registry_url=self.config.get(SCHEMA_REGISTRY_URL) or "")
        self.functions = builtins().child()
        self.scheduler = Scheduler()
        self.queries: dict[str, PersistentQuery] = {}
        self.push_queries: dict[str, PushQuery] = {}
        self.processing_log = ProcessingLog(self.clock)
        self.lock = threading.RLock()
        self.handlers: Mapping[type, Handler] = HANDLERS
        self.compiler: Compiler = compiled
        self.command_number = Numbering(0)
        self.query_number = Numbering(0)
        self.transient_number = Numbering(1)
        self.default_session = Session()
        self._views: dict[str, TableView] = {}
        self.insert_shapes = InsertShapes()
        self.pull_shapes: PullShapes | None = None
        self._ingesters: dict[str, Ingester] = {}
        self.connectors: dict[str, Connector] | None = None
        if connectors is not None:
            self.keep_connectors(connectors)

    def keep_connectors(self, how: str) -> None:
        """Keep and list connectors from now on.

        Args:
            how: "record": as they are declared.

        Raises:
            InterfaceError: it is something else.
        """
        if how != "record":
            raise InterfaceError(f"connectors={how!r}: it can only be 'record'")
        if self.connectors is None:
            self.connectors = {}

    # -- statements -------------------------------------------------------------------------------

    def execute(self, text: str, session: Session, validate: Validate | None = None) -> list[Result]:
        """Run a script: all of it is parsed first, then statement by statement takes effect.

        Args:
            text: statements.
            session: what was SET and DEFINEd.
            validate: given the parsed statements before the first of them runs.

        Raises:
            ParseError: nothing has run.
            KsqlError: ``validate`` refused the script, and nothing has run; or the statement in ``.statement`` failed, and
                those before it have run.
        """
        with self.lock:
            if is_insert(text) and self.insert_shapes.run(self, session, text):
                return [Entity.nothing(text)]
            known = self.known(text, session) if validate is None else None
            if known is not None:
                return [known]
            in_file = session.directory is not None
            script = read_script(text, lambda each: self.parse(each, in_file), in_file)
            if validate is not None:
                validate(self, text, script, session)
            results = [self.run_prepared(prepared, session) for prepared in script]
            if len(script) == 1 and is_insert(text):
                self.insert_shapes.learn(self, text, script[0].node)
            return results

    def known(self, text: str, session: Session) -> QueryResult | None:
        """The result of a pull query that is like one before, without the whole way; else None."""
        if self.pull_shapes is None:
            return None
        with self.lock:
            return self.pull_shapes.run(self, session, text)

    def run(self, statement: StatementText, session: Session) -> Result:
        """Run one statement of a script to the end of all its effects.

        Raises:
            KsqlError: it is refused, or failed.
        """
        return self.run_prepared(self.parse(statement, session.directory is not None), session)

    def parse(self, statement: StatementText, script: bool = False) -> Prepared:
        """The statement's tree; positions in it, and in errors, are those of the script.

        Args:
            statement: its text.
            script: whether it may be one that only script files have, such as RUN SCRIPT.

        Raises:
            ParseError: it is not ksqlDB's SQL.
        """
        text, line, _, column = statement
        try:
            return Prepared(text, parse(text, line, column, script), line, column)
        except KsqlError as error:
            raise located(error, text) from error.__cause__

    def run_prepared(self, prepared: Prepared, session: Session) -> Result:
        """Run one parsed statement to the end of all its effects.

        Raises:
            KsqlError: it is refused, or failed.
        """
        try:
            if "${" in prepared.text:
                prepared = self._substituted(prepared, session)
            result = self.handlers[type(prepared.node)](self, session, prepared)
        except KsqlError as error:
            raise located(error, prepared.text) from error.__cause__
        except RecursionError:
            raise StatementError(TOO_LARGE, statement=prepared.text) from None
        self.drain()
        return result

    def _substituted(self, prepared: Prepared, session: Session) -> Prepared:
        """The statement with the session's variables put in, as they are now."""
        from minisql.dialect.variables import substitute  # many a script has none

        if not self._substitutes(session):
            return prepared
        script, place = session.directory is not None, (prepared.line, prepared.column)
        text = substitute(prepared.text, session.variables, script, *place)
        return prepared.with_(text=text, node=parse(text, *place, script))

    def _substitutes(self, session: Session) -> bool:
        """Whether variables are put in; what a session says of it counts as a boolean alone, so that SET cannot do it."""
        for properties in (session.overrides, session.properties):
            given: Any = properties.get(VARIABLES)
            if isinstance(given, bool):
                return given
        return bool(value_of(VARIABLES, self.config))

    def sandbox(self, handlers: Mapping[type, Handler] = HANDLERS) -> Engine:
        """An engine on which statements can be tried: it knows what this one knows, and what they do stays in it.

        They are analysed, planned and registered, but no query runs and no record is written: topics are empty.

        Args:
            handlers: what is done there with each class of statement.
        """
        from minisql.sandbox import Sandbox  # many a program tries nothing

        with self.lock:
            return Sandbox(self, handlers)

    @cached_property
    def faults(self) -> EngineFaults:
        """What goes wrong on purpose, for tests of programs that have to cope with it."""
        from minisql.faults import EngineFaults  # most programs do without

        return EngineFaults(self)

    def drain(self) -> None:
        """Let every query process what its topics hold."""
        if not self.manual:
            self.scheduler.drain()

    def properties(self, session: Session) -> dict[str, str]:
        """The configuration as this session sees it."""
        return {**self.config, **session.properties, **canonical_all(session.overrides)}

    def insert(self, name: str, rows: list[Any]) -> int:
        """Write rows of Python values into a source; all of them are checked before the first is written.

        Raises:
            KsqlError: the source is unknown or read-only.
            DataError: a row does not fit.
        """
        from minisql.runtime.collector import collector_paused  # many a program writes by INSERT VALUES
        from minisql.runtime.ingest import Ingester
        from minisql.statements.insert_values import writable_source

        with self.lock:
            source = writable_source(self, resolved_name(name))
            ingester = self._ingesters.get(source.name)
            if ingester is None or ingester.source is not source:
                ingester = self._ingesters[source.name] = Ingester(source)
            batches = [rows[i : i + INSERT_BATCH] for i in range(0, len(rows), INSERT_BATCH)]
            now = self.clock.now()
            codec = source_codec(source)
            with collector_paused(len(rows)):
                for entries in [ingester.entries(batch, now) for batch in batches]:
                    self.append(source, codec, entries)
            return len(rows)

    # -- sources ----------------------------------------------------------------------------------

    def materialize(self, source: Source) -> PersistentQuery:
        """Start the query of a source table."""
        from minisql.statements.queries import materialize  # few tables are source tables

        return materialize(self, source)

    def topic_of(self, source: Source) -> Topic:
        """The source's topic."""
        return self.broker.topic(source.topic)

    def view(self, source: Source) -> TableView:
        """The present rows of a table."""
        from minisql.runtime.view import TableView, layout_of  # push queries do without

        view = self._views.get(source.name)
        if view is None:
            layout = layout_of(self.queries.get(source.query_id or ""), self.topic_of(source))
            view = TableView(self.topic_of(source), source_codec(source), source.windowed, layout)
            self._views[source.name] = view
        return view

    def forget(self, source: Source) -> None:
        """The source was dropped or replaced."""
        self._views.pop(source.name, None)

    def renew(self, source: Source, rows: list[Entry]) -> None:
        """The source's query was replaced: a table has these rows now."""
        self.forget(source)
        if source.is_table:
            self.view(source).refill(rows)

    def append(self, source: Source, codec: RecordCodec, entries: list[Any]) -> None:
        """Write entries to a source's topic, and let the queries run."""
        if source.is_table and source.query_id is not None:
            self.view(source).leave_out(len(entries))
        if source.key_format.info.format == "DELIMITED" and not source.schema.key:
            # ksqlDB writes a key of no columns as an empty line, which is not null, and which nobody can read.
            codec, entries = RecordCodec(RAW.key, codec.value), [(b"", *entry[1:]) for entry in entries]
        self.topic_of(source).append(codec, entries)
        self.drain()


def canonical_all(properties: Mapping[str, str]) -> dict[str, str]:
    """Properties under the names by which they are asked for: ``ksql.streams.auto.offset.reset`` loses its prefix."""
    return {canonical(name): value for name, value in properties.items()}


def is_insert(text: str) -> bool:
    """Whether the text starts with INSERT and has no variables to put in."""
    return text.lstrip()[:6].upper() == "INSERT" and "${" not in text


def resolved_name(name: str) -> str:
    """A source's name as SQL resolves it: upper case, unless it is in backquotes."""
    return name[1:-1].replace("``", "`") if name.startswith("`") and name.endswith("`") else name.upper()


def located(error: KsqlError, text: str) -> KsqlError:
    """The error, as one that says which statement, or which part of it, it is about."""
    if type(error) is KsqlError:
        about, quoted = error.statement or text, error.statement is not None
        error = StatementError(error.message, error.error_code, about, line=error.line, column=error.column, hint=error.hint)
        error.quoted = quoted
    elif error.statement is None:
        error.statement, error.quoted = text, error.quoted and not isinstance(error, BareError)
    return error
