"""Expressions of pull queries on tables, which ksqlDB interprets (its TermCompiler): where that differs from its compiler.

Its documentation says that both give the same. They do not: arithmetic with NULL is NULL and fails nothing, a part that fails
takes its whole expression with it, LIKE counts as a text, doubles are compared as objects, elements of NULL fail.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen import access, arithmetic, logic
from minisql.codegen.casts import cast
from minisql.codegen.comparison import OPERATORS, check_comparison, comparison, distinct, may_compare
from minisql.codegen.errors import EvaluationError, Tripped, null_operand
from minisql.codegen.expressions import EMITTERS
from minisql.codegen.parsing import parse_number
from minisql.codegen.scope import Fragment, Scope
from minisql.dialect import nodes
from minisql.errors import KsqlError
from minisql.functions.order import double_key
from minisql.functions.parameter_types import base
from minisql.types import BOOLEAN, DOUBLE, INTEGER, STRING, SqlArray, SqlDecimal, SqlMap, SqlType, is_numeric

# -- arithmetic ----------------------------------------------------------------------------------


def _emit_arithmetic(node: Expression, scope: Scope) -> Fragment:
    """NULL where an operand is (ArithmeticBinaryTerm), of texts too."""
    left, right = scope.emit(node.this), scope.emit(node.expression)
    kind = arithmetic.result_type(node, left.type, right.type)

    def write(one: str, other: str) -> str:
        present = left._replace(code=one, nullable=False), right._replace(code=other, nullable=False)
        return arithmetic.written(node, present[0], present[1], kind, scope)

    fragment = Fragment(scope.unless_null([left, right], write), kind, left.nullable or right.nullable)
    return scope.folded(fragment, left, right)


def _emit_sign(node: Expression, scope: Scope) -> Fragment:
    if not is_numeric(scope.emit(node.this).type):
        raise Tripped("a sign of what is no number")
    return EMITTERS[type(node)](node, scope)


# -- logic ---------------------------------------------------------------------------------------


def _is_like(node: Expression) -> bool:
    return isinstance(node, (exp.Like, exp.Escape))


def _seen(node: Expression, scope: Scope) -> SqlType | None:
    """The type that AND, OR and NOT see: LIKE says that it is a text (LikeTerm.getSqlType)."""
    return STRING if _is_like(node) else scope.emit(node).type


def _emit_logical(node: Expression, scope: Scope) -> Fragment:
    operands = logic.chain(node)
    first = next((index for index, operand in enumerate(operands) if _is_like(operand)), None)
    if first is not None:
        left = _seen(operands[0], scope) if first <= 1 else BOOLEAN
        raise KsqlError(logic.refusal(left, _seen(operands[max(first, 1)], scope)))
    if any(isinstance(operand, exp.Null) for operand in operands):
        raise Tripped("an operand without a type")
    return logic.emit_logical(node, scope)


def _emit_not(node: Expression, scope: Scope) -> Fragment:
    if _seen(node.this, scope) != BOOLEAN:
        raise Tripped("NOT of what is no BOOLEAN")
    return logic.emit_not(node, scope)


def _emit_like(node: Expression, scope: Scope) -> Fragment:
    like = node.this if isinstance(node, exp.Escape) else node
    if all(scope.emit(side).type == STRING for side in (like.this, like.expression)):
        return EMITTERS[type(node)](node, scope)
    return Fragment(f"{scope.bind(_no_text, 'no_text')}()", BOOLEAN, False)


def _no_text() -> NoReturn:
    raise EvaluationError("LIKE needs two texts")


# -- comparisons ---------------------------------------------------------------------------------


def _emit_comparison(node: Expression, scope: Scope) -> Fragment:
    left, right = scope.emit(node.this), scope.emit(node.expression)
    check_comparison(node, left.type, right.type)
    symbol, _, name = OPERATORS[type(node)]
    return _compared(symbol, left, right, scope, is_distinct=name == "IS_DISTINCT_FROM")


def _emit_not_distinct(node: Expression, scope: Scope) -> Fragment:
    return scope.emit(exp.Not(this=exp.NullSafeNEQ(this=node.this, expression=node.expression)))


def _compared(symbol: str, left: Fragment, right: Fragment, scope: Scope, *, is_distinct: bool = False) -> Fragment:
    kinds = (left.type, right.type)
    if DOUBLE not in kinds or any(isinstance(kind, SqlDecimal) for kind in kinds):
        return (distinct if is_distinct else comparison)(symbol, left, right, scope)
    return _compared_doubles(symbol, cast(left, DOUBLE, scope), cast(right, DOUBLE, scope), scope, is_distinct)


def _compared_doubles(symbol: str, left: Fragment, right: Fragment, scope: Scope, is_distinct: bool) -> Fragment:
    """Double.compareTo: NaN is itself and the greatest, -0.0 is less than 0.0."""
    key = scope.bind(double_key, "double_key")
    (first, one), (second, other) = scope.once(left), scope.once(right)
    code = f"{key}({one}) {symbol} {key}({other})"
    tests = [f"({name} is None)" for side, name in ((left, first), (right, second)) if not side.is_constant]
    if tests:
        differ = f"{one} is not {other}" if len(tests) == 2 else "True"
        code = f"({differ if is_distinct else False}) if {' | '.join(tests)} else {code}"
    return scope.folded(Fragment(f"({code})", BOOLEAN, False), left, right)


def _emit_between(node: Expression, scope: Scope) -> Fragment:
    """Two comparisons that the type checker has not seen, so that they are made between more types than others are."""
    value = scope.emit(node.this)
    first, name = scope.once(value)
    low = _bound(">=", value._replace(code=first), scope.emit(node.args["low"]), scope)
    high = _bound("<=", value._replace(code=name), scope.emit(node.args["high"]), scope)
    return scope.folded(Fragment(f"({low.code} and {high.code})", BOOLEAN, False), low, high)


def _bound(symbol: str, value: Fragment, bound: Fragment, scope: Scope) -> Fragment:
    """A comparison by ComparisonInterpreter's rules, in their order."""
    if value.type is None or bound.type is None:
        raise Tripped("a comparison with NULL")
    if may_compare(value.type, symbol, bound.type):
        return _compared(symbol, value, bound, scope)
    kinds = (base(value.type), base(bound.type))
    for target in ("DECIMAL", "TIMESTAMP", "DATE", "TIME"):
        if target in kinds:
            return _converted(symbol, value, bound, target, scope)
    if kinds[0] == "STRING":
        return _compared(symbol, value, cast(bound, STRING, scope), scope)
    for target in ("DOUBLE", "BIGINT", "INTEGER"):
        if target in kinds:
            return _converted(symbol, value, bound, target, scope)
    detail = "" if kinds[0] in ("BYTES", "STRING") else f": {_NAMES[symbol]}"
    raise KsqlError(f"Unsupported comparison between {value.type} and {bound.type}{detail}")


