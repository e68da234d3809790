"""Queries that have a meaning and yet are refused, in ksqlDB's words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minisql.dialect import nodes, parse
from minisql.errors import KsqlError
from minisql.functions.registry import builtins
from minisql.metastore import Metastore
from minisql.planner.plan import QueryPlan, plan_query

Plan = Callable[..., QueryPlan]

COPY_HINT = (
    "\nEach key column must only be in the projection once. If you intended to copy the key into the value, then consider using "
    "the `AS_VALUE` function to indicate which key reference should be copied."
)


def missing(what: str, named: str, example: str) -> str:
    keys = "Keys" if " and " in named else "Key"
    return (
        f"{keys} missing from projection (ie, SELECT). \nThe query used to build `X` must include the {what} {named} "
        f"in its projection (eg, SELECT {example}...)."
    )


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        # keys of the projection
        ("CREATE STREAM X AS SELECT V FROM S;", missing("key column", "K", "K")),
        ("CREATE TABLE X AS SELECT A, C FROM TWO;", missing("key columns", "A and B", "A, B")),
        ("CREATE STREAM X AS SELECT V FROM S PARTITION BY W;", missing("partitioning expression", "S.W", "S.W")),
        ("CREATE TABLE X AS SELECT COUNT(*) FROM S GROUP BY V, W;", missing("grouping expressions", "V and W", "V, W")),
        (
            "CREATE STREAM X AS SELECT W FROM S JOIN R WITHIN 1 DAY ON S.K = R.K;",
            missing("join expressions", "S.K or R.K", "S.K").replace("Keys", "Key"),
        ),
        (
            "CREATE TABLE X AS SELECT T.F FROM T JOIN U ON T.F = U.ID;",
            "Primary key column missing in projection. For foreign-key table-table joins, the projection must include all "
            "primary key columns from the left input table (`T`). Missing column: `ID`.",
        ),
        (
            "CREATE STREAM X AS SELECT K AS A, K AS B, V FROM S;",
            f"The projection contains a key column (`K`) more than once, aliased as: A and B.{COPY_HINT}",
        ),
        (
            "CREATE TABLE X AS SELECT V AS A, V AS B, COUNT(*) FROM S GROUP BY V;",
            f"The projection contains a key column more than once: `A` and `B`.{COPY_HINT}",
        ),
        ("CREATE STREAM X AS SELECT K FROM S;", "The projection contains no value columns."),
        ("CREATE STREAM X AS SELECT K, V AS Z, W AS Z FROM S;", "Duplicate value columns found in schema: `Z` STRING"),
        # aggregation
        (
            "CREATE TABLE X AS SELECT V FROM S GROUP BY V;",
            "GROUP BY requires aggregate functions in either the SELECT or HAVING clause.",
        ),
        (
            "CREATE TABLE X AS SELECT V, W, COUNT(*) FROM S GROUP BY V;",
            "Non-aggregate SELECT expression(s) not part of GROUP BY: W\n"
            "Either add the column(s) to the GROUP BY or remove them from the SELECT.",
        ),
        (
            "CREATE TABLE X AS SELECT V, COUNT(*) FROM S GROUP BY V HAVING W = 'a';",
            "Non-aggregate HAVING expression not part of GROUP BY: W\n"
            "Consider switching the HAVING clause to a WHERE clause before the GROUP BY.",
        ),
        ("CREATE TABLE X AS SELECT V, SUM(COUNT(*)) FROM S GROUP BY V;", "Aggregate functions can not be nested: SUM(COUNT())"),
        (
            "CREATE TABLE X AS SELECT COUNT(*) FROM S GROUP BY SUM(V);",
            "GROUP BY does not support aggregate functions: SUM is an aggregate function.",
        ),
        (
            "CREATE TABLE X AS SELECT COUNT(*) FROM S;",
            "CREATE TABLE AS SELECT statement does not support aggregate function [COUNT(ROWTIME)] without a GROUP BY clause.",
        ),
        (
            "CREATE TABLE X AS SELECT C, MIN(F), LATEST_BY_OFFSET(F) FROM T GROUP BY C;",
            "The aggregation functions MIN and LATEST_BY_OFFSET cannot be applied to a table source, only to a stream source.",
        ),
        (
            "CREATE TABLE X AS SELECT V, TOPK(K, V) FROM S GROUP BY V;",
            "Parameter 2 passed to function TOPK must be a literal constant, but was expression: 'V'",
        ),
        # windows
        (
            "CREATE TABLE X AS SELECT F, COUNT(*) FROM T WINDOW TUMBLING (SIZE 1 SECOND) GROUP BY F;",
            "Windowing not supported for table aggregations.",
        ),
        ("CREATE STREAM X AS SELECT * FROM S EMIT FINAL;", "EMIT FINAL is only supported for windowed aggregations."),
        (
            "CREATE TABLE X AS SELECT V, MAX(WINDOWSTART) FROM S WINDOW TUMBLING (SIZE 1 SECOND) GROUP BY V;",
            "Window bounds column WINDOWSTART can only be used in the SELECT clause of windowed aggregations and can not be "
            "passed to aggregate functions.\nSee https://github.com/confluentinc/ksql/issues/4397",
        ),
        ("CREATE TABLE X AS SELECT * FROM WT;", "KSQL does not support persistent queries on windowed tables."),
        (
            "CREATE STREAM X AS SELECT * FROM WS PARTITION BY V;",
            "Implicit repartitioning of windowed sources is not supported. See https://github.com/confluentinc/ksql/issues/4385.",
        ),
        # joins
        (
            "CREATE STREAM X AS SELECT * FROM S JOIN T WITHIN 1 DAY ON S.K = T.ID;",
            "A window definition was provided for a Stream-Table join. These joins are not windowed. Please drop the window "
            "definition (ie. the WITHIN clause) and try to execute your join again.",
        ),
        (
            "CREATE STREAM X AS SELECT * FROM S JOIN T ON S.V = T.F;",
            "Invalid join condition: stream-table joins require to join on the table's primary key. Got S.V = T.F.",
        ),
        (
            "CREATE STREAM X AS SELECT * FROM T JOIN S ON S.V = T.ID;",
            "Invalid join order: table-stream joins are not supported; only stream-table joins. Got T [INNER] JOIN S.",
        ),
        (
            "CREATE STREAM X AS SELECT * FROM S FULL OUTER JOIN T ON S.V = T.ID;",
            "Invalid join type: full-outer join not supported for stream-table join. Got S [FULL] OUTER JOIN T.",
        ),
        (
            "CREATE STREAM X AS SELECT * FROM S JOIN R WITHIN 1 DAY ON S.W = R.V;",
            "Invalid join. Key types differ: STRING vs INTEGER",
        ),
        (
            "CREATE TABLE X AS SELECT * FROM T JOIN NAMED ON T.ID = NAMED.N;",
            "Invalid join condition: types don't match. Got T.ID{INTEGER} = NAMED.N{STRING}.",
        ),
        # sinks
        (
            "CREATE STREAM X AS SELECT V, COUNT(*) FROM S GROUP BY V;",
            "Invalid result type. Your SELECT query produces a TABLE. Please use CREATE TABLE AS SELECT statement instead.",
        ),
        (
            "CREATE TABLE X AS SELECT * FROM S;",
            "Invalid result type. Your SELECT query produces a STREAM. Please use CREATE STREAM AS SELECT statement instead.",
        ),
        ("CREATE STREAM S AS SELECT * FROM R;", "Cannot add stream 'S': A stream with the same name already exists"),
        (
            "CREATE STREAM X WITH (KEY_FORMAT='JSON') AS SELECT * FROM S PARTITION BY NULL;",
            "Key format specified for stream without key columns.",
        ),
        (
            "CREATE STREAM X WITH (TIMESTAMP='Q') AS SELECT * FROM S;",
            "The TIMESTAMP column set in the WITH clause does not exist in the schema: 'Q'",
        ),
        (
            "CREATE TABLE X AS SELECT V, W, COUNT(*) C FROM S GROUP BY V, W;",
            "Key format does not support schema.\nformat: KAFKA\n"
            "schema: Persistence{columns=[`V` INTEGER KEY, `W` STRING KEY], features=[]}\n"
            "reason: The 'KAFKA' format only supports a single field. Got: [`V` INTEGER KEY, `W` STRING KEY]",
        ),
        (
            "INSERT INTO SINK SELECT * FROM R;",
            "Incompatible schema between results and sink.\n"
            "Result schema is `K` INTEGER KEY, `V` INTEGER, `X` STRING\nSink schema is `K` INTEGER KEY, `M` DECIMAL(4, 2)",
        ),
        (
            "INSERT INTO T SELECT * FROM R;",
            "Exception while preparing statement: INSERT INTO can only be used to insert into a stream. T is a table.",
        ),
        # types
        (
            "CREATE STREAM X AS SELECT K, NULL AS N FROM S;",
            "Can't infer a type of null. Please explicitly cast it to a required type, e.g. CAST(null AS VARCHAR).",
        ),
        (
            "CREATE STREAM X AS SELECT * FROM S WHERE W;",
            "Type error in WHERE expression: Should evaluate to boolean but is W (STRING) instead.",
        ),
    ],
)
def test_refusals(sql: str, message: str, plan: Plan) -> None:
    with pytest.raises(KsqlError) as caught:
        plan(sql)
    assert caught.value.message == message


def test_partition_counts_of_a_join_must_agree(metastore: Metastore) -> None:
    query = parse("SELECT * FROM S JOIN R WITHIN 1 DAY ON S.K = R.K EMIT CHANGES;")
    assert isinstance(query, nodes.Query)
    with pytest.raises(KsqlError) as caught:
        plan_query(query, metastore=metastore, functions=builtins(), config={}, partitions={"s": 2, "r": 3}.__getitem__)
    assert caught.value.message == (
        "Can't join `S` with `R` since the number of partitions don't match. `S` partitions = 2; `R` partitions = 3. "
        "Please repartition either one so that the number of partitions match."
    )
