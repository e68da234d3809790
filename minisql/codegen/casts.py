"""CAST, and the conversions that ksqlDB makes where an argument or operand has another type than is wanted."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from sqlglot.expressions import Expression

from minisql import java
from minisql.codegen import decimals, texts, times
from minisql.codegen.datatypes import sql_type
from minisql.codegen.parsing import SPACE, parse_boolean, parse_number, parse_sql_double
from minisql.codegen.scope import Fragment, Scope
from minisql.errors import KsqlError
from minisql.formats.text import parse_base64, parse_int, parse_long
from minisql.functions.parameter_types import base
from minisql.types import INT_MAX, INT_MIN, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

Write = Callable[[str, SqlType, SqlType, Scope], str]
"""Code of the conversion of a value that is not None; its code stands once in the result."""


def emit_cast(node: Expression, scope: Scope) -> Fragment:
    """``CAST(x AS type)``; in the careful form it becomes NULL on its own when it fails."""
    kind = sql_type(node.args["to"], scope.types)
    if scope.types_only:
        return Fragment("", kind)
    return scope.recovered(cast(scope.emit(node.this), kind, scope), str(kind))


def cast(value: Fragment, kind: SqlType, scope: Scope) -> Fragment:
    """The value as ``kind``.

    Raises:
        KsqlError: ksqlDB has no such cast.
    """
    if value.type is None or value.type == kind:
        return value._replace(type=kind)
    given = value.type
    write = WRITERS.get((base(given), base(kind)))
    if write is None:
        raise KsqlError(f"Cast of {given} to {kind} is not supported")
    code = scope.unless_null([value], lambda code: write(code, given, kind, scope))
    if base(kind) == "STRING" and value.nullable and not scope.setting("ksql.cast.strings.preserve.nulls", True):
        first, name = scope.once(Fragment(code, kind))
        return scope.folded(Fragment(f"('null' if {first} is None else {name})", kind, False), value)
    return scope.folded(Fragment(code, kind, value.nullable), value)


def _calling(function: Callable[..., object]) -> Write:
    return lambda code, given, kind, scope: f"{scope.bind(function, function.__name__)}({code})"


def _reading(parse: Callable[[str], object]) -> Write:
    """Text is trimmed as Java does it, of all up to the blank."""
    return lambda code, given, kind, scope: f"{scope.bind(parse, parse.__name__)}({code}.strip({scope.bind(SPACE, 'space')}))"


def _same(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    return code


def _bigint_to_int(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    name = scope.temporary()
    return f"({name} if {INT_MIN} <= ({name} := {code}) <= {INT_MAX} else {scope.bind(java.wrap32, 'wrap')}({name}))"


def _decimal_to_whole(wrap: Callable[[int], int]) -> Write:
    return lambda code, given, kind, scope: f"{scope.bind(wrap, 'wrap')}({scope.bind(int, 'int')}({code}))"


def _whole_to_decimal(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    assert isinstance(kind, SqlDecimal)
    number = f"{scope.bind(Decimal, 'Decimal')}({code})"
    if kind == decimals.as_decimal(given):
        return number
    return f"{scope.bind(decimals.rounder(kind.precision, kind.scale), 'fit')}({number})"


def _decimal_to_decimal(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    assert isinstance(kind, SqlDecimal)
    return f"{scope.bind(decimals.rounder(kind.precision, kind.scale), 'fit')}({code})"


def _double_to_decimal(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    assert isinstance(kind, SqlDecimal)
    return f"{scope.bind(decimals.from_double(kind.precision, kind.scale), 'fit')}({code})"


def _text_to_decimal(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    return _decimal_to_decimal(_reading(parse_number)(code, given, kind, scope), given, kind, scope)


def _date_to_timestamp(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    return f"({code} * {times.DAY})"


def _nested_to_text(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    return f"{scope.bind(texts.nested_writer(given), 'text')}({code})"


# -- nested types --------------------------------------------------------------------------------


def _inner(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    return cast(Fragment(code, given), kind, scope).code


def _refusing(write: Write) -> Write:
    """The refusal of a cast within names the whole types."""

    def checked(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
        try:
            return write(code, given, kind, scope)
        except KsqlError as error:
            raise KsqlError(f"Cast of {given} to {kind} is not supported") from error

    return checked


def _array(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    assert isinstance(given, SqlArray)
    assert isinstance(kind, SqlArray)
    item = scope.bindings.fresh("item")
    return f"[{_inner(item, given.item, kind.item, scope)} for {item} in {code}]"


def _map(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    assert isinstance(given, SqlMap)
    assert isinstance(kind, SqlMap)
    key, item = scope.bindings.fresh("key"), scope.bindings.fresh("item")
    pair = f"{_inner(key, given.key, kind.key, scope)}: {_inner(item, given.value, kind.value, scope)}"
    return f"{{{pair} for {key}, {item} in {code}.items()}}"


def _struct(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    """Fields that only the wanted type has are NULL."""
    assert isinstance(given, SqlStruct)
    assert isinstance(kind, SqlStruct)
    value = scope.bindings.fresh("struct")
    parts = []
    for name, wanted in kind.fields:
        had = given.field(name)
        part = "None" if had is None else _inner(f"{value}[{name!r}]", had, wanted, scope)
        parts.append(f"{name!r}: {part}")
    return f"[{{{', '.join(parts)}}} for {value} in ({code},)][0]"


WRITERS: dict[tuple[str, str], Write] = {
    ("BOOLEAN", "STRING"): _calling(texts.boolean_text),
    ("INTEGER", "BIGINT"): _same,
    ("INTEGER", "DECIMAL"): _whole_to_decimal,
    ("INTEGER", "DOUBLE"): _calling(float),
    ("INTEGER", "STRING"): _calling(str),
    ("BIGINT", "INTEGER"): _bigint_to_int,
    ("BIGINT", "DECIMAL"): _whole_to_decimal,
    ("BIGINT", "DOUBLE"): _calling(float),
    ("BIGINT", "STRING"): _calling(str),
    ("DECIMAL", "INTEGER"): _decimal_to_whole(java.wrap32),
    ("DECIMAL", "BIGINT"): _decimal_to_whole(java.wrap64),
    ("DECIMAL", "DECIMAL"): _decimal_to_decimal,
    ("DECIMAL", "DOUBLE"): _calling(float),
    ("DECIMAL", "STRING"): _calling(java.decimal_text),
    ("DOUBLE", "INTEGER"): _calling(java.to_int),
    ("DOUBLE", "BIGINT"): _calling(java.to_long),
    ("DOUBLE", "DECIMAL"): _double_to_decimal,
    ("DOUBLE", "STRING"): _calling(java.double_text),
    ("STRING", "BOOLEAN"): _reading(parse_boolean),
    ("STRING", "INTEGER"): _reading(parse_int),
    ("STRING", "BIGINT"): _reading(parse_long),
    ("STRING", "DECIMAL"): _text_to_decimal,
    ("STRING", "DOUBLE"): _reading(parse_sql_double),
    ("STRING", "TIMESTAMP"): _reading(times.parse_timestamp),
    ("STRING", "TIME"): _reading(times.parse_time),
    ("STRING", "DATE"): _reading(times.parse_date),
    ("STRING", "BYTES"): _reading(parse_base64),
    ("ARRAY", "ARRAY"): _refusing(_array),
    ("ARRAY", "STRING"): _nested_to_text,
    ("MAP", "MAP"): _refusing(_map),
    ("MAP", "STRING"): _nested_to_text,
    ("STRUCT", "STRUCT"): _refusing(_struct),
    ("STRUCT", "STRING"): _nested_to_text,
    ("TIMESTAMP", "STRING"): _calling(times.format_timestamp),
    ("TIMESTAMP", "TIME"): _calling(times.time_of),
    ("TIMESTAMP", "DATE"): _calling(times.date_of),
    ("DATE", "TIMESTAMP"): _date_to_timestamp,
    ("DATE", "STRING"): _calling(times.format_date),
    ("TIME", "STRING"): _calling(times.format_time),
}
"""(base type given, base type wanted) -> what writes the conversion; other casts do not exist."""
