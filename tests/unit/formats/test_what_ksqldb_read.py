"""Records of others and what a ksqlDB 8.5 made of them: columns, rows, and records that it passed over."""

import io
import json

import pytest

import minisql
from minisql.errors import KsqlError, UnsupportedError

fastavro = pytest.importorskip("fastavro")
pytest.importorskip("google.protobuf")


@pytest.fixture
def conn():
    with minisql.connect(properties={"auto.offset.reset": "earliest"}) as conn:
        yield conn


def framed(id: int, data: bytes) -> bytes:
    return b"\0" + id.to_bytes(4, "big") + data


def columns(conn) -> str:
    return ", ".join(f"{column.name} {column.type}" for column in conn.execute("SELECT * FROM S").schema)


def read(conn, type: str, schema: str, values: list[bytes], more: str = "", references=()) -> list[tuple]:
    """The rows of a stream over records of the schema; each value follows the schema's id."""
    format = {"JSON": "JSON_SR"}.get(type, type)
    id = conn.schema_registry.register("s-value", schema, type, references)
    conn.create_topic("s")
    conn.execute(f"CREATE STREAM S WITH (kafka_topic='s', value_format='{format}'{more})")
    for value in values:
        conn.topic("s").produce(framed(id, value))
    return [tuple(row) for row in conn.execute("SELECT * FROM S").fetchall()]


def avro(kind, *values) -> tuple[str, list[bytes]]:
    """A record with a field ``a``, and its bytes."""
    schema = {"type": "record", "name": "R", "fields": [{"name": "a", "type": kind}]}
    parsed, data = fastavro.parse_schema(json.loads(json.dumps(schema))), []
    for value in values:
        out = io.BytesIO()
        fastavro.schemaless_writer(out, parsed, {"a": value})
        data.append(out.getvalue())
    return json.dumps(schema), data


def test_a_union_of_one_type_is_that_type(conn) -> None:
    assert read(conn, "AVRO", *avro(["int"], 5)) == [(5,)]


def test_a_union_of_null_alone(conn) -> None:
    with pytest.raises(KsqlError, match="Reason: Standalone null schemas are not supported by this converter\n"):
        read(conn, "AVRO", *avro(["null"]))


def test_a_decimal_without_bytes_is_passed_over(conn) -> None:
    kind = {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}
    assert [str(row[0]) for row in read(conn, "AVRO", avro(kind)[0], [b"\0", b"\4\1\2"])] == ["2.58"]


RECURSIVE = {"type": "record", "name": "R", "fields": [{"name": "v", "type": "int"}, {"name": "n", "type": ["null", "R"]}]}


@pytest.mark.parametrize(
    ("type", "schema"),
    [("AVRO", json.dumps(RECURSIVE)), ("PROTOBUF", 'syntax = "proto3"; message M { int32 v = 1; repeated M kids = 2; }')],
)
def test_schemas_that_contain_themselves(conn, type: str, schema: str) -> None:
    with pytest.raises(KsqlError) as raised:
        read(conn, type, schema, [])
    assert (raised.value.error_code, raised.value.message) == (50000, "java.lang.StackOverflowError")


@pytest.mark.parametrize(("type", "schema"), [("AVRO", '{"type":"record","name":"R","fields":[]}'), ("PROTOBUF", "message M {}")])
def test_schemas_without_columns(conn, type: str, schema: str) -> None:
    with pytest.raises(KsqlError) as raised:
        read(conn, type, schema, [])
    reason = "Reason: Schema does not include any columns with types that ksqlDB supports.\nschema:  \n\nPlease see"
    assert reason in raised.value.message


PROTO3 = 'syntax = "proto3"; '
UNSIGNED = PROTO3 + 'import "google/protobuf/wrappers.proto"; message M { google.protobuf.UInt64Value a = 1; }'
BARE_DECIMAL = PROTO3 + 'import "confluent/type/decimal.proto"; message M { confluent.type.Decimal a = 1; }'


def test_unsigned_wrappers_wrap(conn) -> None:
    number = b"\x0a\x0b\x08" + b"\xff" * 9 + b"\x01"
    assert read(conn, "PROTOBUF", UNSIGNED, [b"\0" + number], ", value_protobuf_nullable_representation='WRAPPER'") == [(-1,)]


def test_decimals_keep_their_scale_and_are_rounded_to_their_precision(conn) -> None:
    scale_two, precision_two = b"\0\x0a\x07\x0a\x01\x7d\x10\x03\x18\x02", b"\0\x0a\x05\x0a\x01\x7d\x10\x02"
    rows = read(conn, "PROTOBUF", BARE_DECIMAL, [scale_two, precision_two])
    assert "DECIMAL(64, 0)" in columns(conn)
    assert [str(row[0]) for row in rows] == ["1.25", "1.3E+2"]


