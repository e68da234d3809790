"""``= <> < <= > >=`` and IS [NOT] DISTINCT FROM.

A comparison with NULL is FALSE, not unknown; IS DISTINCT FROM tells NULL from values. No comparison gives NULL.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen.equality import equality_of, is_plain
from minisql.codegen.errors import DetailedError
from minisql.codegen.scope import Fragment, Scope
from minisql.deferred import Deferred
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

_DAY = 86_400_000
_TIMES = (TIME, DATE, TIMESTAMP)
_EQUALITY = ("==", "!=")


# -- which comparisons there are -----------------------------------------------------------------


def may_compare(left: SqlType, symbol: str, right: SqlType) -> bool:
    """Whether ksqlDB's type checker lets a comparison by Python's ``symbol`` pass."""
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
            f"Comparison with NULL not supported: {f' {operator} '.join(names)}\nUse 'IS NULL' or 'IS NOT NULL' instead."
        )
    if not may_compare(left, symbol, right):
        sides = f"{text(node.this)} ({left}) to {text(node.expression)} ({right})"
        raise DetailedError(f"Cannot compare {left} to {right} with {name}.", f"Cannot compare {sides} with {name}.", text(node))


# -- code ----------------------------------------------------------------------------------------


def emit_comparison(node: Expression, scope: Scope) -> Fragment:
    """``left op right``."""
    return compared(node, scope.emit(node.this), scope.emit(node.expression), scope)


def compared(node: Expression, left: Fragment, right: Fragment, scope: Scope) -> Fragment:
    """``left op right``, where the operator is that of ``node``.

    Raises:
        KsqlError: there is no such comparison.
    """
    symbol, operator, _ = OPERATORS[type(node)]
    if scope.types_only:
        check_comparison(node, left.type, right.type)
    elif left.type is None or right.type is None or not may_compare(left.type, symbol, right.type):
        from minisql.codegen.odd_comparisons import odd_comparison  # seldom is one compiled

        odd = odd_comparison(symbol, operator, left, right, scope)
        if odd is None:
            check_comparison(node, left.type, right.type)
        else:
            return odd
    if scope.types_only:
        return Fragment("", BOOLEAN, False)
    compare = distinct if isinstance(node, exp.NullSafeNEQ) else comparison
    return compare(symbol, left, right, scope)


def emit_not_distinct(node: Expression, scope: Scope) -> Fragment:
    """IS NOT DISTINCT FROM, which ksqlDB reads as NOT (... IS DISTINCT FROM ...)."""
    if scope.types_only:
        return Fragment("", BOOLEAN, False)
    other = emit_comparison(exp.NullSafeNEQ(this=node.this, expression=node.expression), scope)
    return scope.folded(Fragment(f"(not {other.code})", BOOLEAN, False), other)


def comparison(symbol: str, left: Fragment, right: Fragment, scope: Scope) -> Fragment:
    """The comparison of two operands of types that can be compared."""
    left, right = _constants_alike(left, right, scope)
    if symbol == "==" and _is_plain(left, right) and not (left.nullable and right.nullable):
        code = f"({left.code} == {right.code})"
    else:
        tests: list[str] = []
        one, other = _tested(left, "is not None", tests, scope), right
        if not (symbol == "==" and _is_plain(left, right)):
            one = _evaluated_first(one, right, tests, scope)
            other = _tested(right, "is not None", tests, scope)
        code = f"({' and '.join([*tests, _compared(symbol, one, other, scope)])})"
    return scope.folded(Fragment(code, BOOLEAN, False), left, right)


def _tested(operand: Fragment, test: str, tests: list[str], scope: Scope) -> Fragment:
    """The operand behind a test (``"is None"``), which is added to ``tests`` if the operand may be None."""
    if not operand.nullable:
        return operand
    first, name = scope.once(operand)
    tests.append(f"{first} {test}")
    return operand._replace(code=name, nullable=False)


def _evaluated_first(left: Fragment, right: Fragment, tests: list[str], scope: Scope) -> Fragment:
    """The left operand, computed before NULL on the right ends the comparison: it may fail, as ``v - 1`` does of NULL."""
    if left.nullable or not right.nullable:
        return left
    first, name = scope.once(left)
    if first != name:
        tests.append(f"{first} is not None")
    return left._replace(code=name)


def _is_plain(left: Fragment, right: Fragment) -> bool:
    """Whether Python's == and != compare the two, and None with either."""
    if _conversion(left, right) or _conversion(right, left):
        return False
    return (left.type == right.type and is_plain(left.type)) or (is_numeric(left.type) and is_numeric(right.type))


