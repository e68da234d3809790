"""What is no statement of ksqlDB's is refused, in the words of ksqlDB's parser."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import minisql
from minisql.dialect import check_script, parse
from minisql.dialect.diagnosis.messages import _kinds
from minisql.dialect.diagnosis.walk import complain
from minisql.dialect.tokenizer import tokenize
from minisql.errors import ParseError

LINES = [
    line
    for line in (Path(__file__).parents[2] / "cases" / "identity.sql").read_text(encoding="utf-8").splitlines()
    if not line.startswith("-- ")
]


@pytest.mark.parametrize(
    ("text", "place", "details"),
    [
        ("SELEC * FROM a;", "1:1", "Unknown statement 'SELEC'\nDid you mean 'SELECT'?"),
        ("WITH a AS (SELECT 1 FROM b) SELECT * FROM a;", "1:1", "Unknown statement 'WITH'\nDid you mean 'LIST'?"),
        ("RUN SCRIPT 'x';", "1:1", "Unknown statement 'RUN'\nDid you mean 'PRINT'?"),
        ("SELECT 1;", "1:9", "Expecting {',', 'FROM'}"),
        ("SELECT 1", "1:9", "Expecting {',', 'FROM'}"),
        ("CREATE STREAM x (a INT;", "1:23", "Expecting {',', ')'}"),
        ("CREATE STREAM x (a STRING(KEY));", "1:27", "Expecting {'STRING', INTEGER_VALUE}"),
        ("SELECT * FROM topic;", "1:15", ""),
        ("SELECT * FROM (SELECT * FROM a);", "1:15", ""),
        ("SELECT * FROM a UNION SELECT * FROM b;", "1:23", "missing ';' at 'SELECT'"),
        ("SELECT * FROM a\nWHERE b = c = d;", "2:13", ""),
        ("SELECT * FROM a ORDER BY b;", "1:23", ""),
        ("SELECT a::int FROM b;", "1:9", "Expecting {',', 'FROM'}"),
        ("SELECT COUNT(DISTINCT a) FROM b;", "1:14", "Syntax error at or near 'DISTINCT' at line 1:14"),
        ("SELECT CAST(a AS NULL) FROM b;", "1:18", "Syntax error at or near 'NULL' at line 1:18"),
        ("SELECT a FROM b WHERE (a = 1 EMIT CHANGES;", "1:30", "missing ')' at 'EMIT'"),
        ("DESCRIBE;", "1:9", "Syntax error at or near ';' at line 1:9"),
        ("DEFINE TOPIC = 'x';", "1:8", "Expecting IDENTIFIER"),
        ("ASSERT VALUES a VALUES (1);", "1:8", "Syntax error at or near 'VALUES' at line 1:8"),
        ("DROP STREAM IF EXISTS a DELETE TABLE;", "1:32", "Expecting 'TOPIC'"),
        ("SELECT * FROM a; ;", "1:18", "Unknown statement ';'\nDid you mean 'SET'?"),
    ],
)
def test_messages(text: str, place: str, details: str) -> None:
    with pytest.raises(ParseError) as caught:
        check_script(text)
    assert caught.value.message == f"line {place}: Syntax Error\n{details}"
    assert f"{caught.value.line}:{caught.value.column}" == place


def test_a_reserved_word_for_a_name() -> None:
    with pytest.raises(ParseError) as caught:
        parse("SELECT * FROM a EMIT CHANGES stream;")
    assert caught.value.message == (
        'line 1:30: Syntax Error\n"stream" is a reserved keyword and it can\'t be used as an identifier. '
        "You can use it as an identifier by escaping it as 'stream' "
    )


def test_a_caret_shows_the_place() -> None:
    with pytest.raises(ParseError) as caught:
        parse("SELECT *\n  FROM topic;")
    assert caught.value.__notes__ == ["  FROM topic;\n       ^"]
    assert caught.value.statement == "  FROM topic;"


@pytest.mark.parametrize(
    ("text", "line", "caret"),
    [
        ("  EMIT CHANGES; -- so", "  EMIT CHANGES; -- so", 2),
        ("\n\n \tEMIT CHANGES; \nSHOW STREAMS;", " \tEMIT CHANGES; ", 2),
        ("SHOW STREAMS; EMIT X; FOO;", "SHOW STREAMS; EMIT X; FOO;", 14),
    ],
)
def test_the_statement_is_the_whole_line_of_the_script(text: str, line: str, caret: int) -> None:
    """As a ksqlDB 8.5 answered."""
    with pytest.raises(ParseError) as caught:
        minisql.connect().execute(text)
    assert caught.value.statement == line
    assert caught.value.__notes__ == [f"{line}\n{' ' * caret}^"]


def test_the_grammar_of_a_whole_script_comes_first() -> None:
    with pytest.raises(ParseError, match=r"^line 1:34: Syntax Error"):
        minisql.connect().execute("SELECT * FROM `not a name`; SHOW NOTHING;")


def test_the_place_is_that_within_the_script() -> None:
    with pytest.raises(ParseError, match=r"^line 4:14: Syntax Error"):
        parse("SELECT 1;", line=4, column=6)
    with pytest.raises(ParseError, match=r"^line 2:9: Syntax Error"):
        check_script("SELECT * FROM a;\nSELECT 1; SELECT * FROM b;")


def test_a_script_of_sound_statements() -> None:
    check_script("SELECT * FROM a; -- that's all\n INSERT INTO a VALUES (99999999999999999999)")


def test_a_statement_may_be_too_large() -> None:
    with pytest.raises(ParseError, match="Statement is too large to parse"):
        parse("SELECT " + "(" * 5000 + "1" + ")" * 5000 + " FROM a;")


def _accepts(text: str) -> bool:
    try:
        check_script(text)
    except ParseError:
        return False
    return True


def _spoilt(line: str, words: list[str], chance: random.Random) -> str:
    tokens = [line[token.start : token.end + 1] for token in tokenize(line.rstrip(";"))]
    place = chance.randrange(len(tokens))
    spoil = [
        lambda: tokens.pop(place),
        lambda: tokens.insert(place, tokens[place]),
        lambda: tokens.insert(place, chance.choice(words)),
        lambda: tokens.__setitem__(place, chance.choice(words)),
    ]
    chance.choice(spoil)()
    return " ".join(tokens)


def test_the_parser_takes_what_the_grammar_allows_and_nothing_else() -> None:
    lines = [line for line in LINES if not line.upper().startswith(("DEFINE", "UNDEFINE"))]
    words = sorted({line[token.start : token.end + 1] for line in lines for token in tokenize(line)} - {"define", "undefine"})
    chance = random.Random(1)
    for _ in range(600):
        text = _spoilt(chance.choice(lines), words, chance) + ";"
        complaint = complain([*_kinds(text, tokenize(text)), "<EOF>"], "script")
        assert _accepts(text) == (complaint is None), text
