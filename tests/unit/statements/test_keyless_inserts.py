"""INSERT VALUES into streams without a key, and what their queries make of the records' keys."""

import pytest

import minisql


def _keys(conn: minisql.Connection, topic: str) -> list[bytes | None]:
    return [record.key for record in conn.topic(topic).raw()]


@pytest.mark.parametrize(("format", "key"), [("JSON", b"{}"), ("KAFKA", None), ("NONE", None)])
def test_a_key_without_columns(format: str, key: bytes | None) -> None:
    with minisql.connect() as conn:
        conn.execute(
            f"CREATE STREAM s (v INT) WITH (kafka_topic='s', key_format='{format}', value_format='JSON', partitions=1);"
            "CREATE STREAM q AS SELECT * FROM s;"
        )
        for value in (1, 2, 3):
            conn.execute(f"INSERT INTO s (v) VALUES ({value})")
        assert _keys(conn, "s") == _keys(conn, "Q") == [key] * 3


def test_a_query_hands_on_what_the_key_is() -> None:
    with minisql.connect() as conn:
        conn.execute(
            "CREATE STREAM s (v INT) WITH (kafka_topic='s', format='JSON', partitions=1);"
            "CREATE STREAM q AS SELECT * FROM s; CREATE STREAM n AS SELECT * FROM s PARTITION BY NULL;"
        )
        for key in (None, b"{}", b'{"A":1}', b"12"):
            conn.topic("s").produce(b'{"V":1}', key)
        assert _keys(conn, "Q") == [None, b"{}", b"{}"]
        assert _keys(conn, "N") == [None, None, None]
