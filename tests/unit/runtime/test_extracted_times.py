"""The TIMESTAMP property where a record has no value."""

import pytest

import minisql


@pytest.mark.parametrize(("column", "times"), [("ts", [100, 300]), ("id", [1, 2, 3])])
def test_a_null_row_has_the_time_of_its_key_or_none(column: str, times: list[int]) -> None:
    with minisql.connect() as conn:
        conn.execute(
            "CREATE STREAM s (id BIGINT KEY, ts BIGINT) "
            f"WITH (kafka_topic='s', key_format='KAFKA', value_format='JSON', partitions=1, timestamp='{column}');"
            "CREATE STREAM q AS SELECT * FROM s;"
        )
        for number, value in enumerate((b'{"TS":100}', None, b'{"TS":300}'), 1):
            conn.topic("s").produce(value, number.to_bytes(8, "big"), timestamp=7)
        assert [record.timestamp for record in conn.topic("Q").records()] == times


def test_a_table_with_a_time_of_its_own_deletes_nothing() -> None:
    with minisql.connect() as conn:
        conn.execute(
            "CREATE TABLE t (id INT PRIMARY KEY, ts BIGINT) WITH (kafka_topic='t', format='JSON', partitions=1, timestamp='ts');"
            "CREATE TABLE q AS SELECT * FROM t;"
        )
        conn.topic("t").produce(b'{"TS":100}', b"1")
        conn.topic("t").produce(None, b"1")
        assert [record.value for record in conn.topic("Q").records()] == [{"TS": 100}]
