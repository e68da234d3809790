"""Schemas and bytes as a ksqlDB 8.5 registered and wrote them for the same statements."""

import pytest

import minisql
from minisql.errors import KsqlError

pytest.importorskip("fastavro")
pytest.importorskip("google.protobuf")

AVRO_VALUE = (
    '{"type":"record","name":"KsqlDataSourceSchema","namespace":"io.confluent.ksql.avro_schemas","fields":['
    '{"name":"A","type":["null","int"],"default":null},'
    '{"name":"F","type":["null",{"type":"bytes","scale":2,"precision":10,"connect.version":1,"connect.parameters":{"scale":"2",'
    '"connect.decimal.precision":"10"},"connect.name":"org.apache.kafka.connect.data.Decimal","logicalType":"decimal"}],'
    '"default":null},'
    '{"name":"M","type":["null",{"type":"array","items":{"type":"record","name":"KsqlDataSourceSchema_M","fields":['
    '{"name":"key","type":["null","string"],"default":null},{"name":"value","type":["null","int"],"default":null}],'
    '"connect.internal.type":"MapEntry"},"connect.name":"io.confluent.ksql.avro_schemas.KsqlDataSourceSchema_M"}],'
    '"default":null},'
    '{"name":"N","type":["null",{"type":"record","name":"KsqlDataSourceSchema_N","fields":['
    '{"name":"X","type":["null","int"],"default":null},{"name":"Y","type":["null","string"],"default":null}],'
    '"connect.name":"io.confluent.ksql.avro_schemas.KsqlDataSourceSchema_N"}],"default":null}],'
    '"connect.name":"io.confluent.ksql.avro_schemas.KsqlDataSourceSchema"}'
)
AVRO_DATE_KEY = '{"type":"int","connect.name":"org.apache.kafka.connect.data.Date","logicalType":"date"}'
JSON_KEY = (
    '{"type":"object","properties":{"K2":{"connect.index":1,"oneOf":[{"type":"null"},{"type":"number",'
    '"title":"org.apache.kafka.connect.data.Decimal","connect.version":1,"connect.type":"bytes",'
    '"connect.parameters":{"scale":"1","connect.decimal.precision":"3"}}]},'
    '"K":{"connect.index":0,"oneOf":[{"type":"null"},{"type":"string"}]}}}'
)
JSON_VALUE = (
    '{"type":"object","properties":{"ZETA":{"connect.index":0,"oneOf":[{"type":"null"},{"type":"integer",'
    '"connect.type":"int32"}]},"é":{"connect.index":1,"oneOf":[{"type":"null"},{"type":"number","connect.type":"float64"}]},'
    '"M":{"connect.index":2,"oneOf":[{"type":"null"},{"type":"array","connect.type":"map","items":{"type":"object",'
    '"properties":{"value":{"connect.index":1,"oneOf":[{"type":"null"},{"type":"integer","connect.type":"int32"}]},'
    '"key":{"connect.index":0,"oneOf":[{"type":"null"},{"type":"string"}]}}}}]}}}'
)
PROTOBUF_VALUE = """syntax = "proto3";

import "confluent/type/decimal.proto";

message ConnectDefault1 {
  confluent.type.Decimal D = 1 [(confluent.field_meta) = {
    params: [
      {
        value: "10",
        key: "precision"
      },
      {
        value: "2",
        key: "scale"
      }
    ]
  }];
  ConnectDefault2 A = 2;
  repeated ConnectDefault4Entry M = 3;

  message ConnectDefault2 {
    ConnectDefault3 B = 1;
--
    message ConnectDefault3 {
      int32 C = 1;
    }
  }
  message ConnectDefault4Entry {
    string key = 1;
    int32 value = 2;
  }
}
""".replace("--", "  ")


@pytest.fixture
def conn():
    with minisql.connect(properties={"auto.offset.reset": "earliest"}) as conn:
        yield conn


def create(conn, columns: str, format: str, more: str = "") -> None:
    which = "format" if " KEY" in columns else "value_format"
    conn.execute(f"CREATE STREAM S ({columns}) WITH (kafka_topic='s', partitions=1, {which}='{format}'{more})")


@pytest.mark.parametrize(
    ("format", "columns", "side", "text"),
    [
        ("AVRO", "A INT, F DECIMAL(10, 2), M MAP<STRING, INT>, N STRUCT<X INT, Y STRING>", "value", AVRO_VALUE),
        ("AVRO", "K DATE KEY, V INT", "key", AVRO_DATE_KEY),
        ("JSON_SR", "K STRING KEY, K2 DECIMAL(3, 1) KEY, V INT", "key", JSON_KEY),
        ("JSON_SR", "Zeta INT, `é` DOUBLE, M MAP<STRING, INT>", "value", JSON_VALUE),
        (
            "PROTOBUF",
            "D DECIMAL(10, 2), A STRUCT<B STRUCT<C INT>>, M MAP<STRING, INT>",
            "value",
            PROTOBUF_VALUE,
        ),
    ],
)
def test_registered_texts(conn, format: str, columns: str, side: str, text: str) -> None:
    create(conn, columns, format)
    assert conn.schema_registry.get_latest(f"s-{side}").schema == text