def distinct(symbol: str, left: Fragment, right: Fragment, scope: Scope) -> Fragment:
    """IS DISTINCT FROM."""
    left, right = _constants_alike(left, right, scope)
    if _is_plain(left, right) and DOUBLE not in (left.type, right.type):
        return scope.folded(Fragment(f"({left.code} != {right.code})", BOOLEAN, False), left, right)
    tests: list[str] = []
    one, other = _tested(left, "is None", tests, scope), _tested(right, "is None", tests, scope)
    differ = _compared("!=", one, other, scope)
    if len(tests) == 2:
        # | evaluates both sides, so both names are set; they differ unless both are None.
        differ = f"({one.code} is not {other.code} if {' | '.join(f'({test})' for test in tests)} else {differ})"
    elif tests:
        differ = f"(True if {tests[0]} else {differ})"
    return scope.folded(Fragment(f"({differ})", BOOLEAN, False), left, right)


def _compared(symbol: str, left: Fragment, right: Fragment, scope: Scope) -> str:
    """Code that compares two values that are not None."""
    left, right = _alike(left, right, scope), _alike(right, left, scope)
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


def _ordered_by(less: Deferred) -> Callable[..., str]:
    """Comparisons by a function that says what is less."""

    def write(symbol: str, left: Fragment, right: Fragment, scope: Scope) -> str:
        if symbol in _EQUALITY or _is_low(left.constant) or _is_low(right.constant):
            return f"{left.code} {symbol} {right.code}"
        name = scope.bind(less.load(), "less")
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
    "STRING": _ordered_by(Deferred("java.text_less")),
    "BYTES": _ordered_by(Deferred("java.bytes_less")),
    "ARRAY": _nested,
    "MAP": _nested,
    "STRUCT": _nested,
}


# -- operands of different types -----------------------------------------------------------------


def _constants_alike(left: Fragment, right: Fragment, scope: Scope) -> tuple[Fragment, Fragment]:
    """Constants converted when they can be, so that they are not with every row.

    A decimal stays one here: it says how a double is to be compared with it.
    """
    one = _alike(left, right, scope) if left.is_constant and not isinstance(left.type, SqlDecimal) else left
    other = _alike(right, left, scope) if right.is_constant and not isinstance(right.type, SqlDecimal) else right
    return (one if one.is_constant else left), (other if other.is_constant else right)


def _alike(operand: Fragment, other: Fragment, scope: Scope) -> Fragment:
    """An operand that is not NULL, as Java converts it to be compared with the other one."""
    found = _conversion(operand, other)
    if found is None:
        return operand
    convert, kind = found
    if operand.is_constant and operand.type != DOUBLE and kind == DOUBLE:
        return scope.constant(float(operand.constant), DOUBLE)
    if convert is _finite:
        first, name = scope.once(operand)
        code = f"({name} if {-MOST} <= {first} <= {MOST} else {scope.bind(_finite, 'finite')}({name}))"
    else:
        code = f"{scope.bind(convert, convert.__name__)}({operand.code})"
    return scope.folded(Fragment(code, kind, operand.nullable), operand)


def _conversion(operand: Fragment, other: Fragment) -> tuple[Callable[..., object], SqlType] | None:
    """The function that converts the operand, and the type that it gives."""
    given, against = operand.type, other.type
    if given == DOUBLE and isinstance(against, SqlDecimal):
        return (_DOUBLE_AS_DECIMAL.load(), against) if _as_double(other) is None else (_finite, DOUBLE)
    if against == DOUBLE and isinstance(given, SqlDecimal) and _as_double(operand) is not None:
        return float, DOUBLE
    if given == BIGINT and against == DOUBLE:
        return float, DOUBLE
    if given == STRING and against in _PARSERS:
        return _PARSERS[against].load(), against
    return (_midnight, TIMESTAMP) if given == DATE and against == TIMESTAMP else None


def _as_double(operand: Fragment) -> float | None:
    """The double that stands for a decimal constant: doubles compare with the one as their decimal texts do with the other."""
    if not isinstance(operand.constant, Decimal):
        return None
    number = float(operand.constant)
    return number if number - number == 0 and Decimal(repr(number)) == operand.constant else None


def _finite(number: float) -> float:
    """The double; Java makes no decimal of one that is infinite or NaN."""
    _DOUBLE_AS_DECIMAL(number)
    return number


def _midnight(days: int) -> int:
    return days * _DAY


_DOUBLE_AS_DECIMAL = Deferred("codegen.decimals.double_as_decimal")

_PARSERS: dict[SqlType, Deferred] = {
    DATE: Deferred("codegen.times.parse_date"),
    TIME: Deferred("codegen.times.parse_time"),
    TIMESTAMP: Deferred("codegen.times.parse_timestamp"),
}
