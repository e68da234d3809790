from __future__ import annotations

import pytest

from minisql.dialect import parse, substitute
from minisql.errors import KsqlError, ParseError


@pytest.mark.parametrize(
    ("text", "variables", "result"),
    [
        ("SELECT * FROM ${a};", {"a": "s"}, "SELECT * FROM s;"),
        ("SELECT * FROM ${a};", {"a": "`s`"}, "SELECT * FROM `s`;"),
        ("SELECT '${a}' FROM s;", {"a": "it's"}, "SELECT 'it''s' FROM s;"),
        ("SELECT '${b}' FROM s;", {"a": "x"}, "SELECT '${b}' FROM s;"),
        ("SELECT '${b:-c}' FROM s;", {}, "SELECT 'c' FROM s;"),
        ("SELECT '$${a}' FROM s;", {"a": "x"}, "SELECT '${a}' FROM s;"),
        ("SELECT ${a}, ${b}, ${c} FROM s;", {"a": "'x''y'", "b": "-1.5", "c": "TRUE"}, "SELECT 'x''y', -1.5, TRUE FROM s;"),
        ("SELECT ${a}.b FROM ${a};", {"a": "s"}, "SELECT s.b FROM s;"),
        ("CREATE STREAM s WITH (kafka_topic='${t}', partitions=${n});", {"t": "x", "n": "3"},
         "CREATE STREAM s WITH (kafka_topic='x', partitions=3);"),
        ("SET '${a}' = '${b}';", {"a": "x", "b": "y"}, "SET 'x' = 'y';"),
        ("DEFINE a = '${b}';", {"b": "y"}, "DEFINE a = 'y';"),
        ("ALTER SYSTEM '${a}' = 'x';", {"a": "x"}, "ALTER SYSTEM '${a}' = 'x';"),
        ("SELECT '${a}' FROM ${a};", {"a": "x"}, "SELECT 'x' FROM x;"),
    ],
)  # fmt: skip
def test_replaced(text: str, variables: dict[str, str], result: str) -> None:
    assert substitute(text, variables) == result


@pytest.mark.parametrize(
    ("text", "variables", "message"),
    [
        ("SELECT * FROM ${a};", {"a": "s; DROP"}, "Illegal argument at Line: 1, Col: 15. Identifier names cannot start with '@' "
         "and may only contain alphanumeric values and '_'. Got: 's; DROP'"),
        ("SELECT ${a} FROM s;", {"a": "x, y"}, "Illegal argument at Line: 1, Col: 8. Got: 'x, y'"),
        ("SELECT ${a} FROM s;", {}, "Illegal argument at Line: 1, Col: 8. Got: '${a}'"),
    ],
)  # fmt: skip
def test_refused(text: str, variables: dict[str, str], message: str) -> None:
    with pytest.raises(ParseError) as caught:
        substitute(text, variables)
    assert caught.value.message == message


def test_a_variable_may_not_stand_for_itself() -> None:
    with pytest.raises(KsqlError, match="Infinite loop in property interpolation"):
        substitute("SELECT '${a}', '${b}' FROM s;", {"a": "${b}", "b": "${a}"})


def test_a_text_without_variables_is_not_even_read() -> None:
    assert substitute("no statement at all", {}) == "no statement at all"


def test_a_text_with_variables_is_not_yet_refused() -> None:
    parse("CREATE STREAM ${name} AS SELECT * FROM ${other} LIMIT 1;")
    with pytest.raises(ParseError, match="Syntax Error"):
        parse("CREATE STREAM ${name} ${other};")
    with pytest.raises(ParseError, match="LIMIT"):
        parse("CREATE STREAM a AS SELECT '${x}' FROM b LIMIT 1;")


def test_the_place_of_a_refused_value_is_that_in_the_script() -> None:
    with pytest.raises(ParseError) as caught:
        substitute("SELECT *\nFROM ${x};", {"x": "1"}, line=4, column=7)
    assert (caught.value.line, caught.value.column) == (5, 6)
    assert caught.value.message.startswith("Illegal argument at Line: 5, Col: 6.")
