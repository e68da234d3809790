"""Scenarios on a ksqlDB that others may be using, over its REST API."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from secrets import token_hex
from typing import Any, NoReturn
from urllib.parse import quote as urlquote

from minisql.clock import SystemClock
from minisql.engine import Session
from minisql.errors import InterfaceError, KsqlError, OperationalError
from minisql.names import quote
from minisql.remote.engine import RemoteEngine
from minisql.runtime.feed import Feed
from minisql.testing.differential.observation import Observation
from minisql.testing.differential.reading import filled_by
from minisql.testing.differential.renaming import Renaming
from minisql.testing.differential.scenario import Scenario
from minisql.testing.differential.stage import Stage, Watch
from minisql.testing.differential.steps import Produce, Statement, Step

POLL = 0.1
_LISTINGS = ("LIST STREAMS EXTENDED;", "LIST TABLES EXTENDED;")
EXTENDED = " ".join(_LISTINGS)
_LISTS = frozenset(("streams", "tables", "topics", "types", "queries", "sourceDescriptions", "queryDescriptions"))
"""Names in entities of lists that show what others have."""
_ENDS = frozenset(("SUCCESS", "ERROR", "TERMINATED"))
_BUSY = ("Could not write the statement", "There is a newer producer")
"""What a server says that could not write down a command, since another one has come between."""
_OF_TOPICS = "Failed to Describe Kafka Topic"


class KsqlDB:
    """A ksqlDB. A scenario's sources, types and topics get names of their own, and are dropped when it is over.

    A server works in its own time: the harness waits until every query has read all there is to its topics.

    Args:
        url: where it is.
        version: what its ``/info`` says.
        patience: seconds that a step's effects may take.
        quiet: seconds without a row after which a push query is taken to have given all.
    """

    ordered = False
    sees_topics = False

    def __init__(self, url: str, version: str, patience: float = 60.0, quiet: float = 1.0) -> None:
        self.name = f"ksqlDB {version}"
        self._url = url
        self._patience = patience
        self._quiet = quiet

    def run(self, scenario: Scenario, seen: str) -> Observation:
        """See ``Backend.run``.

        Raises:
            OperationalError: the server's queries do not come to rest.
        """
        renaming = Renaming(f"MS{token_hex(3)}_".upper(), [step.sql() for step in scenario.steps])
        stage = KsqlDBStage(RemoteEngine(self._url), self.name, renaming, Patience(self._patience, self._quiet))
        try:
            return Watch(stage, scenario).run(seen)
        finally:
            stage.close()


class Patience:
    """How long to wait, in seconds: at the most, and for something to change no more."""

    def __init__(self, most: float, quiet: float) -> None:
        self._most = most
        self.quiet = quiet

    def until(self, done: Callable[[], bool], what: str) -> None:
        """Wait until it is so.

        Raises:
            OperationalError: it takes too long.
        """
        end = time.monotonic() + self._most
        while not done():
            if time.monotonic() > end:
                raise OperationalError(f"{what} takes longer than {self._most:g} s")
            time.sleep(POLL)

    def until_same(self, value: Callable[[], Any], seconds: float, what: str) -> None:
        """Wait until it has stayed the same for so long."""
        last, since = value(), time.monotonic()

        def same() -> bool:
            nonlocal last, since
            now = value()
            if now != last:
                last, since = now, time.monotonic()
            return time.monotonic() - since >= seconds

        self.until(same, what)


class KsqlDBStage(Stage):
    """A part of a server that is one scenario's."""

    def __init__(self, engine: RemoteEngine, backend: str, renaming: Renaming, patience: Patience) -> None:
        super().__init__(engine, backend)
        self._remote = engine
        self._renaming = renaming
        self._patience = patience
        self._filled: set[str] = set()
        self._last: Step | None = None
        self._moving = False
        self._parted = False
        self._read: dict[str, dict[str, Any]] = {}

    # -- what a stage is --------------------------------------------------------------------------

    def now(self) -> int:
        """This machine's clock."""
        return SystemClock().now()

    def ksql(self, text: str, session: Session) -> list[dict[str, Any]]:
        """What the server answers, when it has done what it was told; asked again while it is busy with what others want.

        Raises:
            KsqlError: it refuses.
            OperationalError: it does not get round to it.
        """
        entities: list[dict[str, Any]] = []

        def answered() -> bool:
            try:
                entities[:] = self._remote.ksql(text, session)
            except KsqlError as error:
                if _is_busy(error):
                    return False
                raise
            return True

        self._patience.until(answered, text)
        return [self._done(entity) for entity in entities]

    def _done(self, entity: dict[str, Any]) -> dict[str, Any]:
        """The entity, its command carried out: a server that is busy answers before that."""
        status = entity.get("commandStatus")
        if status is None or status["status"] in _ENDS:
            return entity

        def ended() -> bool:
            status.update(self._remote.client.call("GET", f"/status/{urlquote(entity['commandId'])}"))
            return status["status"] in _ENDS

        self._patience.until(ended, entity["statementText"])
        return {**entity, "commandStatus": {name: status[name] for name in ("status", "message", "queryId")}}

    def produce(self, record: Produce) -> NoReturn:
        """Raises: InterfaceError: always."""
        raise InterfaceError("a ksqlDB has no way to write a record to a topic but INSERT: use Row in place of Produce")

    def advance(self, milliseconds: int) -> NoReturn:
        """Raises: InterfaceError: always."""
        raise InterfaceError("the clock of a ksqlDB cannot be moved: give rows a ROWTIME in place of Advance")

    def topics(self) -> NoReturn:
        """Raises: InterfaceError: always."""
        raise InterfaceError("a ksqlDB does not show its topics' records")

    def text(self, sql: str) -> str:
        """With names of the scenario's own."""
        return self._renaming.there(sql)

    def back(self, value: Any) -> Any:
        """With the scenario's names."""
        if isinstance(value, Mapping) and "error" in value:
            value = {**value, "message": self._renaming.place(value["message"])}
        if isinstance(value, Mapping) and "entity" in value:
            value = {"entity": self._own_part(value["entity"])}
        return self._renaming.back(value)

    def _own_part(self, entity: Mapping[str, Any]) -> dict[str, Any]:
        """The entity without what is of others; notes the query that it tells of."""
        query = (entity.get("commandStatus") or {}).get("queryId")
        if query is not None:
            self._renaming.queries.append(query)
        kept = {name: self._owned(value) if name in _LISTS else value for name, value in entity.items()}
        kept["warnings"] = [
            each for each in entity["warnings"] if _OF_TOPICS not in each["message"] or self.owns(each["message"])
        ]
        return kept

    def _owned(self, items: Any) -> Any:
        if isinstance(items, Mapping):
            return {name: item for name, item in items.items() if self.owns(name)}
        return [item for item in items if self.owns(item.get("name") or item["id"])]

    def owns(self, name: str) -> bool:
        """Whether it has the scenario's prefix, or is an INSERT query of the scenario's."""
        return self._renaming.prefix in name or name in self._renaming.queries

    # -- waiting ----------------------------------------------------------------------------------

    def settle(self, before: Step | None = None) -> None:
        """Wait until all queries have read what there is; rows of one source in one partition keep their order anyway.

        But a foreign key join leaves out what a row gave when the next row of its key is there before the answer is.
        """
        last, self._last = self._last, before
        source = None if last is None else filled_by(last)
        if source is not None:
            self._filled.add(source)
            self._moving = True
            if before is not None and filled_by(before) == source and not self._parted and not self._racing():
                return
        elif isinstance(last, Statement):
            self._moving = True
            self._parted = any(each["partitions"] > 1 for each in self._described())
        if self._moving:
            self._patience.until(self._at_rest, "reading all that there is")
            self._moving = False

    def _at_rest(self) -> bool:
        """Whether every query is at the end of all its topics, also of those between its own parts."""
        if not all(map(self._caught_up, self._described())):
            return False
        if not self._unread():
            return True
        # What a query has just begun to read shows when it commits for the first time.
        self._patience.until_same(self._places, self._patience.quiet + 2 * self._commit_interval, "committing")
        return all(map(self._caught_up, self._described()))

    def _inner_topics(self) -> list[str]:
        """The topics between the parts of the queries."""
        (entity,) = self._remote.ksql("LIST ALL TOPICS;", Session())
        names = (topic["name"] for topic in entity["topics"])
        return [name for name in names if self._renaming.prefix in name and "_query_" in name and not name.endswith("-changelog")]

    def _racing(self) -> bool:
        """Whether there is a foreign key join."""
        return any("-FK-JOIN-" in name for name in self._inner_topics())

    def _unread(self) -> bool:
        """Whether a query has a topic between its parts from which nothing has been read yet."""
        read = {topic for topics in self._read.values() for topic in topics}
        return any(name not in read for name in self._inner_topics())

    def _places(self) -> Any:
        self._described()
        return self._read

    @cached_property
    def _commit_interval(self) -> float:
        """Seconds after which queries commit how far they have read; ksqlDB's default is 2."""
        (entity,) = self._remote.ksql("LIST PROPERTIES;", Session())
        found = (each["value"] for each in entity["properties"] if each["name"] == "ksql.streams.commit.interval.ms")
        return int(next(found, 2000)) / 1000

    def _described(self) -> list[Mapping[str, Any]]:
        lists = [entity["sourceDescriptions"] for entity in self.ksql(EXTENDED, Session())]
        found = [each for sources in lists for each in sources if self.owns(each["name"])]
        self._read = {
            summary["groupId"].rpartition("_query_")[2]: {
                topic["kafkaTopic"]: topic["offsets"] for topic in summary["topicSummaries"]
            }
            for each in found
            for summary in each["queryOffsetSummaries"]
        }
        return found

    def _caught_up(self, source: Mapping[str, Any]) -> bool:
        """Whether the queries that read a source, and those that write it, are at the end of all their topics."""
        readers = [self._read.get(each["id"], {}) for each in source["readQueries"]]
        started = not self._has_records(source) or all(source["topic"] in topics for topics in readers)
        writers = [self._read.get(each["id"], {}) for each in source["writeQueries"]]
        ends = (offset for topics in (*readers, *writers) for offsets in topics.values() for offset in offsets)
        return started and all(offset["consumerOffset"] == offset["logEndOffset"] for offset in ends)

    def _has_records(self, source: Mapping[str, Any]) -> bool:
        """Whether rows were inserted, or a query has written some."""
        written = any(each["name"] == "total-messages" and each["value"] for each in source["clusterStatistics"])
        return bool(written) or self._renaming.back(source["name"]) in self._filled

    def rest(self, pushes: Iterable[Feed]) -> None:
        """Wait until push queries give nothing more."""
        going = [push for push in pushes if not push.done]
        if going:
            self._patience.until_same(lambda: sum(push.backlog for push in going), self._patience.quiet, "a push query")

    # -- cleaning up ------------------------------------------------------------------------------

    def close(self) -> None:
        """End the queries, drop the sources with their topics, and the types."""
        try:
            for query in self._renaming.queries:
                if query.startswith("INSERTQUERY"):
                    self._try(f"TERMINATE {query};")
            while self._drop_some():
                pass
            for name in self._types():
                self._try(f"DROP TYPE {quote(name)};")
        finally:
            self.engine.close()

    def _drop_some(self) -> bool:
        """Drop what nothing else is made of; whether there was anything.

        What is still needed is not to be tried: ksqlDB deletes the topic before it refuses to drop the source.
        """
        free = [each for each in self._described() if not each["sourceConstraints"]]
        return sum(map(self._dropped, free)) > 0

    def _dropped(self, source: Mapping[str, Any]) -> bool:
        return any(self._try(f"DROP {source['type']} {quote(source['name'])}{how};") for how in (" DELETE TOPIC", ""))

    def _types(self) -> Iterator[str]:
        (entity,) = self.ksql("LIST TYPES;", Session())
        return (name for name in entity["types"] if self.owns(name))

    def _try(self, statement: str) -> bool:
        try:
            self.ksql(statement, Session())
        except KsqlError:
            return False
        return True


def _is_busy(error: KsqlError) -> bool:
    """Whether to ask again: a command was not written; or a source of others was dropped while all were listed."""
    of_others = error.message.startswith("Could not find STREAM/TABLE") and error.statement in _LISTINGS
    return of_others or error.message.startswith(_BUSY)


def _offsets(summary: Mapping[str, Any]) -> dict[str, Any]:
    """How far a query has come, by topic; one of which it has read nothing is not there."""
    return {topic["kafkaTopic"]: topic["offsets"] for topic in summary["topicSummaries"]}
