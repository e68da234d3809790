"""Casts of ksqlDB's interpreter (its CastInterpreter): fewer than its compiler's, with other refusals."""

from __future__ import annotations

from minisql.codegen.casts import WRITERS, Write, calling
from minisql.codegen.errors import Tripped, null_operand
from minisql.codegen.nested_casts import array_writer, map_writer
from minisql.codegen.scope import Fragment, Scope
from minisql.deferred import Deferred
from minisql.errors import KsqlError
from minisql.functions.parameter_types import base
from minisql.types import SqlType


def interpreted_cast(value: Fragment, kind: SqlType, scope: Scope) -> Fragment:
    """The value as ``kind``; NULL stays NULL, whatever ``ksql.cast.strings.preserve.nulls`` says.

    Raises:
        Tripped: the value has no type.
        KsqlError: there is no such cast.
    """
    if value.type is None:
        raise Tripped("a cast of NULL")
    given = value.type
    write = _writer(given, kind)
    if write is None:
        return value
    code = scope.unless_null([value], lambda code: write(code, given, kind, scope))
    return scope.folded(Fragment(code, kind, value.nullable), value)


def _writer(given: SqlType, kind: SqlType) -> Write | None:
    """What writes the cast; None where the value is kept as it is."""
    pair = (base(given), base(kind))
    write = _WRITERS.get(pair)
    if write is None and (given != kind or pair[0] in _NESTED):
        raise KsqlError(_refusal(given, kind))
    if given == kind and pair[0] not in _NESTED:
        return None
    return write


_NESTED = ("ARRAY", "MAP", "STRUCT")


def _refusal(given: SqlType, kind: SqlType) -> str:
    if base(kind) == "DECIMAL":
        return f"Unsupported cast between {given} and DECIMAL"
    if base(kind) in ("BOOLEAN", "MAP"):
        return f"Unsupported cast to {kind}: {given}"
    return f"Unsupported cast from {given} to {kind}"


def _inner(name: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    """Code of an element: most casts, made there without a test for NULL, fail for it."""
    if given == kind and base(kind) not in _NESTED:
        return name
    made = interpreted_cast(Fragment(name, given, False), kind, scope).code
    if not _takes_null(given, kind):
        absent = f"{scope.bind(null_operand, 'null_operand')}('an element')"
    else:
        keeps = base(kind) != "STRING" or scope.setting("ksql.cast.strings.preserve.nulls", True)
        absent = "None" if keeps else "'null'"
    return f"({absent} if {name} is None else {made})"


def _takes_null(given: SqlType, kind: SqlType) -> bool:
    if base(kind) == "STRING":
        return base(given) not in ("DECIMAL", "TIMESTAMP")
    return base(kind) in ("DECIMAL", "ARRAY", "MAP")


_WRITERS: dict[tuple[str, str], Write] = {
    **{pair: write for pair, write in WRITERS.items() if pair not in (("STRING", "BYTES"), ("STRUCT", "STRUCT"))},
    ("ARRAY", "ARRAY"): array_writer(_inner),
    ("MAP", "MAP"): map_writer(_inner),
    ("TIME", "STRING"): calling(Deferred("calendar.clock_text")),
}
