"""Names of a scenario's own on a server that others use."""

from __future__ import annotations

import pytest

from minisql.testing.differential.renaming import Renaming

SCRIPT = [
    "CREATE STREAM s (id INT KEY, v STRING) WITH (KAFKA_TOPIC = 't s', FORMAT='JSON');",
    "CREATE OR REPLACE TABLE IF NOT EXISTS `q t` AS SELECT * FROM s;",
    "CREATE TYPE IF NOT EXISTS a AS STRUCT<x INT>;",
]


@pytest.fixture
def renaming() -> Renaming:
    return Renaming("P_", SCRIPT)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (SCRIPT[0], "CREATE STREAM P_s (id INT KEY, v STRING) WITH (KAFKA_TOPIC = 'P_t s', FORMAT='JSON');"),
        (SCRIPT[1], "CREATE OR REPLACE TABLE IF NOT EXISTS `P_q t` AS SELECT * FROM P_s;"),
        (SCRIPT[2], "CREATE TYPE IF NOT EXISTS P_a AS STRUCT<x INT>;"),
        ("SELECT S.v, 's', s -- s\n FROM S", "SELECT P_S.v, 's', P_s -- s\n FROM P_S"),
        ("SELECT 1 FROM `s`;", "SELECT 1 FROM `s`;"),
        ("ASSERT TOPIC t;", "ASSERT TOPIC P_t;"),
        ("ASSERT SCHEMA SUBJECT 't-value';", "ASSERT SCHEMA SUBJECT 'P_t-value';"),
        ("DESCRIBE FUNCTION a;", "DESCRIBE FUNCTION P_a;"),
        ("DESCRIBE FUNCTION abs;", "DESCRIBE FUNCTION abs;"),
        ("TERMINATE CSAS_X_1;", "TERMINATE CSAS_X_1;"),
        ("SELEC 'unended", "SELEC 'unended"),
    ],
)
def test_there(renaming: Renaming, here: str, there: str) -> None:
    assert renaming.there(here) == there


def test_names_that_nobody_declares_are_renamed_too() -> None:
    """Somebody else may have a source of that name."""
    statements = ["SELECT * FROM x JOIN y ON x.a = y.a;", "DESCRIBE z;", "DROP TABLE IF EXISTS w;", "INSERT INTO v VALUES (1);"]
    renaming = Renaming("P_", statements)
    assert [renaming.there(each) for each in statements] == [
        "SELECT * FROM P_x JOIN P_y ON P_x.a = P_y.a;",
        "DESCRIBE P_z;",
        "DROP TABLE IF EXISTS P_w;",
        "INSERT INTO P_v VALUES (1);",
    ]


def test_queries_by_their_numbers(renaming: Renaming) -> None:
    renaming.queries += ["CTAS_P_q t_33", "INSERTQUERY_35"]
    assert renaming.there("TERMINATE INSERTQUERY_1;") == "TERMINATE INSERTQUERY_35;"
    assert renaming.there("EXPLAIN CTAS_Q_0;") == "EXPLAIN CTAS_P_q t_33;"
    assert renaming.there("EXPLAIN INSERTQUERY_2;") == "EXPLAIN INSERTQUERY_2;"


def test_back(renaming: Renaming) -> None:
    assert renaming.back({"P_S": ["CSAS_P_S_4", 1, None, {"a": "p_s"}]}) == {"S": ["CSAS_S_4", 1, None, {"a": "s"}]}


def test_places_in_errors(renaming: Renaming) -> None:
    assert renaming.there("SELECT s.v,\n s.s FROM s WHERE;") == "SELECT P_s.v,\n P_s.P_s FROM P_s WHERE;"
    message = "line 2:22: Syntax Error\nSyntax error at or near ';' at line 2:22, line 1:8, line 1:13"
    assert renaming.place(message) == "line 2:16: Syntax Error\nSyntax error at or near ';' at line 2:16, line 1:8, line 1:11"
    assert renaming.place("Line: 1, Col: 8: x") == "Line: 1, Col: 8: x"
    assert renaming.place("Line: 2, Col: 22: x") == "Line: 2, Col: 16: x"
