"""The bytes of minisql and those of Confluent's Python client, each read by the other."""

import base64
import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.formats import value_codec
from minisql.formats.info import FormatInfo, Subject, ValueFormat
from minisql.formats.registry import SchemaRegistry
from minisql.schema import Column
from minisql.types import DATE, DOUBLE, STRING, TIME, TIMESTAMP, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

from .test_connect_laws import plain
from .test_laws import PRIMITIVES, VALUES, nested

registry_client = pytest.importorskip("confluent_kafka.schema_registry")
avro = pytest.importorskip("confluent_kafka.schema_registry.avro")
json_schema = pytest.importorskip("confluent_kafka.schema_registry.json_schema")
protobuf = pytest.importorskip("confluent_kafka.schema_registry.protobuf")
serialization = pytest.importorskip("confluent_kafka.serialization")

CONTEXT = serialization.SerializationContext("t", serialization.MessageField.VALUE)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
SAFE = {
    **VALUES,
    DATE: st.integers(-719_162, 2_932_896),
    TIMESTAMP: st.integers(-62_135_596_800_000, 253_402_300_799_999),
    STRING: st.text(),
    DOUBLE: st.floats(allow_nan=False, allow_infinity=False),
}
TYPES = st.recursive(st.sampled_from(PRIMITIVES), nested, max_leaves=5)


class Client(registry_client.SchemaRegistryClient):
    """Confluent's client over a registry in the process."""

    def __init__(self, registry: SchemaRegistry) -> None:
        super().__init__({"url": "http://localhost:1"})
        self.registry = registry

    def get_schema(self, schema_id, subject_name=None, fmt=None, reference_format=None):
        entry = self.registry.get_by_id(schema_id)
        text = serialized(self.registry, schema_id) if fmt == "serialized" else entry.schema
        return registry_client.Schema(text, entry.type)

    def register_schema_full_response(self, subject_name, schema, normalize_schemas=False):
        references = [{"name": each.name, "subject": each.subject, "version": each.version} for each in schema.references or ()]
        id = self.registry.register(subject_name, schema.schema_str, schema.schema_type or "AVRO", references)
        return registry_client.RegisteredSchema(subject_name, 1, id, None, schema)

    def register_schema(self, subject_name, schema, normalize_schemas=False):
        return self.register_schema_full_response(subject_name, schema).schema_id

    def get_associations_by_resource_name(self, *args, **named):
        return []

    def lookup_schema(self, subject_name, schema, normalize_schemas=False, fmt=None, deleted=False):
        found = self.registry.get_latest(subject_name)
        return registry_client.RegisteredSchema(subject_name, found.version, found.id, None, schema)


def serialized(registry: SchemaRegistry, id: int) -> str:
    return base64.b64encode(registry.parsed(id).descriptor()).decode()


def safe_values(kind: SqlType) -> st.SearchStrategy:
    if isinstance(kind, SqlArray):
        return st.lists(safe_values(kind.item), max_size=3)
    if isinstance(kind, SqlMap):
        return st.dictionaries(st.text(), safe_values(kind.value), max_size=3)
    if isinstance(kind, SqlStruct):
        names = [name for name, _ in kind.fields]
        return st.tuples(*[safe_values(field) for _, field in kind.fields]).map(
            lambda items: dict(zip(names, items, strict=True))
        )
    return SAFE[kind]


@st.composite
def rows(draw, name: str):
    kinds = [plain(kind, name) for kind in draw(st.lists(TYPES, min_size=1, max_size=3))]
    columns = tuple(Column(f"C{index}", kind) for index, kind in enumerate(kinds))
    nulls = st.none() if name == "AVRO" else st.nothing()
    return columns, tuple(draw(nulls | safe_values(kind)) for kind in kinds)


def codec_of(name: str, columns, registry: SchemaRegistry):
    return value_codec(ValueFormat(FormatInfo(name), subject=Subject(registry, "t-value")), columns)


