"""Values as the REST API writes them."""

import pytest

import minisql
from minisql.types import DATE, STRING, TIME, TIMESTAMP, SqlArray, SqlMap, SqlStruct
from minisql.wire import wire_value


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (36_000_000, TIME, "10:00"),
        (36_000_500, TIME, "10:00"),  # as a ksqlDB 8.5 answered
        (37_230_400, TIME, "10:20:30"),
        (0, DATE, "1970-01-01"),
        (-719_163, DATE, "0000-12-31"),
        (3_000_000, DATE, "+10183-09-21"),
        (-171_664, DATE, "1500-01-01"),
        (1_500, TIMESTAMP, "1970-01-01T00:00:01.500"),
        (-14_831_769_600_000, TIMESTAMP, "1499-12-23T00:00:00.000"),  # these as a ksqlDB 8.5 answered
        (-62_135_769_600_001, TIMESTAMP, "0001-12-31T23:59:59.999"),
        (2**63 - 1, TIMESTAMP, "292278994-08-17T07:12:55.807"),
        (-(2**63), TIMESTAMP, "292269055-12-02T16:47:04.192"),
    ],
)
def test_times(value, kind, text):
    assert wire_value(value, kind) == text
    assert wire_value([value, None], SqlArray(kind)) == [text, None]


def test_times_inside_of_structs_are_numbers() -> None:
    """Kafka Connect's converter writes structs; lists and maps by themselves are written as columns are."""
    inner = SqlStruct((("D", DATE), ("L", SqlArray(TIME)), ("M", SqlMap(STRING, TIMESTAMP))))
    value = {"D": 1, "L": [1000], "M": {"a": 5}}
    assert wire_value(value, inner) == value
    assert wire_value([value], SqlArray(inner)) == [value]
    assert wire_value([1], SqlArray(DATE)) == ["1970-01-02"]
    assert wire_value({"a": 1000}, SqlMap(STRING, TIME)) == {"a": "00:00:01"}


def test_they_are_read_back_from_a_server() -> None:
    with minisql.connect(properties={"auto.offset.reset": "earliest"}) as conn, minisql.server(conn) as url:
        conn.execute(
            "CREATE STREAM S (D STRUCT<A DATE, B TIME, C TIMESTAMP>) WITH (kafka_topic='s', partitions=1, value_format='JSON')"
        )
        conn.execute("INSERT INTO S VALUES (STRUCT(A := '2020-01-01', B := '10:00', C := '2020-01-01T00:00:00'))")
        with minisql.connect(url) as remote:
            assert remote.execute("SELECT * FROM S").fetchall() == conn.execute("SELECT * FROM S").fetchall()
