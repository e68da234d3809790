"""What the stores of joins and sessions keep."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minisql.runtime.operators.retained import Retained
from minisql.runtime.operators.session import near
from minisql.runtime.operators.stream_join import WindowStore

times = st.lists(st.integers(0, 200), max_size=40)


@given(times, st.integers(0, 200), st.integers(0, 50))
def test_a_store_gives_what_lies_between(rows: list[int], first: int, length: int) -> None:
    store = WindowStore(retention=1000)
    for number, time in enumerate(rows):
        store.put("k", time, number)
    expected = sorted(time for time in rows if first <= time <= first + length)
    assert [time for time, _ in store.between("k", first, first + length)] == expected


def test_a_store_of_many_rows_of_one_key_gives_the_same() -> None:
    store = WindowStore(retention=100_000)
    late_and_early = [(7919 * number) % 5000 for number in range(5000)]
    for number, time in enumerate(late_and_early):
        store.put("k", time, number)
        store.put("k", time, -number)
    found = store.between("k", 1000, 1500)
    assert [time for time, _ in found] == [time for time in range(1000, 1501) for _ in range(2)]
    assert all(first == -second for (_, first), (_, second) in zip(found[::2], found[1::2], strict=True))
    store.put("k", 103_000, "new")
    assert [time for time, _ in store.between("k", 0, 200_000)] == [time for time in range(3001, 5000) for _ in range(2)] + [
        103_000
    ]


def test_a_store_forgets_what_is_older_than_its_retention() -> None:
    store = WindowStore(retention=100)
    store.put("k", 0, "old")
    store.put("k", 100, "new")
    assert store.between("k", 0, 200) == [(100, "new")]
    store.put("k", -5, "too late")
    assert store.between("k", -10, 200) == [(100, "new")]


@given(times, st.integers(0, 200), st.integers(0, 50))
def test_sessions_near_a_row_are_those_that_end_and_start_near(cuts: list[int], low: int, length: int) -> None:
    ends = sorted(set(cuts))
    sessions = [(end, start) for end, start in zip(ends[1::2], ends[::2], strict=False)]
    first, last = near(sessions, low, low + length)
    assert sessions[first:last] == [(end, start) for end, start in sessions if end >= low and start <= low + length]


def test_what_has_expired_is_forgotten_once_a_retention() -> None:
    kept = Retained(retention=100)
    kept |= {"a": [(0, "old"), (60, "new")], "b": [(0, "old")]}
    kept.latest = 99
    kept.tidy()
    assert kept == {"a": [(0, "old"), (60, "new")], "b": [(0, "old")]}
    kept.latest = 100
    kept.tidy()
    assert kept == {"a": [(60, "new")]}
    kept.latest = 199
    kept.tidy()
    assert kept == {"a": [(60, "new")]}
    kept.latest = 200
    kept.tidy()
    assert kept == {}
