"""JSON values to SQL values, by the rules of ksqlDB's JSON deserializer.

This is the complete and slow way, which knows the path of every value. Generated readers (``reader.py``) take the
values that need no conversion, and turn to this for all others and for every error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from minisql import java
from minisql.calendar import DAY
from minisql.formats import text
from minisql.formats.json.scan import MISSING
from minisql.formats.python_times import days_of, milliseconds_of, timestamp_of
from minisql.formats.rows import Fields
from minisql.types import INT_MAX, INT_MIN, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

NUMBERS = (int, float, Decimal)


class Mismatch(Exception):
    """A value does not fit its type; the message is ksqlDB's and ends with the path."""


def coerce(value: Any, kind: SqlType, path: str) -> Any:
    """The SQL value of ``kind`` for a value that Jackson or a program gave.

    Besides what JSON has, it takes bytes for BYTES, ``datetime`` objects for time types and tuples for lists.

    Raises:
        Mismatch: the value does not fit.
    """
    if value is None:
        return None
    nested = NESTED.get(type(kind))
    if nested is not None:
        return nested(value, kind, path)
    try:
        if isinstance(kind, SqlDecimal):
            return to_decimal(value, kind)
        return PRIMITIVE[str(kind)](value)
    except (ValueError, TypeError, OverflowError) as error:
        raise Mismatch(f"{error}, path: {path}") from None


def coerce_fields(value: Any, fields: Fields, path: str, required: str) -> list[Any]:
    """The values of ``fields`` in a JSON object: names as they are, else the object's names in upper case.

    Raises:
        Mismatch: it is not an object, or a field does not fit.
    """
    if not isinstance(value, dict):
        raise Mismatch(f"{_cannot_convert(value, required)}, path: {path}")
    upper = {str(name).upper(): item for name, item in value.items()}
    return [coerce(value[name] if name in value else upper.get(name), kind, f"{path}.{name}") for name, kind in fields]


def struct_text(fields: Fields) -> str:
    """How ksqlDB writes a STRUCT in these errors."""
    inner = ", ".join(f"{name} {type_text(kind)}" for name, kind in fields)
    return f"STRUCT<{inner}>" if inner else "STRUCT< >"


def type_text(kind: SqlType) -> str:
    """How ksqlDB writes a type in these errors: the Connect type in SQL, names without quotes."""
    if isinstance(kind, SqlArray):
        return f"ARRAY<{type_text(kind.item)}>"
    if isinstance(kind, SqlMap):
        return f"MAP<{type_text(kind.key)}, {type_text(kind.value)}>"
    if isinstance(kind, SqlStruct):
        return struct_text(kind.fields)
    return CONNECT_TEXT.get(str(kind), str(kind))


CONNECT_TEXT = {"INTEGER": "INT", "DATE": "INT", "TIME": "INT", "TIMESTAMP": "BIGINT", "STRING": "VARCHAR"}


def _array(value: Any, kind: SqlArray, path: str) -> list[Any]:
    if not isinstance(value, (list, tuple)):
        raise Mismatch(f"{_cannot_convert(value, type_text(kind))}, path: {path}")
    return [coerce(item, kind.item, f"{path}[{index}]") for index, item in enumerate(value)]


def _map(value: Any, kind: SqlMap, path: str) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise Mismatch(f"{_cannot_convert(value, type_text(kind))}, path: {path}")
    return {str(key): coerce(item, kind.value, f"{path}.{key}.value") for key, item in value.items()}


def _struct(value: Any, kind: SqlStruct, path: str) -> dict[str, Any]:
    values = coerce_fields(value, kind.fields, path, type_text(kind))
    return {name: item for (name, _), item in zip(kind.fields, values, strict=True)}


NESTED: dict[type[SqlType], Callable[[Any, Any, str], Any]] = {SqlArray: _array, SqlMap: _map, SqlStruct: _struct}


def to_boolean(value: Any) -> bool:
    """Only true and false."""
    if isinstance(value, bool):
        return value
    raise ValueError(_cannot_convert(value, "BOOLEAN"))


def to_integer(value: Any) -> int:
    """Numbers lose their fraction and wrap; texts must be whole numbers."""
    return java.wrap32(_whole(value, "INTEGER", text.parse_int))


def to_bigint(value: Any) -> int:
    """Numbers lose their fraction and wrap; texts must be whole numbers."""
    return java.wrap64(_whole(value, "BIGINT", text.parse_long))


