"""The law of Avro, Protobuf and JSON with a JSON Schema: what is read again is what ``normalize`` says; and bad bytes."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.errors import QueryError, SerdeError
from minisql.formats import key_codec, value_codec
from minisql.formats.info import FormatInfo, KeyFormat, Subject, ValueFormat, WindowInfo
from minisql.formats.registry import SchemaRegistry
from minisql.schema import Column, Namespace
from minisql.types import BIGINT, DATE, STRING, TIMESTAMP, SqlArray, SqlMap, SqlStruct, SqlType

from .test_laws import INTS, PRIMITIVES, law, nested, values

FORMATS = ["AVRO", "JSON_SR", "PROTOBUF", "PROTOBUF_NOSR"]
REPRESENTATIONS = st.sampled_from([{}, {"nullableRepresentation": "optional"}, {"nullableRepresentation": "wrapper"}])

TYPES = st.recursive(st.sampled_from(PRIMITIVES), nested, max_leaves=6)
FIRST, LAST = -62_135_596_800_000, 253_402_300_799_999
"""What a Timestamp of Protobuf can hold."""


def plain(kind: SqlType, name: str) -> SqlType:
    """The type with names that every format can bear; Protobuf has no arrays or maps inside each other."""
    if isinstance(kind, SqlArray):
        item = plain(kind.item, name)
        return item if isinstance(item, (SqlArray, SqlMap)) and name.startswith("PROTO") else SqlArray(item)
    if isinstance(kind, SqlMap):
        value = plain(kind.value, name)
        return value if isinstance(value, (SqlArray, SqlMap)) and name.startswith("PROTO") else SqlMap(STRING, value)
    if isinstance(kind, SqlStruct):
        return SqlStruct(tuple((f"F{index}", plain(field, name)) for index, (_, field) in enumerate(kind.fields)))
    return kind


def value_of(name: str, columns, *features: str, registry: SchemaRegistry | None = None, **properties: str):
    subject = None if name == "PROTOBUF_NOSR" else Subject(registry or SchemaRegistry(), "t-value")
    return value_codec(ValueFormat(FormatInfo(name, tuple(properties.items())), frozenset(features), subject), columns)


@st.composite
def columns_and_row(draw, name: str, most: int = 4, types: st.SearchStrategy[SqlType] = TYPES):
    kinds = [plain(kind, name) for kind in draw(st.lists(types, min_size=1, max_size=most))]
    columns = tuple(Column(f"C{index}", kind) for index, kind in enumerate(kinds))
    return columns, tuple(draw(values(kind)) for kind in kinds)


def holds(codec, row) -> None:
    """The law, unless the row is one that the format refuses to write."""
    try:
        codec.encode(row)
        codec.decode(codec.encode(row))
        if codec.normalize is not None:
            codec.normalize(row)
    except (QueryError, SerdeError):
        return
    law(codec, row)


@given(st.data(), st.sampled_from(["AVRO", "JSON_SR"]))
def test_avro_and_json_schema(data, name: str) -> None:
    columns, row = data.draw(columns_and_row(name))
    codec = value_of(name, columns)
    law(codec, row)
    law(codec, None)


@given(st.data(), st.sampled_from(["AVRO", "JSON_SR"]))
def test_bare_values(data, name: str) -> None:
    columns, row = data.draw(columns_and_row(name, most=1))
    law(value_of(name, columns, "UNWRAP_SINGLES"), row)


@given(st.data(), st.sampled_from(["PROTOBUF", "PROTOBUF_NOSR"]), REPRESENTATIONS)
def test_protobuf(data, name: str, properties) -> None:
    columns, row = data.draw(columns_and_row(name))
    codec = value_of(name, columns, **properties)
    holds(codec, row)
    law(codec, None)


def test_maps_of_lists_are_written_but_not_read() -> None:
    columns = (Column("A", SqlMap(STRING, SqlArray(STRING))),)
    codec = value_of("PROTOBUF", columns)
    with pytest.raises(SerdeError, match="Cannot deserialize type array as type map for path: ->A"):
        codec.decode(codec.encode(({"a": ["b"]},)))
    info = ValueFormat(FormatInfo("PROTOBUF_NOSR"))
    assert value_codec(info, columns) != value_codec(info, columns)


@given(st.data(), REPRESENTATIONS)
def test_protobuf_holds_all_rows_without_nulls_inside(data, properties) -> None:
    kinds = st.sampled_from([kind for kind in PRIMITIVES if kind not in (TIMESTAMP, DATE)])
    columns, row = data.draw(columns_and_row("PROTOBUF", types=kinds))
    days, time = data.draw(INTS), data.draw(st.integers(FIRST, LAST))
    columns += (Column("D", DATE), Column("T", TIMESTAMP))
    law(value_of("PROTOBUF", columns, **properties), (*row, days, time))


@given(st.data(), st.sampled_from(FORMATS), st.sampled_from([None, WindowInfo("TUMBLING", 1000), WindowInfo("SESSION")]))
def test_keys(data, name: str, window: WindowInfo | None) -> None:
    kinds = [kind for kind in PRIMITIVES if kind != TIMESTAMP]
    columns, row = data.draw(columns_and_row(name, most=3, types=st.sampled_from(kinds)))
    columns = tuple(Column(column.name, column.type, Namespace.KEY) for column in columns)
    features = frozenset({"UNWRAP_SINGLES"} if name in ("AVRO", "JSON_SR") and len(columns) == 1 else ())
    subject = None if name == "PROTOBUF_NOSR" else Subject(SchemaRegistry(), "t-key")
    codec = key_codec(KeyFormat(FormatInfo(name), features, window, subject), columns)
    key = row if len(columns) > 1 else row[0]
    if window is None:
        law(codec, key)
    elif key is not None:
        law(codec, (key, 5, 5 + (window.size or 77)))


@given(st.data(), st.sampled_from(FORMATS))
def test_as_a_program_holds_it(data, name: str) -> None:
    columns, row = data.draw(columns_and_row(name))
    codec = value_of(name, columns)
    with suppress(QueryError):
        shown = codec.to_json(codec.normalize(row) if codec.normalize else row)
        assert codec.to_json(codec.from_json(shown)) == shown


@given(st.data(), st.sampled_from(FORMATS))
def test_any_bytes_give_a_row_or_one_kind_of_error(data, name: str) -> None:
    columns, row = data.draw(columns_and_row(name))
    codec = value_of(name, columns)
    good = None
    with suppress(SerdeError):
        good = codec.encode(row)
    broken = data.draw(mutations(good or b"\0\0\0\0\1"))
    with suppress(SerdeError):
        codec.decode(broken)


@st.composite
def mutations(draw, good: bytes):
    """Bytes cut off, changed and put in; the id of the schema often stays."""
    body = bytearray(good[draw(st.sampled_from([0, 0, 5])) :] if draw(st.booleans()) else good)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(body)))
        body[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=5) | st.just(b"\xff\xff\xff\xff\x0f"))
    return bytes(body[: draw(st.integers(0, len(body)))])


def test_numbers_that_would_fill_the_memory() -> None:
    registry = SchemaRegistry()
    registry.register("t-value", {"type": "object", "properties": {"A": {"type": "integer"}}}, "JSON")
    codec = value_of("JSON_SR", (Column("A", BIGINT),), registry=registry)
    assert codec.decode(b'\0\0\0\0\1{"A": 1E999999999}') == (0,)
    empty = {"type": "array", "items": {"type": "record", "name": "e", "fields": []}}
    registry.register("u-value", {"type": "record", "name": "r", "fields": [{"name": "A", "type": empty}]})
    with pytest.raises(SerdeError, match="Arrays of empty records are not supported"):
        value_of("AVRO", (Column("A", SqlArray(STRING)),), registry=registry).decode(b"\0\0\0\0\2" + b"\xff" * 8 + b"\x0f")


@pytest.mark.parametrize("name", ["AVRO", "JSON_SR", "PROTOBUF"])
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Unknown magic byte!"),
        (b"\1\0\0\0\1", "Unknown magic byte!"),
        (b"\0\0\0\0", "Unknown magic byte!"),
        (b"\0\0\0\0\x63", "Error retrieving .* schema for id 99: Schema 99 not found"),
    ],
)
def test_what_stands_before_a_value(name: str, data: bytes, message: str) -> None:
    with pytest.raises(SerdeError, match=message):
        value_of(name, (Column("A", STRING),)).decode(data)
