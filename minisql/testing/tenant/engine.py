"""A server as one of those who share it sees it: nothing but its own, and everything that was done has taken effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, NoReturn, TypeVar
from urllib.parse import quote as urlquote

from sqlglot import exp

from minisql.dialect import StatementText, nodes, parse, parse_script, quoted_name, substitute
from minisql.engine import Result, Session, canonical_all
from minisql.errors import Error, InterfaceError, KsqlError
from minisql.metastore import Source
from minisql.remote.client import Answer
from minisql.remote.engine import LOCAL, RemoteEngine, first_word
from minisql.remote.values import row_reader
from minisql.results import Entity
from minisql.schema import Column
from minisql.testing.tenant.description import source_of
from minisql.testing.tenant.feeds import PatientFeed, RecordFeed
from minisql.testing.tenant.leaving import take_away
from minisql.testing.tenant.naming import Edit, Naming, Rewritten
from minisql.testing.tenant.patience import Patience, Still
from minisql.testing.tenant.progress import Progress
from minisql.testing.tenant.properties import UNCACHED
from minisql.types import TIME, SqlType

LINGER = 0.2
"""Seconds that rows may be on their way when their query has told that it gave them."""

UNSUITED = (nodes.AlterSystem, nodes.CreateConnector, nodes.DropConnector)
"""Statements whose effects others on the server would feel."""

MOVING = (nodes.InsertValues, nodes.InsertInto, nodes.CreateAsSelect, nodes.Resume)
"""Statements after which queries have something to do; so have those of CREATE SOURCE."""

LISTS = frozenset(("streams", "tables", "topics", "types", "queries", "sourceDescriptions", "queryDescriptions"))
"""Names in entities of lists that show what others have."""

_NOT_YET = (
    *("rebalanc", "not yet available", "NOT_RUNNING"),  # pull queries on a table whose query is about to start
    # Another client's statement came at the same time, or the server is busy; this one was not written.
    *("newer producer with the same transactionalId", "Cannot execute transactional method", "Could not write the statement"),
    "waiting for command topic consumer",
    "This server does not host this topic-partition",  # others' topics were deleted while all were listed
)
"""In refusals that another attempt may not meet."""

_GONE = "Could not find STREAM/TABLE"
_OF_READING = ("Syntax Error", "Failed to prepare statement")
_ENDS = ("SUCCESS", "ERROR", "TERMINATED")

T = TypeVar("T")
F = TypeVar("F", bound=PatientFeed)


class Filled(NamedTuple):
    """A source into which the last statement has inserted a row."""

    name: str
    topic: str
    partitions: int


class Tenant(RemoteEngine):
    """Runs statements in names that nobody else has; ``leave`` takes away what they made.

    Statements are as in the process: the effects of one have flowed before the next one is run, what the server says has the
    names of the script, and queries are counted from 0 on.

    Args:
        url: where the server is.
        patience: how long to wait for it.
    """

    def __init__(self, url: str, patience: Patience) -> None:
        super().__init__(url)
        self.naming = Naming()
        self.patience = patience
        self.progress = Progress(self.ask, self.naming)
        self._feeds: list[PatientFeed] = []
        self._moving = False
        self._filled: Filled | None = None
        self._feed = self._patient
        self._from_start = False

    # -- statements -----------------------------------------------------------------------------------

    def run(self, statement: StatementText, session: Session) -> Result:
        """Run one statement.

        Raises:
            KsqlError: it is refused; the error is as if the names had not been others.
            InterfaceError: it would touch what others have.
            ServerError: there is no server, or it does not come to an end.
        """
        text = substitute(statement.text, session.variables, session.directory is not None)
        if first_word(text) in LOCAL:
            return super().run(statement, session)
        try:
            node = parse(text, test=session.directory is not None)
        except KsqlError as error:
            return self._unreadable(text, session, error)
        if isinstance(node, UNSUITED):
            self.refuse(f"others use the server too: {text}")
        self._settle_before(node)
        properties = {**session.properties, **canonical_all(session.overrides)}
        self._from_start = properties.get("auto.offset.reset", "").lower() == "earliest"
        if isinstance(node, nodes.QueryCommand) and node.args.get("this") is None:
            return self._for_all_queries(node, text, session)
        return self._run_rewritten(node, self.naming.rewrite(text, node, self.edits(node, text)), session)

    def edits(self, node: exp.Expr, text: str) -> list[Edit]:
        """What else is to be changed in a statement."""
        return []

    def refuse(self, reason: str) -> NoReturn:
        """Something cannot be done on a server that is shared.

        Raises:
            InterfaceError: always.
        """
        raise InterfaceError(reason)

    def _unreadable(self, text: str, session: Session, refusal: KsqlError) -> NoReturn:
        """Let the server say what is wrong with a statement. It is not to run it, since it has the names of others.

        A request is read as a whole, and tried as a whole, before anything of it is run; its second statement cannot be.
        """
        impossible = f"DROP STREAM {quoted_name(self.naming.unique('NOTHING'))};"
        try:
            super().run(StatementText(f"{text.rstrip().rstrip(';')}; {impossible}", 1, 0, 1), session)
        except KsqlError as error:
            if error.message == refusal.message or any(word in error.message for word in _OF_READING):
                error.statement = text
                raise
        self.refuse(f"the names in a statement that cannot be read here cannot be replaced: {text}")

    def _run_rewritten(self, node: exp.Expr, statement: Rewritten, session: Session) -> Result:
        def attempt() -> Result:
            return super(Tenant, self).run(StatementText(statement.text, 1, 0, 1), session)

        try:
            result = self._once_it_can(attempt)
        except KsqlError as error:
            raise self._restored(error, statement) from None
        if not isinstance(result, Entity):
            return result.with_(statement=statement.original)
        self._moving = self._moving or isinstance(node, MOVING) or bool(node.args.get("source"))
        if isinstance(node, nodes.InsertValues):
            self._note_row(node.this.name)
        return self._told(node, result)

    def _note_row(self, name: str) -> None:
        if self._filled is None:
            described = self.ask(f"DESCRIBE {quoted_name(self.naming.unique(name))};")["sourceDescription"]
            self._filled = Filled(name, described["topic"], described["partitions"])
        self.progress.inserted[self._filled.topic] += 1

    def _once_it_can(self, attempt: Callable[[], T]) -> T:
        """Run a statement, again as long as the server refuses it for nothing but the moment."""
        result: list[T] = []
        refusal = ""

        def done() -> bool:
            nonlocal refusal
            try:
                result.append(attempt())
            except KsqlError as error:
                gone = _GONE in error.message and not self.naming.owns(error.message)  # while all that are there were listed
                if not gone and not any(word in error.message for word in _NOT_YET):
                    raise
                refusal = error.message
            return bool(result)

        self.patience.until(done, lambda: self.naming.restored(refusal))
        return result[0]

    def ksql(self, text: str, session: Session) -> list[dict[str, Any]]:
        """The entities with which the server answers."""
        results = [self.run(each, session) for each in parse_script(text)]
        return [each.to_dict() for each in results if isinstance(each, Entity) and each.answered]

    def _for_all_queries(self, node: exp.Expr, text: str, session: Session) -> Result:
        """TERMINATE, PAUSE or RESUME ALL: others have queries on the server too."""
        for query in self.progress.running():
            self.ask(f"{type(node).__name__.upper()} {quoted_name(query['id'])};")
        return Entity.nothing(text)

    def _told(self, node: exp.Expr, entity: Entity) -> Entity:
        body = {name: self._own(value) if name in LISTS else value for name, value in entity.body.items()}
        if "commandStatus" in body:
            body["commandStatus"] = self._ended(body["commandId"], body["commandStatus"])
            query_id = body["commandStatus"]["queryId"]
            if query_id and not isinstance(node, nodes.QueryCommand):
                self.naming.started(query_id)
                self.progress.started(query_id, self._from_start)
        warnings = tuple(each for each in entity.warnings if "Kafka Topic" not in each or self.naming.owns(each))
        statement, body, warnings = map(self.naming.restored, (entity.statement, body, warnings))
        return Entity(entity.type, statement, body, tuple(warnings))

    def _ended(self, command: str, status: dict[str, Any]) -> dict[str, Any]:
        """The command carried out: a server that is busy answers before that."""

        def done() -> bool:
            if status["status"] not in _ENDS:
                status.update(self.client.call("GET", f"/status/{urlquote(command)}"))
            return status["status"] in _ENDS

        status = dict(status)
        self.patience.until(done, lambda: self.naming.restored(f"{command} is {status['status']}"))
        return {name: status[name] for name in ("status", "message", "queryId")}

    def _own(self, value: Any) -> Any:
        """Of what a server lists, the tenant's own."""
        if isinstance(value, dict):
            return {name: each for name, each in value.items() if self.naming.owns(name)}
        return [each for each in value if self.naming.owns(str(each))]

    def _restored(self, error: KsqlError, statement: Rewritten) -> KsqlError:
        error.message = self.naming.restored_message(error.message, statement)
        error.args = (error.message,)
        error.statement = statement.original if error.statement is None else self.naming.restored(error.statement)
        return error

    # -- what there is --------------------------------------------------------------------------------

    def ask(self, text: str) -> dict[str, Any]:
        """The one entity with which the server answers a statement in its own names."""
        return self._once_it_can(lambda: self.client.ksql(text, {})[0])

    def source(self, name: str) -> Source | None:
        """The tenant's source of this name, as DESCRIBE tells it."""
        try:
            body = self.ask(f"DESCRIBE {quoted_name(self.naming.unique(name))};")
        except KsqlError:
            return None
        return source_of(self.naming.restored(body["sourceDescription"]))

    def own(self, what: str) -> list[dict[str, Any]]:
        """The tenant's STREAMS, TABLES or TOPICS, in the server's names."""
        return [each for each in self.ask(f"SHOW {what};")[what.lower()] if self.naming.owns(each["name"])]

    def watch(self, source: Source, columns: Mapping[str, SqlType]) -> RecordFeed:
        """Columns of all records of a source. A TIME is read as text, of which rows tell no less than whole seconds."""
        times = {column.name for column in source.schema.value if column.type == TIME}
        selected = ", ".join(_in_full(each) if each in times else quoted_name(each) for each in columns)
        text = f"SELECT {selected} FROM {quoted_name(self.naming.unique(source.name))} EMIT CHANGES;"
        answer = self.client.query(text, UNCACHED)
        self.progress.started(answer.header["queryId"], True)
        return self._kept(RecordFeed(self._await, answer, row_reader([Column(*each) for each in columns.items()])))

    def _patient(self, answer: Answer, read: Callable[[Sequence[Any]], tuple[Any, ...]]) -> PatientFeed:
        self.progress.started(answer.header["queryId"], self._from_start)
        return self._kept(PatientFeed(self._await, answer, read))

    def _kept(self, feed: F) -> F:
        self._feeds.append(feed)
        return feed

    # -- waiting --------------------------------------------------------------------------------------

    def _settle_before(self, node: exp.Expr) -> None:
        """Let all have flowed; but rows of one source follow each other at once where that makes no difference."""
        filled, self._filled = self._filled, None
        goes_on = filled is not None and isinstance(node, nodes.InsertValues) and node.this.name == filled.name
        if filled is not None and goes_on and filled.partitions == 1 and self.progress.in_order(filled.topic):
            self._filled = filled
        else:
            self.settle()

    def settle(self) -> None:
        """Wait until the tenant's queries have processed all that lies on their topics.

        Twice the same look at queries that have nothing unread says so: what one of them wrote while others were looked at
        shows the second time.

        Raises:
            ServerError: it takes longer than the patience allows.
        """
        still, look = Still(), None

        def at_rest() -> bool:
            nonlocal look
            look = self.progress.look()
            seconds = still.seconds(look.places)
            return still.same and not look.unread and (not look.untold or seconds >= self.patience.quiet)

        if self._moving:
            self.patience.until(at_rest, lambda: self.naming.restored("; ".join(look.unread if look else ())))
            self._moving = False

    def _await(self, feed: PatientFeed, wanted: int | None) -> None:
        """Wait for so many rows of a push query, or until it has read all that lies on its topics.

        Raises:
            ServerError: it takes longer than the patience allows.
        """
        still, look = Still(), None

        def enough() -> bool:
            nonlocal look
            if feed.done or (wanted is not None and feed.backlog >= wanted):
                return True
            look = self.progress.of_query(feed.query_id)
            seconds = still.seconds((feed.backlog, look))
            if look is None or look.untold:
                return seconds >= self.patience.quiet
            return not look.unread

        if not feed.done:
            self.settle()
        self.patience.until(enough, lambda: self.naming.restored("; ".join(look.unread if look else ())))
        feed.linger(wanted, LINGER)

    # -- the end --------------------------------------------------------------------------------------

    def leave(self) -> list[str]:
        """End the tenant's queries, drop its sources, topics and types, and close the connection; gives what would not go."""
        try:
            for feed in self._feeds:
                feed.stop()
            return [self.naming.restored(each) for each in take_away(self)]
        finally:
            self.close()

    def attempt(self, statement: str) -> str:
        """Run a statement in the server's own names; gives why it is refused, or nothing."""
        try:
            self.ask(statement)
        except Error as error:
            return f"{statement} {error}"
        return ""


def _in_full(column: str) -> str:
    name = quoted_name(column)
    return f"FORMAT_TIME({name}, 'HH:mm:ss.SSS') AS {name}"