_NAMES = {">=": "GREATER_THAN_OR_EQUAL", "<=": "LESS_THAN_OR_EQUAL"}


def _converted(symbol: str, value: Fragment, bound: Fragment, target: str, scope: Scope) -> Fragment:
    """The comparison of what both sides are as ``target``.

    Raises:
        KsqlError: one of them cannot be that.
    """
    for side in (value, bound):
        assert side.type is not None
        if base(side.type) not in (target, "STRING") and not (target in _NUMBERS and is_numeric(side.type)):
            told = f"between {side.type} and DECIMAL" if target == "DECIMAL" else f"from {side.type} to {target}"
            raise KsqlError(f"Unsupported cast {told}")
    kind = next(side.type for side in (value, bound) if side.type is not None and base(side.type) == target)
    return _compared(symbol, _as(kind, value, scope), _as(kind, bound, scope), scope)


_NUMBERS = ("DECIMAL", "DOUBLE", "BIGINT", "INTEGER")


def _as(kind: SqlType, side: Fragment, scope: Scope) -> Fragment:
    if side.type != STRING:
        return side
    if not isinstance(kind, SqlDecimal):
        return cast(side, kind, scope)
    code = scope.unless_null([side], lambda code: f"{scope.bind(parse_number, 'parse_number')}({code})")
    return scope.folded(Fragment(code, kind, side.nullable), side)


# -- the rest ------------------------------------------------------------------------------------


def _emit_subscript(node: Expression, scope: Scope) -> Fragment:
    """An element of NULL fails; so does an index that is no INTEGER."""
    value, index = scope.emit(node.this), scope.emit(node.expressions[0])
    if isinstance(value.type, SqlArray) and index.type != INTEGER:
        return Fragment(f"{scope.bind(null_operand, 'null_operand')}('an index that is an INTEGER')", value.type.item)
    if isinstance(value.type, (SqlArray, SqlMap)) and value.nullable:
        first, name = scope.once(value)
        code = f"({name} if {first} is not None else {scope.bind(null_operand, 'null_operand')}('what has elements'))"
        value = value._replace(code=code, nullable=False)
    return access.subscript(node, value, index, scope)


INTERPRETERS: dict[type[Expression], Callable[[Expression, Scope], Fragment]] = {
    **EMITTERS,
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod), _emit_arithmetic),
    **dict.fromkeys((exp.Neg, nodes.Positive), _emit_sign),
    **dict.fromkeys((exp.And, exp.Or), _emit_logical),
    exp.Not: _emit_not,
    **dict.fromkeys((exp.Like, exp.Escape), _emit_like),
    **dict.fromkeys(OPERATORS, _emit_comparison),
    exp.NullSafeEQ: _emit_not_distinct,
    exp.Between: _emit_between,
    exp.Bracket: _emit_subscript,
}
"""Node of an expression -> what writes its code, where ksqlDB interprets it."""
