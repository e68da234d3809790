"""The CREATE statements that the ``ksql`` client writes for ``create_stream`` and its like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from minisql.client.errors import IllegalTableTypeError, IllegalValueFormatError, SQLTypeNotImplementYetError

TABLE_TYPES = ("table", "stream")
VALUE_FORMATS = ("delimited", "json", "avro")
EXTRA_PROPERTIES = ("kafka_topic", "value_format", "partitions", "replicas", "timestamp")
"""What ``create_stream_as`` takes as keyword arguments for the WITH clause, in the order in which it is written."""


class SQLBuilder:
    """Makes SQL text from the arguments of the simplified calls."""

    @classmethod
    def build(cls, sql_type: str, **arguments: Any) -> str:
        """The statement for ``sql_type`` ``"create"`` or ``"create_as"``.

        Raises:
            SQLTypeNotImplementYetError: for another ``sql_type``.
            IllegalTableTypeError, IllegalValueFormatError: an argument has a value that the builder does not know.
        """
        if sql_type == "create":
            return create(**arguments)
        if sql_type == "create_as":
            return create_as(**arguments)
        raise SQLTypeNotImplementYetError(sql_type)


def create(
    table_type: str,
    table_name: str,
    columns_type: Sequence[str] = (),
    topic: str | None = None,
    value_format: str = "JSON",
    key: str | None = None,
) -> str:
    """CREATE STREAM or TABLE over a topic; ``columns_type`` are column definitions such as ``"id varchar"``."""
    _check(table_type, value_format)
    keyed = f", key='{key}'" if key else ""
    with_clause = f"kafka_topic='{topic}', value_format='{value_format}'{keyed}"
    return f"CREATE {table_type} {table_name} ({', '.join(columns_type)}) WITH ({with_clause});"


def create_as(
    table_type: str,
    table_name: str,
    src_table: str,
    select_columns: Sequence[str] | None = None,
    kafka_topic: str | None = None,
    value_format: str = "JSON",
    conditions: str | Sequence[str] = (),
    partition_by: str | None = None,
    **properties: Any,
) -> str:
    """CREATE STREAM or TABLE AS SELECT; double quotes in ``conditions`` become single ones, as the client does it."""
    _check(table_type, value_format)
    with_clause = f"kafka_topic='{kafka_topic or table_name}', value_format='{value_format}'{_extra(properties)}"
    where = f"where {conditions}".replace('"', "'") if conditions else ""
    partition = f"PARTITION BY {partition_by}" if partition_by else ""
    selected = ", ".join(select_columns or ["*"])
    text = f"CREATE {table_type} {table_name} WITH ({with_clause}) AS SELECT {selected} FROM {src_table} {where} {partition}"
    return re.sub(r"\s+", " ", text).strip()


def _extra(properties: dict[str, Any]) -> str:
    given = {name: properties[name] for name in EXTRA_PROPERTIES if name in properties}
    return "".join(f", {name}='{value}'" if isinstance(value, str) else f", {name}={value}" for name, value in given.items())


def _check(table_type: str, value_format: str) -> None:
    if value_format.lower() not in VALUE_FORMATS:
        raise IllegalValueFormatError(value_format)
    if table_type.lower() not in TABLE_TYPES:
        raise IllegalTableTypeError(table_type)
