"""What the stores of joins and sessions keep."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minisql.planner.steps import Window
from minisql.runtime.operators.session import Sessions
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


class Count:
    """An aggregate that counts."""

    def initialize(self) -> int:
        return 0

    def aggregate(self, state: int, value: object) -> int:
        return state + 1

    def merge(self, one: int, other: int) -> int:
        return one + other


@given(times)
def test_sessions_are_the_runs_without_a_gap(rows: list[int]) -> None:
    sessions = Sessions(Window("SESSION", 10, grace=10_000), verbs=[Count()], arity=[1])
    current: dict[tuple[int, int], int] = {}
    for time in rows:
        for end, start, states in sessions.add("k", time, (None,)) or []:
            if states is None:
                del current[start, end]
            else:
                current[start, end] = states[0]
    assert current == runs(rows)


def runs(rows: list[int]) -> dict[tuple[int, int], int]:
    """Sorted times cut where the gap is wider than 10."""
    result: dict[tuple[int, int], int] = {}
    run: list[int] = []
    for time in sorted(rows):
        if run and time - run[-1] > 10:
            result[run[0], run[-1]] = len(run)
            run = []
        run.append(time)
    if run:
        result[run[0], run[-1]] = len(run)
    return result
