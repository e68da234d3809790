"""CREATE ... AS SELECT: the statement as the server completes it, its topic, its refusals, and what replaces what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minisql.engine import Engine, Session
from minisql.errors import KsqlError, UnsupportedError

Run = Callable[..., Any]
Refusal = Callable[[str], str]

SOURCES = """
CREATE STREAM S (K INT KEY, V INT) WITH (KAFKA_TOPIC='s', FORMAT='JSON', PARTITIONS=3);
CREATE TABLE T (K INT PRIMARY KEY, W STRING) WITH (KAFKA_TOPIC='t', FORMAT='JSON', PARTITIONS=2);
"""


@pytest.fixture(autouse=True)
def _sources(run: Run) -> None:
    run(SOURCES)


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        (
            "create stream x as select v + 1, k from s where v > 0;",
            "CREATE STREAM X WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='X', PARTITIONS=3, REPLICAS=1, RETENTION_MS=604800000) "
            "AS SELECT\n  (S.V + 1) KSQL_COL_0,\n  S.K K\nFROM S S\nWHERE (S.V > 0)\nEMIT CHANGES;",
        ),
        (
            "CREATE TABLE X WITH (PARTITIONS=1, KAFKA_TOPIC='o') AS SELECT K, COUNT(*) N FROM S GROUP BY K HAVING COUNT(*) > 1;",
            "CREATE TABLE X WITH (CLEANUP_POLICY='compact', KAFKA_TOPIC='o', PARTITIONS=1, REPLICAS=1, RETENTION_MS=604800000) "
            "AS SELECT\n  S.K K,\n  COUNT(*) N\nFROM S S\nGROUP BY S.K\nHAVING (COUNT(*) > 1)\nEMIT CHANGES;",
        ),
        (
            "CREATE TABLE X AS SELECT K, COUNT(*) N FROM S WINDOW TUMBLING (SIZE 1 DAY, RETENTION 9 DAYS) GROUP BY K;",
            "CREATE TABLE X WITH (CLEANUP_POLICY='compact,delete', KAFKA_TOPIC='X', PARTITIONS=3, REPLICAS=1, "
            "RETENTION_MS=604800000) AS SELECT\n  S.K K,\n  COUNT(*) N\nFROM S S\n"
            "WINDOW TUMBLING ( SIZE 1 DAYS , RETENTION 9 DAYS ) \nGROUP BY S.K\nEMIT CHANGES;",
        ),
    ],
)
def test_the_statement_as_the_server_shows_it(statement: str, shown: str, run: Run, engine: Engine) -> None:
    assert run(statement)["statementText"] == shown
    assert engine.metastore.sources["X"].sql == shown


def test_a_refusal_says_that_the_schema_could_not_be_determined(engine: Engine, session: Session) -> None:
    with pytest.raises(KsqlError) as caught:
        engine.execute("CREATE STREAM X AS SELECT K, NOPE FROM S;", session)
    assert caught.value.message == (
        "Could not determine output schema for query due to error: Line: 1, Col: 30: SELECT column 'NOPE' cannot be resolved."
    )
    assert caught.value.statement == (
        "CREATE STREAM X WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='X', PARTITIONS=3, REPLICAS=1, RETENTION_MS=604800000) "
        "AS SELECT\n  S.K K,\n  NOPE NOPE\nFROM S S\nEMIT CHANGES;"
    )
    assert "X" not in engine.broker.topics


def test_the_wrong_kind_of_source_is_told_with_the_statement(refusal: Refusal) -> None:
    message = refusal("CREATE STREAM X AS SELECT * FROM T;")
    assert message.startswith(
        "Could not determine output schema for query due to error: Invalid result type. Your SELECT query produces a TABLE. "
        "Please use CREATE TABLE AS SELECT statement instead.\nStatement: CREATE STREAM X WITH (CLEANUP_POLICY="
    )


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("CREATE STREAM X AS SELECT * FROM NOPE;", "Exception while preparing statement: NOPE does not exist."),
        (
            "INSERT INTO nope SELECT * FROM s;",
            "Exception while preparing statement: Line: 1, Col: 13: Source `NOPE` does not exist.",
        ),
        (
            "CREATE TABLE X WITH (RETENTION_MS=1) AS SELECT * FROM T;",
            "Invalid config variable in the WITH clause: RETENTION_MS. Non-windowed tables do not support retention.",
        ),
        (
            "CREATE STREAM X WITH (KAFKA_TOPIC='t') AS SELECT * FROM S;",
            "A Kafka topic with the name 't' already exists, with different partition/replica/retention configuration than "
            "required. KSQL expects 3 partitions (topic has 2), 1 replication factor (topic has 1), and 604800000 retention "
            "(topic has 604800000).",
        ),
        (
            "CREATE STREAM X AS SELECT S.K, V, W FROM S JOIN T ON S.K = T.K;",
            "Could not determine output schema for query due to error: Can't join `S` with `T` since the number of partitions "
            "don't match. `S` partitions = 3; `T` partitions = 2. Please repartition either one so that the number of "
            "partitions match.",
        ),
        (
            "CREATE STREAM S AS SELECT * FROM S;",
            "Could not determine output schema for query due to error: Cannot add stream 'S': A stream with the same name "
            "already exists",
        ),
    ],
)
def test_refusals(statement: str, message: str, refusal: Refusal) -> None:
    assert refusal(statement) == message


class TestReplacement:
    def test_the_query_keeps_its_id(self, run: Run, engine: Engine) -> None:
        run("CREATE STREAM X AS SELECT * FROM S;")
        answer = run("CREATE OR REPLACE STREAM X AS SELECT *, V + 1 AS W FROM S;")
        assert answer["commandStatus"]["queryId"] == "CSAS_X_0"
        assert list(engine.queries) == ["CSAS_X_0"]
        assert engine.metastore.sources["X"].schema.find("W") is not None

    def test_reading_goes_on_where_it_stopped(self, run: Run, engine: Engine) -> None:
        run("CREATE STREAM X AS SELECT * FROM S;")
        run("INSERT INTO S (K, V) VALUES (1, 10);")
        run("CREATE OR REPLACE STREAM X AS SELECT * FROM S WHERE V > 10;")
        run("INSERT INTO S (K, V) VALUES (2, 20);")
        assert rows(engine, "X") == [(1, (10,)), (2, (20,))]

    def test_groups_are_kept_and_shown_by_the_new_query(self, run: Run, engine: Engine, session: Session) -> None:
        run("CREATE TABLE X AS SELECT V, COUNT(*) N FROM S GROUP BY V HAVING COUNT(*) > 0;")
        run("INSERT INTO S (K, V) VALUES (1, 7); INSERT INTO S (K, V) VALUES (2, 7); INSERT INTO S (K, V) VALUES (3, 8);")
        run("CREATE OR REPLACE TABLE X AS SELECT V, COUNT(*) N, AS_VALUE(V) AS COPY FROM S GROUP BY V HAVING COUNT(*) > 1;")
        assert pull(engine, session, "SELECT * FROM X;") == [(7, 2, 7)]
        run("INSERT INTO S (K, V) VALUES (4, 8);")
        assert rows(engine, "X")[3:] == [(8, (2, 8))]

    def test_a_new_having_knows_what_the_old_rows_were(self, run: Run, engine: Engine) -> None:
        run("CREATE TABLE X AS SELECT K, SUM(V) N FROM S GROUP BY K HAVING SUM(V) > 0;")
        run("INSERT INTO S (K, V) VALUES (1, 5); INSERT INTO S (K, V) VALUES (2, 1);")
        run("CREATE OR REPLACE TABLE X AS SELECT K, SUM(V) N FROM S GROUP BY K HAVING SUM(V) > 2;")
        run("INSERT INTO S (K, V) VALUES (1, -4); INSERT INTO S (K, V) VALUES (2, 1);")
        assert rows(engine, "X") == [(1, (5,)), (2, (1,)), (1, None)]

    def test_a_new_filter_knows_what_the_old_rows_were(self, run: Run, engine: Engine, session: Session) -> None:
        run("CREATE TABLE X AS SELECT * FROM T;")
        run("INSERT INTO T (K, W) VALUES (1, 'in'); INSERT INTO T (K, W) VALUES (2, 'out');")
        run("CREATE OR REPLACE TABLE X AS SELECT * FROM T WHERE W = 'in';")
        assert pull(engine, session, "SELECT * FROM X;") == [(1, "in")]
        run("INSERT INTO T (K, W) VALUES (2, 'gone'); INSERT INTO T (K, W) VALUES (1, 'gone');")
        assert rows(engine, "X") == [(1, ("in",)), (2, ("out",)), (1, None)]

    def test_readers_of_the_source_go_on(self, run: Run, engine: Engine) -> None:
        run("CREATE STREAM X AS SELECT * FROM S; CREATE STREAM Y AS SELECT * FROM X;")
        run("CREATE OR REPLACE STREAM X AS SELECT K, V, V + 1 AS W FROM S;")
        run("INSERT INTO S (K, V) VALUES (1, 10);")
        assert rows(engine, "Y") == [(1, (10,))]

    def test_a_declared_stream_gets_a_query(self, run: Run) -> None:
        run("CREATE STREAM X (K INT KEY, V INT) WITH (KAFKA_TOPIC='X', FORMAT='JSON', PARTITIONS=3);")
        answer = run("CREATE OR REPLACE STREAM X AS SELECT * FROM S;")
        assert answer["commandStatus"]["queryId"] == "CSAS_X_0"

    def test_several_writers_cannot_be_replaced(self, run: Run, refusal: Refusal) -> None:
        run("CREATE STREAM X AS SELECT * FROM S; INSERT INTO X SELECT * FROM S;")
        assert refusal("CREATE OR REPLACE STREAM X AS SELECT * FROM S;") == (
            "Could not determine output schema for query due to error: REPLACE for sink `X` is not supported because there "
            "are multiple queries writing into it: [CSAS_X_0, INSERTQUERY_1]"
        )

    def test_what_cannot_be_replaced_runs_on(self, run: Run, refusal: Refusal, engine: Engine) -> None:
        run("CREATE TABLE X AS SELECT K, COUNT(*) N FROM S WINDOW TUMBLING (SIZE 1 DAY) GROUP BY K;")
        replacement = (
            "CREATE OR REPLACE TABLE X AS SELECT K, COUNT(*) N FROM S WINDOW TUMBLING (SIZE 1 DAY) WHERE V > 0 GROUP BY K;"
        )
        assert refusal(replacement) == "Upgrades not yet supported for StreamWindowedAggregate"
        assert engine.queries["CTAS_X_0"].state == "RUNNING"

    def test_columns_may_not_go(self, run: Run, refusal: Refusal) -> None:
        run("CREATE STREAM X AS SELECT * FROM S;")
        assert refusal("CREATE OR REPLACE STREAM X AS SELECT K, V AS W FROM S;").endswith(
            "(The following columns are changed, missing or reordered: [`V` INTEGER])"
        )

    def test_replacing_can_be_switched_off(self, run: Run, refusal: Refusal, session: Session) -> None:
        run("CREATE STREAM X AS SELECT * FROM S;")
        session.properties["ksql.create.or.replace.enabled"] = "false"
        assert refusal("CREATE OR REPLACE STREAM X AS SELECT * FROM S;").endswith(
            "Cannot add stream 'X': A stream with the same name already exists"
        )


def rows(engine: Engine, topic: str) -> list[tuple[Any, Any]]:
    """Key and row of each record of a topic."""
    return [(key, row) for _, entries, _ in engine.broker.topic(topic).read(0) for key, row, _, _ in entries]


def pull(engine: Engine, session: Session, text: str) -> list[tuple[Any, ...]]:
    """The rows of a pull query."""
    return [tuple(row) for row in engine.execute(text, session)[-1].rows]  # type: ignore[union-attr]


def test_what_cannot_be_built_leaves_nothing_behind(engine: Engine, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minisql.statements.create_as.build_persistent", _fail)
    with pytest.raises(UnsupportedError):
        engine.execute("CREATE STREAM X AS SELECT * FROM S;", session)
    assert not engine.queries
    assert "X" not in engine.metastore.sources


def _fail(*given: object) -> None:
    raise UnsupportedError("something")


def test_a_join_of_streams_without_grace_is_deprecated(run: Run) -> None:
    other = "CREATE STREAM O (ID INT KEY, X INT) WITH (kafka_topic='O', value_format='json', partitions=1);"
    run(other + "CREATE TABLE U (ID INT PRIMARY KEY) WITH (kafka_topic='U', value_format='json', partitions=1);")
    joined = "CREATE STREAM {} AS SELECT A.ID, B.X FROM O A JOIN O2 B WITHIN 1 MINUTE {} ON A.ID = B.ID;"
    run(other.replace("STREAM O", "STREAM O2").replace("'O'", "'O2'"))
    (notice,) = run(joined.format("J", ""))["warnings"]
    assert notice["message"].startswith("DEPRECATION NOTICE: Stream-stream joins statements without a GRACE PERIOD will not be")
    assert run(joined.format("K", "GRACE PERIOD 1 MINUTE"))["warnings"] == []
    assert run("CREATE STREAM L AS SELECT O.ID, O.X FROM O JOIN U ON O.ID = U.ID;")["warnings"] == []
