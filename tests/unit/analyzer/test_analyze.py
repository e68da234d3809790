"""Names of a query: what they stand for, and which are refused."""

from __future__ import annotations

from typing import cast

import pytest

from minisql.analyzer.analysis import Analysis, SingleColumn
from minisql.analyzer.analyze import analyze
from minisql.dialect import nodes, parse, text
from minisql.errors import KsqlError
from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat, WindowInfo
from minisql.functions.registry import builtins
from minisql.metastore import Metastore, Source
from minisql.schema import schema_of
from minisql.types import INTEGER, STRING, SqlArray

PREPARING = "Exception while preparing statement: "


def stream(name: str, *columns: str, window: WindowInfo | None = None) -> Source:
    schema = schema_of([("ID", INTEGER)], [(column, STRING) for column in columns] + [("L", SqlArray(INTEGER))])
    return Source(
        name, "STREAM", schema, name.lower(), KeyFormat(FormatInfo("KAFKA"), window=window), ValueFormat(FormatInfo("JSON"))
    )


METASTORE = Metastore(
    {
        "S": stream("S", "A", "B"),
        "T": stream("T", "A", "C"),
        "lower": stream("lower", "A"),
        "W": stream("W", "A", window=WindowInfo("SESSION")),
    }
)


def analyzed(sql: str, persistent: bool = False) -> Analysis:
    return analyze(cast(nodes.Query, parse(sql)), METASTORE, builtins(), persistent)


def selects(sql: str) -> list[str]:
    return [f"{text(item.expression)} {item.alias}" for item in analyzed(sql).selects if isinstance(item, SingleColumn)]


def test_columns_get_their_source() -> None:
    assert selects("SELECT A, X.B, A AS Z, A || B FROM S X EMIT CHANGES;") == [
        "X.A A",
        "X.B B",
        "X.A Z",
        "concat(X.A, X.B) KSQL_COL_0",
    ]


def test_clashing_columns_of_a_join_get_the_source_in_their_name() -> None:
    sql = "SELECT S.A, B, C, T.ROWTIME FROM S JOIN T WITHIN 1 DAY ON S.ID = T.ID EMIT CHANGES;"
    assert selects(sql) == ["S.A S_A", "S.B B", "T.C C", "T.ROWTIME T_ROWTIME"]


def test_an_aggregate_without_group_by_groups_everything() -> None:
    analysis = analyzed("SELECT COUNT(*) FROM S EMIT CHANGES;")
    assert analysis.implicit_group
    assert len(analysis.group) == 1


def test_the_condition_of_a_join_may_stand_the_other_way_round() -> None:
    (join,) = analyzed("SELECT B FROM S LEFT JOIN T WITHIN 1 DAY ON T.ID = S.ID EMIT CHANGES;").joins
    assert (join.left.alias, text(join.left_expression), join.right.alias, join.kind, join.flipped) == (
        "S",
        "S.ID",
        "T",
        "LEFT",
        True,
    )


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT * FROM NOBODY;", PREPARING + "NOBODY does not exist."),
        ("SELECT * FROM s;", None),
        (
            "SELECT * FROM LOWER;",
            PREPARING + 'LOWER does not exist.\nDid you mean "lower"? '
            "Hint: wrap the source name in double quotes to make it case-sensitive.",
        ),
        (
            "SELECT * FROM `s`;",
            PREPARING + "s does not exist.\nDid you mean S? Hint: try removing double quotes from the source name.",
        ),
        ("SELECT Q FROM S;", "Line: 1, Col: 8: SELECT column 'Q' cannot be resolved."),
        ("SELECT S.Z FROM S;", "Line: 1, Col: 8: SELECT column 'S.Z' cannot be resolved."),
        ("SELECT A FROM S WHERE Q = 1;", "Line: 1, Col: 23: WHERE column 'Q' cannot be resolved."),
        (
            "SELECT A AS Z FROM S PARTITION BY Z EMIT CHANGES;",
            "Line: 1, Col: 35: PARTITION BY column 'Z' cannot be resolved. "
            "'Z' must be a column in the source schema since PARTITION BY is applied on the input.",
        ),
        ("SELECT WINDOWSTART FROM S;", "Line: 1, Col: 8: SELECT column 'WINDOWSTART' cannot be resolved."),
        ("SELECT WINDOWSTART FROM W;", None),
        ("SELECT A AS ROWTIME FROM S;", "`ROWTIME` is a reserved column name. You cannot use it as an alias for a column."),
        (
            "SELECT A FROM S JOIN T WITHIN 1 DAY ON S.ID = T.ID EMIT CHANGES;",
            PREPARING + "Line: 1, Col: 8: Column 'A' is ambiguous. Could be S.A or T.A.",
        ),
        (
            "SELECT * FROM S X JOIN S Y WITHIN 1 DAY ON X.ID = Y.ID EMIT CHANGES;",
            "Can not join 'S' to 'S': self joins are not yet supported.",
        ),
        (
            "SELECT * FROM S JOIN T WITHIN 1 DAY ON S.ID = T.ID AND S.A = T.A EMIT CHANGES;",
            "Invalid join condition: joins on multiple conditions are not yet supported. Got ((S.ID = T.ID) AND (S.A = T.A)).",
        ),
        ("SELECT * FROM S JOIN T WITHIN 1 DAY ON S.ID > T.ID EMIT CHANGES;", "Only equality join criteria is supported."),
        ("SELECT * FROM S JOIN T WITHIN 1 DAY ON S.ID EMIT CHANGES;", "Unsupported join expression: S.ID"),
        (
            "SELECT * FROM S JOIN T WITHIN 1 DAY ON S.ID = 1 EMIT CHANGES;",
            "Invalid comparison expression '1' in join '(S.ID = 1)'. Each side of the join comparision must contain references "
            "from exactly one source.",
        ),
        (
            "SELECT * FROM S JOIN W WITHIN 1 DAY ON S.ID = W.ID EMIT CHANGES;",
            "Can not join windowed source to non-windowed source.\n`S` is not windowed\n`W` is SESSION windowed",
        ),
        (
            "SELECT TRANSFORM(L, A => A + 1) FROM S EMIT CHANGES;",
            PREPARING + "Lambda function argument can't be a column name: A",
        ),
    ],
)
def test_refusals(sql: str, message: str | None) -> None:
    if message is None:
        assert analyzed(sql).sources
        return
    with pytest.raises(KsqlError) as caught:
        analyzed(sql)
    assert caught.value.message == message


def test_a_sink_has_no_column_called_like_a_pseudo_column() -> None:
    assert analyzed("SELECT ROWTIME FROM S EMIT CHANGES;").selects
    with pytest.raises(KsqlError, match="Reserved column name in select: `ROWTIME`"):
        analyzed("SELECT ROWTIME FROM S EMIT CHANGES;", persistent=True)
