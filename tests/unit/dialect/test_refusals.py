"""What follows the grammar and is refused all the same, before any source is looked at."""

from __future__ import annotations

import pytest

from minisql.dialect import parse
from minisql.errors import ParseError

_KEYS = (
    "\nTables have PRIMARY KEYs, which are unique and NON NULL."
    "\nStreams have KEYs, which have no uniqueness or NON NULL constraints."
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("CREATE STREAM a AS SELECT * FROM b LIMIT 1", "CREATE STREAM AS SELECT statements don't support LIMIT clause."),
        ("CREATE TABLE a AS SELECT * FROM b LIMIT 1", "CREATE TABLE AS SELECT statements don't support LIMIT clause."),
        ("EXPLAIN CREATE TABLE a AS SELECT * FROM b LIMIT 1", "CREATE TABLE AS SELECT statements don't support LIMIT clause."),
        ("SELECT * FROM a LIMIT 1.5", "Value must be integer for command: LIMIT"),
        ("PRINT a INTERVAL 1e3", "Value must be integer for command: INTERVAL"),
        ("CREATE TYPE a AS DECIMAL(1.5, 1)", "Value must be integer for command: DECIMAL(PRECISION)"),
        ("SELECT c.x FROM a b", "'C' is not a valid stream/table name or alias."),
        ("SELECT c.* FROM a b", "'C' is not a valid stream/table name or alias."),
        ("INSERT INTO a VALUES (b.c)", "'B' is not a valid stream/table name or alias."),
        ("SELECT a FROM b GROUP BY ()", "GROUP BY requires at least one expression"),
        ("SELECT a FROM b GROUP BY c + 1, (c + 1)", "Duplicate GROUP BY expression: (C + 1)"),
        ("SELECT a FROM b PARTITION BY ()", "PARTITION BY requires at least one expression"),
        ("SELECT a FROM b PARTITION BY a, a", "Duplicate PARTITION BY expression: A"),
        ("INSERT INTO a VALUES ()", "Expected some values for INSERT INTO statement."),
        ("INSERT INTO a (b) VALUES (1, 2)", "Expected number columns and values to match: 1, 2"),
        ("CREATE STREAM a (b INT, B STRING, c INT, c INT)", "Duplicate column names: `B`, `C`"),
        ("CREATE STREAM a (b STRING HEADERS)", "Invalid type for HEADERS column: expected "
         "ARRAY<STRUCT<`KEY` STRING, `VALUE` BYTES>>, got STRING"),
        ("CREATE STREAM a (b INT HEADER('x'))", "Invalid type for HEADER('x') column: expected BYTES, got INTEGER"),
        ("CREATE STREAM a WITH (b='1', B=2)", "Multiple entries with same key: B=2 and B='1'"),
        ("SELECT f(a, (x, x) => x) FROM b", "Lambda arguments have duplicates: [X, X]"),
        ("SELECT a 'b' FROM c", "Unknown type: A, location:Optional[Line: 1, Col: 8]"),
        ("SELECT a LIKE 'b' ESCAPE 'cd' FROM c",
         "Optional[Line: 1, Col: 26]: Expected single character escape but got: cd"),
        ("SELECT * FROM a WINDOW TUMBLING (SIZE 1.5 DAYS) GROUP BY b", 'For input string: "1.5"'),
        ("ASSERT SCHEMA", "ASSERT SCHEMA statements much include a subject name or an id"),
        ("ASSERT SCHEMA ID 'x'", "ID must be an integer"),
        ("SELECT 9223372036854775808 FROM a", "line 1:9: Invalid numeric literal: 9223372036854775808"),
        ("SELECT -9223372036854775809 FROM a", "line 1:9: Invalid numeric literal: -9223372036854775809"),
        ("SELECT 1e309 FROM a", "line 1:9: Number overflows DOUBLE: 1e309"),
    ],
)  # fmt: skip
def test_failed_to_prepare(text: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert caught.value.message == f"Failed to prepare statement: {message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "CREATE STREAM a (b INT PRIMARY KEY)",
            "Line: 1, Col: 18: Column `B` is a 'PRIMARY KEY' column: please use 'KEY' for streams." + _KEYS,
        ),
        (
            "CREATE TABLE a (b INT, c INT KEY)",
            "Line: 1, Col: 24: Column `C` is a 'KEY' column: please use 'PRIMARY KEY' for tables." + _KEYS,
        ),
        (
            "SELECT * FROM `a.b`",
            "Illegal argument at Line: 1, Col: 15. Source names may only contain alphanumeric values, '_' or '-'. Got: 'a.b'",
        ),
    ],
)
def test_refused_in_other_words(text: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert caught.value.message == message


def test_the_grammar_comes_first() -> None:
    with pytest.raises(ParseError, match="Syntax Error"):
        parse("SELECT a 'b' FROM c WHERE;")
