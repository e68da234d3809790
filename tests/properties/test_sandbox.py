"""What is tried in a sandbox is answered as on the engine, statement by statement, and changes nothing there."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from minisql.engine import Engine, Session
from minisql.errors import KsqlError
from tests.properties.stage import engine, source

NAMES = st.sampled_from(["s", "t", "a", "b"])
STATEMENTS = st.one_of(
    st.builds("CREATE STREAM {} AS SELECT * FROM {} WHERE v > 1;".format, NAMES, NAMES),
    st.builds("CREATE OR REPLACE STREAM {} AS SELECT * FROM {};".format, NAMES, NAMES),
    st.builds("CREATE TABLE {} AS SELECT v, COUNT(*) AS n FROM {} GROUP BY v;".format, NAMES, NAMES),
    st.builds("CREATE TABLE IF NOT EXISTS {} AS SELECT * FROM {};".format, NAMES, NAMES),
    st.builds("INSERT INTO {} SELECT * FROM {};".format, NAMES, NAMES),
    st.builds("INSERT INTO {} (id, v) VALUES (1, {});".format, NAMES, st.sampled_from(["1", "'x'"])),
    st.builds("ALTER STREAM {} ADD COLUMN w INT;".format, NAMES),
    st.builds("DROP STREAM {}{};".format, NAMES, st.sampled_from(["", " DELETE TOPIC"])),
    st.builds("DROP TABLE IF EXISTS {};".format, NAMES),
    st.builds("{} {};".format, st.sampled_from(["TERMINATE", "PAUSE"]), st.sampled_from(["ALL", "CSAS_A_0", "CTAS_B_1"])),
    st.sampled_from(["CREATE TYPE p AS INT;", "DROP TYPE p;", "SHOW QUERIES;", "SHOW STREAMS;", "ASSERT TOPIC a;"]),
)


@given(st.lists(STATEMENTS, max_size=8), st.integers(0, 8))
def test_the_sandbox_answers_as_the_engine(script: list[str], first: int) -> None:
    conn = engine(source("STREAM", "s", "id INT KEY, v INT") + source("TABLE", "t", "id INT PRIMARY KEY, v INT"))
    conn.engine.manual = True  # queries may feed one another for ever
    for statement in script[:first]:
        answer(conn.engine, statement)
    sandbox = conn.engine.sandbox()
    assert tried(sandbox, script[first:]) == tried(conn.engine, script[first:])


def tried(engine: Engine, script: list[str]) -> list[Any]:
    return [answer(engine, statement) for statement in script]


def answer(engine: Engine, statement: str) -> Any:
    try:
        return engine.execute(statement, Session())
    except KsqlError as error:
        return type(error), error.message, error.statement
