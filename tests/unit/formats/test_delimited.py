"""Lines as commons-csv 1.4 reads and writes them."""

from decimal import Decimal

import pytest

from minisql.errors import KsqlError, SerdeError
from minisql.formats import delimiter_of, value_codec
from minisql.formats.csv import split
from minisql.formats.info import FormatInfo, ValueFormat
from minisql.formats.lines import line_writer
from minisql.schema import Column
from minisql.types import BIGINT, BOOLEAN, BYTES, DATE, DOUBLE, INTEGER, STRING, TIME, TIMESTAMP, SqlDecimal, SqlType


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("a,b", ["a", "b"]),
        (",", ["", ""]),
        ("a,", ["a", ""]),
        (' a , b"c', [" a ", ' b"c']),
        ('"a,""b"" "  ,"c\r\nd"', ['a,"b" ', "c\r\nd"]),
        ('""', [""]),
        ("\r\n\na,b\r\nc", ["a", "b"]),
        ("a\n", ["a"]),
        ('"a"\n', ["a"]),
    ],
)
def test_the_first_record_of_a_text_counts(line: str, fields: list[str]) -> None:
    assert split(line, ",") == fields


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "No fields in record"),
        ("\n\n", "No fields in record"),
        ('a,"b', "(startline 1) EOF reached before encapsulated token finished"),
        ('"a"b', "(line 1) invalid char between encapsulated token and delimiter"),
        ('a\n"b"c', "(line 2) invalid char between encapsulated token and delimiter"),
    ],
)
def test_bad_lines(line: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        split(line, ",")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        (["a", None, ""], "a,,"),
        ([""], '""'),
        ([None], ""),
        (["-5", "-5"], '"-5",-5'),
        (["é", "é"], '"é",é'),
        (["a", "#", "$", "!", " x", "x "], 'a,"#",$,"!"," x","x "'),
        (['a"b', "c,d", "e\nf"], '"a""b","c,d","e\nf"'),
    ],
)
def test_quotes_are_written_where_commons_csv_does(fields: list[str | None], line: str) -> None:
    assert line_writer(tuple((name, STRING) for name in "abcdef"[: len(fields)]), ",")(tuple(fields)) == line


@pytest.mark.parametrize(
    ("row", "delimiter", "line"),
    [
        ((-5, -5, 1.5), ",", '"-5",-5,1.5'),
        ((-5, -5, 1.5), "-", '"-5"-"-5"-1.5'),
        ((5, 5, 1.5), ".", '5.5."1.5"'),
        ((5, 15, 1e7), "E", '5E15E"1.0E7"'),
        ((None, 5, None), ",", ",5,"),
    ],
)
def test_numbers_are_quoted_where_the_delimiter_is_in_them(row: tuple[float, ...], delimiter: str, line: str) -> None:
    assert line_writer((("a", INTEGER), ("b", BIGINT), ("c", DOUBLE)), delimiter)(row) == line


def codec_of(*kinds: SqlType, delimiter: str = ","):
    columns = tuple(Column(f"C{index}", kind) for index, kind in enumerate(kinds))
    return value_codec(ValueFormat(FormatInfo("DELIMITED", (("delimiter", delimiter),))), columns)


ALL = (BOOLEAN, INTEGER, BIGINT, DOUBLE, STRING, BYTES, DATE, TIME, TIMESTAMP, SqlDecimal(4, 2))


def test_each_type_has_its_text() -> None:
    row = (True, -1, 2**40, 1e10, "x", b"x", 3, 4, 5, Decimal("1.50"))
    line = b"true,-1,1099511627776,1.0E10,x,eA==,3,4,5,1.50"
    assert codec_of(*ALL).encode(row) == line
    assert codec_of(*ALL).decode(line) == row
    assert codec_of(*ALL).decode(b"TRUE,+1,1,1e1f,,,,,,1") == (True, 1, 1, 10.0, None, None, None, None, None, Decimal("1.00"))
    assert codec_of(*ALL, delimiter="TAB").to_json(row) == line.decode().replace(",", "\t")


@pytest.mark.parametrize(
    ("kind", "text", "cause"),
    [
        (INTEGER, " 1", 'For input string: " 1"'),
        (INTEGER, "2147483648", 'For input string: "2147483648"'),
        (DOUBLE, "one", 'For input string: "one"'),
        (DOUBLE, " ", "empty String"),
        (BYTES, "?", "Value is not a valid Base64 encoded string: ?"),
        (TIME, "-1", "Time values must use number of milliseconds greater than 0 and less than 86400000."),
        (SqlDecimal(4, 2), "1.234", "Cannot fit decimal '1.234' into DECIMAL(4, 2) without rounding. (Requires 4,3)"),
        (
            SqlDecimal(4, 2),
            "x",
            'Character x is neither a decimal digit number, decimal point, nor "e" notation exponential mark.',
        ),
        (STRING, "a,b", "Column count mismatch on deserialization. topic: lines, expected: 1, got: 2"),
    ],
)
def test_bad_fields(kind: SqlType, text: str, cause: str) -> None:
    with pytest.raises(SerdeError) as caught:
        codec_of(kind).decode(text.encode())
    assert caught.value.messages("lines") == ["Error deserializing delimited", cause]


def test_a_program_gives_the_line_or_the_values() -> None:
    codec = codec_of(STRING, INTEGER)
    assert codec.from_json("x,1") == codec.from_json({"C0": "x", "c1": 1}) == codec.from_json(["x", "1"]) == ("x", 1)
    assert codec.from_json(None) is None
    with pytest.raises(SerdeError):
        codec.from_json({"c1": "x"})


def test_delimiters() -> None:
    assert [delimiter_of(name) for name in (";", "TAB", "SPACE")] == [";", "\t", " "]
    with pytest.raises(KsqlError, match="Delimiter cannot be empty"):
        delimiter_of(" ")
    with pytest.raises(KsqlError, match="Invalid delimiter value: 'tab'"):
        delimiter_of("tab")