def raw(conn, skip: int = 5) -> list[tuple[bytes | None, bytes | None]]:
    def bare(data: bytes | None) -> bytes | None:
        return data[skip:] if data else data

    return [(bare(each.key), bare(each.value)) for each in conn.topic("s").raw()]


def test_bare_bytes_in_avro_have_no_length(conn) -> None:
    """Confluent's serializer writes a BYTES schema's value as it is; in a union it has its length."""
    create(conn, "K DECIMAL(4, 2) KEY, V BYTES", "AVRO", ", wrap_single_value=false")
    conn.execute("INSERT INTO S VALUES (12.34, 'aGVsbG8='); INSERT INTO S VALUES (-99.99, '')")
    assert raw(conn) == [(b"\x04\xd2", b"hello"), (b"\xd8\xf1", b"")]
    conn.topic("s").produce(*[each.value for each in conn.topic("s").raw()][:1], key=conn.topic("s").raw()[0].key)
    assert [str(row.K) for row in conn.execute("SELECT * FROM S")] == ["12.34", "-99.99", "12.34"]


def test_letters_of_other_alphabets_in_avro(conn) -> None:
    create(conn, "`é` INT, Z INT", "AVRO")
    conn.execute("INSERT INTO S VALUES (1, 2)")
    assert raw(conn) == [(None, b"\x02\x02\x02\x04")]


