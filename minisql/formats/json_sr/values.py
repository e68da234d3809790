"""From JSON to Connect's values, as Confluent's JsonSchemaConverter takes it.

Jackson's nodes are asked for a number, a text or a flag whatever they are; the wrong kind answers 0, null or false.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import inf, isfinite, isnan
from struct import pack, unpack
from typing import Any

from minisql.calendar import DAY
from minisql.formats.connect import schema as connect
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.json.scan import MISSING
from minisql.formats.json_sr.inference import ONE_OF
from minisql.formats.text import parse_base64
from minisql.java import to_int, to_long, wrap32, wrap64
from minisql.types import INT_MAX, INT_MIN

Reader = Callable[[Any], Any]


class Misfit(ValueError):
    """A JSON value does not go with its schema; the message is Confluent's."""


def value_reader(schema: ConnectSchema, inside: bool = False) -> Reader:
    """A function from a JSON value, decimals as Decimal, to a value of ``schema``; it raises Misfit.

    ``inside`` is whether the value is inside of a STRUCT: what is put there must have all that is required.
    """
    read = _reader(schema, inside)
    kind, optional, default = schema.type, schema.optional, schema.default

    def nullable(value: Any) -> Any:
        if value is not None and value is not MISSING:
            return read(value)
        if default is not None:
            return default
        if value is MISSING or optional:
            return None
        raise Misfit(f"Invalid null value for required {kind} field")

    return nullable


def _reader(schema: ConnectSchema, inside: bool) -> Reader:
    if schema.name in LOGICAL:
        return LOGICAL[schema.name](schema)
    if schema.type == connect.ARRAY:
        return _array(_element(schema.item, inside))
    if schema.type == connect.MAP:
        return _map(schema, inside)
    if schema.type == connect.STRUCT:
        return _choice(schema) if schema.name == ONE_OF else _struct(schema, inside)
    return SIMPLE[schema.type]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal, float)) and not isinstance(value, bool)


def _element(schema: ConnectSchema, inside: bool) -> Reader:
    """For an item of a list, or the key or value of a map."""
    read = value_reader(schema, inside)
    return _required(read, schema) if inside and not schema.optional else read


def _required(read: Reader, schema: ConnectSchema) -> Reader:
    def required(value: Any) -> Any:
        found = read(value)
        if found is None:
            raise Misfit(f"Invalid value: null used for required field, schema type: {schema.type}")
        return found

    return required


def _whole(wrap: Callable[[int], int]) -> Reader:
    def read(value: Any) -> int:
        if not _is_number(value) or _is_multiple_of_2_64(value):
            return 0
        if isinstance(value, float) and not isfinite(value):
            return 0 if isnan(value) else wrap(to_long(value) if wrap is wrap64 else to_int(value))
        return wrap(int(value))

    return read


def _is_multiple_of_2_64(value: Any) -> bool:
    """Of such numbers all bits that are kept are 0; written out they could fill the memory."""
    return isinstance(value, Decimal) and int(value.as_tuple().exponent) >= 64


def _double(value: Any) -> float:
    try:
        return float(value) if _is_number(value) else 0.0
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _float(value: Any) -> float:
    """Rounded to the four bytes of Java's float."""
    number = _double(value)
    try:
        return float(unpack("f", pack("f", number))[0])
    except OverflowError:
        return inf if number > 0 else -inf


def _bytes(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return parse_base64(value)
        except ValueError:
            raise Misfit("Invalid bytes field") from None
    # Jackson's node gives a decimal then, which Connect does not take for bytes.
    raise Misfit("Invalid Java object for schema type BYTES: class java.math.BigDecimal")


SIMPLE: dict[str, Reader] = {
    connect.INT8: _whole(lambda number: (number + 128) % 256 - 128),
    connect.INT16: _whole(lambda number: (number + 32768) % 65536 - 32768),
    connect.INT32: _whole(wrap32),
    connect.INT64: _whole(wrap64),
    connect.FLOAT32: _float,
    connect.FLOAT64: _double,
    connect.BOOLEAN: lambda value: value is True,
    connect.STRING: lambda value: value if isinstance(value, str) else None,
    connect.BYTES: _bytes,
}


def _decimal(schema: ConnectSchema) -> Reader:
    from minisql.formats.avro.values import decimal_reader

    unscaled = decimal_reader(connect.scale_of(schema))

    def read(value: Any) -> Any:
        if isinstance(value, str):
            return _unscaled(unscaled, value)
        if not _is_number(value):
            raise _no_decimal(value)
        if isinstance(value, float) and not isfinite(value):
            raise Misfit("Infinite or NaN")
        return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)

    return read


def _unscaled(read: Reader, text: str) -> Any:
    """A text is the base64 of the unscaled number's bytes."""
    try:
        return read(parse_base64(text))
    except ValueError:
        raise Misfit("Invalid bytes for Decimal field") from None