def test_messages_that_lack_a_required_field_are_passed_over(conn) -> None:
    schema = 'syntax = "proto2"; message M { required int32 a = 1; optional string b = 2; }'
    assert read(conn, "PROTOBUF", schema, [b"\0\x12\x01x", b"\0\x08\x01"]) == [(1, None)]


TWO = PROTO3 + "package p.q; message A { int32 a = 1; } message B { string b = 1; message C { int32 c = 1; } }"


@pytest.mark.parametrize(
    ("name", "data", "row"),
    [("p.q.B", b"\x02\x02\x0a\x01x", "x"), ("B", b"\x02\x02\x0a\x01x", "x"), ("C", b"\x04\x02\x00\x08\x05", 5)],
)
def test_a_message_by_its_full_or_its_last_name(conn, name: str, data: bytes, row) -> None:
    assert read(conn, "PROTOBUF", TWO, [data], f", value_schema_full_name='{name}'") == [(row,)]


def test_a_message_that_is_not_there(conn) -> None:
    with pytest.raises(KsqlError, match=r"getFullName.*is null\n"):
        read(conn, "PROTOBUF", TWO, [], ", value_schema_full_name='p.q.Z'")


@pytest.mark.parametrize(
    ("file", "type", "columns_read"),
    [
        ("google/type/latlng.proto", "google.type.LatLng", "STRUCT<`LATITUDE` DOUBLE, `LONGITUDE` DOUBLE>"),
        ("google/type/dayofweek.proto", "google.type.DayOfWeek", "STRING"),
        ("google/type/month.proto", "google.type.Month", "STRING"),
        ("google/type/color.proto", "google.type.Color", "STRUCT<`RED` DOUBLE"),
        ("google/type/money.proto", "google.type.Money", "STRUCT<`CURRENCY_CODE` STRING, `UNITS` BIGINT, `NANOS` INTEGER>"),
        ("google/protobuf/field_mask.proto", "google.protobuf.FieldMask", "STRUCT<`PATHS` ARRAY<STRING>>"),
        ("google/protobuf/source_context.proto", "google.protobuf.SourceContext", "STRUCT<`FILE_NAME` STRING>"),
    ],
)
def test_files_that_everybody_may_import(conn, file: str, type: str, columns_read: str) -> None:
    rows = read(conn, "PROTOBUF", f'{PROTO3}import "{file}"; message M {{ {type} f = 1; int32 x = 3; }}', [b"\0\x18\x01"])
    assert columns_read in columns(conn)
    assert rows[0][1] == 1


def test_a_file_of_another_subject(conn) -> None:
    conn.schema_registry.register("a", PROTO3 + "package a; message A { int32 x = 1; enum E { Q = 0; R = 1; } }", "PROTOBUF")
    schema = PROTO3 + 'package m; import "dir/a.proto"; message M { a.A a = 1; a.A.E e = 2; }'
    references = [{"name": "dir/a.proto", "subject": "a", "version": 1}]
    assert read(conn, "PROTOBUF", schema, [b"\0\x0a\x02\x08\x05\x10\x01"], "", references) == [({"X": 5}, "R")]


def test_services_at_the_end_of_a_file(conn) -> None:
    schema = PROTO3 + "message M { int32 a = 1; } service S { rpc Do (M) returns (M) { option deprecated = true; } }"
    assert read(conn, "PROTOBUF", schema, [b"\0\x08\x01"]) == [(1,)]


def test_a_representation_of_nulls_in_small_letters(conn) -> None:
    with pytest.raises(KsqlError) as raised:
        conn.execute(
            "CREATE STREAM S (A INT) WITH (kafka_topic='s', partitions=1, value_format='PROTOBUF', "
            "value_protobuf_nullable_representation='optional')"
        )
    enum = "io.confluent.ksql.properties.with.CommonCreateConfigs.ProtobufNullableConfigValues"
    assert (raised.value.error_code, raised.value.message) == (50000, f"No enum constant {enum}.optional")


def properties(**fields) -> str:
    return json.dumps({"type": "object", "properties": fields})


INTEGER, STRING, NUMBER = {"type": "integer"}, {"type": "string"}, {"type": "number"}


def logical(name: str, type: str, **more) -> dict:
    return {"type": type, "title": f"org.apache.kafka.connect.data.{name}", **more}


INT32 = {"connect.type": "int32"}
DECIMAL = logical("Decimal", "number", **{"connect.type": "bytes", "connect.parameters": {"scale": "2"}})


