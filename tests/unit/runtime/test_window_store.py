"""What the stores of joins and sessions keep."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minisql.runtime.operators.retained import Retained, between
from minisql.runtime.operators.session import near

times = st.lists(st.integers(0, 200), max_size=40)


def keep(store: Retained, time: int, item: object) -> None:
    """What generated code does where a row may come late."""
    if "k" in store:
        store.insert("k", (time, item))
    else:
        store["k"] = [(time, item)]


@given(times, st.integers(0, 200), st.integers(0, 50))
def test_what_lies_between_is_found(rows: list[int], first: int, length: int) -> None:
    store = Retained(retention=1000)
    for number, time in enumerate(rows):
        keep(store, time, number)
    expected = sorted(((time, number) for number, time in enumerate(rows) if first <= time <= first + length))
    assert (between(store["k"], first, first + length) if rows else []) == expected


def test_many_rows_of_one_key_give_the_same() -> None:
    store = Retained(retention=100_000)
    late_and_early = [(7919 * number) % 5000 for number in range(5000)]
    for number, time in enumerate(late_and_early):
        keep(store, time, number)
        keep(store, time, -number)
    store["k"].append((5000, "new"))
    found = between(store["k"], 1000, 1500)
    assert [time for time, _ in found] == [time for time in range(1000, 1501) for _ in range(2)]
    assert all(first == -second for (_, first), (_, second) in zip(found[::2], found[1::2], strict=True))
    store.latest = 103_000
    store.tidy()
    assert [time for time, _ in store["k"]] == [time for time in range(3001, 5000) for _ in range(2)] + [5000]


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
