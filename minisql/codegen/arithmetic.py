"""``+ - * / %`` and signs.

A NULL operand fails, as ksqlDB's unboxed Java does: a whole SELECT column becomes NULL by it, COALESCE(a + 1, 0) too.
Python's operators fail on None by themselves, so no test is written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql import java
from minisql.codegen import decimals
from minisql.codegen.casts import cast
from minisql.codegen.errors import DetailedError
from minisql.codegen.scope import Fragment, Scope
from minisql.codegen.whole_numbers import divide, remainder, remainder_of_doubles
from minisql.dialect import text
from minisql.errors import KsqlError
from minisql.functions.parameter_types import base
from minisql.types import (
    BIGINT,
    BIGINT_MAX,
    BIGINT_MIN,
    DOUBLE,
    INT_MAX,
    INT_MIN,
    INTEGER,
    STRING,
    SqlDecimal,
    SqlType,
    is_numeric,
)


class Whole(NamedTuple):
    """A type of whole numbers: its bounds, and what brings a number back into them."""

    least: int
    most: int
    wrap: Callable[[int], int]


WHOLE: dict[SqlType, Whole] = {
    INTEGER: Whole(INT_MIN, INT_MAX, java.wrap32),
    BIGINT: Whole(BIGINT_MIN, BIGINT_MAX, java.wrap64),
}

SYMBOLS: dict[type[Expression], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.Mod: "%"}

_WRAPPED_LAST = (exp.Add, exp.Sub, exp.Mul)
"""Operators whose operands need not be brought into bounds before their result is."""

_SHORT = 60
"""Up to how many characters code may be written twice, in two branches."""


def result_type(node: Expression, left: SqlType | None, right: SqlType | None) -> SqlType:
    """The type of ``left op right``.

    Raises:
        KsqlError: ksqlDB has no such arithmetic.
    """
    if left is None or right is None:
        raise _refusal(node, f"Arithmetic on types {_name(left)} and {_name(right)} are not supported.")
    if isinstance(node, exp.Add) and left == right == STRING:
        return STRING
    if not (is_numeric(left) and is_numeric(right)):
        raise _refusal(node, f"Unsupported arithmetic types. {base(left)} {base(right)}")
    if DOUBLE in (left, right):
        return DOUBLE
    if isinstance(left, SqlDecimal) or isinstance(right, SqlDecimal):
        return decimals.RESULTS[SYMBOLS[type(node)]](decimals.as_decimal(left), decimals.as_decimal(right))
    return BIGINT if BIGINT in (left, right) else INTEGER


def _name(kind: SqlType | None) -> str:
    return "null" if kind is None else str(kind)


def _refusal(node: Expression, reason: str) -> KsqlError:
    return DetailedError("Error processing expression.", f"Error processing expression: {text(node)}. {reason}", text(node))


def written(node: Expression, left: Fragment, right: Fragment, kind: SqlType, scope: Scope) -> str:
    """Code of ``left op right`` for operands that are not NULL, within the bounds of its type."""
    code = _WRITERS[base(kind)](node, left, right, kind, scope)
    return bounded(code, kind, scope) if isinstance(node, _WRAPPED_LAST) and kind in WHOLE else code


def emit_arithmetic(node: Expression, scope: Scope) -> Fragment:
    """``left op right``."""
    fragment, loose = _arithmetic(node, scope)
    return _tight(fragment, scope) if loose else fragment


def _arithmetic(node: Expression, scope: Scope) -> tuple[Fragment, bool]:
    """The result, and whether it may be out of the bounds of its type: a chain of + - * is brought into them at its end."""
    last = isinstance(node, _WRAPPED_LAST)
    operands = [_arithmetic(side, scope) if last and isinstance(side, _WRAPPED_LAST) else (scope.emit(side), False)
                for side in (node.this, node.expression)]  # fmt: skip
    kind = result_type(node, operands[0][0].type, operands[1][0].type)
    loose = last and kind in WHOLE
    left, right = (_tight(each, scope) if is_loose and not (loose and each.type == kind) else each for each, is_loose in operands)
    fragment = Fragment(_WRITERS[base(kind)](node, left, right, kind, scope), kind, False)
    if left.is_constant and right.is_constant:
        return scope.folded(_tight(fragment, scope) if loose else fragment, left, right), False
    return fragment, loose


def _tight(fragment: Fragment, scope: Scope) -> Fragment:
    return fragment._replace(code=bounded(fragment.code, fragment.type, scope))


def _write_whole(node: Expression, left: Fragment, right: Fragment, kind: SqlType, scope: Scope) -> str:
    if isinstance(node, (exp.Div, exp.Mod)):
        return _write_division(node, left, right, kind, scope)
    return f"({left.code} {SYMBOLS[type(node)]} {right.code})"


def bounded(code: str, kind: SqlType | None, scope: Scope) -> str:
    """Code of a whole number brought into the bounds of its type."""
    assert kind is not None
    whole, name = WHOLE[kind], scope.temporary()
    wrap = scope.bind(whole.wrap, "wrap")
    return f"({name} if {whole.least} <= ({name} := {code}) <= {whole.most} else {wrap}({name}))"


def _write_division(node: Expression, left: Fragment, right: Fragment, kind: SqlType, scope: Scope) -> str:
    by = right.constant
    if isinstance(by, int) and by > 0:
        first, name = scope.once(left)
        symbol = "//" if isinstance(node, exp.Div) else "%"
        return f"({name} {symbol} {by} if {first} >= 0 else -(-{name} {symbol} {by}))"
    if isinstance(node, exp.Mod):
        return f"{scope.bind(remainder, 'remainder')}({left.code}, {right.code})"
    # The least number divided by -1 is the only quotient out of bounds.
    return bounded(f"{scope.bind(divide, 'divide')}({left.code}, {right.code})", kind, scope)


def _write_double(node: Expression, left: Fragment, right: Fragment, kind: SqlType, scope: Scope) -> str:
    one, other = (_as_double(operand, scope) for operand in (left, right))
    if isinstance(node, exp.Mod):
        return f"{scope.bind(remainder_of_doubles, 'remainder')}({one.code}, {other.code})"
    if isinstance(node, exp.Div) and not (other.is_constant and other.constant):
        if len(one.code) > _SHORT:
            return f"{scope.bind(java.divide, 'divide')}({one.code}, {other.code})"
        first, name = scope.once(other)
        return f"({one.code} / {name} if {first} else {scope.bind(java.divide, 'divide')}({one.code}, {name}))"
    return f"({one.code} {SYMBOLS[type(node)]} {other.code})"


def _as_double(operand: Fragment, scope: Scope) -> Fragment:
    """Decimals and constants as floats; Python converts whole numbers itself."""
    if isinstance(operand.type, SqlDecimal) or operand.is_constant:
        return cast(operand._replace(nullable=False), DOUBLE, scope)
    return operand


def _write_decimal(node: Expression, left: Fragment, right: Fragment, kind: SqlType, scope: Scope) -> str:
    assert isinstance(kind, SqlDecimal)
    operate = scope.bind(decimals.operation(SYMBOLS[type(node)], kind.precision, kind.scale), "decimal")
    one, other = (_as_decimal(operand, scope) for operand in (left, right))
    return f"{operate}({one.code}, {other.code})"


def _as_decimal(operand: Fragment, scope: Scope) -> Fragment:
    if isinstance(operand.type, SqlDecimal) or operand.type is None:
        return operand
    return cast(operand._replace(nullable=False), decimals.as_decimal(operand.type), scope)


def _write_text(node: Expression, left: Fragment, right: Fragment, kind: SqlType, scope: Scope) -> str:
    return f"({_or_null_word(left, scope)} + {_or_null_word(right, scope)})"


def _or_null_word(operand: Fragment, scope: Scope) -> str:
    """Java's + writes a null as the word."""
    if not operand.nullable:
        return operand.code
    first, name = scope.once(operand)
    return f"('null' if {first} is None else {name})"


