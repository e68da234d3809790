"""Joins of streams are the nested loop over what has come before."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.stage import engine, rows, source


class Event(NamedTuple):
    side: str
    key: int
    time: int
    v: int


EVENTS = st.lists(st.builds(Event, st.sampled_from("lr"), st.integers(1, 2), st.integers(0, 40), st.integers(1, 99)), max_size=14)
TIMES = st.integers(0, 15)
SOURCES = source("STREAM", "l", "id INT KEY, a INT") + source("STREAM", "r", "id INT KEY, b INT")


def write(connection: Any, events: list[Event]) -> None:
    for event in events:
        connection.topic(event.side).produce({"A" if event.side == "l" else "B": event.v}, event.key, timestamp=event.time)


def nested_loop(events: list[Event], before: int, after: int, outer: str) -> list[Any]:
    """Each event meets those of the other side that came earlier; without one it stands alone, if its side is an outer one."""
    result: list[Any] = []
    for i, event in enumerate(events):
        others = [each for each in events[:i] if each.side != event.side and each.key == event.key]
        near = [each for each in others if -before <= gap(event, each) <= after]
        for other in sorted(near, key=lambda each: each.time):
            result.append(
                (event.key, (event.v, other.v) if event.side == "l" else (other.v, event.v), max(event.time, other.time))
            )
        if not near and event.side in outer:
            result.append((event.key, (event.v, None) if event.side == "l" else (None, event.v), event.time))
    return result


def gap(one: Event, other: Event) -> int:
    """How much later the right one of the two is."""
    return other.time - one.time if one.side == "l" else one.time - other.time


@pytest.mark.parametrize(
    ("join", "key", "outer"),
    [("JOIN", "l.id", ""), ("LEFT JOIN", "l.id", "l"), ("RIGHT JOIN", "r.id", "r"), ("FULL OUTER JOIN", "ROWKEY", "lr")],
)
@given(events=EVENTS, within=TIMES)
def test_stream_stream(join: str, key: str, outer: str, events: list[Event], within: int) -> None:
    connection = engine(f"""{SOURCES}
        CREATE STREAM j AS SELECT {key} AS k, a, b FROM l {join} r WITHIN {within} MILLISECONDS ON l.id = r.id;""")
    write(connection, events)
    assert rows(connection, "J") == nested_loop(events, within, within, outer)


@given(EVENTS, TIMES, TIMES)
def test_stream_stream_with_two_times(events: list[Event], before: int, after: int) -> None:
    connection = engine(f"""{SOURCES}
        CREATE STREAM j AS SELECT l.id AS k, a, b FROM l
          JOIN r WITHIN ({before} MILLISECONDS, {after} MILLISECONDS) ON l.id = r.id;""")
    write(connection, events)
    assert rows(connection, "J") == nested_loop(events, before, after, "")


@given(EVENTS, st.integers(1, 15), TIMES)
def test_stream_stream_in_time_needs_no_grace(events: list[Event], within: int, grace: int) -> None:
    """With neither within nor grace nothing would meet: Kafka Streams' stores keep rows for the sum of both."""
    in_time = sorted(events, key=lambda event: event.time)
    connection = engine(f"""{SOURCES}
        CREATE STREAM j AS SELECT l.id AS k, a, b FROM l
          JOIN r WITHIN {within} MILLISECONDS GRACE PERIOD {grace} MILLISECONDS ON l.id = r.id;""")
    write(connection, in_time)
    assert rows(connection, "J") == nested_loop(in_time, within, within, "")


@pytest.mark.parametrize("join", ["JOIN", "LEFT JOIN"])
@given(events=EVENTS, deletes=st.sets(st.integers(0, 13)))
def test_stream_table(join: str, events: list[Event], deletes: set[int]) -> None:
    """The stream's rows find what the table has when they come, whatever the times are."""
    connection = engine(f"""{source("STREAM", "l", "id INT KEY, a INT")} {source("TABLE", "r", "id INT PRIMARY KEY, b INT")}
        CREATE STREAM j AS SELECT l.id AS k, a, b FROM l {join} r ON l.id = r.id;""")
    state: dict[int, int] = {}
    expected = []
    for i, event in enumerate(events):
        if event.side == "r":
            gone = i in deletes
            connection.topic("r").produce(None if gone else {"B": event.v}, event.key, timestamp=event.time)
            if gone:
                state.pop(event.key, None)
            else:
                state[event.key] = event.v
        else:
            connection.topic("l").produce({"A": event.v}, event.key, timestamp=event.time)
            if event.key in state or join == "LEFT JOIN":
                expected.append((event.key, (event.v, state.get(event.key)), event.time))
    assert rows(connection, "J") == expected
