"""What ksqlDB's JSON deserializer takes for each type, and what it says of the rest."""

from decimal import Decimal

import pytest

from minisql.errors import SerdeError
from minisql.formats import value_codec
from minisql.formats.info import FormatInfo, ValueFormat
from minisql.schema import Column
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    TIME,
    TIMESTAMP,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
)


def codec_of(*columns: tuple[str, SqlType], unwrapped: bool = False):
    features = frozenset({"UNWRAP_SINGLES"} if unwrapped else ())
    return value_codec(ValueFormat(FormatInfo("JSON"), features), tuple(Column(name, kind) for name, kind in columns))


def read(text: str | bytes, kind: SqlType):
    data = f'{{"A":{text}}}' if isinstance(text, str) else text
    return codec_of(("A", kind)).decode(data.encode() if isinstance(data, str) else data)[0]


POINT = SqlStruct((("X", INTEGER), ("y", STRING)))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (BOOLEAN, "true", True),
        (INTEGER, "7", 7),
        (INTEGER, '"-7"', -7),
        (INTEGER, "1.9", 1),
        (INTEGER, "-1.9", -1),
        (INTEGER, "2147483648", -(2**31)),
        (INTEGER, "1e70", 0),
        (BIGINT, "9223372036854775808", -(2**63)),
        (BIGINT, "12345678901234567.9", 12345678901234567),
        (BIGINT, '"12"', 12),
        (DOUBLE, "1", 1.0),
        (DOUBLE, "-0.0", 0.0),
        (DOUBLE, '"1e3"', 1000.0),
        (DOUBLE, "1" + "0" * 400, float("inf")),
        (STRING, '"x"', "x"),
        (STRING, "10", "10"),
        (STRING, "1.50", "1.50"),
        (STRING, "1e10", "1E+10"),
        (STRING, "true", "true"),
        (STRING, '{"a": [1.0, null], "b": "\\u001f"}', '{"a":[1.0,null],"b":"\\u001F"}'),
        (STRING, '[1.10, "a", null, {"k": true}, [2]]', '[1.10, a, null, {"k":true}, [2]]'),
        (SqlDecimal(4, 2), "1.5", Decimal("1.50")),
        (SqlDecimal(4, 2), "12", Decimal("12.00")),
        (SqlDecimal(4, 2), '"1.5000"', Decimal("1.50")),
        (BYTES, '"AP8="', b"\x00\xff"),
        (DATE, "3", 3),
        (DATE, '"-3"', -3),
        (TIME, "86400000", 86_400_000),
        (TIMESTAMP, "1.5e3", 1500),
        (SqlArray(INTEGER), '[1, "2", null]', [1, 2, None]),
        (SqlMap(STRING, DOUBLE), '{"k": 1, "l": null}', {"k": 1.0, "l": None}),
        (POINT, '{"x": 1, "Y": "no", "y": "yes", "z": 0}', {"X": 1, "y": "yes"}),
        (POINT, "{}", {"X": None, "y": None}),
    ],
)
def test_values_are_converted(kind: SqlType, text: str, expected) -> None:
    found = read(text, kind)
    assert repr(found) == repr(expected)


