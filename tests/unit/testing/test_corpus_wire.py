"""Values of cases to bytes and back, by format."""

import struct
from decimal import Decimal

import pytest

from minisql.errors import UnsupportedError
from minisql.formats.info import WindowInfo
from minisql.schema import Column
from minisql.testing.corpus.record import WindowSpec
from minisql.testing.corpus.wire import Side, Wire
from minisql.types import BIGINT, BYTES, DOUBLE, INTEGER, STRING


def kafka(kind):
    return Side("KAFKA", (Column("A", kind),))


def test_json_is_written_as_it_stands_in_the_case():
    assert Side("JSON", ()).encode({"a": Decimal("1.50"), "b": "x"}) == b'{"a":1.50,"b":"x"}'
    assert Side("JSON", ()).encode("text") == b'"text"'


def test_json_is_read_exactly_unless_told_otherwise():
    assert str(Side("JSON", ()).decode(b"1.50")) == "1.50"
    assert Side("JSON", (), exact=False).decode(b"1.50") == 1.5
    with pytest.raises(ValueError):
        Side("JSON", ()).decode(b"NaN")


@pytest.mark.parametrize(
    ("kind", "spec", "data"),
    [
        (INTEGER, -1, b"\xff\xff\xff\xff"),
        (BIGINT, 1, struct.pack(">q", 1)),
        (DOUBLE, Decimal("1.5"), struct.pack(">d", 1.5)),
        (STRING, "é", "é".encode()),
        (BYTES, "raw", b"raw"),
    ],
)
def test_kafka_goes_by_the_type_of_the_column(kind, spec, data):
    assert kafka(kind).encode(spec) == data
    assert kafka(kind).decode(data) == spec


def test_kafka_takes_any_number_for_bigint_and_double():
    assert kafka(BIGINT).encode(Decimal("2.9")) == struct.pack(">q", 2)
    assert kafka(DOUBLE).encode(2) == struct.pack(">d", 2.0)


def test_kafka_doubles_read_back_as_java_prints_them():
    assert str(kafka(DOUBLE).decode(struct.pack(">d", 1e10))) == "1.0E+10"
    assert str(kafka(DOUBLE).decode(struct.pack(">d", 3.0))) == "3.0"


@pytest.mark.parametrize(("kind", "spec"), [(INTEGER, "1"), (BIGINT, True), (STRING, 1), (DOUBLE, "x")])
def test_kafka_refuses_what_the_type_cannot_hold(kind, spec):
    with pytest.raises(ValueError):
        kafka(kind).encode(spec)


def test_kafka_without_columns_is_text():
    assert Side("KAFKA", ()).encode("x") == b"x"


def test_delimited_is_a_line_of_text():
    side = Side("DELIMITED", ())
    assert side.encode("1,a") == b"1,a"
    assert side.decode(b"1,a") == "1,a"
    with pytest.raises(ValueError):
        side.encode(1)


def test_none_neither_writes_nor_reads():
    assert Side("NONE", ()).encode("x") is None
    assert Side("NONE", ()).decode(b"x") is None


def test_null_is_no_bytes_in_every_format():
    assert [Side(name, ()).encode(None) for name in ("JSON", "KAFKA", "DELIMITED", "NONE")] == [None] * 4


def test_other_formats_are_unsupported():
    with pytest.raises(UnsupportedError, match="XML"):
        Side("XML", ()).encode({})


@pytest.mark.parametrize(
    ("info", "window", "suffix"),
    [
        (WindowInfo("TUMBLING", 10), WindowSpec(20, 30, "TIME"), struct.pack(">q", 20)),
        (WindowInfo("SESSION"), WindowSpec(20, 30, "SESSION"), struct.pack(">qq", 30, 20)),
    ],
)
def test_windowed_keys_have_kafkas_layout(info, window, suffix):
    wire = Wire(kafka(STRING), Side("JSON", ()), info)
    data = wire.encode_key("k", window)
    assert data == b"k" + suffix
    assert wire.decode_key(data) == ("k", window)


def test_a_window_is_needed_exactly_where_the_source_has_one():
    plain = Wire(kafka(STRING), Side("JSON", ()), None)
    windowed = Wire(kafka(STRING), Side("JSON", ()), WindowInfo("TUMBLING", 10))
    with pytest.raises(ValueError):
        plain.encode_key("k", WindowSpec(0, 10, "TIME"))
    with pytest.raises(ValueError):
        windowed.encode_key("k", None)
