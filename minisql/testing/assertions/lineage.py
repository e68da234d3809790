"""From which records a record was made.

Nothing is noted while queries run. When an assertion has failed, the queries behind a record are done again, one record
at a time: that tells which record was being processed when it came out. Which others it depends on is told by leaving
them out: one by one, then, of those that can stand in for each other, as many as may go. What was found goes on the same
way through the queries that wrote it, back to records that no query wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from minisql.broker import Entry
from minisql.engine import Engine
from minisql.planner import steps
from minisql.planner.steps import Step
from minisql.runtime.query import PersistentQuery, PushQuery, Query
from minisql.testing.assertions.replay import Budget, Made, Ref, Replay, TooMuch, alike, written

CHUNKS = 32
"""Earlier records are left out in so many parts; a part that matters is looked at in halves."""


STATELESS = (
    *(steps.StreamSource, steps.StreamFilter, steps.StreamSelect, steps.StreamSelectKey, steps.StreamFlatMap),
    steps.StreamSink,
)
"""Steps without a memory."""


class Untold(Exception):
    """Why it cannot be told where a record comes from."""


@dataclass
class Lineage:
    """Where a record comes from.

    Attributes:
        roots: the records that no query wrote, the one whose processing gave the record first.
        by_way_of: those in between that queries wrote.
        doubts: why it may depend on other records too.
        query: wrote the record; None: no query did.
        notes: what the processing log says of the records while they became others: (query, record, text).
    """

    roots: list[Ref] = field(default_factory=list)
    by_way_of: list[Ref] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    query: Query | None = None
    notes: list[tuple[Query, Ref, str]] = field(default_factory=list)


class Tracer:
    """Finds where records come from; what it has found of a query serves for all of a failure's records."""

    def __init__(self, engine: Engine, budget: Budget | None = None) -> None:
        self._engine = engine
        self._budget = budget or Budget()
        self._replays: dict[str, Replay] = {}
        self._found: dict[str, dict[int, tuple[int, int]] | None] = {}
        self._logs: dict[str, list[Entry]] = {}

    def writers(self, topic: str) -> list[PersistentQuery]:
        """The queries that write a topic."""
        return [query for query in self._engine.queries.values() if query.sink is not None and query.sink.topic == topic]

    def replay(self, query: Query) -> Replay:
        """The query, to be done again.

        Raises:
            Untold: it has read too much for that, or began with a state that is not known.
        """
        if isinstance(query, PersistentQuery) and query.continues:
            raise Untold(f"{query.id} went on with the state of the query that it replaced")
        replay = self._replays.get(query.id)
        if replay is None:
            replay = self._replays[query.id] = Replay(self._engine, query, self._budget)
        if replay.too_long:
            raise Untold(f"{query.id} has read too many records to be done again")
        return replay

    def lineage(self, record: Ref) -> Lineage:
        """Where a record comes from.

        Raises:
            Untold: that cannot be told.
        """
        return self._traced(record, self._origin(record))

    def lineage_of_row(self, query: PushQuery, rows: Sequence[tuple[Any, ...]], number: int) -> Lineage:
        """Where a row of a push query comes from.

        Args:
            rows: the last rows that it gave.
            number: which of them.

        Raises:
            Untold: that cannot be told.
        """
        replay = self.replay(query)
        flat = [(place, at) for place, made in enumerate(self._made(replay)) for at in range(len(made.entries))]
        flat = flat[: query.plan.limit]
        if len(flat) < len(rows):
            raise Untold(f"{query.id}, done again, does not give the same rows")
        place, at = flat[len(flat) - len(rows) + number]
        key, row, _, _ = replay.made[place].entries[at]
        repeats = repr(query.tombstone(key) if row is None else row) == repr(rows[number])
        return self._traced(None, _Search(replay, place, at, repeats).origin())

    def _traced(self, record: Ref | None, origin: _Origin | None) -> Lineage:
        """Follow the origin of a record to its roots."""
        result = Lineage(query=None if origin is None else origin.query)
        seen = {record}
        waiting: list[tuple[Ref | None, _Origin | None]] = [(record, origin)]
        for ref, found in waiting:
            if ref is not None and (found is None or ref != record):
                (result.roots if found is None else result.by_way_of).append(ref)
            if found is not None:
                result.doubts += [doubt for doubt in found.doubts if doubt not in result.doubts]
                result.notes += [(found.query, found.refs[0], text) for text in found.messages]
                fresh = [each for each in found.refs if each not in seen]
                seen.update(fresh)
                waiting += [(each, self._origin_or_doubt(each, result)) for each in fresh]
        return result

    def _origin_or_doubt(self, ref: Ref, result: Lineage) -> _Origin | None:
        """The origin of a record on the way; where it cannot be told the way ends, with a doubt."""
        try:
            return self._origin(ref)
        except Untold as reason:
            if str(reason) not in result.doubts:
                result.doubts.append(str(reason))
            return None

    def faithful(self, query: Query) -> Replay:
        """The query, done again with the result that it had.

        Raises:
            Untold: it gives another, or has read too much to be done again.
        """
        replay = self.replay(query)
        self._made(replay)
        if isinstance(query, PersistentQuery) and query.sink is not None and self._places(query, query.sink.topic) is None:
            raise Untold(f"{query.id}, done again, does not give the same records")
        return replay

    def _made(self, replay: Replay) -> list[Made]:
        try:
            return replay.made
        except TooMuch:
            raise Untold(f"doing {replay.query.id} again takes too long") from None

    def _origin(self, ref: Ref) -> _Origin | None:
        """What the query has read that wrote a record; None: no query did.

        Raises:
            Untold: it is not known which query did.
        """
        doubt = None
        for query in self.writers(ref.topic):
            try:
                replay = self.faithful(query)
            except Untold as reason:
                doubt = reason
                continue
            places = self._places(query, ref.topic)
            if places is not None and ref.number in places:
                place, at = places[ref.number]
                repeats = alike(replay.made[place].entries[at], self._log(ref.topic)[ref.number])
                return _Search(replay, place, at, repeats).origin()
        if doubt is not None:
            raise doubt
        return None

    def _places(self, query: PersistentQuery, topic: str) -> dict[int, tuple[int, int]] | None:
        """Where the output of a query is on its topic."""
        if query.id not in self._found:
            self._found[query.id] = written(self.replay(query), self._log(topic), query.written)
        return self._found[query.id]

    def _log(self, topic: str) -> list[Entry]:
        if topic not in self._logs:
            self._logs[topic] = [entry for _, entries, _ in self._engine.broker.topic(topic).read(0) for entry in entries]
        return self._logs[topic]