def to_double(value: Any) -> float:
    """Numbers and texts of numbers."""
    if _is_number(value):
        try:
            return float(value) + 0.0  # a number in JSON is a BigDecimal, which has no negative zero
        except OverflowError:
            return float("inf") if value > 0 else float("-inf")
    if isinstance(value, str):
        return float(_from_text(value, "DOUBLE", text.parse_double))
    raise ValueError(_cannot_convert(value, "DOUBLE"))


def to_decimal(value: Any, kind: SqlDecimal) -> Decimal:
    """Numbers and texts of numbers that fit without rounding."""
    if isinstance(value, str):
        number = text.parse_decimal(value)
    elif isinstance(value, float):
        number = text.parse_decimal(repr(value))
    elif _is_number(value):
        number = Decimal(value)
    else:
        raise ValueError(_cannot_convert(value, type_text(kind)))
    return text.fit(number, kind.precision, kind.scale)


def to_string(value: Any) -> str:
    """The text of any scalar; an object as compact JSON, an array as Java prints a list."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        from minisql.json_text import upper_digits

        return upper_digits(_compact(value))
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join("null" if item is None else to_string(item) for item in value) + "]"
    return _scalar_text(value)


def to_bytes(value: Any) -> bytes:
    """Base64 text, or bytes."""
    if isinstance(value, str):
        return text.parse_base64(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    raise ValueError(_cannot_convert(value, "BYTES"))


def to_time(value: Any) -> int:
    """Milliseconds of the day."""
    milliseconds = java.wrap64(_whole(milliseconds_of(value), "TIME", text.parse_long))
    # ksqlDB lets the first millisecond of the next day through.
    if 0 <= milliseconds <= DAY:
        return milliseconds
    raise ValueError(f"Time values must use number of milliseconds greater than 0 and less than {DAY}.")


def to_date(value: Any) -> int:
    """Days since the epoch."""
    return java.wrap64(_whole(days_of(value), "DATE", text.parse_long))


def to_timestamp(value: Any) -> int:
    """Milliseconds since the epoch."""
    return java.wrap64(_whole(timestamp_of(value), "TIMESTAMP", text.parse_long))


PRIMITIVE: dict[str, Callable[[Any], Any]] = {
    "BOOLEAN": to_boolean,
    "INTEGER": to_integer,
    "BIGINT": to_bigint,
    "DOUBLE": to_double,
    "STRING": to_string,
    "BYTES": to_bytes,
    "DATE": to_date,
    "TIME": to_time,
    "TIMESTAMP": to_timestamp,
}


def _is_number(value: Any) -> bool:
    return isinstance(value, NUMBERS) and not isinstance(value, bool)


def _whole(value: Any, target: str, parse: Callable[[str], int]) -> int:
    if _is_number(value):
        # Java's BigDecimal gives 0 from 10**64 on: all bits that are kept are 0.
        return 0 if isinstance(value, Decimal) and int(value.as_tuple().exponent) >= 64 else int(value)
    if isinstance(value, str):
        return int(_from_text(value, target, parse))
    raise ValueError(_cannot_convert(value, target))


def _from_text(value: str, target: str, parse: Callable[[str], Any]) -> Any:
    try:
        return parse(value)
    except ValueError:
        raise ValueError(f"Can't coerce string to type. targetType: {target}") from None


def _scalar_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return java.double_text(value)
    if isinstance(value, Decimal):
        return str(value if value else abs(value))
    return "" if value is MISSING else str(value)


def _compact(value: Any) -> str:
    from minisql.json_text import quote

    if isinstance(value, dict):
        return "{" + ",".join(f"{quote(str(name))}:{_compact(item)}" for name, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_compact, value)) + "]"
    return "null" if value is None else quote(value) if isinstance(value, str) else _scalar_text(value)


def _cannot_convert(value: Any, required: str) -> str:
    return f"Can't convert type. sourceType: {_node(value)}, requiredType: {required}"


def _node(value: Any) -> str:
    """The name of Jackson's class for a value."""
    if isinstance(value, int) and not isinstance(value, bool):
        return "IntNode" if INT_MIN <= value <= INT_MAX else "LongNode" if -(2**63) <= value < 2**63 else "BigIntegerNode"
    return next((name for kind, name in NODES if isinstance(value, kind)), "POJONode")


NODES: Iterable[tuple[type | tuple[type, ...], str]] = (
    (type(MISSING), "MissingNode"),
    (bool, "BooleanNode"),
    ((float, Decimal), "DecimalNode"),
    (str, "TextNode"),
    (dict, "ObjectNode"),
    ((list, tuple), "ArrayNode"),
    ((bytes, bytearray, memoryview), "BinaryNode"),
)
