"""A server as one test sees it: nothing but the test's own, and everything that it does has taken effect."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, NoReturn, TypeVar

from sqlglot import exp

from minisql.dialect import StatementText, nodes, parse, parse_script, quoted_name, substitute
from minisql.engine import Result, Session, canonical_all, resolved_name
from minisql.errors import DataError, KsqlError, QueryError
from minisql.formats.python_values import from_python
from minisql.metastore import Source
from minisql.names import ROWTIME
from minisql.remote.engine import RemoteEngine
from minisql.remote.errors import ServerError
from minisql.remote.values import columns_of, row_reader, rows_columns
from minisql.results import Entity
from minisql.row import to_python
from minisql.statements.insert_values import column_types
from minisql.testing.differential.literals import sql_value
from minisql.testing.live.description import source_of
from minisql.testing.live.feeds import PatientFeed, RecordFeed
from minisql.testing.live.naming import TOPIC, Edit, Naming, Rewritten
from minisql.testing.live.skipping import not_on_server
from minisql.types import SqlType

PROPERTIES = {
    "auto.offset.reset": "earliest",
    "cache.max.bytes.buffering": "0",
    "commit.interval.ms": "100",
    "session.timeout.ms": "6000",
}
"""What lets a server show every change, and soon: a query that starts late misses nothing, as in the process, and one that
replaces another need not wait long for the end of the other's session."""

PAUSE = 0.05
"""Seconds between two looks at how far the queries are."""

SECOND_LOOK = 15
"""Part of the quiet time after which queries that seem to be done are looked at once more."""

UNSUITED = (nodes.AlterSystem, nodes.CreateConnector, nodes.DropConnector)
"""Statements whose effects others on the server would feel."""

_NOT_YET = (
    *("rebalanc", "not yet available", "NOT_RUNNING"),  # pull queries on a table whose query is about to start
    "newer producer with the same transactionalId",  # another client's statement came at the same time
    "waiting for command topic consumer",  # the server is busy with the statements before; this one was not written
)
"""In refusals that another attempt may not meet."""

T = TypeVar("T")


class Patience(NamedTuple):
    """How long to wait for a server.

    Attributes:
        timeout: seconds in which its queries have to have processed what there is.
        quiet: seconds without a row after which a push query is taken to have no more.
    """

    timeout: float = 30.0
    quiet: float = 3.0


