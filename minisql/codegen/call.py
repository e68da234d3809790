"""Calls of scalar functions, and their lambdas."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen.casts import cast
from minisql.codegen.errors import null_operand
from minisql.codegen.inline import inlined
from minisql.codegen.scope import Fragment, Scope
from minisql.dialect import text
from minisql.errors import KsqlError
from minisql.functions.function import RowCall
from minisql.types import SqlLambda, SqlType


def emit_call(node: Expression, scope: Scope) -> Fragment:
    """``f(a, b)``."""
    return _call(node.this, [item for item in node.expressions if not isinstance(item, exp.Star)], scope)


def emit_concatenation(node: Expression, scope: Scope) -> Fragment:
    """``a || b``: CONCAT, which leaves NULL out, where ksqlDB interprets it; its compiler looks for ``concat``, and fails."""
    if not scope.interpreted and not scope.types_only:
        raise KsqlError("Cannot get name for `concat` 0 times", hint="Write CONCAT(a, b), or a + b.")
    return _call("CONCAT", [node.this, node.expression], scope)


def emit_lambda(node: Expression, scope: Scope) -> Fragment:
    """A lambda in a place that takes none."""
    raise KsqlError("A lambda can only be an argument of a function that takes it.")


def table_call(name: str, nodes: Sequence[Expression], given: Sequence[Fragment], scope: Scope) -> Fragment:
    """A call of a table function; the type is that of an element of its result. Arguments that fail are NULL."""
    arguments = [scope.recovered(fragment, text(node)) for node, fragment in zip(nodes, given, strict=True)]
    return _written(scope.functions.table_function(name, [each.type for each in arguments]), name, nodes, arguments, scope)


def _call(name: str, nodes: Sequence[Expression], scope: Scope) -> Fragment:
    arguments = _arguments(name, nodes, scope)
    call = scope.functions.scalar(name, [argument.type for argument in arguments], scope.config)
    return Fragment("", call.returns) if scope.types_only else _written(call, name, nodes, arguments, scope)


def _written(call: RowCall, name: str, nodes: Sequence[Expression], arguments: Sequence[Fragment], scope: Scope) -> Fragment:
    operands = [
        _operand(node, argument, wanted, scope) for node, argument, wanted in zip(nodes, arguments, call.casts, strict=True)
    ]
    absent: list[str] = []
    operands = [
        _not_null(operand, absent, scope) if parameter.required and operand.nullable else operand
        for parameter, operand in zip(call.parameters, operands, strict=True)
    ]

    nullable = call.nulls == "propagate" and any(operand.nullable for operand in operands)

    def write(*codes: str) -> str:
        nonlocal nullable
        code, may_be_none = inlined(call.function, codes, scope.bindings)
        nullable = nullable or may_be_none
        return code

    code = scope.unless_null(operands, write) if call.nulls == "propagate" else write(*(operand.code for operand in operands))
    if absent:
        fail = f"{scope.bind(null_operand, 'null_operand')}({f'an argument of {name}'!r})"
        code = f"({fail} if {' or '.join(absent)} else {code})"
    return Fragment(code, call.returns, nullable)


def _operand(node: Expression, argument: Fragment, wanted: SqlType | None, scope: Scope) -> Fragment:
    """The argument as the function's parameter takes it; a cast, call or field that fails is NULL on its own."""
    if wanted is not None:
        argument = scope.recovered(cast(argument, wanted, scope), str(wanted))
    if isinstance(node, exp.Anonymous):
        return scope.recovered(argument, node.this)
    if isinstance(node, exp.DPipe):
        return scope.recovered(argument, "CONCAT")
    return scope.recovered(argument, node.expression.this) if isinstance(node, exp.Dot) else argument


def _not_null(operand: Fragment, absent: list[str], scope: Scope) -> Fragment:
    """The operand behind a test that it is None."""
    first, again = scope.once(operand)
    absent.append(f"{first} is None")
    return operand._replace(code=again, nullable=False)


# -- lambdas -------------------------------------------------------------------------------------


def _arguments(name: str, nodes: Sequence[Expression], scope: Scope) -> list[Fragment]:
    """The arguments; the parameters of lambdas get their types from the arguments before them."""
    found = [_unresolved(node) if isinstance(node, exp.Lambda) else scope.emit(node) for node in nodes]
    waiting = [index for index, node in enumerate(nodes) if isinstance(node, exp.Lambda)]
    while waiting:
        known = scope.functions.lambda_inputs(name, [fragment.type for fragment in found])
        ready = [index for index in waiting if index in known]
        if not ready:
            raise KsqlError(f"Could not resolve the types of the lambda arguments of {name}.")
        found[ready[0]] = _lambda(nodes[ready[0]], known[ready[0]], scope)
        waiting.remove(ready[0])
        if not waiting:
            scope.functions.lambda_inputs(name, [fragment.type for fragment in found])
    return found


def _unresolved(node: Expression) -> Fragment:
    return Fragment("", SqlLambda((None,) * len(node.expressions), None), False)


def _lambda(node: Expression, inputs: tuple[SqlType, ...], scope: Scope) -> Fragment:
    names = [parameter.this for parameter in node.expressions]
    for name, kind in zip(names, inputs, strict=True):
        # A lambda within another may use the name of a variable again only for the same type.
        outer = scope.variables.get(name, kind)
        if outer != kind:
            raise KsqlError(f"Could not map type {kind} to lambda variable {name}, {name} was already mapped to {outer}")
    variables = {name: Fragment(scope.bindings.fresh("x"), kind) for name, kind in zip(names, inputs, strict=True)}
    body = scope.with_variables(variables).emit(node.this)
    parameters = ", ".join(variable.code for variable in variables.values())
    return Fragment(f"(lambda {parameters}: {body.code})", SqlLambda(inputs, body.type), False)