def test_text_of_a_number_that_json_has_not() -> None:
    assert repr(read('" NaN "', DOUBLE)) == "nan"


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (BOOLEAN, '"true"', "Can't convert type. sourceType: TextNode, requiredType: BOOLEAN, path: $.A"),
        (INTEGER, "true", "Can't convert type. sourceType: BooleanNode, requiredType: INTEGER, path: $.A"),
        (INTEGER, '"1.5"', "Can't coerce string to type. targetType: INTEGER, path: $.A"),
        (INTEGER, '"2147483648"', "Can't coerce string to type. targetType: INTEGER, path: $.A"),
        (BIGINT, "[]", "Can't convert type. sourceType: ArrayNode, requiredType: BIGINT, path: $.A"),
        (DOUBLE, '"1,5"', "Can't coerce string to type. targetType: DOUBLE, path: $.A"),
        (
            SqlDecimal(4, 2),
            "1.234",
            "Cannot fit decimal '1.234' into DECIMAL(4, 2) without rounding. (Requires 4,3), path: $.A",
        ),
        (
            SqlDecimal(4, 2),
            "100",
            "Numeric field overflow: A field with precision 4 and scale 2 must round to an absolute value less than 10^2. "
            "Got 100, path: $.A",
        ),
        (SqlDecimal(4, 2), "{}", "Can't convert type. sourceType: ObjectNode, requiredType: DECIMAL(4, 2), path: $.A"),
        (BYTES, '"?"', "Value is not a valid Base64 encoded string: ?, path: $.A"),
        (BYTES, "99999999999", "Can't convert type. sourceType: LongNode, requiredType: BYTES, path: $.A"),
        (
            TIME,
            "-1",
            "Time values must use number of milliseconds greater than 0 and less than 86400000., path: $.A",
        ),
        (SqlArray(POINT), '[{"x": "q"}]', "Can't coerce string to type. targetType: INTEGER, path: $.A[0].X"),
        (
            SqlMap(STRING, DATE),
            '{"k": 1.5, "l": false}',
            "Can't convert type. sourceType: BooleanNode, requiredType: DATE, path: $.A.l.value",
        ),
        (
            POINT,
            "1.5",
            "Can't convert type. sourceType: DecimalNode, requiredType: STRUCT<X INT, y VARCHAR>, path: $.A",
        ),
        (INTEGER, b"", "Can't convert type. sourceType: MissingNode, requiredType: STRUCT<A INT>, path: $"),
        (
            SqlMap(STRING, TIMESTAMP),
            b"[1]",
            "Can't convert type. sourceType: ArrayNode, requiredType: STRUCT<A MAP<VARCHAR, BIGINT>>, path: $",
        ),
        (
            INTEGER,
            b"riders",
            "Unrecognized token 'riders': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
        ),
        (INTEGER, b'{"A":1', "Unexpected end-of-input"),
        (INTEGER, b'{"A":}', "Unexpected character ('}' (code 125))"),
    ],
)
def test_one_bad_field_spoils_the_record(kind: SqlType, text: str | bytes, message: str) -> None:
    with pytest.raises(SerdeError) as caught:
        read(text, kind)
    assert caught.value.message == message
    assert caught.value.messages("orders") == [f"Failed to deserialize value from topic: orders. {message}", message]


def test_names_are_taken_exactly_and_else_in_upper_case() -> None:
    codec = codec_of(("ID", STRING), ("name", STRING))
    assert codec.decode(b'{"id": "1", "name": "n"}') == ("1", "n")
    assert codec.decode(b'{"iD": "1", "ID": null, "NAME": "n"}') == (None, None)


def test_what_follows_the_object_does_not_matter() -> None:
    assert codec_of(("A", INTEGER)).decode(b' {"a":1} and so on') == (1,)


def test_json_null_is_not_an_object() -> None:
    with pytest.raises(SerdeError, match="Cannot invoke"):
        codec_of(("A", INTEGER)).decode(b"null")


def test_bare_values() -> None:
    codec = codec_of(("A", INTEGER), unwrapped=True)
    assert codec.decode(b"12") == codec.decode(b' "12" ') == codec.decode(b"12 x") == (12,)
    assert codec.decode(b"null") == (None,)
    with pytest.raises(SerdeError, match=r"sourceType: ObjectNode, requiredType: INTEGER, path: \$$"):
        codec.decode(b'{"A":12}')
    with pytest.raises(SerdeError):
        codec.decode(b"12x")


def test_a_text_nested_too_deep_is_an_error_like_any_other() -> None:
    with pytest.raises(SerdeError, match="nesting depth"):
        codec_of(("A", INTEGER)).decode(b'{"A":' + b"[" * 100_000)


def test_objects_with_ever_new_names_do_not_fill_the_memory() -> None:
    codec = codec_of(("A", INTEGER))
    assert all(codec.decode(b'{"x%d":0,"a":%d}' % (index, index)) == (index,) for index in range(600))
