"""Whether two backends gave the same to a scenario, and where they first did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from minisql.clock import SystemClock
from minisql.record import Record
from minisql.testing.differential.backend import Backend
from minisql.testing.differential.normalizations import Clock, normalized
from minisql.testing.differential.observation import QUERIES, TOPICS, Observation
from minisql.testing.differential.scenario import Scenario
from minisql.testing.differential.values import dumps, same


class Difference(Record):
    """Where two backends first part; ``str()`` shows it, with the scenario as a SQL test of what the left one gave.

    Attributes:
        scenario: what was run.
        where: in words: "step 3: SELECT ..." or "topic O, key 1, change 2".
        step: the number of the step, from 0; None for what was looked at in the end.
        left, right: the names of the backends.
        gave: what either gave there, as plain values.
        seen: all that the left one gave.
    """

    scenario: Scenario
    where: str
    step: int | None
    left: str
    right: str
    gave: tuple[Any, Any]
    seen: Observation

    def __str__(self) -> str:
        from minisql.testing.differential.proof import sql_test

        width = max(len(self.left), len(self.right))
        sides = [f"  {name:>{width}}: {dumps(gave)}" for name, gave in zip((self.left, self.right), self.gave, strict=True)]
        return "\n".join([self.where, *sides, "", f"As a test of what {self.left} gave:", sql_test(self.scenario, self.seen)])


def compare(scenario: Scenario, left: Backend, right: Backend) -> Difference | None:
    """Run a scenario on two backends; gives the first difference in what they answer, or None.

    Compared are what each step answers (schema, rows, entity, or class and text of the error), and in the end the sources,
    the states of queries, and every change with key, value, time, partition and window. Where both give everything in the
    same order each time, the order has to be the same; otherwise only that of the changes of one key. Rows without a
    ROWTIME get the present time, the same on both.

    Raises:
        InterfaceError: a backend cannot do a step.
        ServerError: there is no server.

    >>> from minisql.testing.differential import InProcess, parse_scenarios
    >>> [scenario] = parse_scenarios('''
    ...     CREATE STREAM s (id INT KEY, v INT) WITH (kafka_topic='s', format='JSON', partitions=1);
    ...     INSERT INTO s (id, v, rowtime) VALUES (1, 2, 0);
    ...     SELECT v FROM s;''')
    >>> compare(scenario, InProcess(), InProcess()) is None
    True
    """
    scenario = scenario.timed(SystemClock().now())
    seen = TOPICS if left.sees_topics and right.sees_topics else QUERIES
    return difference(scenario, left.run(scenario, seen), right.run(scenario, seen), ordered=left.ordered and right.ordered)


def assert_same(scenario: Scenario, *backends: Backend) -> None:
    """Assert that all backends give what the first one gives.

    Raises:
        AssertionError: one does not; the text is that of the difference.
        InterfaceError: a backend cannot do a step, or there are fewer than two.
        ServerError: there is no server.

    >>> from minisql.testing.differential import InProcess, Query, Scenario
    >>> assert_same(Scenario((Query("SELECT * FROM NOWHERE;"),)), InProcess(), InProcess(now=0))
    """
    if len(backends) < 2:
        from minisql.errors import InterfaceError

        raise InterfaceError("it takes two backends to compare")
    for other in backends[1:]:
        found = compare(scenario, backends[0], other)
        assert found is None, str(found)


def difference(scenario: Scenario, left: Observation, right: Observation, *, ordered: bool) -> Difference | None:
    """The first difference between two observations of a scenario, read in the same way."""
    clocks = left.clock, right.clock  # what is "now" to one is so to the other: both have rows of the same time
    for where, step, one, other in _pairs(scenario, _normal(left, clocks), _normal(right, clocks), ordered):
        if not same(one, other):
            return Difference(scenario, where, step, left.backend, right.backend, (one, other), left)
    return None


def _normal(observation: Observation, clocks: Sequence[Clock]) -> Observation:
    parts = ("steps", "sources", "queries", "changes")
    return observation.with_(**{name: normalized(getattr(observation, name), clocks) for name in parts})


Pair = tuple[str, "int | None", Any, Any]
"""Where something is, in which step, and what either side has there."""

ABSENT = "<absent>"


def _pairs(scenario: Scenario, left: Observation, right: Observation, ordered: bool) -> Iterator[Pair]:
    for number, (one, other) in enumerate(zip(left.steps, right.steps, strict=True)):
        where = f"step {number + 1}: {scenario.steps[number].sql()}"
        yield from _answers(where, number, one, other, ordered)
    yield from _named("source", left.sources, right.sources)
    yield "queries", None, sorted(left.queries, key=dumps), sorted(right.queries, key=dumps)
    yield from _changes(left.changes, right.changes, ordered)


def _answers(where: str, number: int, one: Mapping[str, Any], other: Mapping[str, Any], ordered: bool) -> Iterator[Pair]:
    """First all but rows, then row by row."""
    yield where, number, _but_rows(one), _but_rows(other)
    rows = [answer.get("rows", []) if ordered else sorted(answer.get("rows", []), key=dumps) for answer in (one, other)]
    yield from ((f"{where}\nrow {i}", number, *both) for i, both in enumerate(zip_longest(*rows, fillvalue=ABSENT), 1))


def _but_rows(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "rows"}


def _named(what: str, left: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[Pair]:
    for name in sorted({*left, *right}):
        yield f"{what} {name}", None, left.get(name, ABSENT), right.get(name, ABSENT)


def _changes(left: Mapping[str, Any], right: Mapping[str, Any], ordered: bool) -> Iterator[Pair]:
    for name in sorted({*left, *right}):
        if name not in left or name not in right:
            yield f"changes of {name}", None, left.get(name, ABSENT), right.get(name, ABSENT)
            continue
        streams = [_parted(side[name], ordered) for side in (left, right)]
        for part in sorted({*streams[0], *streams[1]}):
            both = zip_longest(*(stream.get(part, []) for stream in streams), fillvalue=ABSENT)
            yield from ((f"changes of {name}, {part}, number {i}", None, *pair) for i, pair in enumerate(both, 1))


def _parted(changes: Sequence[Mapping[str, Any]], ordered: bool) -> dict[str, list[Any]]:
    """The sequences whose order is to be compared: of a partition, or of a key in it."""
    parts: dict[str, list[Any]] = {}
    for change in changes:
        part = f"partition {change['partition']}"
        if not ordered:
            part += f", key {dumps(change['key'])}"
        parts.setdefault(part, []).append(change)
    return parts
