"""Queries done again, record by record, to see which record comes of which."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from minisql.broker import Entry, RecordCodec, Topic
from minisql.engine import Engine, canonical_all
from minisql.runtime.launch import Surroundings, replica
from minisql.runtime.processing_log import ProcessingLog
from minisql.runtime.query import PushQuery, Query
from minisql.testing.assertions.journal import Journal, consumed

MOST = 20_000
"""Queries that have read more records are not done again."""

BUILDING = 300
"""What it costs to build a query, counted in records."""


class Ref(NamedTuple):
    """A record: its topic, and its number there."""

    topic: str
    number: int


class TooMuch(Exception):
    """What is left of the budget does not suffice."""


@dataclass
class Budget:
    """How many records may still be processed."""

    left: int = 150_000

    def take(self, records: int) -> None:
        """Use some of it.

        Raises:
            TooMuch: there is not that much left.
        """
        if records > self.left:
            raise TooMuch
        self.left -= records


class Given(NamedTuple):
    """A record that a query has read: which of its inputs it came by, where it is, and the record."""

    number: int
    ref: Ref
    codec: RecordCodec
    entry: Entry


class Made(NamedTuple):
    """What came of a record, and what the processing log said meanwhile."""

    entries: list[Entry]
    messages: list[str]


class Replay:
    """A query that can be done again.

    Args:
        query: has run on the engine.
        budget: what all replays of a failure may cost.
    """

    def __init__(self, engine: Engine, query: Query, budget: Budget) -> None:
        self.query = query
        self._engine = engine
        self._budget = budget

    @property
    def too_long(self) -> bool:
        """Whether the query has read more than can be done again."""
        return sum(each.position - self.query.starts.get(each.topic.name, 0) for each in self.query.inputs) > MOST

    @cached_property
    def given(self) -> list[Given]:
        """What the query has read, in its order."""
        topics = [each.topic for each in self.query.inputs]
        logs = {topic.name: _log(topic) for topic in topics}
        return [
            Given(number, Ref(topics[number].name, index), *logs[topics[number].name][index])
            for number, index in consumed(self.query, Journal.of(self._engine))
        ]

    @cached_property
    def made(self) -> list[Made]:
        """What came of each of them."""
        return self.run(range(len(self.given)))

    def run(self, places: Collection[int]) -> list[Made]:
        """Do the query again with some of what it has read.

        Args:
            places: which, in order, by their number in ``given``.

        Returns:
            what came of each.

        Raises:
            TooMuch: the budget does not suffice.
        """
        self._budget.take(BUILDING + len(places))
        out: list[Entry] = []
        log = ProcessingLog(self._engine.clock)
        task = replica(self.query, self._surroundings(log), out.extend)
        made = []
        for place in places:
            number, ref, codec, entry = self.given[place]
            task.feed(task.inputs[number], codec, [entry], ref.number)
            made.append(Made(_shown(self.query, out), list(map(_message, log))))
            out.clear()
            log.clear()
        return made

    def _surroundings(self, log: ProcessingLog) -> Surroundings:
        engine, overridden = self._engine, self.query.overridden
        config = {**engine.config, **canonical_all(overridden), "minisql.now": engine.clock.now}
        return Surroundings(
            engine.broker, engine.functions, log, config, engine.clock, engine.compiler, overridden, engine.manual
        )


def _shown(query: Query, entries: Sequence[Entry]) -> list[Entry]:
    """What gets out of the query: a push query leaves some out."""
    return query.shown(entries) if isinstance(query, PushQuery) else list(entries)


def _log(topic: Topic) -> list[tuple[RecordCodec, Entry]]:
    return [(codec, entry) for codec, entries, _ in topic.read(0) for entry in entries]


def _message(entry: dict[str, Any]) -> str:
    """The text of an entry of the processing log, and its innermost cause."""
    (body,) = [part for name, part in entry["message"].items() if name != "type"]
    text, cause = str(body["errorMessage"]), str((body["cause"] or [""])[-1])
    return text if cause in text else f"{text} ({cause})"


def alike(one: Entry, other: Entry) -> bool:
    """Whether two records are the same; NaN is NaN here."""
    return one == other or repr(one) == repr(other)


def written(replay: Replay, log: Sequence[Entry], count: int) -> dict[int, tuple[int, int]] | None:
    """Where in a log the output of a query is: index -> (number of what was read, number of what came of it).

    None where doing the query again has not given what it wrote.

    Args:
        log: what the query, and perhaps others, have written.
        count: how many records the query has written.
    """
    flat = [(place, number, entry) for place, made in enumerate(replay.made) for number, entry in enumerate(made.entries)]
    if len(flat) != count:
        return None
    if len(flat) == len(log):  # nobody else has written: values may differ, such as those of UUID()
        return {index: (place, number) for index, (place, number, _) in enumerate(flat)}
    found: dict[int, tuple[int, int]] = {}
    waiting = iter(flat)
    following = next(waiting, None)
    for index, entry in enumerate(log):
        if following is not None and alike(entry, following[2]):
            found[index] = following[:2]
            following = next(waiting, None)
    return found if following is None else None
