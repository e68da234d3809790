"""How far the queries of one tenant are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from minisql.dialect import quoted_name
from minisql.testing.tenant.naming import Naming

Body = Mapping[str, Any]

_INPUTS = re.compile(r"Source: \S+ \(topics: \[([^\]]*)\]\)")
_FOREIGN_KEY = "-FK-JOIN-"
_WRITTEN = "total-messages"
NOT_YET = -1
"""In place of an offset in a topic of which nothing has been read."""


class Look(NamedTuple):
    """How far queries were at one moment.

    Attributes:
        places: where they were; equal where nothing has moved.
        unread: what they have not read, in words.
        untold: topics between the parts of queries of which nothing has been read, though something may lie there.
    """

    places: Any
    unread: list[str]
    untold: list[str]


class Progress:
    """Asks a server how far a tenant's queries are.

    ksqlDB tells the places of a query in topics that it has read something of, and their ends. Of the others it is known
    here how many rows were inserted, and the server says how many its queries have written.

    Args:
        ask: gives the one entity with which the server answers a statement.
        naming: the tenant's names.
    """

    def __init__(self, ask: Callable[[str], dict[str, Any]], naming: Naming) -> None:
        self._ask = ask
        self._naming = naming
        self._inputs: dict[str, frozenset[str]] = {}
        self.inserted: Counter[str] = Counter()
        self._written: dict[str, int] = {}
        self._from_start: set[str] = set()
        self.queries: list[dict[str, Any]] = []
        self.dead: list[str] = []

    def started(self, query: str, from_start: bool) -> None:
        """A query has begun to read, be it from the beginning of its topics."""
        if from_start:
            self._from_start.add(query)

    # -- persistent queries -------------------------------------------------------------------------

    def running(self) -> list[dict[str, Any]]:
        """The tenant's persistent queries."""
        queries = self._ask("SHOW QUERIES;")["queries"]
        return [each for each in queries if each["queryType"] == "PERSISTENT" and self._naming.owns(str(each))]

    def look(self) -> Look:
        """Where the tenant's persistent queries are, but for those that are paused or have died."""
        queries = self.running()
        self.queries = [each for each in queries if "RUNNING" in each["statusCount"]]
        self.dead = [each["id"] for each in queries if "ERROR" in each["statusCount"]]
        live = {each["id"] for each in self.queries}
        sinks = dict.fromkeys(sink for each in self.queries for sink in each["sinks"])
        described = [self._ask(f"DESCRIBE {quoted_name(each)} EXTENDED;")["sourceDescription"] for each in sinks]
        for each in described:
            self._written[each["topic"]] = max(self._written.get(each["topic"], 0), _count(each))
        looks = [self._summary(summary, query) for each in described for summary, query in _summaries(each) if query in live]
        alone = {each["id"] for each in self.queries if not each["sinks"]}
        looks += [self._tasks(each) for each in (self._described() if alone else ()) if each["id"] in alone]
        return _together(looks)

    def _summary(self, summary: Body, query: str) -> Look:
        offsets = {each["kafkaTopic"]: each["offsets"] for each in summary["topicSummaries"]}
        unread = [
            f"{query} has {each['consumerOffset']} of {each['logEndOffset']} records of {topic}"
            for topic, partitions in offsets.items()
            for each in partitions
            if each["consumerOffset"] < each["logEndOffset"]
        ]
        missing = [each for each in self.inputs(query) if not any(self._is(each, topic) for topic in offsets)]
        unread += [f"{query} has nothing of {each}" for each in missing if self._known(query, each)]
        return Look((query, offsets), unread, [each for each in missing if self._may_hold(query, each, offsets)])

    def _known(self, query: str, topic: str) -> int:
        """How many records there are at least on a topic for a query."""
        return self.inserted[topic] + self._written.get(topic, 0) if query in self._from_start else 0

    def _may_hold(self, query: str, topic: str, begun: Collection[str]) -> bool:
        """Whether there may be records on a topic of which none is known; what lies between its parts a query has written."""
        return query not in self._from_start or (bool(begun) and not self._naming.owns(topic))

    def inputs(self, query: str) -> frozenset[str]:
        """The topics that a query reads; those between its own parts have names that are parts of the topics' names."""
        if query not in self._inputs:
            self._inputs[query] = _inputs(self._ask(f"EXPLAIN {quoted_name(query)};")["queryDescription"])
        return self._inputs[query]

    # -- any query ----------------------------------------------------------------------------------

    def _described(self) -> list[dict[str, Any]]:
        described: list[dict[str, Any]] = self._ask("SHOW QUERIES EXTENDED;")["queryDescriptions"]
        return described

    def of_query(self, query: str) -> Look | None:
        """Where any query is, be it a push query; None where the server does not know it any more."""
        return next((self._tasks(each) for each in self._described() if each["id"] == query), None)

    def _tasks(self, description: Body) -> Look:
        """How far a query has told that it is: its tasks know the last records that they have met and their own places."""
        query = description["id"]
        offsets = [
            (each["topicPartitionEntity"]["topic"], each["endOffset"], each["committedOffset"])
            for task in description["tasksMetadata"]
            for each in task["topicOffsets"]
        ]
        unread = [f"{query} has {at} of {end + 1} records of {topic}" for topic, end, at in offsets if end >= max(at, 0)]
        begun = {topic for topic, end, _ in offsets if end > NOT_YET}
        untold = []
        for topic in _inputs(description):
            there, known = sum(max(at, 0) for each, _, at in offsets if self._is(topic, each)), self._known(query, topic)
            if there < known:
                unread.append(f"{query} has {there} of {known} records of {topic}")
            elif self._may_hold(query, topic, begun) and not any(self._is(topic, each) for each in begun):
                untold.append(topic)
        return Look((query, sorted(offsets)), unread, untold)

    def _is(self, name: str, topic: str) -> bool:
        """Whether a topic is the one of this name, which for one between a query's parts is the end of it."""
        return topic == name or (topic.endswith(f"-{name}") and not self._naming.owns(name))

    # -- what may overtake what ---------------------------------------------------------------------

    def in_order(self, topic: str) -> bool:
        """Whether rows on a topic may follow each other at once, with the same effects as if each were waited for.

        They may not where two ways lead to one query or one sink; nor into a foreign key join, which leaves out what a row
        gave when the next one of its key is there before the answer is.
        """
        reached, waiting = {topic}, list(self.queries)
        while found := [each for each in waiting if self.inputs(each["id"]) & reached]:
            for each in found:
                inputs, sinks = self.inputs(each["id"]), set(each["sinkKafkaTopics"])
                if len(inputs & reached) > 1 or sinks & reached or any(_FOREIGN_KEY in name for name in inputs):
                    return False
                reached |= sinks
                waiting.remove(each)
        # A query that was reached before its second input was would not have been seen to have two.
        return all(len(self.inputs(each["id"]) & reached) < 2 for each in self.queries)


def _inputs(description: Body) -> frozenset[str]:
    return frozenset(topic for found in _INPUTS.findall(description["topology"]) for topic in found.split(", "))


def _summaries(source: Body) -> Iterator[tuple[Body, str]]:
    """Each query that writes a source, with how far it is."""
    ids = [each["id"] for each in source["writeQueries"]]
    for summary in source["queryOffsetSummaries"]:
        yield summary, next(each for each in ids if summary["groupId"].endswith(f"_{each}"))


def _count(source: Body) -> int:
    return int(sum(each["value"] for each in source["clusterStatistics"] if each["name"] == _WRITTEN))


def _together(looks: Iterable[Look]) -> Look:
    looks = sorted(looks, key=lambda each: str(each.places[0]))
    return Look(
        [each.places for each in looks],
        [word for each in looks for word in each.unread],
        [topic for each in looks for topic in each.untold],
    )
