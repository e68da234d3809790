"""What Protobuf loses: nulls that it cannot tell from zeros, empty texts and empty lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.calendar import DAY
from minisql.formats.connect.normal import TEXTS, normal_of
from minisql.formats.connect.parsed import Options
from minisql.formats.protobuf.times import FIRST_DAY, date_parts, days_of_date
from minisql.formats.rows import Fields, Row
from minisql.formats.unwritable import Unwritable
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    TIME,
    TIMESTAMP,
    SqlArray,
    SqlMap,
    SqlStruct,
    SqlType,
)

Normal = Callable[[Any], Any]

ZEROS: dict[SqlType, Any] = {BOOLEAN: False, INTEGER: 0, BIGINT: 0, DOUBLE: 0.0, STRING: "", BYTES: b""}
"""What the types that Protobuf has itself are where nothing is written."""


def protobuf_normalizer(fields: Fields, options: Options) -> Callable[[Row | None], Row | None]:
    """A function for rows of these columns."""
    told = options.get("nullableRepresentation") in ("optional", "wrapper")
    normals = [_field(kind, told) for _, kind in fields]

    def normalize(row: Row | None) -> Row | None:
        return None if row is None else tuple([normal(value) for normal, value in zip(normals, row, strict=True)])

    if all(kind in ZEROS for _, kind in fields):
        texts = [index for index, (_, kind) in enumerate(fields) if kind == STRING]
        return lambda row: row if _stays(row, texts) else normalize(row)
    return normalize


def _stays(row: Row | None, texts: list[int]) -> bool:
    """Whether a row of Protobuf's own types surely loses nothing; it does as a rule."""
    return row is None or (None not in row and all(row[index].isascii() for index in texts))


def _field(kind: SqlType, told: bool) -> Normal:
    """For the value of a field, null too; ``told`` is whether nulls of Protobuf's own types are told from zeros."""
    value = _value(kind, told)
    if isinstance(kind, SqlArray):
        return lambda items: [] if items is None else value(items)
    if isinstance(kind, SqlMap):
        return lambda items: {} if items is None else value(items)
    zero = None if told else ZEROS.get(kind)
    return lambda item: zero if item is None else value(item)


def _value(kind: SqlType, told: bool) -> Normal:
    if isinstance(kind, SqlArray):
        item = _refused_map if isinstance(kind.item, SqlMap) else _value(kind.item, told)
        return lambda items: [_element(item, each) for each in items]
    if isinstance(kind, SqlMap):
        # An entry is read as if it had both a key and a value.
        key, value = _field(kind.key, False), _entry_value(kind.value, told)
        return lambda items: {key(each): value(item) for each, item in items.items()}
    if isinstance(kind, SqlStruct):
        fields = [(name, _field(field, told)) for name, field in kind.fields]
        return lambda struct: {name: normal(struct.get(name)) for name, normal in fields}
    if kind == DATE:
        return lambda days: days if days >= FIRST_DAY else days_of_date(*date_parts(days))
    if kind == TIME:
        return lambda milliseconds: 0 if milliseconds == DAY else milliseconds
    return normal_of(kind, TEXTS) or _same


def _entry_value(kind: SqlType, told: bool) -> Normal:
    if isinstance(kind, SqlStruct):
        value = _value(kind, told)
        return lambda struct: value({} if struct is None else struct)
    if kind in (TIME, TIMESTAMP):
        time = _value(kind, told)
        return lambda value: 0 if value is None else time(value)
    # An empty Date or Decimal is none: readers refuse the record.
    return _field(kind, False)


def _element(normal: Normal, value: Any) -> Any:
    if value is None:
        raise Unwritable("null", "An element of an array is null, which Protobuf cannot hold.")
    return normal(value)


def _refused_map(value: Any) -> Any:
    """ProtobufData takes the list of a map's entries for a message."""
    raise Unwritable(
        "class java.util.ArrayList cannot be cast to class java.util.Map (java.util.ArrayList and java.util.Map are in module "
        "java.base of loader 'bootstrap')",
        "An element of an array is a map, which Protobuf cannot hold.",
    )


def _same(value: Any) -> Any:
    return value
