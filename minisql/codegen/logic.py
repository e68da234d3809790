"""AND, OR, NOT, IS NULL and CASE.

ksqlDB has Java's two-valued logic: NOT (NULL = 1) is TRUE. A BOOLEAN column that is NULL fails as an operand.
"""

from __future__ import annotations

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen.errors import JavaError, null_operand
from minisql.codegen.scope import Fragment, Scope
from minisql.dialect import nodes, text
from minisql.errors import KsqlError
from minisql.types import BIGINT, BOOLEAN, DOUBLE, INTEGER, SqlType


def emit_logical(node: Expression, scope: Scope) -> Fragment:
    """``left AND right``, ``left OR right``; a chain of one of them is written flat, for Python nests only so deep."""
    operands = [scope.emit(operand) for operand in chain(node)]
    if scope.types_only:
        # ksqlDB's type checker takes the type of the right side for the whole.
        return Fragment("", operands[-1].type)
    left, right = operands[0], next((each for each in operands[1:] if each.type != BOOLEAN), operands[-1])
    if left.type != BOOLEAN or right.type != BOOLEAN:
        raise KsqlError(refusal(left.type, right.type))
    word = " and " if isinstance(node, exp.And) else " or "
    code = f"({word.join(condition(operand, scope) for operand in operands)})"
    return scope.folded(Fragment(code, BOOLEAN, False), *operands)


def refusal(left: SqlType | None, right: SqlType | None) -> str:
    """Why AND or OR does not take operands of these types."""
    return f"Logical binary expects two boolean values.  Actual {left} and {right}"


def chain(node: Expression) -> list[Expression]:
    """The operands of ``((a AND b) AND c) AND d``."""
    found: list[Expression] = []
    left: Expression = node
    while type(left) is type(node):
        found.append(left.expression)
        left = left.this
    return [left, *reversed(found)]


def condition(value: Fragment, scope: Scope) -> str:
    """Code of a BOOLEAN that fails when it is NULL."""
    if not value.nullable:
        return value.code
    first, name = scope.once(value)
    return f"({name} if {first} is not None else {scope.bind(null_operand, 'null_operand')}('operand'))"


def emit_not(node: Expression, scope: Scope) -> Fragment:
    """``NOT x``."""
    if scope.types_only:
        return Fragment("", BOOLEAN, False)
    value = scope.emit(node.this)
    if value.type != BOOLEAN:
        raise KsqlError(f"Not expression expects a boolean value.  Actual {value.type}")
    return scope.folded(Fragment(f"(not {condition(value, scope)})", BOOLEAN, False), value)


def emit_is_null(node: Expression, scope: Scope) -> Fragment:
    """``x IS NULL``."""
    if scope.types_only:
        return Fragment("", BOOLEAN, False)
    value = scope.emit(node.this)
    if not scope.interpreted and value.type in JAVA and isinstance(node.this, _PRIMITIVE):
        raise KsqlError(f'Cannot compare primitive type "{JAVA[value.type]}" with "null"', hint="It is never NULL.")
    if value.is_constant:
        return scope.constant(value.constant is None, BOOLEAN)
    # what is never None may be a number or text in the code, of which Python warns
    code = value.code if value.nullable else f"({scope.temporary()} := {value.code})"
    return Fragment(f"({code} is None)", BOOLEAN, False)


JAVA: dict[SqlType | None, str] = {BOOLEAN: "boolean", INTEGER: "int", BIGINT: "long", DOUBLE: "double"}
"""Java's names of the types that it has without objects."""

_PRIMITIVE = (
    *(exp.Literal, exp.Boolean, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Neg, nodes.Positive),
    *(exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ, exp.NullSafeNEQ),
    *(exp.And, exp.Or, exp.Not, exp.Is, exp.Like, exp.Escape, exp.In, exp.Between),
)
"""Expressions for which ksqlDB writes code that gives no object: Java compares none with null."""


# -- CASE ----------------------------------------------------------------------------------------


def emit_case(node: Expression, scope: Scope) -> Fragment:
    """``CASE WHEN ... THEN ... ELSE ... END``; only the branch that is taken is evaluated."""
    if node.args.get("this") is not None:
        raise JavaError(
            "not yet implemented: io.confluent.ksql.execution.util.ExpressionTypeManager$Visitor.visitSimpleCaseExpression"
        )
    branches: list[tuple[Expression, Fragment, Fragment]] = []
    for branch in node.args["ifs"]:
        when = scope.emit(branch.this)
        _check_operand(branch, when)
        branches.append((branch, when, scope.emit(branch.args["true"])))
    otherwise = node.args.get("default")
    default = None if otherwise is None else scope.emit(otherwise)
    kind = _case_type(branches, default)
    results = [then for _, _, then in branches]
    written = [f"{then.code} if {condition(when, scope)} else " for _, when, then in branches]
    code = f"({''.join(written)}{'None' if default is None else default.code})"
    nullable = default is None or default.nullable or any(result.nullable for result in results)
    return Fragment(code, kind, nullable)


def _check_operand(branch: Expression, when: Fragment) -> None:
    if when.type != BOOLEAN:
        shown = "null" if when.type is None else when.type
        refusal_of = JavaError if when.type is None else KsqlError
        raise refusal_of(f"WHEN operand type should be boolean.\nType for '{text(branch.this)}' is {shown}")


def _case_type(branches: list[tuple[Expression, Fragment, Fragment]], default: Fragment | None) -> SqlType:
    found: SqlType | None = None
    for branch, _, then in branches:
        if then.type is None or then.type == found:
            continue
        if found is not None:
            raise KsqlError(
                "Invalid Case expression. Type for all 'THEN' clauses should be the same."
                f"\nTHEN expression '{text(branch)}' has type: {then.type}."
                f"\nPrevious THEN expression(s) type: {found}."
            )
        found = then.type
    other = None if default is None else default.type
    if found is not None and other is not None and found != other:
        raise KsqlError(
            "Invalid Case expression. Type for the default clause should be the same as for 'THEN' clauses."
            f"\nTHEN type: {found}.\nDEFAULT type: {other}."
        )
    if found is None and other is None:
        raise KsqlError("Invalid Case expression. All case branches have NULL type")
    return found or other  # type: ignore[return-value]
