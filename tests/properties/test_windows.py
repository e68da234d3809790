"""A window has the rows whose time lies in it; late rows count until its grace period is over."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.stage import current, engine, rows, source, table


class Event(NamedTuple):
    key: str
    time: int
    v: int


EVENTS = st.lists(st.builds(Event, st.sampled_from("ab"), st.integers(0, 60), st.integers(1, 9)), max_size=16)
SIZES = st.integers(1, 20)
GRACE = st.integers(0, 40)
AGGREGATES = "COUNT(*) AS n, SUM(v) AS total"


def run(window: str, events: list[Event]) -> Any:
    connection = engine(f"""{source("STREAM", "s", "k STRING KEY, v INT")}
        CREATE TABLE r AS SELECT k, {AGGREGATES}, COLLECT_LIST(v) AS vs FROM s WINDOW {window} GROUP BY k;""")
    topic = connection.topic("s")
    for event in events:
        topic.produce({"V": event.v}, event.key, timestamp=event.time)
    return connection


def windows_of(events: list[Event], size: int, advance: int, grace: int) -> dict[Any, list[Event]]:
    """The rows of each window: a window starts at every multiple of ``advance``, and is closed ``grace`` after its end."""
    result = defaultdict(list)
    now = 0
    for event in events:
        now = max(now, event.time)
        for start in range(0, event.time + 1, advance):
            if start <= event.time < start + size and start + size + grace > now:
                result[event.key, start, start + size].append(event)
    return result


@given(EVENTS, SIZES, GRACE)
def test_tumbling(events: list[Event], size: int, grace: int) -> None:
    connection = run(f"TUMBLING (SIZE {size} MILLISECONDS, GRACE PERIOD {grace} MILLISECONDS)", events)
    check(connection, windows_of(events, size, size, grace))


@given(EVENTS, SIZES, GRACE, st.data())
def test_hopping(events: list[Event], size: int, grace: int, data: st.DataObject) -> None:
    advance = data.draw(st.integers(1, size))
    connection = run(
        f"HOPPING (SIZE {size} MILLISECONDS, ADVANCE BY {advance} MILLISECONDS, GRACE PERIOD {grace} MILLISECONDS)", events
    )
    check(connection, windows_of(events, size, advance, grace))


@given(EVENTS, SIZES)
def test_sessions_that_nothing_is_too_late_for(events: list[Event], gap: int) -> None:
    """The sessions are what is left when the times of a key are cut wherever more than the gap lies between two."""
    connection = run(f"SESSION ({gap} MILLISECONDS)", events)
    expected = {}
    for key in {event.key for event in events}:
        times = sorted(event.time for event in events if event.key == key)
        cuts = [0, *(i for i in range(1, len(times)) if times[i] - times[i - 1] > gap), len(times)]
        for first, last in pairwise(cuts):
            start, end = times[first], times[last - 1]
            members = [event.v for event in events if event.key == key and start <= event.time <= end]
            expected[key, start, end] = (len(members), sum(members))
    assert {window: tuple(values[:2]) for window, values in table(connection, "R").items()} == expected


@given(EVENTS, SIZES, GRACE)
def test_sessions_with_grace(events: list[Event], gap: int, grace: int) -> None:
    """Row by row: a row joins the sessions of its key within the gap, unless what comes of it ended too long ago."""
    connection = run(f"SESSION ({gap} MILLISECONDS, GRACE PERIOD {grace} MILLISECONDS)", events)
    sessions: list[list[Event]] = []
    now = latest_end = 0
    for event in events:
        now = max(now, event.time)
        near = [each for each in sessions if each[0].key == event.key and distance(each, event.time) <= gap]
        near = [each for each in near if end_of(each) > latest_end - gap - grace]
        merged = [*(row for each in near for row in each), event]
        if end_of(merged) >= now - gap - grace:
            sessions = [*(each for each in sessions if each not in near), merged]
            latest_end = max(latest_end, end_of(merged))
    result = {window: tuple(values[:2]) for window, values in table(connection, "R").items()}
    assert result == {
        (each[0].key, min(row.time for row in each), end_of(each)): (len(each), sum(row.v for row in each)) for each in sessions
    }


@given(EVENTS, SIZES, GRACE)
def test_final_windows_are_the_closed_ones(events: list[Event], size: int, grace: int) -> None:
    """EMIT FINAL gives each window that is over once, with all that it ever had."""
    connection = engine(f"""{source("STREAM", "s", "k STRING KEY, v INT")}
        SET 'ksql.streams.__emit.interval.ms.kstreams.windowed.aggregation__' = '0';
        CREATE TABLE r AS SELECT k, {AGGREGATES} FROM s
        WINDOW TUMBLING (SIZE {size} MILLISECONDS, RETENTION 1 DAY, GRACE PERIOD {grace} MILLISECONDS) GROUP BY k EMIT FINAL;""")
    topic = connection.topic("s")
    for event in events:
        topic.produce({"V": event.v}, event.key, timestamp=event.time)
    now = max((event.time for event in events), default=0)
    closed = {key: each for key, each in windows_of(events, size, size, grace).items() if key[2] + grace <= now}
    result = [(window, values) for window, values, _ in rows(connection, "R")]
    assert len(result) == len(closed)
    assert dict(result) == {key: (len(each), sum(event.v for event in each)) for key, each in closed.items()}


def distance(session: list[Event], time: int) -> int:
    start = min(event.time for event in session)
    return max(start - time, time - end_of(session), 0)


def end_of(session: list[Event]) -> int:
    return max(event.time for event in session)


def check(connection: Any, expected: dict[Any, list[Event]]) -> None:
    """Each window's last row, and one record for each row that came into it, in the order of arrival."""
    changes = [(window, values) for window, values, _ in rows(connection, "R")]
    model = {
        window: (len(events), sum(event.v for event in events), [event.v for event in events])
        for window, events in expected.items()
    }
    assert current(changes) == model
    for window, events in expected.items():
        assert [values[0] for key, values in changes if key == window] == list(range(1, len(events) + 1))