class LiveEngine(RemoteEngine):
    """Runs statements in names that nobody else has.

    Args:
        url: where the server is.
        patience: how long to wait for it.
        rowtime: the ROWTIME of INSERT VALUES that gives none; the server's clock where it is None.
        topics: sources may be declared on topics that do not exist, which are made with one partition.
    """

    def __init__(self, url: str, patience: Patience, rowtime: int | None = None, topics: bool = False) -> None:
        super().__init__(url)
        self.naming = Naming()
        self.patience = patience
        self._feed = partial(PatientFeed, patience.quiet)
        self._rowtime = rowtime
        self._written: set[str] = set()
        self._read: dict[str, set[str]] = {}
        self._moved = 0.0
        self._topics: set[str] | None = set() if topics else None

    # -- statements -----------------------------------------------------------------------------------

    def run(self, statement: StatementText, session: Session) -> Result:
        """Run one statement.

        Raises:
            KsqlError: it is refused; the error is as if the names had not been others.
            ServerError: there is no server.
        """
        text = substitute(statement.text, session.variables, session.directory is not None)
        try:
            node = parse(text, test=session.directory is not None)
        except KsqlError:
            return super().run(statement._replace(text=text), session)  # the server says what is wrong with it
        if isinstance(node, UNSUITED):
            not_on_server(f"others use the server too: {text}")
        if isinstance(node, nodes.QueryCommand) and node.args.get("this") is None:
            return self._for_all_queries(node, statement, session)
        if isinstance(node, (nodes.Query, nodes.PrintTopic)):
            self.settle()
        return self._run_rewritten(node, self._rewritten(node, text), session)

    def _run_rewritten(self, node: exp.Expr, statement: Rewritten, session: Session) -> Result:
        def attempt() -> Result:
            return super(LiveEngine, self).run(StatementText(statement.text, 1, 0, 1), session)

        try:
            result = self._once_it_can(attempt)
        except KsqlError as error:
            raise self._restored(error, statement) from None
        if not isinstance(result, Entity):
            return result.with_(statement=statement.original)
        self._moved = time.monotonic()
        if isinstance(node, nodes.InsertValues):
            self._note_written(node.this.name)
        return self._told(node, result)

    def _note_written(self, name: str) -> None:
        source = self.source(name)
        if source is not None:
            self._written.add(self.naming.unique(source.topic))

    def _once_it_can(self, attempt: Callable[[], T]) -> T:
        """Run a statement, again as long as the server refuses it for nothing but the moment."""
        deadline = time.monotonic() + self.patience.timeout
        while True:
            try:
                return attempt()
            except KsqlError as error:
                if time.monotonic() > deadline or not any(word in error.message for word in _NOT_YET):
                    raise
            time.sleep(PAUSE)

    def ksql(self, text: str, session: Session) -> list[dict[str, Any]]:
        """The entities with which the server answers."""
        results = [self.run(each, session) for each in parse_script(text)]
        return [each.to_dict() for each in results if isinstance(each, Entity) and each.answered]

    def _for_all_queries(self, node: exp.Expr, statement: StatementText, session: Session) -> Result:
        """TERMINATE, PAUSE or RESUME ALL: others have queries on the server too."""
        word = type(node).__name__.upper()
        for query in self._queries():
            super().run(StatementText(f"{word} {quoted_name(query['id'])};", 1, 0, 1), session)
        return Entity.nothing(statement.text)

    def _rewritten(self, node: exp.Expr, text: str) -> Rewritten:
        more: list[Edit] = []
        if isinstance(node, nodes.InsertValues) and self._rowtime is not None:
            more = self._with_rowtime(node, text)
        elif isinstance(node, (nodes.CreateSource, nodes.CreateAsSelect)) and self._topics is not None:
            more = self._with_partitions(node, self._topics)
        return self.naming.rewrite(text, node, more)

    def _with_rowtime(self, node: nodes.InsertValues, text: str) -> list[Edit]:
        """The timestamp that the clock of an engine in the process would give."""
        columns, last = node.args.get("columns"), text.rindex(")")
        if columns is None:
            source = self.source(node.this.name)
            names = [] if source is None else [column.name for column in source.schema.key + source.schema.value]
            if len(names) != len(node.args["values"]):
                return []  # the server says what is wrong with it
            at, listed = node.this.meta["end"], f" ({', '.join(map(quoted_name, [*names, ROWTIME]))})"
        elif any(column.name == ROWTIME for column in columns):
            return []
        else:
            at, listed = columns[-1].meta["end"], f", {ROWTIME}"
        return [Edit(at, at, listed), Edit(last, last, f", {self._rowtime}")]

    def _with_partitions(self, node: exp.Expr, known: set[str]) -> list[Edit]:
        properties = node.args.get("properties") or []
        given = {each.this.upper(): each for each in properties}
        topic = given[TOPIC].expression.name if TOPIC in given else node.this.name
        made = topic in known or isinstance(node, nodes.CreateAsSelect) or "PARTITIONS" in given or not properties
        known.add(topic)
        end = properties[-1].meta["end"] if properties else 0
        return [] if made else [Edit(end, end, ", PARTITIONS=1")]

    def _told(self, node: exp.Expr, entity: Entity) -> Entity:
        query_id = (entity.body.get("commandStatus") or {}).get("queryId")
        if query_id and not isinstance(node, nodes.QueryCommand):
            self.naming.started(query_id)
        body = dict(entity.body)
        if isinstance(node, nodes.Show):
            body = {name: self._own(value) for name, value in body.items()}
        return Entity(entity.type, self.naming.restored(entity.statement), self.naming.restored(body), entity.warnings)

    def _own(self, value: Any) -> Any:
        """Of what a server lists, the test's own."""
        listed = {"name", "id"}
        if isinstance(value, list) and all(isinstance(each, dict) and listed.intersection(each) for each in value):
            return [each for each in value if "category" in each or self.naming.owns(str(each))]
        return value

    def _restored(self, error: KsqlError, statement: Rewritten) -> KsqlError:
        error.message = self.naming.restored_message(error.message, statement)
        error.args = (error.message,)
        shown = error.statement
        error.statement = statement.original if shown in (None, statement.text) else self.naming.restored(shown)
        return error

    def watch(self, text: str) -> RecordFeed:
        """All rows of a push query in the server's own names, those of what lies there already first."""
        answer = self.client.query(text, PROPERTIES)
        columns = rows_columns(columns_of(answer.header["schema"]))
        return RecordFeed(self.patience.quiet, answer, row_reader(columns))

    # -- what there is --------------------------------------------------------------------------------

    def ask(self, text: str) -> dict[str, Any]:
        """The one entity with which the server answers a statement in its own names."""
        return self.client.ksql(text, {})[0]

    def source(self, name: str) -> Source | None:
        """The test's source of this name, as DESCRIBE tells it."""
        try:
            body = self.ask(f"DESCRIBE {quoted_name(self.naming.unique(name))};")
        except KsqlError:
            return None
        return source_of(self.naming.restored(body["sourceDescription"]))

    def source_on(self, name: str) -> Source | None:
        """The source on a topic of this name, else the source of this name."""
        topic = self.naming.unique(name)
        listed = [each for kind in ("STREAMS", "TABLES") for each in self.ask(f"SHOW {kind};")[kind.lower()]]
        found = [each["name"] for each in listed if each["topic"] == topic]
        return self.source(self.naming.restored(found[0]) if found else resolved_name(name))

    def _queries(self) -> list[dict[str, Any]]:
        """The test's persistent queries."""
        queries = self.ask("SHOW QUERIES;")["queries"]
        return [each for each in queries if each.get("queryType") == "PERSISTENT" and self.naming.owns(str(each))]

    def settle(self) -> None:
        """Wait until the test's queries have processed all that lies on their topics.

        Raises:
            QueryError: one of them has died.
            ServerError: it takes longer than the patience allows.
        """
        deadline = time.monotonic() + self.patience.timeout
        looks = 0
        while looks < 2:  # what a query writes while the others are looked at is seen the second time
            queries = self._queries()
            behind = [self.naming.restored(each) for each in self._behind(queries)]
            if behind and time.monotonic() > deadline:
                raise ServerError(f"not processed within {self.patience.timeout:g} s: {', '.join(behind)}")
            looks = 0 if behind else looks + 1
            if queries and looks < 2:
                time.sleep(PAUSE if behind else self.patience.quiet / SECOND_LOOK)

    def _behind(self, queries: list[dict[str, Any]]) -> Iterator[str]:
        """The partitions that are not read to their ends."""
        for sink in dict.fromkeys(sink for query in queries for sink in query.get("sinks") or ()):
            body = self.ask(f"DESCRIBE {quoted_name(sink)} EXTENDED;")["sourceDescription"]
            self._check_alive(body)
            for summary in body.get("queryOffsetSummaries") or ():
                query_id = next(each["id"] for each in body["writeQueries"] if summary["groupId"].endswith(f"_{each['id']}"))
                yield from _unread(summary)
                yield from self._not_begun(query_id, {each["kafkaTopic"] for each in summary["topicSummaries"]})

    def _not_begun(self, query_id: str, told: set[str]) -> Iterator[str]:
        """Topics of which nothing is told: a server tells how far a query is once it has read something.

        Where only other queries write, there may be nothing to read; then it is waited for as long as for rows.
        """
        if query_id not in self._read:
            sources = self.ask(f"EXPLAIN {quoted_name(query_id)};")["queryDescription"]["sources"]
            found = [self.ask(f"DESCRIBE {quoted_name(each)};")["sourceDescription"]["topic"] for each in sources]
            self._read[query_id] = set(found)
        for topic in self._read[query_id] - told:
            if topic in self._written or time.monotonic() < self._moved + self.patience.quiet:
                yield f"topic {topic}: not begun"

    def _check_alive(self, body: Mapping[str, Any]) -> None:
        dead = [each["id"] for each in body["writeQueries"] if each.get("state") == "ERROR"]
        if dead:
            raise QueryError(self.naming.restored(f"{dead[0]} has died: {body.get('errorStats') or body.get('queryErrors')}"))

    def insert(self, name: str, rows: list[Any]) -> int:
        """Write rows, dicts or tuples, by INSERT VALUES.

        Raises:
            KsqlError: there is no such source, or the server refuses a row.
            DataError: a row does not fit.
        """
        source = self.source(resolved_name(name))
        types = {} if source is None else column_types(source)
        for row in rows:
            given = row if isinstance(row, dict) else _named(row, types)
            columns = [each if each in types else each.upper() for each in given]
            names = ", ".join(map(quoted_name, columns))
            values = ", ".join(_sql(value, types.get(column)) for column, value in zip(columns, given.values(), strict=True))
            self.run(StatementText(f"INSERT INTO {name} ({names}) VALUES ({values});", 1, 0, 1), Session())
        return len(rows)

    def create_topic(self, name: str, partitions: int) -> None:
        """Make a topic, which takes a stream on it for a moment."""
        unique = self.naming.unique(name)
        stream = quoted_name(self.naming.unique("MAKES_A_TOPIC"))
        with_ = f"WITH (KAFKA_TOPIC='{unique}', VALUE_FORMAT='KAFKA', PARTITIONS={partitions})"
        self.ask(f"CREATE STREAM {stream} (V BYTES) {with_};")
        self.ask(f"DROP STREAM {stream};")

    # -- the end --------------------------------------------------------------------------------------

    def take_away(self) -> list[str]:
        """End the test's queries, drop its sources, topics and types; gives what would not go."""
        failed: list[str] = []
        for query in self._queries():
            self._attempt(f"TERMINATE {quoted_name(query['id'])};", failed)
        failed.clear()  # a source that is dropped takes its query with it
        self._drop_sources(failed)
        for topic in self._listed("TOPICS", "topics"):
            self._end_topic(topic, failed)
        for name in self.ask("SHOW TYPES;").get("types") or {}:
            if self.naming.owns(name):
                self._attempt(f"DROP TYPE {quoted_name(name)};", failed)
        return failed

    def _drop_sources(self, failed: list[str]) -> None:
        """Whatever others were made of goes after them; a topic of several sources goes with the last of them."""
        gone = True
        while gone:
            left = [f"STREAM {quoted_name(name)}" for name in self._listed("STREAMS", "streams")]
            left += [f"TABLE {quoted_name(name)}" for name in self._listed("TABLES", "tables")]
            for ending in (" DELETE TOPIC;", ";"):
                failed.clear()
                gone = sum(self._attempt(f"DROP {each}{ending}", failed) for each in left) > 0
                if gone:
                    break

    def _end_topic(self, topic: str, failed: list[str]) -> None:
        """Delete a topic, which takes a stream on it for a moment."""
        stream = quoted_name(self.naming.unique("ENDS_A_TOPIC"))
        if self._attempt(f"CREATE STREAM {stream} (V BYTES) WITH (KAFKA_TOPIC='{topic}', VALUE_FORMAT='KAFKA');", failed):
            self._attempt(f"DROP STREAM {stream} DELETE TOPIC;", failed)

    def _listed(self, what: str, field: str) -> list[str]:
        return [each["name"] for each in self.ask(f"SHOW {what};")[field] if self.naming.owns(each["name"])]

    def _attempt(self, statement: str, failed: list[str]) -> bool:
        try:
            self._once_it_can(lambda: self.ask(statement))
        except KsqlError as error:
            failed.append(f"{statement} {error.message}")
            return False
        return True

    def __getattr__(self, name: str) -> NoReturn:
        not_on_server(f"a server's REST API gives no {name}")