@dataclass(frozen=True)
class _Origin:
    """The records of which a query has made one: first the one that it processed when it did, and what was said of that."""

    query: Query
    refs: list[Ref]
    doubts: list[str]
    messages: list[str]


class _Search:
    """Looks for what a record depends on.

    Args:
        replay: of the query that wrote it.
        cause: the number of the record of whose processing it came.
        number: which of those that came of it.
        repeats: whether doing the query again gives the same values.
    """

    def __init__(self, replay: Replay, cause: int, number: int, repeats: bool) -> None:
        self._replay = replay
        self._cause = cause
        self._target = replay.made[cause].entries[number]
        self._repeats = repeats
        self._doubts: list[str] = []

    def origin(self) -> _Origin:
        """All that it depends on, as far as the budget goes."""
        others = self._others() if self._repeats else []
        if not self._repeats:
            self._doubts.append(f"{self._replay.query.id} gives other values each time")
        given = self._replay.given
        refs = [given[place].ref for place in (self._cause, *others)]
        messages = self._replay.made[self._cause].messages
        return _Origin(self._replay.query, refs, self._doubts, messages)

    def _others(self) -> list[int]:
        earlier = list(range(self._cause))
        needed: list[int] = []
        try:
            if not earlier or _remembers_nothing(self._replay.query.plan.step):
                return []
            for place in self._influential(earlier):
                needed.append(place)  # one by one: what is known when the budget ends is kept
            needed.sort()
            return needed if self._comes_of(needed) else self._completed(needed, earlier)
        except TooMuch:
            self._doubts.append(
                f"not all of the {self._cause} records that {self._replay.query.id} read before could be left out"
            )
            return sorted(needed)

    def _comes_of(self, places: Sequence[int]) -> bool:
        """Whether the record comes out when nothing but these is read before its cause."""
        last = self._replay.run([*places, self._cause])[-1]
        return any(alike(self._target, entry) for entry in last.entries)

    def _influential(self, earlier: Sequence[int]) -> Iterator[int]:
        """The records without which it would not come out, the latest first."""
        size = -(-len(earlier) // CHUNKS)
        parts = [list(earlier[at : at + size]) for at in range(0, len(earlier), size)]
        while parts:
            part = parts.pop()
            left_out = set(part)
            if self._comes_of([place for place in earlier if place not in left_out]):
                continue
            if len(part) == 1:
                yield part[0]
            else:
                half = len(part) // 2
                parts += [part[:half], part[half:]]

    def _completed(self, needed: list[int], earlier: Sequence[int]) -> list[int]:
        """With as few of the others as do, of those that can stand in for each other the latest."""
        kept = list(earlier)
        size = max(1, len(kept) // 2)
        while size:
            for part in [kept[at : at + size] for at in range(0, len(kept), size)]:
                fewer = [place for place in kept if place in needed or place not in part]
                if len(fewer) < len(kept) and self._comes_of(fewer):
                    kept = fewer
            size //= 2
        return kept


def _remembers_nothing(step: Step) -> bool:
    """Whether what comes of a record depends on no other."""
    return isinstance(step, STATELESS) and all(map(_remembers_nothing, step.sources))
