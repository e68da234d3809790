"""An aggregate of a table is the aggregate of the rows that the table has now, whatever it had before."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.stage import current, engine, source, table


class Row(NamedTuple):
    group: str | None
    v: int | None
    w: float | None
    text: str


VALUES = st.none() | st.integers(-9, 9)
ROWS = st.builds(
    Row, st.sampled_from(["x", "y", "x", None]), VALUES, st.none() | st.integers(-8, 8).map(float), st.sampled_from("pqr")
)
CHANGES = st.lists(st.tuples(st.integers(1, 4), st.none() | ROWS), max_size=14)
"""(primary key, row or None for a tombstone)"""


def variance(values: list[int]) -> float:
    if len(values) < 2:
        return 0.0
    mean = Fraction(sum(values), len(values))
    return float(sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def correlation(pairs: list[tuple[int, float]]) -> float:
    if len(pairs) < 2:
        return math.nan
    count = len(pairs)
    left, right = [Fraction(a) for a, _ in pairs], [Fraction(b) for _, b in pairs]
    both = count * sum(a * b for a, b in zip(left, right, strict=True)) - sum(left) * sum(right)
    spread = [count * sum(a * a for a in side) - sum(side) ** 2 for side in (left, right)]
    return float(both) / math.sqrt(spread[0] * spread[1]) if all(spread) else math.nan


def values(rows: list[Row]) -> list[int]:
    return [row.v for row in rows if row.v is not None]


MODELS: dict[str, Callable[[list[Row]], Any]] = {
    "COUNT(*)": len,
    "COUNT(v)": lambda rows: len(values(rows)),
    "SUM(v)": lambda rows: sum(values(rows)),
    "SUM(w)": lambda rows: sum(row.w for row in rows if row.w is not None),
    "AVG(v)": lambda rows: sum(values(rows)) / len(values(rows)) if values(rows) else 0.0,
    "SUM_LIST(ARRAY[v, 1])": lambda rows: sum(values(rows)) + len(rows),
    "COLLECT_LIST(v)": lambda rows: Counter(row.v for row in rows),
    "HISTOGRAM(text)": lambda rows: dict(Counter(row.text for row in rows)),
    "ATTR(v)": lambda rows: rows[0].v if len({row.v for row in rows}) == 1 else None,
    "STDDEV_SAMP(v)": lambda rows: variance(values(rows)),
    "STDDEV_SAMPLE(v)": lambda rows: math.sqrt(variance(values(rows))),
    "CORRELATION(CAST(v AS DOUBLE), w)": lambda rows: correlation(
        [(row.v, row.w) for row in rows if row.v is not None and row.w is not None]
    ),
}
"""Each aggregate that can be undone, and what it is of these rows."""

SOURCE = source("TABLE", "t", "id INT PRIMARY KEY, g STRING, v INT, w DOUBLE, text STRING")
CALLS = ", ".join(f"{call} AS c{i}" for i, call in enumerate(MODELS))


def same(actual: Any, expected: Any) -> bool:
    if isinstance(expected, Counter):
        return Counter(actual) == expected
    if isinstance(expected, float):
        return math.isnan(float(actual)) if math.isnan(expected) else actual == pytest.approx(expected, abs=1e-6)
    return bool(actual == expected)


@given(CHANGES)
def test_aggregates_of_a_table(changes: list[tuple[int, Row | None]]) -> None:
    connection = engine(f"{SOURCE} CREATE TABLE r AS SELECT g, {CALLS} FROM t GROUP BY g;")
    write(connection, changes)
    now = list(current(changes).values())
    result = table(connection, "R")
    assert set(result) == {row.group for _, row in changes if row is not None and row.group is not None}
    for group, actual in result.items():
        rows = [row for row in now if row.group == group]
        for (call, model), value in zip(MODELS.items(), actual, strict=True):
            assert same(value, model(rows)), f"{call} of {rows} is not {value}"


@given(CHANGES)
def test_aggregates_of_an_aggregate(changes: list[tuple[int, Row | None]]) -> None:
    connection = engine(f"""{SOURCE}
        CREATE TABLE counts AS SELECT g, COUNT(*) AS n FROM t GROUP BY g;
        CREATE TABLE r AS SELECT n, COUNT(*) AS groups FROM counts GROUP BY n;""")
    write(connection, changes)
    counts = Counter(count for (count,) in table(connection, "COUNTS").values())
    result = {n: groups for n, (groups,) in table(connection, "R").items() if groups}
    assert result == dict(counts)


@given(CHANGES, st.integers(-5, 5))
def test_aggregates_behind_a_filter(changes: list[tuple[int, Row | None]], limit: int) -> None:
    connection = engine(f"""{SOURCE}
        CREATE TABLE r AS SELECT g, COUNT(*) AS n, SUM(v) AS total FROM t WHERE v > {limit} GROUP BY g HAVING COUNT(*) > 1;""")
    write(connection, changes)
    kept = [row for row in current(changes).values() if row.v is not None and row.v > limit and row.group is not None]
    groups = {row.group: [each for each in kept if each.group == row.group] for row in kept}
    expected = {group: (len(rows), sum(values(rows))) for group, rows in groups.items() if len(rows) > 1}
    assert table(connection, "R") == expected


def write(connection: Any, changes: list[tuple[int, Row | None]]) -> None:
    topic = connection.topic("t")
    for time, (key, row) in enumerate(changes):
        value = None if row is None else {"G": row.group, "V": row.v, "W": row.w, "TEXT": row.text}
        topic.produce(value, key, timestamp=time)
