"""How a script is cut into calls, and whether a query is there before its input, makes no difference to what it gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minisql
from tests.properties.stage import EARLIEST, engine, rows, source, table

SOURCES = [
    source("STREAM", "s", "id INT KEY, g STRING, v INT"),
    source("TABLE", "t", "id INT PRIMARY KEY, g STRING, v INT"),
    source("TABLE", "u", "g STRING PRIMARY KEY, w INT"),
]
INSERTS = st.one_of(
    st.builds(
        "INSERT INTO {} (id, g, v, ROWTIME) VALUES ({}, '{}', {}, {});".format,
        st.sampled_from(["s", "t"]),
        st.integers(1, 3),
        st.sampled_from("xyz"),
        st.integers(-9, 9),
        st.integers(0, 50),
    ),
    st.builds(
        "INSERT INTO u (g, w, ROWTIME) VALUES ('{}', {}, {});".format,
        st.sampled_from("xyz"),
        st.integers(1, 9),
        st.integers(0, 50),
    ),
)
TABLES = {
    "filter": "SELECT id, v + 1 AS v FROM t WHERE v > 0",
    "groups": "SELECT g, COUNT(*) AS n, SUM(v) AS total, MAX(v) AS most FROM s GROUP BY g",
    "groups of a table": "SELECT g, COUNT(*) AS n, SUM(v) AS total FROM t GROUP BY g HAVING COUNT(*) > 1",
    "tumbling": "SELECT g, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 10 MILLISECONDS, GRACE PERIOD 5 MILLISECONDS) GROUP BY g",
    "hopping": "SELECT g, SUM(v) AS n FROM s WINDOW HOPPING (SIZE 10 MILLISECONDS, ADVANCE BY 4 MILLISECONDS) GROUP BY g",
    "session": "SELECT g, COLLECT_LIST(v) AS vs FROM s WINDOW SESSION (5 MILLISECONDS) GROUP BY g",
    "foreign key": "SELECT t.id AS id, v, w FROM t LEFT JOIN u ON t.g = u.g",
}
"""Queries of tables; their order of input within one topic is the same at any time."""


@given(st.lists(INSERTS, max_size=12), st.data())
def test_a_script_can_be_cut_anywhere(inserts: list[str], data: st.DataObject) -> None:
    queries = data.draw(st.lists(st.sampled_from(sorted(TABLES)), unique=True, max_size=3))
    creates = [f"CREATE TABLE q{i} AS {TABLES[name]};" for i, name in enumerate(queries)]
    creates.append("CREATE STREAM c AS SELECT id, UCASE(g) AS g FROM s WHERE v <> 0 EMIT CHANGES;")
    script = data.draw(st.permutations([*creates, *inserts]))
    cuts = data.draw(st.lists(st.integers(0, len(script)), max_size=4).map(sorted))
    parts = [script[first:last] for first, last in zip([0, *cuts], [*cuts, len(script)], strict=True)]
    whole = engine(" ".join([*SOURCES, *script]))
    cut = engine(" ".join(SOURCES))
    other = minisql.connect(cut.engine, properties=EARLIEST)
    for i, part in enumerate(parts):
        (cut, other)[i % 2].execute(" ".join(part))
    assert topics(cut) == topics(whole)


@pytest.mark.parametrize("query", TABLES.values(), ids=TABLES)
@given(inserts=st.lists(INSERTS, max_size=12), data=st.data())
def test_a_query_may_come_before_or_after_its_input(query: str, inserts: list[str], data: st.DataObject) -> None:
    create = f"CREATE TABLE q AS {query};"
    place = data.draw(st.integers(0, len(inserts)))
    first = engine(" ".join([*SOURCES, create, *inserts]))
    later = engine(" ".join([*SOURCES, *inserts[:place], create, *inserts[place:]]))
    assert table(later, "Q") == table(first, "Q")


def topics(connection: minisql.Connection) -> dict[str, list[Any]]:
    """All that lies on the topics."""
    return {name: rows(connection, name) for name in sorted(connection.engine.broker.topics)}