def as_fastavro(value, kind: SqlType):
    """A SQL value as Confluent's Avro classes give it."""
    if value is None:
        return None
    if isinstance(kind, SqlArray):
        return [as_fastavro(each, kind.item) for each in value]
    if isinstance(kind, SqlMap):
        return [{"key": key, "value": as_fastavro(each, kind.value)} for key, each in value.items()]
    if isinstance(kind, SqlStruct):
        return {name: as_fastavro(value[name], field) for name, field in kind.fields}
    if kind == DATE:
        return dt.date(1970, 1, 1) + dt.timedelta(days=value)
    if kind == TIME:
        return (EPOCH + dt.timedelta(milliseconds=value)).time()
    return EPOCH + dt.timedelta(milliseconds=value) if kind == TIMESTAMP else value


def as_json(value, kind: SqlType):
    """A SQL value as JSON's parser gives it: decimals as numbers of theirs, bytes as base64, maps as entries."""
    if isinstance(kind, SqlArray):
        return [as_json(each, kind.item) for each in value]
    if isinstance(kind, SqlMap):
        return [{"key": key, "value": as_json(each, kind.value)} for key, each in value.items()]
    if isinstance(kind, SqlStruct):
        return {name: as_json(value[name], field) for name, field in kind.fields}
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return json.loads(format(value, "f")) if isinstance(value, Decimal) else value


@given(rows("AVRO"))
def test_avro(given_) -> None:
    columns, row = given_
    registry = SchemaRegistry()
    client, codec = Client(registry), codec_of("AVRO", columns, registry)
    data = codec.encode(row)
    read = avro.AvroDeserializer(client)(data, CONTEXT)
    assert read == {column.name: as_fastavro(item, column.type) for column, item in zip(columns, row, strict=True)}
    written = avro.AvroSerializer(client, registry.get_latest("t-value").schema)(read, CONTEXT)
    assert codec.decode(written) == row


@given(rows("JSON_SR"))
def test_json_schema(given_) -> None:
    columns, row = given_
    registry = SchemaRegistry()
    client, codec = Client(registry), codec_of("JSON_SR", columns, registry)
    data = codec.encode(row)
    schema = registry.get_latest("t-value").schema
    read = json_schema.JSONDeserializer(schema, schema_registry_client=client)(data, CONTEXT)
    assert read == {column.name: as_json(item, column.type) for column, item in zip(columns, row, strict=True)}
    if any(isinstance(column.type, SqlDecimal) or "DECIMAL" in str(column.type) for column in columns):
        return  # Python's floats do not hold all decimals
    written = json_schema.JSONSerializer(schema, client)(read, CONTEXT)
    assert codec.decode(written) == row


@given(rows("PROTOBUF"))
def test_protobuf(given_) -> None:
    columns, row = given_
    registry = SchemaRegistry()
    client, codec = Client(registry), codec_of("PROTOBUF", columns, registry)
    data = codec.encode(row)
    message = registry.parsed(registry.get_latest("t-value").id).message_class()
    read = protobuf.ProtobufDeserializer(message, {"use.deprecated.format": False}, client)(data, CONTEXT)
    assert read == message.FromString(data[6:])
    written = protobuf.ProtobufSerializer(message, client, {"use.deprecated.format": False})(read, CONTEXT)
    assert codec.decode(written) == codec.normalize(row) == codec.decode(data)


def test_a_message_that_is_not_the_first_of_its_file() -> None:
    registry = SchemaRegistry()
    text = 'syntax = "proto3"; message A { message B { int32 X = 1; } int32 Y = 1; } message C { string Z = 1; }'
    registry.register("t-value", text, "PROTOBUF")
    parsed = registry.parsed(1)
    codec = codec_of("PROTOBUF", (Column("X", SAFE_INT),), registry)
    assert codec.decode(b"\0\0\0\0\1" + b"\4\0\0" + b"\x08\x2a") == (42,)
    assert parsed.name == "A"
    assert codec.decode(b"\0\0\0\0\1" + b"\0" + b"\x08\x2a") == (None,)


SAFE_INT = PRIMITIVES[1]


def test_decimals_of_avro_keep_their_digits() -> None:
    registry = SchemaRegistry()
    codec = codec_of("AVRO", (Column("D", SqlDecimal(38, 10)),), registry)
    number = Decimal("-1234567890123456789012345678.0123456789")
    assert codec.decode(codec.encode((number,))) == (number,)
