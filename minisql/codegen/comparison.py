"""``= <> < <= > >=`` and IS [NOT] DISTINCT FROM.

A comparison with NULL is FALSE, not unknown; IS DISTINCT FROM tells NULL from values. No comparison gives NULL.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql import java
from minisql.codegen import decimals, times
from minisql.codegen.equality import equality_of, is_plain
from minisql.codegen.scope import Fragment, Scope
from minisql.dialect import text
from minisql.errors import KsqlError
from minisql.functions.parameter_types import base
from minisql.types import BIGINT, BOOLEAN, DATE, DOUBLE, STRING, TIME, TIMESTAMP, SqlDecimal, SqlType, is_numeric

OPERATORS: dict[type[Expression], tuple[str, str, str]] = {
    exp.EQ: ("==", "=", "EQUAL"),
    exp.NEQ: ("!=", "<>", "NOT_EQUAL"),
    exp.LT: ("<", "<", "LESS_THAN"),
    exp.LTE: ("<=", "<=", "LESS_THAN_OR_EQUAL"),
    exp.GT: (">", ">", "GREATER_THAN"),
    exp.GTE: (">=", ">=", "GREATER_THAN_OR_EQUAL"),
    exp.NullSafeNEQ: ("!=", "IS DISTINCT FROM", "IS_DISTINCT_FROM"),
}
"""Operator -> Python's, SQL's, and ksqlDB's name for messages."""

MOST = 1.7976931348623157e308
"""The greatest double."""

_TIMES = (TIME, DATE, TIMESTAMP)
_EQUALITY = ("==", "!=")


# -- which comparisons there are -----------------------------------------------------------------


def _may_compare(left: SqlType, symbol: str, right: SqlType) -> bool:
    if is_numeric(left):
        return is_numeric(right)
    if left == STRING:
        return right == STRING or right in _TIMES
    if left == TIME:
        return right in (TIME, STRING)
    if left in (DATE, TIMESTAMP):
        return right in (DATE, TIMESTAMP, STRING)
    kind = base(left)
    return base(right) == kind and (kind == "BYTES" or symbol in _EQUALITY)


def check_comparison(node: Expression, left: SqlType | None, right: SqlType | None) -> None:
    """Raises: KsqlError: ksqlDB does not compare these types so."""
    symbol, operator, name = OPERATORS[type(node)]
    if left is None or right is None:
        names = ("NULL" if kind is None else base(kind) for kind in (left, right))
        raise KsqlError(
            f"Comparison with NULL not supported: {f' {operator} '.join(names)}"
            "\nUse 'IS NULL' or 'IS NOT NULL' instead.",
            statement=text(node),
        )  # fmt: skip
    if not _may_compare(left, symbol, right):
        sides = f"{text(node.this)} ({left}) to {text(node.expression)} ({right})"
        raise KsqlError(f"Cannot compare {sides} with {name}.", statement=text(node))


# -- code ----------------------------------------------------------------------------------------


def emit_comparison(node: Expression, scope: Scope) -> Fragment:
    """``left op right``."""
    left, right = scope.emit(node.this), scope.emit(node.expression)
    check_comparison(node, left.type, right.type)
    if scope.types_only:
        return Fragment("", BOOLEAN, False)
    compare = distinct if isinstance(node, exp.NullSafeNEQ) else comparison
    return compare(OPERATORS[type(node)][0], left, right, scope)


def emit_not_distinct(node: Expression, scope: Scope) -> Fragment:
    """IS NOT DISTINCT FROM, which ksqlDB reads as NOT (... IS DISTINCT FROM ...)."""
    other = emit_comparison(exp.NullSafeNEQ(this=node.this, expression=node.expression), scope)
    return scope.folded(Fragment(f"(not {other.code})", BOOLEAN, False), other)


def comparison(symbol: str, left: Fragment, right: Fragment, scope: Scope) -> Fragment:
    """The comparison of two operands of types that can be compared."""
    left, right = _alike(left, right, scope), _alike(right, left, scope)
    if symbol == "==" and not _must_test(left, right):
        code = f"({left.code} == {right.code})"
    else:
        tests, one, other = [], left, right
        if left.nullable:
            first, name = scope.once(left)
            tests, one = [f"{first} is not None"], left._replace(code=name)
        if right.nullable and not (symbol == "==" and _is_plain(left, right)):
            first, name = scope.once(right)
            tests, other = [*tests, f"{first} is not None"], right._replace(code=name)
        code = f"({' and '.join([*tests, _compared(symbol, one, other, scope)])})"
    return scope.folded(Fragment(code, BOOLEAN, False), left, right)


def _must_test(left: Fragment, right: Fragment) -> bool:
    """Python's == needs no test for None unless both can be."""
    return (left.nullable and right.nullable) or not _is_plain(left, right)


def _is_plain(left: Fragment, right: Fragment) -> bool:
    return (left.type == right.type and is_plain(left.type)) or (is_numeric(left.type) and is_numeric(right.type))