def _no_decimal(value: Any) -> Misfit:
    return Misfit(f"Invalid type for Decimal, underlying representation should be numeric or bytes but was {_node(value)}")


def _date(value: Any) -> int:
    if _is_whole(value) and INT_MIN <= value <= INT_MAX:
        return int(value)
    raise Misfit(f"Invalid type for Date, underlying representation should be integer but was {_node(value)}")


def _time(value: Any) -> int:
    if not (_is_whole(value) and INT_MIN <= value <= INT_MAX):
        raise Misfit(f"Invalid type for Time, underlying representation should be integer but was {_node(value)}")
    if 0 <= value <= DAY:
        return int(value)
    raise Misfit(f"Time values must use number of milliseconds greater than 0 and less than {DAY}")


def _timestamp(value: Any) -> int:
    if _is_whole(value):
        return wrap64(value)
    raise Misfit(f"Invalid type for Timestamp, underlying representation should be integral but was {_node(value)}")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


LOGICAL: dict[str | None, Callable[[ConnectSchema], Reader]] = {
    connect.DECIMAL: _decimal,
    connect.DATE: lambda schema: _date,
    connect.TIME: lambda schema: _time,
    connect.TIMESTAMP: lambda schema: _timestamp,
}


def _array(item: Reader) -> Reader:
    # Jackson goes over the elements of any node: scalars have none, objects have their values.
    def read(value: Any) -> list[Any]:
        items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [item(each) for each in items]

    return read


def _map(schema: ConnectSchema, inside: bool) -> Reader:
    key, item = _element(schema.keys, inside), _element(schema.item, inside)

    def read_object(value: Any) -> dict[Any, Any]:
        if not isinstance(value, dict):
            raise Misfit(f"Maps with string fields should be encoded as JSON objects, but found {_node(value)}")
        return {name: item(each) for name, each in value.items()}

    def read_entries(value: Any) -> dict[Any, Any]:
        if not isinstance(value, list):
            raise Misfit(f"Maps with non-string fields should be encoded as JSON array of objects, but found {_node(value)}")
        return dict(entry(each) for each in value)

    def entry(value: Any) -> tuple[Any, Any]:
        if not isinstance(value, dict):
            raise Misfit(f"Found invalid map entry instead of object: {_node(value)}")
        if len(value) != 2:
            raise Misfit(f"Found invalid map entry, expected length 2 but found :{len(value)}")
        return key(value.get("key", MISSING)), item(value.get("value", MISSING))

    return read_object if schema.keys.type == connect.STRING and not schema.keys.optional else read_entries


def _struct(schema: ConnectSchema, inside: bool) -> Reader:
    readers = [(name, _field(field, inside)) for name, field in schema.fields]

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Misfit(f"Structs should be encoded as JSON objects, but found {_node(value)}")
        return {name: each(value.get(name, MISSING)) for name, each in readers}

    return read


def _field(schema: ConnectSchema, inside: bool) -> Reader:
    """For a field of a STRUCT; the outermost STRUCT may lack what is required."""
    read = value_reader(schema, True)
    if schema.default is not None:
        # Connect's Struct gives the default for null.
        return lambda value: schema.default if (found := read(value)) is None else found
    return _required(read, schema) if inside and not schema.optional else read


def _choice(schema: ConnectSchema) -> Reader:
    fields = [(name, field, value_reader(field, True)) for name, field in schema.fields]

    def read(value: Any) -> dict[str, Any]:
        found = {name: None for name, _, _ in fields}
        best, most = None, 0
        for name, field, reader in fields:
            if _suits(field, value):
                return {**found, name: reader(value)}
            shared = _shared(field, value)
            if shared > most:
                best, most = (name, reader), shared
        if best is None:
            raise Misfit("Did not find matching oneof field for data")
        return {**found, best[0]: best[1](value)}

    return read


def _suits(schema: ConnectSchema, value: Any) -> bool:
    if schema.type in connect.WHOLE:
        return isinstance(value, int) and not isinstance(value, bool)
    if schema.type in (connect.FLOAT32, connect.FLOAT64):
        return _is_number(value)
    wanted = {
        connect.BOOLEAN: bool,
        connect.STRING: str,
        connect.BYTES: Decimal,
        connect.ARRAY: list,
        connect.MAP: (dict, list),
    }.get(schema.type, ())
    return isinstance(value, wanted)  # type: ignore[arg-type]


def _shared(schema: ConnectSchema, value: Any) -> int:
    """How many of an object's names a STRUCT has, at all depths."""
    if schema.type != connect.STRUCT or not isinstance(value, dict):
        return 0
    common = [(field, value[name]) for name, field in schema.fields if name in value]
    return len(common) + sum(_shared(field, inner) for field, inner in common)


def _node(value: Any) -> str:
    """Jackson's JsonNodeType."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "BOOLEAN"
    if isinstance(value, str):
        return "STRING"
    return "ARRAY" if isinstance(value, list) else "OBJECT" if isinstance(value, dict) else "NUMBER"
