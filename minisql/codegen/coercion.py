"""Conversions of values that the user wrote (ksqlDB's DefaultSqlValueCoercer).

The strict rules, of INSERT VALUES, widen numbers and read times and bytes from text; the lax ones, of literals
in lists, also go between text and numbers or booleans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from minisql.codegen.literals import without_negative_zero
from minisql.codegen.parsing import SPACE, parse_number
from minisql.deferred import Deferred
from minisql.errors import KsqlError
from minisql.functions.parameter_types import base
from minisql.names import quote
from minisql.types import BIGINT, DATE, INTEGER, STRING, TIME, TIMESTAMP, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

Convert = Callable[[Any, SqlType], Any]


class CoercionError(Exception):
    """A value that does not fit the type that is wanted."""


_TIME_FORMS: dict[SqlType, str] = {
    TIMESTAMP: ". Timestamp format must be yyyy-mm-ddThh:mm:ss[.S]",
    TIME: ". Time format must be hh:mm:ss[.S]",
    DATE: ". Date format must be yyyy-mm-dd",
}


def told_mismatch(name: str, wanted: SqlType, value: Any, given: SqlType | None) -> str:
    """How ksqlDB tells of the value of an expression that a column does not take (GenericExpressionResolver)."""
    from minisql.java import string_value  # for messages alone

    form = _TIME_FORMS.get(wanted, "") if given == STRING else ""
    kind = str(given).split("(")[0].split("<")[0]
    return f"Expected type {wanted} for field {quote(name)} but got {kind}({string_value(value)}){form}"


def coerce(value: Any, given: SqlType | None, wanted: SqlType) -> Any:
    """The value as one of type ``wanted``, by the strict rules.

    Args:
        value: a value of type ``given``; None fits any type.
        given: its type; None for NULL.
        wanted: the type of a column.

    Raises:
        CoercionError: there is no such conversion, or this value does not fit.
    """
    return _coerce(value, given, wanted, False)


def coerce_literal(value: Any, given: SqlType | None, wanted: SqlType) -> Any:
    """Likewise by the lax rules."""
    return _coerce(value, given, wanted, True)


def _coerce(value: Any, given: SqlType | None, wanted: SqlType, lax: bool) -> Any:
    if value is None:
        return None
    assert given is not None, "only NULL has no type"
    nested = _NESTED.get((base(given), base(wanted)))
    if nested is not None:
        return nested(value, given, wanted, lax)
    rule = _rule(given, wanted, lax)
    if rule is None:
        raise CoercionError(f"{given} is no {wanted}")
    try:
        return rule(value, wanted)
    except (ValueError, ArithmeticError, KsqlError) as error:
        raise CoercionError(str(error)) from error


def _rule(given: SqlType, wanted: SqlType, lax: bool) -> Convert | None:
    pair = base(given), base(wanted)
    return _STRICT.get(pair) or (_LAX.get(pair) if lax else None)


# -- rules ---------------------------------------------------------------------------------------


def _as_it_is(value: Any, wanted: SqlType) -> Any:
    return value


def _to_double(value: Any, wanted: SqlType) -> float:
    return float(value)


def _to_decimal(value: Any, wanted: SqlType) -> Decimal:
    from minisql.formats.text import fit

    assert isinstance(wanted, SqlDecimal)
    return without_negative_zero(fit(Decimal(value), wanted.precision, wanted.scale))


def _read(parse: Callable[[str], Any]) -> Convert:
    return lambda value, wanted: parse(value.strip(SPACE))


def _read_decimal(value: str, wanted: SqlType) -> Decimal:
    return _to_decimal(parse_number(value.strip(SPACE)), wanted)


def _written(write: Callable[[Any], str]) -> Convert:
    return lambda value, wanted: write(value)


_STRICT: dict[tuple[str, str], Convert] = {
    **{
        (name, name): _as_it_is
        for name in ("BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "STRING", "BYTES", "DATE", "TIME", "TIMESTAMP")
    },
    ("INTEGER", "BIGINT"): _as_it_is,
    ("INTEGER", "DECIMAL"): _to_decimal,
    ("INTEGER", "DOUBLE"): _to_double,
    ("BIGINT", "DECIMAL"): _to_decimal,
    ("BIGINT", "DOUBLE"): _to_double,
    ("DECIMAL", "DECIMAL"): _to_decimal,
    ("DECIMAL", "DOUBLE"): _to_double,
    ("STRING", "TIMESTAMP"): _read(Deferred("codegen.times.parse_timestamp")),
    ("STRING", "TIME"): _read(Deferred("codegen.times.parse_time")),
    ("STRING", "DATE"): _read(Deferred("codegen.times.parse_date")),
    ("STRING", "BYTES"): _read(Deferred("formats.text.parse_base64")),
}

_LAX: dict[tuple[str, str], Convert] = {
    ("BOOLEAN", "STRING"): _written(Deferred("codegen.texts.boolean_text")),
    ("INTEGER", "STRING"): _written(str),
    ("BIGINT", "STRING"): _written(str),
    ("DECIMAL", "STRING"): _written(Deferred("java.decimal_text")),
    ("DOUBLE", "STRING"): _written(Deferred("java.double_text")),
    ("STRING", "BOOLEAN"): _read(Deferred("codegen.parsing.parse_boolean_exactly")),
    ("STRING", "INTEGER"): _read(Deferred("formats.text.parse_int")),
    ("STRING", "BIGINT"): _read(Deferred("formats.text.parse_long")),
    ("STRING", "DECIMAL"): _read_decimal,
    ("STRING", "DOUBLE"): _read(Deferred("codegen.parsing.parse_sql_double")),
    ("TIMESTAMP", "STRING"): _written(Deferred("calendar.timestamp_text")),
    ("TIME", "STRING"): _written(Deferred("calendar.time_text")),
    ("DATE", "STRING"): _written(Deferred("calendar.date_text")),
}


def _array(value: list[Any], given: SqlType, wanted: SqlType, lax: bool) -> list[Any]:
    assert isinstance(given, SqlArray)
    assert isinstance(wanted, SqlArray)
    return [_coerce(item, given.item, wanted.item, lax) for item in value]


def _map(value: dict[Any, Any], given: SqlType, wanted: SqlType, lax: bool) -> dict[Any, Any]:
    assert isinstance(given, SqlMap)
    assert isinstance(wanted, SqlMap)
    return {
        _coerce(key, given.key, wanted.key, lax): _coerce(item, given.value, wanted.value, lax) for key, item in value.items()
    }


def _struct(value: dict[str, Any], given: SqlType, wanted: SqlType, lax: bool) -> dict[str, Any]:
    """Fields that the value lacks are NULL, those that are not wanted are dropped."""
    assert isinstance(given, SqlStruct)
    assert isinstance(wanted, SqlStruct)
    had = dict(given.fields)
    return {name: _coerce(value.get(name), had.get(name), kind, lax) for name, kind in wanted.fields}


_NESTED: dict[tuple[str, str], Callable[[Any, SqlType, SqlType, bool], Any]] = {
    ("ARRAY", "ARRAY"): _array,
    ("MAP", "MAP"): _map,
    ("STRUCT", "STRUCT"): _struct,
}


# -- types ---------------------------------------------------------------------------------------


def can_coerce(given: SqlType, wanted: SqlType, lax: bool) -> SqlType | None:
    """The type that holds values of both, when ``given`` can be coerced to ``wanted``; not every value need fit."""
    if isinstance(given, SqlArray) and isinstance(wanted, SqlArray):
        item = can_coerce(given.item, wanted.item, lax)
        return None if item is None else SqlArray(item)
    if isinstance(given, SqlMap) and isinstance(wanted, SqlMap):
        key, value = can_coerce(given.key, wanted.key, lax), can_coerce(given.value, wanted.value, lax)
        return None if key is None or value is None else SqlMap(key, value)
    if isinstance(given, SqlStruct) and isinstance(wanted, SqlStruct):
        return _common_struct(given, wanted, lax)
    if _rule(given, wanted, lax) is None:
        return None
    if isinstance(wanted, SqlDecimal) and (given in (INTEGER, BIGINT) or isinstance(given, SqlDecimal)):
        from minisql.codegen.decimals import widen

        return widen(given, wanted)
    return wanted


def _common_struct(given: SqlStruct, wanted: SqlStruct, lax: bool) -> SqlStruct | None:
    fields: list[tuple[str, SqlType]] = []
    for name in _names(given, wanted):
        had, need = given.field(name), wanted.field(name)
        kind = can_coerce(had, need, lax) if had is not None and need is not None else had or need
        if kind is None:
            return None
        fields.append((name, kind))
    return SqlStruct(tuple(fields))


def _names(*structs: SqlStruct) -> Iterable[str]:
    return dict.fromkeys(name for struct in structs for name, _ in struct.fields)
