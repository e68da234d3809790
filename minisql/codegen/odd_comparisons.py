"""Comparisons that ksqlDB refuses where it looks at their types, and compiles where it does not: ``NOT (name = 1)``.

Its type checker does not look into NOT, BETWEEN, IS NULL and CAST (ExpressionTypeManager); what is written there becomes
Java (SqlToJavaVisitor), in which a text is never equal to a number.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NoReturn

from minisql.codegen.errors import EvaluationError, JavaError
from minisql.codegen.scope import Fragment, Scope
from minisql.errors import KsqlError
from minisql.functions.parameter_types import base
from minisql.types import BOOLEAN, DATE, STRING, TIME, TIMESTAMP, SqlDecimal, SqlType

_NO_TYPE = (
    'Cannot invoke "io.confluent.ksql.schema.ksql.types.SqlType.baseType()" because the return value of '
    '"io.confluent.ksql.util.Pair.getRight()" is null'
)
_TIMES: tuple[tuple[SqlType, tuple[SqlType, ...]], ...] = (
    (TIME, (TIME, STRING)),
    (TIMESTAMP, (TIMESTAMP, DATE, STRING)),
    (DATE, (DATE, STRING)),
)
"""As what two operands are compared when one of them is that, and what can be."""

_EQUALS = frozenset(("STRING", "ARRAY", "MAP", "STRUCT"))
"""Types whose values have Java's ``equals``, to which any other object may be given."""

_COMPARE_TO = frozenset(("STRING", "BYTES"))
"""Types with ``compareTo``, which takes any object when it is compiled, and fails when it runs."""

_UNORDERED = frozenset(("BOOLEAN", "ARRAY", "MAP", "STRUCT"))


def odd_comparison(symbol: str, operator: str, left: Fragment, right: Fragment, scope: Scope) -> Fragment | None:
    """The comparison of operands of types that do not go together; None where Java would not compile it either.

    Args:
        symbol: Python's.
        operator: SQL's.

    Raises:
        KsqlError: ksqlDB writes no Java for it.
    """
    if left.type is None or right.type is None:
        raise JavaError(_NO_TYPE)
    if isinstance(left.type, SqlDecimal) or isinstance(right.type, SqlDecimal):
        return _with_decimal(symbol, operator, left, right, scope)
    for kind, suitable in _TIMES:
        if kind in (left.type, right.type):
            other = left.type if left.type not in suitable else right.type
            raise KsqlError(f"Unexpected comparison to {kind}: {base(other)}")
    first = base(left.type)
    equality = symbol in ("==", "!=")
    if equality and first in _EQUALS:
        return _never_equal(operator, left, right, scope)
    if not equality and first in _UNORDERED:
        raise KsqlError(f"Unexpected {first.lower()} comparison: {operator}")
    return _failing(operator, left, right, scope) if first in _COMPARE_TO else None


def _with_decimal(symbol: str, operator: str, left: Fragment, right: Fragment, scope: Scope) -> Fragment | None:
    if STRING not in (left.type, right.type):
        return None
    from minisql.codegen.comparison import comparison, distinct

    compare = distinct if operator == "IS DISTINCT FROM" else comparison
    return compare(symbol, _as_decimal(left, right, scope), _as_decimal(right, left, scope), scope)


def _as_decimal(operand: Fragment, other: Fragment, scope: Scope) -> Fragment:
    """A text as Java's ``new BigDecimal`` reads it."""
    if operand.type != STRING:
        return operand
    read = scope.bind(_decimal, "decimal")
    return Fragment(scope.unless_null([operand], lambda code: f"{read}({code})"), other.type, operand.nullable)


def _decimal(text: str) -> Decimal:
    try:
        if text.strip() == text and "_" not in text and Decimal(text).is_finite():
            return Decimal(text)
    except InvalidOperation:
        pass
    raise EvaluationError(f"{text!r} is not a number")


def _present(operand: Fragment, scope: Scope) -> str:
    return f"(({scope.temporary()} := {operand.code}) is not None)"


def _never_equal(operator: str, left: Fragment, right: Fragment, scope: Scope) -> Fragment:
    one, other = _present(left, scope), _present(right, scope)
    code = {"=": f"({one} & {other} & False)", "<>": f"({one} & {other})"}.get(operator, f"({one} | {other})")
    return Fragment(code, BOOLEAN, False)


def _failing(operator: str, left: Fragment, right: Fragment, scope: Scope) -> Fragment:
    one, other, fail = _present(left, scope), _present(right, scope), scope.bind(_no_text, "no_text")
    without = f"({one} ^ {other})" if operator == "IS DISTINCT FROM" else "False"
    return Fragment(f"({fail}() if {one} & {other} else {without})", BOOLEAN, False)


def _no_text() -> NoReturn:
    raise EvaluationError("class cannot be cast")