def _unread(summary: Mapping[str, Any]) -> Iterator[str]:
    for topic in summary.get("topicSummaries") or ():
        for each in topic["offsets"]:
            if each["consumerOffset"] < each["logEndOffset"]:
                place = f"topic {topic['kafkaTopic']}, partition {each['partition']}"
                yield f"{place}: {each['consumerOffset']} of {each['logEndOffset']}"


def _named(row: Sequence[Any], types: Mapping[str, SqlType]) -> dict[str, Any]:
    """A tuple's values by column; ROWTIME, the last of ``types``, is none of them."""
    if len(row) != len(types) - 1:
        raise DataError(f"{len(row)} values for {len(types) - 1} columns: {row!r}")
    return dict(zip(types, row, strict=False))


def _sql(value: Any, kind: SqlType | None) -> str:
    """A Python value, as ``Connection.insert`` takes it, in VALUES; what has no column the server refuses."""
    if kind is None:
        return "NULL"
    try:
        found, convert = from_python(value, kind), to_python(kind)
        return sql_value(convert(found) if convert is not None and found is not None else found, kind)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise DataError(f"{value!r} is no {kind}: {error}") from error


def properties_of(given: Mapping[str, str]) -> dict[str, str]:
    """A session's properties on a server."""
    return {**PROPERTIES, **canonical_all(given)}
