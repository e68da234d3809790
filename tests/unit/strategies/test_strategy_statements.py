"""Statements: the engine accepts each of them, what comes of them is foreseen, and the broken ones are refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import minisql
from minisql.dialect import nodes, parse
from minisql.errors import InterfaceError
from minisql.strategies import statements
from minisql.strategies.catalog import EMPTY, catalog_of
from minisql.strategies.statements import WAYS, draft
from tests.unit.strategies.model import shrunk

EARLIEST = {"auto.offset.reset": "earliest"}
MANY = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])

SOURCES = """
    CREATE STREAM S1 (K1 INT KEY, V1 INT, V2 STRING) WITH (KAFKA_TOPIC='s1', FORMAT='JSON', PARTITIONS=1);
    CREATE STREAM S2 (K1 STRING KEY, V1 ARRAY<INT>) WITH (KAFKA_TOPIC='s2', FORMAT='JSON', PARTITIONS=1);
    CREATE TABLE T1 (K1 INT PRIMARY KEY, V1 STRING) WITH (KAFKA_TOPIC='t1', FORMAT='JSON', PARTITIONS=1);
    CREATE TABLE T2 (K1 INT PRIMARY KEY, V1 INT) WITH (KAFKA_TOPIC='t2', FORMAT='JSON', PARTITIONS=1);
    CREATE TABLE Q1 AS SELECT V1, COUNT(*) AS N FROM S1 GROUP BY V1;
    CREATE TABLE Q2 AS SELECT V1, COUNT(*) AS N FROM S1 WINDOW SESSION (1 SECOND) GROUP BY V1;
    INSERT INTO S1 SELECT LEN(K1) AS K1, 1 AS V1, K1 AS V2 FROM S2 PARTITION BY LEN(K1);
"""


def connected(script: str = "") -> minisql.Connection:
    connection = minisql.connect(clock=minisql.ManualClock(0), properties=EARLIEST)
    connection.execute(script)
    return connection


@given(st.data())
@MANY
def test_each_is_accepted(data: st.DataObject) -> None:
    with connected() as connection:
        for _ in range(8):
            connection.execute(data.draw(statements(connection)))


@given(st.data())
@MANY
def test_what_comes_of_them_is_foreseen(data: st.DataObject) -> None:
    """The generator has a model of its own of what each statement makes; the engine agrees."""
    connection, catalog = connected(), EMPTY
    for _ in range(6):
        made = data.draw(
            draft(catalog, [way.make for way in WAYS if way.possible(catalog) and "lifecycle" not in way.make.__name__])
        )
        connection.execute(made.sql).close()
        catalog = made.catalog
        sources = catalog_of(connection).sources
        assert sources.keys() == catalog.sources.keys()
        for name, source in sources.items():
            foreseen = catalog.sources[name]
            assert (source.kind, str(source.schema)) == (foreseen.kind, str(foreseen.schema))
            assert (source.key_format, source.value_format) == (foreseen.key_format, foreseen.value_format)
        assert {query.sink for query in catalog_of(connection).queries if query.kind == "CREATE_AS"} == {
            query.sink for query in catalog.queries if query.kind == "CREATE_AS"
        }


@given(st.data())
@MANY
def test_the_broken_ones_are_refused(data: st.DataObject) -> None:
    connection = connected(data.draw(st.sampled_from(["", SOURCES])))
    text = data.draw(statements(connection, invalid=True))
    before = catalog_of(connection)
    with pytest.raises(minisql.KsqlError):
        connection.execute(text)
    assert catalog_of(connection) == before


def test_a_metastore_is_enough() -> None:
    connection = connected(SOURCES)
    kinds = reached(statements(connection.engine.metastore))
    assert kinds >= {"CreateStreamAs", "CreateTableAs", "InsertValues", "Query"}
    assert kinds & {"InsertInto", "Terminate", "DropTable"} == set()
    with pytest.raises(InterfaceError, match="in this process"):
        statements(7)  # type: ignore[arg-type]


def reached(some: st.SearchStrategy[str], examples: int = 100, start: int = 0) -> set[str]:
    """The names of the statements' nodes, and of what is in their queries; another start gives other statements."""
    found: set[str] = set()

    @seed(start)
    @given(st.lists(some, min_size=4, max_size=4))
    @settings(max_examples=examples, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def draw(texts: list[str]) -> None:
        for text in texts:
            tree = parse(text)
            found.add(type(tree).__name__)
            for query in tree.find_all(nodes.Query):
                found.update(name for name in ("where", "group", "partition", "having", "limit") if query.args.get(name))
                found.add(str(query.args.get("emit")))
            found.update(f"{join.args['kind']} JOIN" for join in tree.find_all(nodes.JoinedSource))
            found.update(window.args["kind"] for window in tree.find_all(nodes.Window))
            found.update(word for word in ("EXPLODE(", "WITHIN", "GRACE", "OF_FINAL") if word in text)

    draw()
    return found


def test_all_kinds_are_reached() -> None:
    statements_made = {
        *("CreateStream", "CreateTable", "CreateStreamAs", "CreateTableAs", "InsertInto", "InsertValues", "Query", "Describe"),
        *("Show", "Explain", "DropTable", "Terminate", "Pause", "Resume"),
    }
    clauses = {"where", "group", "partition", "having", "limit", "CHANGES", "FINAL", "None", "EXPLODE(", "WITHIN", "GRACE"}
    joins = {"INNER JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"}
    windows = {"TUMBLING", "HOPPING", "SESSION"}
    wanted = statements_made | clauses | joins | windows
    found: set[str] = set()
    for start in range(10):
        found |= reached(statements(connected(SOURCES)), 300, start)
        if found >= wanted:
            break
    assert found >= wanted


def test_formats_can_be_said() -> None:
    text = shrunk(statements(connected(), formats=["AVRO"]), lambda text: "CREATE" in text)
    assert text == "CREATE STREAM S1 (K1 INTEGER KEY, V1 INTEGER) WITH (KAFKA_TOPIC='s1', FORMAT='AVRO', PARTITIONS=1);"


@pytest.mark.parametrize(
    ("word", "smallest"),
    [
        ("CREATE .* GROUP BY ", "CREATE TABLE Q3 AS SELECT V1 AS G1, COUNT(*) AS A1 FROM S1 GROUP BY V1 EMIT CHANGES;"),
        ("CREATE .* JOIN ", "CREATE STREAM Q3 AS SELECT S1.K1 AS K, S1.V1 AS C1 FROM S1 JOIN T1 ON S1.K1 = T1.K1 EMIT CHANGES;"),
    ],
)
def test_they_shrink(word: str, smallest: str) -> None:
    text = shrunk(statements(connected(SOURCES)), lambda text: re.match(word, text) is not None)
    assert len(text) <= 1.5 * len(smallest)  # Hypothesis may end where a step would have to be longer first
