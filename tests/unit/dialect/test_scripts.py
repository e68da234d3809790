from __future__ import annotations

from minisql.dialect import StatementText, parse_script


def test_statements_are_split_outside_quotes_and_comments() -> None:
    text = "SELECT ';' FROM a; -- no; end\n/* ; */ SELECT `;` FROM b;"
    assert parse_script(text) == [
        StatementText("SELECT ';' FROM a;", 1, 0, 1),
        StatementText("SELECT `;` FROM b;", 2, 38, 9),
    ]


def test_the_last_statement_may_be_open() -> None:
    assert [statement.text for statement in parse_script("a;\n b -- c")] == ["a;", "b"]


def test_an_empty_script_has_no_statements() -> None:
    assert parse_script(" -- nothing\n") == []