@pytest.mark.parametrize(
    ("field", "values", "expected"),
    [
        # Decimals are not made to fit; a text is base64 of the unscaled number.
        (DECIMAL, [b"1", b"2147483648.125", b'"AP8="', b'"x"'], ["1", "2147483648.125", "2.55"]),
        (logical("Date", "integer", **INT32), [b"18262", b"2147483648", b"1.5"], ["2020-01-01"]),
        (logical("Time", "integer", **INT32), [b"-1", b"0", b"86400001"], ["00:00:00"]),
        (logical("Timestamp", "integer"), [b"18446744073709551621"], ["1970-01-01 00:00:00.005000+00:00"]),
        ({**NUMBER, "connect.type": "float32"}, [b"1.9", b"1e300"], ["1.899999976158142", "inf"]),
        (INTEGER, [b"NaN", b"1.9"], ["0", "1"]),
        # What is no text is null, and stands for the default.
        ({**STRING, "default": "d"}, [b"1", b'"x"'], ["d", "x"]),
        ({**STRING, "connect.type": "bytes"}, [b"1", b'"AP8="', b"null"], ["b'\\x00\\xff'"]),
        # What is inside of a struct must have all that is required.
        ({"type": "array", "items": STRING}, [b"[1]", b'["x"]', b'["x",null]', b'"x"'], ["['x']", "[]"]),
        ({"type": "object", "properties": {"x": INTEGER}}, [b"{}", b'{"x":1}'], ["{'X': 1}"]),
        ({"oneOf": [INTEGER]}, [b"1"], ["1"]),
        ({"allOf": [{"type": "null"}, INTEGER, STRING]}, [b"1"], ["1"]),
    ],
)
def test_fields_of_json_schema(conn, field: dict, values: list[bytes], expected: list[str]) -> None:
    rows = read(conn, "JSON", properties(a=field), [b'{"a":' + value + b"}" for value in values])
    assert [str(row[0]) for row in rows] == expected


def test_properties_without_places_are_in_the_order_of_a_hash_table(conn) -> None:
    rows = read(conn, "JSON", properties(zeta=INTEGER, alpha=STRING, Mid={"type": "boolean"}, b1=INTEGER, a10=INTEGER), [])
    assert columns(conn) == "ZETA BIGINT, A10 BIGINT, ALPHA STRING, MID BOOLEAN, B1 BIGINT"
    assert rows == []


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ({"type": "null"}, "Reason: Unsupported schema type org.everit.json.schema.NullSchema\n"),
        ({"not": INTEGER}, "Reason: Unsupported schema type org.everit.json.schema.NotSchema\n"),
        (
            {"allOf": [INTEGER, {"type": "null"}], "type": "integer", "description": "d"},
            'Reason: Unsupported criterion allOf for {"allOf":[{"type":"integer"},{"type":"null"}]}\n',
        ),
    ],
)
def test_schemas_that_connect_has_nothing_for(conn, field: dict, message: str) -> None:
    with pytest.raises(KsqlError) as raised:
        read(conn, "JSON", properties(a=field), [])
    assert message in raised.value.message


def test_json_schemas_that_contain_themselves(conn) -> None:
    with pytest.raises(KsqlError, match="StackOverflowError"):
        read(conn, "JSON", properties(v=INTEGER, next={"$ref": "#"}), [])


@pytest.mark.parametrize("field", [{}, True, {"description": "d"}])
def test_fields_without_a_type_are_variants(conn, field) -> None:
    with pytest.raises(UnsupportedError, match="Variant"):
        read(conn, "JSON", properties(a=field, z=INTEGER), [])


def test_base64_without_padding_in_delimited(conn) -> None:
    conn.execute("CREATE STREAM S (Z INT, A BYTES) WITH (kafka_topic='s', partitions=1, value_format='DELIMITED')")
    for number, text in enumerate(["abc", "yes=", "yes", "x", "1e2", "Infinity", "ab=="]):
        conn.topic("s").produce(f"{number},{text}".encode())
    assert [tuple(row) for row in conn.execute("SELECT * FROM S")] == [
        (0, b"\x69\xb7"),
        (1, b"\xc9\xeb"),
        (2, b"\xc9\xeb"),
        (4, b"\xd5\xed"),
        (5, b"\x22\x77\xe2\x9e\x2b\x72"),
        (6, b"\x69"),
    ]


def test_decimals_have_no_negative_zero(conn) -> None:
    conn.execute("CREATE STREAM S (A DECIMAL(5, 2)) WITH (kafka_topic='s', partitions=1, value_format='JSON')")
    conn.topic("s").produce(b'{"A":-0.0}')
    assert [str(row.A) for row in conn.execute("SELECT * FROM S")] == ["0.00"]