_WRITERS: dict[str, Callable[[Expression, Fragment, Fragment, SqlType, Scope], str]] = {
    "INTEGER": _write_whole,
    "BIGINT": _write_whole,
    "DOUBLE": _write_double,
    "DECIMAL": _write_decimal,
    "STRING": _write_text,
}


def emit_negative(node: Expression, scope: Scope) -> Fragment:
    """``-x``."""
    value = _signed(node, scope)
    code = f"(-{value.code})"
    if value.type in WHOLE:
        code = bounded(f"-{value.code}", value.type, scope)
    elif isinstance(value.type, SqlDecimal):
        code = f"{scope.bind(decimals.negation(value.type.precision), 'negate')}({value.code})"
    return scope.folded(Fragment(code, value.type, False), value)


def emit_positive(node: Expression, scope: Scope) -> Fragment:
    """``+x``."""
    value = _signed(node, scope)
    code = f"(+{value.code})"
    if isinstance(value.type, SqlDecimal):
        code = f"{scope.bind(decimals.affirmation(value.type.precision), 'plus')}({value.code})"
    return scope.folded(Fragment(code, value.type, False), value)


def _signed(node: Expression, scope: Scope) -> Fragment:
    value = scope.emit(node.this)
    if not scope.types_only and not is_numeric(value.type):
        sign = "Negation" if isinstance(node, exp.Neg) else "Unary plus"
        raise KsqlError(f"{sign} on unsupported type: {_name(value.type)}")
    return value
