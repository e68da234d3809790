"""A join of tables is, after every change, the join of what the tables have."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.stage import engine, source, table

Change = tuple[str, int, "int | None"]
CHANGES = st.lists(st.tuples(st.sampled_from("lr"), st.integers(1, 3), st.none() | st.integers(1, 9)), max_size=14)
"""(table, primary key, value or None for a tombstone)"""
FK_CHANGES = st.lists(
    st.tuples(st.just("l"), st.integers(1, 4), st.none() | st.tuples(st.none() | st.integers(1, 3), st.integers(1, 9)))
    | st.tuples(st.just("r"), st.integers(1, 3), st.none() | st.integers(1, 9)),
    max_size=16,
)
"""Rows of the left table are (foreign key, value)."""

TABLES = source("TABLE", "l", "id INT PRIMARY KEY, a INT") + source("TABLE", "r", "id INT PRIMARY KEY, b INT")


def follow(connection: Any, changes: list[Any], columns: dict[str, list[str]], model: Any) -> None:
    """Write the changes, and look at the join behind each."""
    state: dict[str, dict[int, Any]] = {name: {} for name in columns}
    for time, (name, key, value) in enumerate(changes):
        values = value if isinstance(value, tuple) else (value,)
        row = None if value is None else dict(zip(columns[name], values, strict=True))
        connection.topic(name).produce(row, key, timestamp=time)
        if value is None:
            state[name].pop(key, None)
        else:
            state[name][key] = value
        assert table(connection, "J") == model(state)


@pytest.mark.parametrize(
    ("join", "key", "keys"),
    [
        ("JOIN", "l.id", lambda left, right: left.keys() & right.keys()),
        ("LEFT JOIN", "l.id", lambda left, right: left.keys()),
        ("RIGHT JOIN", "r.id", lambda left, right: right.keys()),
        ("FULL OUTER JOIN", "ROWKEY", lambda left, right: left.keys() | right.keys()),
    ],
    ids=["inner", "left", "right", "full"],
)
@given(changes=CHANGES)
def test_table_table(join: str, key: str, keys: Any, changes: list[Change]) -> None:
    connection = engine(f"{TABLES} CREATE TABLE j AS SELECT {key} AS k, a, b FROM l {join} r ON l.id = r.id;")

    def model(state: Any) -> Any:
        left, right = state["l"], state["r"]
        return {key: (left.get(key), right.get(key)) for key in keys(left, right)}

    follow(connection, changes, {"l": ["A"], "r": ["B"]}, model)


@pytest.mark.parametrize("join", ["JOIN", "LEFT JOIN"])
@given(changes=FK_CHANGES)
def test_foreign_key(join: str, changes: list[Any]) -> None:
    connection = engine(f"""{source("TABLE", "l", "id INT PRIMARY KEY, fk INT, a INT")}
        {source("TABLE", "r", "id INT PRIMARY KEY, b INT")}
        CREATE TABLE j AS SELECT l.id AS k, fk, a, b FROM l {join} r ON l.fk = r.id;""")

    def model(state: Any) -> Any:
        pairs = {key: (fk, value, state["r"].get(fk)) for key, (fk, value) in state["l"].items()}
        return {key: row for key, row in pairs.items() if row[2] is not None or join == "LEFT JOIN"}

    follow(connection, changes, {"l": ["FK", "A"], "r": ["B"]}, model)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 2), st.none() | st.integers(1, 9)), max_size=16))
def test_three_tables(changes: list[Change]) -> None:
    tables = "".join(source("TABLE", name, f"id INT PRIMARY KEY, {name}v INT") for name in "abc")
    connection = engine(f"""{tables} CREATE TABLE j AS SELECT a.id AS k, av, bv, cv
        FROM a JOIN b ON a.id = b.id LEFT JOIN c ON a.id = c.id;""")

    def model(state: Any) -> Any:
        return {key: (state["a"][key], state["b"][key], state["c"].get(key)) for key in state["a"].keys() & state["b"].keys()}

    follow(connection, changes, {name: [f"{name.upper()}V"] for name in "abc"}, model)
