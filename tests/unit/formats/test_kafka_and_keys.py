"""Kafka's own bytes; bare, several and windowed keys."""

import pytest

from minisql.broker import Codec
from minisql.broker.partitioner import partition_of
from minisql.errors import SerdeError
from minisql.formats import key_codec, value_codec
from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat, WindowInfo
from minisql.schema import Column, Namespace
from minisql.types import BIGINT, BYTES, DOUBLE, INTEGER, STRING, SqlArray, SqlType


def codec_of(name: str, *kinds: SqlType, window: WindowInfo | None = None, unwrapped: bool = False):
    columns = tuple(Column(f"K{index}", kind, Namespace.KEY) for index, kind in enumerate(kinds))
    return key_codec(KeyFormat(FormatInfo(name), frozenset({"UNWRAP_SINGLES"} if unwrapped else ()), window), columns)


@pytest.mark.parametrize(
    ("kind", "key", "data"),
    [
        (INTEGER, -2, b"\xff\xff\xff\xfe"),
        (BIGINT, 1, b"\0\0\0\0\0\0\0\1"),
        (DOUBLE, 1.0, b"\x3f\xf0\0\0\0\0\0\0"),
        (STRING, "é", b"\xc3\xa9"),
        (BYTES, b"\0\1", b"\0\1"),
    ],
)
def test_kafka_bytes(kind: SqlType, key, data: bytes) -> None:
    codec = codec_of("KAFKA", kind)
    assert codec.encode(key) == data
    assert codec.decode(data) == key
    assert codec.encode(None) is codec.decode(None) is None


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        (INTEGER, "Size of data received by IntegerDeserializer is not 4"),
        (BIGINT, "Size of data received by LongDeserializer is not 8"),
        (DOUBLE, "Size of data received by Deserializer is not 8"),
    ],
)
def test_numbers_of_another_length(kind: SqlType, cause: str) -> None:
    with pytest.raises(SerdeError) as caught:
        codec_of("KAFKA", kind).decode(b"12345")
    assert caught.value.messages("t") == ["Error deserializing KAFKA message from topic: t", cause]


def test_text_that_is_not_utf8_is_read_with_marks() -> None:
    assert codec_of("KAFKA", STRING).decode(b"a\xff") == "a�"


def test_a_program_gives_the_value_or_an_object_with_it() -> None:
    codec = value_codec(ValueFormat(FormatInfo("KAFKA")), (Column("A", INTEGER),))
    assert codec.from_json(1) == codec.from_json({"a": "1"}) == (1,)
    assert codec.from_json(None) is None
    assert codec.to_json((1,)) == 1
    with pytest.raises(SerdeError):
        codec.from_json("x")


def test_no_columns_no_bytes() -> None:
    for name in ("KAFKA", "NONE"):
        codec = codec_of(name)
        assert codec.encode(None) is codec.decode(b"anything") is codec.to_json(None) is codec.from_json(None) is None
        with pytest.raises(SerdeError):
            codec.from_json("k")


def test_json_keys_are_bare_or_objects() -> None:
    assert codec_of("JSON", STRING, unwrapped=True).encode("a") == b'"a"'
    assert codec_of("JSON", STRING, unwrapped=True).decode(b"1") == "1"
    several = codec_of("JSON", STRING, INTEGER)
    assert several.encode(("a", None)) == b'{"K0":"a","K1":null}'
    assert several.decode(b'{"k1":2}') == (None, 2)
    assert several.to_json(("a", 1)) == {"K0": "a", "K1": 1}
    assert several.from_json({"K0": "a", "k1": 1}) == ("a", 1)
    with pytest.raises(SerdeError) as caught:
        several.decode(b"1")
    assert caught.value.messages("t")[0].startswith("Failed to deserialize key from topic: t. ")


def test_a_key_that_json_spells_as_a_list() -> None:
    assert codec_of("JSON", SqlArray(INTEGER), unwrapped=True).decode(b"[1,null]") == [1, None]


def test_time_windows_have_their_start_behind_the_key() -> None:
    codec = codec_of("KAFKA", STRING, window=WindowInfo("TUMBLING", 1000))
    data = b"a\0\0\0\0\0\0\x13\x88"
    assert codec.encode(("a", 5000, 6000)) == data
    assert codec.decode(data) == ("a", 5000, 6000)
    assert codec.decode(b"") is codec.decode(None) is codec.encode(None) is None
    with pytest.raises(SerdeError, match="-3"):
        codec.decode(b"12345")


def test_the_end_of_a_time_window_stays_within_a_long() -> None:
    codec = codec_of("KAFKA", STRING, window=WindowInfo("HOPPING", 1000))
    assert codec.decode(b"a\x7f" + b"\xff" * 7) == ("a", 2**63 - 1, 2**63 - 1)


def test_sessions_have_end_and_start_behind_the_key() -> None:
    codec = codec_of("JSON", STRING, window=WindowInfo("SESSION"), unwrapped=True)
    data = b'"a"' + b"\0\0\0\0\0\0\0\2" + b"\0\0\0\0\0\0\0\1"
    assert codec.encode(("a", 1, 2)) == data
    assert codec.decode(data) == ("a", 1, 2)


def test_windows_of_a_key_share_its_partition() -> None:
    codec: Codec = codec_of("KAFKA", STRING, window=WindowInfo("TUMBLING", 1000))
    assert codec.placed_by(("a", 0, 1000)) == codec.placed_by(("a", 1000, 2000)) == b"a"
    assert partition_of(b"a", 3) in range(3)
    assert (codec.to_json(("a", 0, 1000)), codec.window(("a", 0, 1000)), codec.from_json("a")) == ("a", (0, 1000), "a")
    assert codec.window(None) is codec.placed_by(None) is codec.to_json(None) is None


def test_codecs_that_do_the_same_are_equal() -> None:
    assert codec_of("KAFKA", STRING) == key_codec(KeyFormat(FormatInfo("KAFKA")), (Column("OTHER", STRING, Namespace.KEY),))
    assert hash(codec_of("JSON", STRING)) == hash(codec_of("JSON", STRING))
    unlike = [
        codec_of("KAFKA", STRING),
        codec_of("KAFKA", INTEGER),
        codec_of("JSON", STRING),
        codec_of("JSON", STRING, unwrapped=True),
        codec_of("JSON", STRING, window=WindowInfo("SESSION")),
        codec_of("JSON", STRING, window=WindowInfo("TUMBLING", 1)),
        codec_of("JSON", STRING, window=WindowInfo("TUMBLING", 2)),
        value_codec(ValueFormat(FormatInfo("KAFKA")), (Column("K0", STRING),)),
        value_codec(ValueFormat(FormatInfo("JSON")), (Column("K0", STRING),)),
        value_codec(ValueFormat(FormatInfo("JSON")), (Column("K1", STRING),)),
    ]
    assert all((a == b) == (a is b) for a in unlike for b in unlike)