@pytest.mark.parametrize(
    ("kind", "value", "data"),
    [
        ("DATE", "'2024-02-29'", b"\x08\xe8\x0f\x10\x02\x18\x1d"),
        ("TIME", "'10:11'", b"\x08\n\x10\x0b"),
        ("TIMESTAMP", "'1969-12-31T23:59:59.999'", b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x10\xc0\x8f\xae\xdc\x03"),
        ("DECIMAL(4, 2)", "1.25", b"\n\x01}\x10\x03\x18\x02"),
    ],
)
def test_bare_logical_types_without_registry(conn, kind: str, value: str, data: bytes) -> None:
    """They are their message, which readers then cannot take for the type."""
    create(conn, f"K {kind} KEY, V INT", "PROTOBUF_NOSR")
    conn.execute(f"INSERT INTO S VALUES ({value}, 1)")
    assert raw(conn, 0) == [(data, b"\x08\x01")]
    assert conn.execute("SELECT * FROM S").fetchall() == []


def test_a_null_key_is_a_message_in_protobuf(conn) -> None:
    create(conn, "K STRING KEY, V INT", "PROTOBUF")
    conn.execute("INSERT INTO S VALUES (NULL, 1)")
    conn.insert("S", [{"V": 2}])
    assert raw(conn) == [(b"\0", b"\0\x08\x01"), (b"\0", b"\0\x08\x02")]
    assert conn.execute("SELECT * FROM S").fetchall() == [("", 1), ("", 2)]


def test_partition_by_null_is_a_message_in_protobuf_and_no_key_stays_none(conn) -> None:
    conn.execute("CREATE STREAM I (K STRING KEY, V STRING, W INT) WITH (kafka_topic='i', partitions=1, value_format='JSON')")
    conn.execute("CREATE STREAM P WITH (kafka_topic='s', key_format='PROTOBUF') AS SELECT * FROM I PARTITION BY V")
    conn.execute("CREATE STREAM Q WITH (kafka_topic='q', key_format='PROTOBUF') AS SELECT * FROM I")
    conn.topic("i").produce(b'{"V":null,"W":1}')
    assert [each.key and each.key[5:] for each in conn.topic("s").raw()] == [b"\0"]
    assert [each.key for each in conn.topic("q").raw()] == [None]
    assert [row.V for row in conn.execute("SELECT * FROM P")] == [""]


def test_a_lone_empty_text_in_delimited(conn) -> None:
    create(conn, "V STRING", "DELIMITED")
    conn.execute("INSERT INTO S VALUES (''); INSERT INTO S VALUES (NULL); INSERT INTO S VALUES ('a')")
    assert [value for _, value in raw(conn, 0)] == [b'""', b"", b"a"]
    assert conn.execute("SELECT * FROM S").fetchall() == [(None,), ("a",)]


def test_a_negative_zero_is_a_decimal(conn) -> None:
    create(conn, "V DOUBLE", "JSON")
    conn.execute("INSERT INTO S VALUES (0.5)")
    conn.execute("INSERT INTO S VALUES (-0.0)")
    assert [value for _, value in raw(conn, 0)] == [b'{"V":0.5}', b'{"V":0.0}']


HINT = "\nHint: You probably forgot to add VALUE_SCHEMA_ID when creating the source."
VALUE = "Could not serialize valueError serializing message to topic: s. "
BAD_NAME = 'Invalid protobuf schema definition: ConnectDefault1.a b: "a b" is not a valid identifier.'


@pytest.mark.parametrize(
    ("columns", "more", "values", "message"),
    [
        ("V ARRAY<INT>", "", "(ARRAY[CAST(NULL AS INT), 1])", f"{VALUE}null{HINT}"),
        ("`a b` INT, Z INT", "", "(1, 2)", f"{VALUE}{BAD_NAME}{HINT}"),
        ("V ARRAY<INT>", ", wrap_single_value=false", "(ARRAY[1])", f"{VALUE}Unsupported root schema of type ARRAY{HINT}"),
        ("K ARRAY<INT> KEY, V INT", "", "(ARRAY[1], 1)", "Could not serialize key"),
    ],
)
def test_what_protobuf_cannot_write(conn, columns: str, more: str, values: str, message: str) -> None:
    create(conn, columns, "PROTOBUF_NOSR", more)
    with pytest.raises(KsqlError) as raised:
        conn.execute(f"INSERT INTO S VALUES {values}")
    assert raised.value.message == f"Failed to insert values into 'S'. {message}"
    assert raw(conn) == []
    assert conn.execute("SELECT * FROM S").fetchall() == []


def test_maps_in_arrays_kill_a_query_that_writes_protobuf(conn) -> None:
    conn.execute("CREATE STREAM I (V ARRAY<MAP<STRING, INT>>, W INT) WITH (kafka_topic='i', partitions=1, value_format='JSON')")
    conn.execute("CREATE STREAM O WITH (kafka_topic='s', value_format='PROTOBUF') AS SELECT * FROM I")
    conn.topic("i").produce(b'{"V":[{"a":1}],"W":1}')
    assert conn.topic("s").raw() == []
    assert [query["state"] for query in conn.ksql("SHOW QUERIES;")[0]["queries"]] == ["ERROR"]


AVRO_REFUSAL = "Could not register schema for topic: Schema is not compatible with Avro: "
NO_NAME = 'Invalid protobuf schema definition: ConnectDefault1.ConnectDefault2.a b: "a b" is not a valid identifier.'


@pytest.mark.parametrize(
    ("format", "columns", "code", "message"),
    [
        ("AVRO", "`a b` INT, Z INT", 40001, f"{AVRO_REFUSAL}Illegal character in: a b"),
        ("AVRO", "`1z` INT KEY, Z INT, Y STRUCT<`1z` INT>", 40001, f"{AVRO_REFUSAL}Illegal initial character: 1z"),
        ("PROTOBUF", "A STRUCT<`a b` INT>, Z INT", 50000, NO_NAME),
        ("PROTOBUF", "A ARRAY<ARRAY<INT>>", 50000, "Array cannot be nested"),
        ("JSON", "` a` INT", 40001, "Failed to prepare statement: name is not trimmed: ' a'"),
        ("JSON", "A STRUCT<`a ` INT>", 40001, "Failed to prepare statement: name is not trimmed: 'a '"),
    ],
)
def test_refusals(conn, format: str, columns: str, code: int, message: str) -> None:
    with pytest.raises(KsqlError) as raised:
        create(conn, columns, format)
    assert (raised.value.error_code, raised.value.message) == (code, message)


def test_refused_names_of_a_sink(conn) -> None:
    conn.execute("CREATE STREAM S (A INT) WITH (kafka_topic='s', partitions=1, value_format='JSON')")
    with pytest.raises(KsqlError, match=AVRO_REFUSAL) as raised:
        conn.execute("CREATE STREAM O WITH (value_format='AVRO') AS SELECT A AS `a b` FROM S")
    assert raised.value.error_code == 40001


def test_nulls_in_maps_are_not_told_in_protobuf(conn) -> None:
    create(conn, "M MAP<STRING, STRING>, A INT", "PROTOBUF", ", value_protobuf_nullable_representation='OPTIONAL'")
    conn.execute("INSERT INTO S VALUES (MAP('k' := CAST(NULL AS STRING)), NULL)")
    text = conn.schema_registry.get_latest("s-value").schema
    assert "  optional int32 A = 2;\n" in text
    assert "    string key = 1;\n    string value = 2;\n" in text
    assert raw(conn) == [(None, b"\x00\x0a\x03\x0a\x01k")]
