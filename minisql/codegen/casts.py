"""CAST, and the conversions that ksqlDB makes where an argument or operand has another type than is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot.expressions import Expression

from minisql.codegen.datatypes import sql_type
from minisql.codegen.parsing import SPACE
from minisql.codegen.scope import Fragment, Scope
from minisql.deferred import Deferred
from minisql.errors import KsqlError
from minisql.functions.parameter_types import base
from minisql.types import INT_MAX, INT_MIN, SqlType

Write = Callable[[str, SqlType, SqlType, Scope], str]
"""Code of the conversion of a value that is not None; its code stands once in the result."""

Function = Callable[..., Any]
"""What converts a value; perhaps it is deferred."""

_DAY = 86_400_000
_WRAP_32 = Deferred("java.wrap32")
_NESTED = Deferred("codegen.nested_casts.nested_to_nested")
_INTERPRETED = Deferred("codegen.interpreted_casts.interpreted_cast")
_NESTED_TO_TEXT = Deferred("codegen.nested_casts.nested_to_text")


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
    if scope.interpreted:
        interpreted: Fragment = _INTERPRETED(value, kind, scope)
        return interpreted
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


def calling(function: Function) -> Write:
    """A call of a function."""
    return lambda code, given, kind, scope: f"{_bound(function, scope)}({code})"


def reading(parse: Function) -> Write:
    """What a function reads from text, which is trimmed as Java does it, of all up to the blank."""
    return lambda code, given, kind, scope: f"{_bound(parse, scope)}({code}.strip({scope.bind(SPACE, 'space')}))"


def _bound(function: Function, scope: Scope) -> str:
    called = function.load() if isinstance(function, Deferred) else function
    return scope.bind(called, called.__name__)


def _same(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    return code


def _bigint_to_int(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    name = scope.temporary()
    return f"({name} if {INT_MIN} <= ({name} := {code}) <= {INT_MAX} else {_bound(_WRAP_32, scope)}({name}))"


def _decimal_to_whole(wrap: Deferred) -> Write:
    return lambda code, given, kind, scope: f"{_bound(wrap, scope)}({_bound(int, scope)}({code}))"


def _date_to_timestamp(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    return f"({code} * {_DAY})"


WRITERS: dict[tuple[str, str], Write] = {
    ("BOOLEAN", "STRING"): calling(Deferred("codegen.texts.boolean_text")),
    ("INTEGER", "BIGINT"): _same,
    ("INTEGER", "DECIMAL"): Deferred("codegen.decimal_casts.whole_to_decimal"),
    ("INTEGER", "DOUBLE"): calling(float),
    ("INTEGER", "STRING"): calling(str),
    ("BIGINT", "INTEGER"): _bigint_to_int,
    ("BIGINT", "DECIMAL"): Deferred("codegen.decimal_casts.whole_to_decimal"),
    ("BIGINT", "DOUBLE"): calling(float),
    ("BIGINT", "STRING"): calling(str),
    ("DECIMAL", "INTEGER"): _decimal_to_whole(_WRAP_32),
    ("DECIMAL", "BIGINT"): _decimal_to_whole(Deferred("java.wrap64")),
    ("DECIMAL", "DECIMAL"): Deferred("codegen.decimal_casts.decimal_to_decimal"),
    ("DECIMAL", "DOUBLE"): calling(float),
    ("DECIMAL", "STRING"): calling(Deferred("java.decimal_text")),
    ("DOUBLE", "INTEGER"): calling(Deferred("java.to_int")),
    ("DOUBLE", "BIGINT"): calling(Deferred("java.to_long")),
    ("DOUBLE", "DECIMAL"): Deferred("codegen.decimal_casts.double_to_decimal"),
    ("DOUBLE", "STRING"): calling(Deferred("java.double_text")),
    ("STRING", "BOOLEAN"): reading(Deferred("codegen.parsing.parse_boolean")),
    ("STRING", "INTEGER"): reading(Deferred("formats.text.parse_int")),
    ("STRING", "BIGINT"): reading(Deferred("formats.text.parse_long")),
    ("STRING", "DECIMAL"): Deferred("codegen.decimal_casts.text_to_decimal"),
    ("STRING", "DOUBLE"): reading(Deferred("codegen.parsing.parse_sql_double")),
    ("STRING", "TIMESTAMP"): reading(Deferred("codegen.times.parse_timestamp")),
    ("STRING", "TIME"): reading(Deferred("codegen.times.parse_time")),
    ("STRING", "DATE"): reading(Deferred("codegen.times.parse_date")),
    ("STRING", "BYTES"): reading(Deferred("formats.text.parse_base64")),
    ("ARRAY", "ARRAY"): _NESTED,
    ("ARRAY", "STRING"): _NESTED_TO_TEXT,
    ("MAP", "MAP"): _NESTED,
    ("MAP", "STRING"): _NESTED_TO_TEXT,
    ("STRUCT", "STRUCT"): _NESTED,
    ("STRUCT", "STRING"): _NESTED_TO_TEXT,
    ("TIMESTAMP", "STRING"): calling(Deferred("calendar.timestamp_text")),
    ("TIMESTAMP", "TIME"): calling(Deferred("codegen.times.time_of")),
    ("TIMESTAMP", "DATE"): calling(Deferred("codegen.times.date_of")),
    ("DATE", "TIMESTAMP"): _date_to_timestamp,
    ("DATE", "STRING"): calling(Deferred("calendar.date_text")),
    ("TIME", "STRING"): calling(Deferred("calendar.time_text")),
}
"""(base type given, base type wanted) -> what writes the conversion; other casts do not exist."""
