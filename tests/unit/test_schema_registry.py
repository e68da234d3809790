"""The schema registry in the process, and columns that come from it."""

import pytest

import minisql
from minisql.errors import KsqlError
from minisql.formats.registry import RegistryError, SchemaRegistry

USER = {"type": "record", "name": "User", "namespace": "n", "fields": [{"name": "name", "type": "string"}]}


def with_field(**field):
    return {**USER, "fields": [*USER["fields"], field]}


@pytest.fixture
def registry() -> SchemaRegistry:
    return SchemaRegistry()


@pytest.fixture
def conn():
    with minisql.connect(properties={"auto.offset.reset": "earliest"}) as conn:
        yield conn


def test_the_same_schema_keeps_its_id_and_version(registry: SchemaRegistry) -> None:
    assert registry.register("a-value", USER) == 1
    assert registry.register("a-value", {**USER, "fields": [{"type": "string", "name": "name"}]}) == 1
    assert registry.register("b-value", USER) == 1
    assert registry.versions("a-value") == [1]
    assert registry.subjects_of(1) == ["a-value", "b-value"]
    assert registry.subjects() == ["a-value", "b-value"]


def test_versions(registry: SchemaRegistry) -> None:
    registry.register("a-value", USER)
    assert registry.register("a-value", with_field(name="age", type="int", default=0)) == 2
    assert registry.get_latest("a-value").version == 2
    assert registry.get_version("a-value", 1).id == 1
    assert registry.lookup("a-value", USER).version == 1
    assert registry.delete_subject("a-value") == [1, 2]
    assert registry.get_by_id(2).subject == "a-value"
    assert registry.register("a-value", USER) == 1
    assert registry.get_latest("a-value").version == 3


@pytest.mark.parametrize(
    ("call", "code", "message"),
    [
        (lambda registry: registry.get_latest("x"), 40401, "Subject 'x' not found."),
        (lambda registry: registry.get_by_id(7), 40403, "Schema 7 not found"),
        (lambda registry: registry.get_version("a-value", 5), 40402, "Version 5 not found."),
        (lambda registry: registry.register("a-value", "nonsense"), 42201, "Invalid schema of type AVRO"),
        (lambda registry: registry.register("a-value", "message X {", "PROTOBUF"), 42201, "Invalid schema of type PROTOBUF"),
        (lambda registry: registry.register("a-value", "{", "JSON"), 42201, "Invalid schema of type JSON"),
        (lambda registry: registry.register("a-value", "int", "XML"), 42201, "Invalid schema type XML"),
        (lambda registry: registry.set_compatibility("SOME"), 42203, "Invalid compatibility level"),
    ],
)
def test_refusals(registry: SchemaRegistry, call, code: int, message: str) -> None:
    registry.register("a-value", USER)
    with pytest.raises(RegistryError, match=message) as raised:
        call(registry)
    assert raised.value.error_code == code


PROTO = 'syntax = "proto3"; message M { int32 a = 1; }'
JSON = {"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": False}


@pytest.mark.parametrize(
    ("level", "type", "first", "second", "fits"),
    [
        ("BACKWARD", "AVRO", USER, with_field(name="age", type="int", default=0), True),
        ("BACKWARD", "AVRO", USER, with_field(name="age", type="int"), False),
        ("FORWARD", "AVRO", USER, with_field(name="age", type="int"), True),
        ("FULL", "AVRO", USER, with_field(name="age", type="int"), False),
        ("NONE", "AVRO", USER, "int", True),
        ("BACKWARD", "AVRO", "int", "long", True),
        ("BACKWARD", "AVRO", "long", "int", False),
        ("BACKWARD", "AVRO", "int", ["null", "int"], True),
        ("BACKWARD", "AVRO", ["null", "int"], "int", False),
        ("BACKWARD", "PROTOBUF", PROTO, PROTO.replace("int32 a", "int64 a"), True),
        ("BACKWARD", "PROTOBUF", PROTO, PROTO.replace("int32 a", "string a"), False),
        ("BACKWARD", "PROTOBUF", PROTO, PROTO.replace("message M", "message N"), False),
        ("BACKWARD", "PROTOBUF", PROTO, PROTO.replace("}", "string b = 2; }"), True),
        ("BACKWARD", "JSON", JSON, {**JSON, "properties": {"a": {"type": "number"}}}, True),
        ("BACKWARD", "JSON", JSON, {**JSON, "properties": {"a": {"type": "string"}}}, False),
        ("BACKWARD", "JSON", JSON, {**JSON, "required": ["a"]}, False),
    ],
)
def test_compatibility(registry: SchemaRegistry, level: str, type: str, first, second, fits: bool) -> None:
    registry.register("a-value", first, type)
    registry.set_compatibility(level, "a-value")
    if fits:
        assert registry.register("a-value", second, type) == 2
    else:
        with pytest.raises(RegistryError, match="incompatible with an earlier schema") as raised:
            registry.register("a-value", second, type)
        assert raised.value.error_code == 409