def distinct(symbol: str, left: Fragment, right: Fragment, scope: Scope) -> Fragment:
    """IS DISTINCT FROM."""
    left, right = _alike(left, right, scope), _alike(right, left, scope)
    if _is_plain(left, right) and DOUBLE not in (left.type, right.type):
        return scope.folded(Fragment(f"({left.code} != {right.code})", BOOLEAN, False), left, right)
    (first, one), (second, other) = scope.once(left), scope.once(right)
    differ = _compared("!=", left._replace(code=one), right._replace(code=other), scope)
    # | evaluates both sides, so both names are set.
    code = f"(({one} is None) is not ({other} is None) if ({first} is None) | ({second} is None) else {differ})"
    return scope.folded(Fragment(code, BOOLEAN, False), left, right)


def _compared(symbol: str, left: Fragment, right: Fragment, scope: Scope) -> str:
    """Code that compares two values that are not None."""
    assert left.type is not None
    assert right.type is not None
    write = _WRITERS.get(base(left.type), _plainly)
    return write(symbol, left, right, scope)


def _plainly(symbol: str, left: Fragment, right: Fragment, scope: Scope) -> str:
    if symbol == "!=" and DOUBLE in (left.type, right.type):
        # Java's < and > are both false for NaN, so NaN <> 1 is false too.
        (first, one), (second, other) = scope.once(left), scope.once(right)
        return f"({first} < {second} or {one} > {other})"
    return f"{left.code} {symbol} {right.code}"


def _ordered_by(less: Callable[[str, str], bool] | Callable[[bytes, bytes], bool], hint: str) -> Callable[..., str]:
    """Comparisons by a function that says what is less."""

    def write(symbol: str, left: Fragment, right: Fragment, scope: Scope) -> str:
        if symbol in _EQUALITY or _is_low(left.constant) or _is_low(right.constant):
            return f"{left.code} {symbol} {right.code}"
        name = scope.bind(less, hint)
        one, other = (left, right) if symbol in ("<", ">=") else (right, left)
        return f"{'not ' if '=' in symbol else ''}{name}({one.code}, {other.code})"

    return write


def _is_low(value: object) -> bool:
    """Whether a text can only differ from others in characters that Python and Java order alike."""
    return isinstance(value, str) and all(char < "\ud800" for char in value)


def _nested(symbol: str, left: Fragment, right: Fragment, scope: Scope) -> str:
    assert left.type is not None
    assert right.type is not None
    if left.type == right.type and is_plain(left.type):
        return f"{left.code} {symbol} {right.code}"
    equal = scope.bind(equality_of(left.type, right.type), "equal")
    return f"{'not ' if symbol == '!=' else ''}{equal}({left.code}, {right.code})"


_WRITERS: dict[str, Callable[[str, Fragment, Fragment, Scope], str]] = {
    "STRING": _ordered_by(java.text_less, "text_less"),
    "BYTES": _ordered_by(java.bytes_less, "bytes_less"),
    "ARRAY": _nested,
    "MAP": _nested,
    "STRUCT": _nested,
}


# -- operands of different types -----------------------------------------------------------------


def _alike(operand: Fragment, other: Fragment, scope: Scope) -> Fragment:
    """The operand as Java converts it to be compared with the other one."""
    given, against = operand.type, other.type
    if given == DOUBLE and _as_double(other) is not None:
        return _converted(operand, None, DOUBLE, scope)
    if operand.is_constant and against == DOUBLE and (number := _as_double(operand)) is not None:
        return scope.constant(number, DOUBLE)
    if given == DOUBLE and isinstance(against, SqlDecimal):
        return _converted(operand, decimals.double_as_decimal, SqlDecimal(1, 0), scope)
    if given == BIGINT and against == DOUBLE:
        return _converted(operand, float, DOUBLE, scope)
    if given == STRING and against in _TIMES:
        return _converted(operand, _PARSERS[against], against, scope)
    if given == DATE and against == TIMESTAMP:
        return _converted(operand, _midnight, TIMESTAMP, scope)
    return operand


def _as_double(operand: Fragment) -> float | None:
    """The double that stands for a decimal constant: doubles compare with the one as their decimal texts do with the other."""
    if not isinstance(operand.constant, Decimal):
        return None
    number = float(operand.constant)
    return number if number - number == 0 and Decimal(repr(number)) == operand.constant else None


def _midnight(days: int) -> int:
    return days * times.DAY


_PARSERS: dict[SqlType | None, Callable[[str], int]] = {
    DATE: times.parse_date,
    TIME: times.parse_time,
    TIMESTAMP: times.parse_timestamp,
}


def _converted(operand: Fragment, convert: Callable[..., object] | None, kind: SqlType, scope: Scope) -> Fragment:
    """The operand through a function; without one, through a test that a double is finite."""
    name = scope.bind(convert or decimals.double_as_decimal, "convert")

    def write(code: str) -> str:
        if convert is not None:
            return f"{name}({code})"
        first, again = scope.once(Fragment(code, kind))
        return f"({again} if {-MOST} <= {first} <= {MOST} else {name}({again}))"

    return scope.folded(Fragment(scope.unless_null([operand], write), kind, operand.nullable), operand)
