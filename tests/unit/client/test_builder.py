"""The SQL text that the simplified calls write."""

from __future__ import annotations

import pytest

from minisql.client import SQLBuilder
from minisql.client.errors import IllegalTableTypeError, IllegalValueFormatError, SQLTypeNotImplementYetError


def test_create_stream() -> None:
    sql = SQLBuilder.build(
        sql_type="create",
        table_type="stream",
        table_name="t",
        columns_type=["viewtime bigint", "userid varchar"],
        topic="topic1",
        value_format="DELIMITED",
    )
    assert sql == "CREATE stream t (viewtime bigint, userid varchar) WITH (kafka_topic='topic1', value_format='DELIMITED');"


def test_create_table_names_its_key() -> None:
    sql = SQLBuilder.build(sql_type="create", table_type="table", table_name="t", columns_type=["a int"], topic="x", key="a")
    assert sql == "CREATE table t (a int) WITH (kafka_topic='x', value_format='JSON', key='a');"


def test_create_as_selects_everything_by_default() -> None:
    sql = SQLBuilder.build(sql_type="create_as", table_type="stream", table_name="t", src_table="s")
    assert sql == "CREATE stream t WITH (kafka_topic='t', value_format='JSON') AS SELECT * FROM s"


def test_create_as_with_all_clauses() -> None:
    sql = SQLBuilder.build(
        sql_type="create_as",
        table_type="stream",
        table_name="t",
        src_table="s",
        select_columns=["a", "b"],
        kafka_topic="x",
        value_format="json",
        conditions='a like "k%"',
        partition_by="b",
        timestamp="logtime",
        partitions=2,
    )
    assert sql == (
        "CREATE stream t WITH (kafka_topic='x', value_format='json', partitions=2, timestamp='logtime') "
        "AS SELECT a, b FROM s where a like 'k%' PARTITION BY b"
    )


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"sql_type": "drop"}, SQLTypeNotImplementYetError),
        ({"sql_type": "create", "table_type": "view", "table_name": "t"}, IllegalTableTypeError),
        ({"sql_type": "create", "table_type": "table", "table_name": "t", "value_format": "xml"}, IllegalValueFormatError),
    ],
)
def test_unknown_arguments_are_refused(arguments: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        SQLBuilder.build(**arguments)
    assert caught.value.msg  # type: ignore[attr-defined]