@pytest.mark.parametrize(
    ("level", "details"),
    [
        (
            "BACKWARD",
            "{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE', description:'The field 'age' at path '/fields/1' in the new schema "
            "has no default value and is missing in the old schema', additionalInfo:'age'}, {oldSchemaVersion: 1}, "
            "{oldSchema: '%s'}, {validateFields: 'false', compatibility: 'BACKWARD'}",
        ),
        ("FORWARD", None),
        (
            "FULL",
            "{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE', description:'The field 'age' at path '/fields/1' in the new schema "
            "has no default value and is missing in the old schema', additionalInfo:'age'}, {oldSchemaVersion: 1}, "
            "{oldSchema: '%s'}, {validateFields: 'false', compatibility: 'FULL'}",
        ),
    ],
)
def test_what_is_said_of_an_incompatible_schema(registry: SchemaRegistry, level: str, details: str | None) -> None:
    registry.register("a-value", USER)
    registry.set_compatibility(level)
    newer = with_field(name="age", type="int")
    if details is None:
        assert registry.register("a-value", newer) == 2
        return
    with pytest.raises(RegistryError) as raised:
        registry.register("a-value", newer)
    assert f"details: [{details.replace('%s', registry.get_latest('a-value').schema)}]" in raised.value.message


def test_transitive_levels_look_at_all_versions(registry: SchemaRegistry) -> None:
    registry.set_compatibility("NONE")
    registry.register("a-value", USER)
    registry.register("a-value", with_field(name="age", type="int"))
    registry.set_compatibility("BACKWARD_TRANSITIVE")
    with pytest.raises(RegistryError, match="READER_FIELD_MISSING_DEFAULT_VALUE"):
        registry.register("a-value", {**with_field(name="age", type="int"), "doc": "again"})


def test_references(registry: SchemaRegistry) -> None:
    registry.register("address", {"type": "record", "name": "n.Address", "fields": [{"name": "city", "type": "string"}]})
    user = {"type": "record", "name": "n.User", "fields": [{"name": "home", "type": "n.Address"}]}
    id = registry.register("u-value", user, references=[{"name": "n.Address", "subject": "address", "version": 1}])
    assert registry.parsed(id).connect({}).field("home").field("city").type == "STRING"
    with pytest.raises(RegistryError, match="Undefined name"):
        registry.register("v-value", user)


def test_columns_come_from_the_registry(conn) -> None:
    conn.schema_registry.register("users-value", with_field(name="age", type=["null", "int"]))
    conn.execute("CREATE STREAM users WITH (kafka_topic='users', partitions=1, key_format='NONE', value_format='AVRO');")
    conn.execute("CREATE STREAM adults AS SELECT name FROM users WHERE age >= 18;")
    conn.topic("users").produce({"NAME": "Ann", "AGE": 30})
    assert [record.value for record in conn.topic("ADULTS").records()] == [{"NAME": "Ann"}]
    assert conn.topic("ADULTS").raw()[0].value[:5] == b"\0\0\0\0\2"
    assert '"NAME"' in conn.schema_registry.get_latest("ADULTS-value").schema


def test_without_a_schema_there_are_no_columns(conn) -> None:
    with pytest.raises(KsqlError, match="Schema for message values on topic 'users' does not exist in the Schema Registry"):
        conn.execute("CREATE STREAM users WITH (kafka_topic='users', partitions=1, key_format='NONE', value_format='AVRO');")


def test_a_sink_must_be_compatible_with_what_is_registered(conn) -> None:
    conn.schema_registry.register("S-value", "int")
    conn.execute("CREATE STREAM a (v STRING) WITH (kafka_topic='a', partitions=1, value_format='AVRO');")
    with pytest.raises(KsqlError, match=r"Could not register schema for topic: .*incompatible with an earlier schema"):
        conn.execute("CREATE STREAM s AS SELECT * FROM a;")


def test_bad_bytes_are_logged_and_nothing_else_is_lost(conn) -> None:
    conn.execute("CREATE STREAM a (v INT) WITH (kafka_topic='a', partitions=1, value_format='AVRO');")
    conn.execute("CREATE STREAM b AS SELECT v FROM a;")
    good = conn.topic("a")
    good.produce({"V": 1})
    header = conn.topic("a").raw()[0].value[:5]
    for bad in (b"", b"x", b"\0\0\0\0\x63\2\2", header, header + b"\2", header + b"\x09"):
        good.produce(bad)
    good.produce({"V": 2})
    assert [record.value for record in conn.topic("B").records()] == [{"V": 1}, {"V": 2}]
    assert len(conn.processing_log) == 6


def test_assert_schema(conn) -> None:
    conn.schema_registry.register("a-value", USER)
    conn.execute("ASSERT SCHEMA SUBJECT 'a-value' ID 1;")
    conn.execute("ASSERT NOT EXISTS SCHEMA ID 2;")
    assert conn.ksql("ASSERT SCHEMA ID 1;")[0]["exists"] is True
    with pytest.raises(KsqlError, match=r"^Schema with subject name b-value does not exist$"):
        conn.execute("ASSERT SCHEMA SUBJECT 'b-value';")
    with pytest.raises(KsqlError, match=r"^Schema with subject name a-value id 1 exists$"):
        conn.execute("ASSERT NOT EXISTS SCHEMA SUBJECT 'a-value' ID 1;")
