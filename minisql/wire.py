"""Values as ksqlDB's REST API puts them into JSON."""

from __future__ import annotations

import base64
from typing import Any

from minisql.row import to_python
from minisql.types import BYTES, DATE, TIME, TIMESTAMP, SqlArray, SqlMap, SqlStruct, SqlType


def wire_value(value: Any, kind: SqlType) -> Any:
    """A value for ``json.dumps``: times as ISO texts, BYTES in base64, DECIMAL as ``Decimal``."""
    if value is None:
        return None
    if kind == BYTES:
        return base64.b64encode(value).decode("ascii")
    if kind in (DATE, TIME, TIMESTAMP):
        return _time_text(value, kind)
    if isinstance(kind, SqlArray):
        return [wire_value(item, kind.item) for item in value]
    if isinstance(kind, SqlMap):
        return {key: wire_value(item, kind.value) for key, item in value.items()}
    if isinstance(kind, SqlStruct):
        return {name: wire_value(value[name], field) for name, field in kind.fields}
    return value


def _time_text(value: int, kind: SqlType) -> str:
    convert = to_python(kind)
    moment: Any = convert(value) if convert else value
    if kind == TIMESTAMP:
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}"
    if kind == DATE:
        return str(moment.isoformat())
    # ksqlDB's SqlTimeTypes.formatTime drops what is less than a second, and java.time.LocalTime seconds that are zero.
    return f"{moment:%H:%M}" if moment.second == 0 else f"{moment:%H:%M:%S}"
