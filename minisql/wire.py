"""Values as ksqlDB's REST API puts them into JSON."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from minisql.calendar import date_text, simple_timestamp_text, time_text
from minisql.types import BYTES, DATE, TIME, TIMESTAMP, SqlArray, SqlMap, SqlStruct, SqlType


def wire_value(value: Any, kind: SqlType, inside: bool = False) -> Any:
    """A value for ``json.dumps``: times as ISO texts, BYTES in base64, DECIMAL as ``Decimal``.

    ``inside`` is whether it stands in a STRUCT: there, times are the numbers that Kafka Connect's converter writes.
    """
    if value is None:
        return None
    if kind == BYTES:
        return base64.b64encode(value).decode("ascii")
    if kind in _TIMES:
        return value if inside else _TIMES[kind](value)
    if isinstance(kind, SqlArray):
        return [wire_value(item, kind.item, inside) for item in value]
    if isinstance(kind, SqlMap):
        return {key: wire_value(item, kind.value, inside) for key, item in value.items()}
    if isinstance(kind, SqlStruct):
        return {name: wire_value(value[name], field, True) for name, field in kind.fields}
    return value


_TIMES: dict[SqlType, Callable[[int], str]] = {DATE: date_text, TIME: time_text, TIMESTAMP: simple_timestamp_text}
"""ksqlDB's ApiJsonMapper: SqlTimeTypes writes DATE and TIME, a SimpleDateFormat TIMESTAMP."""
