"""Expressions to Python: the table of what writes which, and the ways in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.causes import with_causes
from minisql.codegen.call import table_call
from minisql.codegen.errors import DetailedError, JavaError, Tripped
from minisql.codegen.literals import literal_value
from minisql.codegen.scope import NULL, VARIABLE, Fragment, Scope
from minisql.deferred import Deferred
from minisql.dialect import nodes, text
from minisql.dialect.places import placed
from minisql.errors import SERVER_ERROR, BareError, KsqlError, UnsupportedError
from minisql.source import Bindings
from minisql.types import BOOLEAN, SqlType

if TYPE_CHECKING:
    from minisql.functions.registry import FunctionRegistry

__all__ = [
    "EMITTERS",
    "NULL",
    "VARIABLE",
    "Fragment",
    "Scope",
    "emit",
    "emit_predicate",
    "emit_table_function",
    "emit_value",
    "compiled_value",
    "evaluate",
    "type_of",
]


def _emit_time_zone(node: Expression, scope: Scope) -> Fragment:
    """ksqlDB's grammar has AT TIME ZONE, its tree has not: building it fails with this text."""
    raise KsqlError("not yet implemented")


PREDICATE, TABLE_FUNCTION, NEW_KEY = "Predicate", "Table function", "SelectKey"

BUILT = frozenset((PREDICATE, TABLE_FUNCTION, NEW_KEY))
"""What ksqlDB compiles when it builds a query; what else it compiles, it needs for the schema of the plan."""

EMITTERS: dict[type[Expression], Callable[[Expression, Scope], Fragment]] = {
    exp.Column: Deferred("codegen.access.emit_column"),
    exp.Literal: Deferred("codegen.literals.emit_literal"),
    exp.Boolean: Deferred("codegen.literals.emit_boolean"),
    exp.Null: Deferred("codegen.literals.emit_null"),
    nodes.TypedLiteral: Deferred("codegen.literals.emit_typed_literal"),
    nodes.IntervalUnit: Deferred("codegen.literals.emit_interval_unit"),
    nodes.Variable: Deferred("codegen.literals.emit_variable"),
    exp.Add: Deferred("codegen.arithmetic.emit_arithmetic"),
    exp.Sub: Deferred("codegen.arithmetic.emit_arithmetic"),
    exp.Mul: Deferred("codegen.arithmetic.emit_arithmetic"),
    exp.Div: Deferred("codegen.arithmetic.emit_arithmetic"),
    exp.Mod: Deferred("codegen.arithmetic.emit_arithmetic"),
    exp.Neg: Deferred("codegen.arithmetic.emit_negative"),
    nodes.Positive: Deferred("codegen.arithmetic.emit_positive"),
    exp.DPipe: Deferred("codegen.call.emit_concatenation"),
    exp.EQ: Deferred("codegen.comparison.emit_comparison"),
    exp.NEQ: Deferred("codegen.comparison.emit_comparison"),
    exp.LT: Deferred("codegen.comparison.emit_comparison"),
    exp.LTE: Deferred("codegen.comparison.emit_comparison"),
    exp.GT: Deferred("codegen.comparison.emit_comparison"),
    exp.GTE: Deferred("codegen.comparison.emit_comparison"),
    exp.NullSafeNEQ: Deferred("codegen.comparison.emit_comparison"),
    exp.NullSafeEQ: Deferred("codegen.comparison.emit_not_distinct"),
    exp.And: Deferred("codegen.logic.emit_logical"),
    exp.Or: Deferred("codegen.logic.emit_logical"),
    exp.Not: Deferred("codegen.logic.emit_not"),
    exp.Is: Deferred("codegen.logic.emit_is_null"),
    exp.Between: Deferred("codegen.matching.emit_between"),
    exp.In: Deferred("codegen.matching.emit_in"),
    exp.Like: Deferred("codegen.matching.emit_like"),
    exp.Escape: Deferred("codegen.matching.emit_like_escape"),
    exp.Case: Deferred("codegen.logic.emit_case"),
    exp.Cast: Deferred("codegen.casts.emit_cast"),
    exp.Anonymous: Deferred("codegen.call.emit_call"),
    exp.Lambda: Deferred("codegen.call.emit_lambda"),
    exp.Bracket: Deferred("codegen.access.emit_subscript"),
    exp.Dot: Deferred("codegen.access.emit_dereference"),
    exp.Array: Deferred("codegen.constructors.emit_array"),
    nodes.MapConstructor: Deferred("codegen.constructors.emit_map"),
    nodes.StructConstructor: Deferred("codegen.constructors.emit_struct"),
    exp.AtTimeZone: _emit_time_zone,
}
"""Node of an expression -> what writes its code."""


def emit(node: Expression, scope: Scope) -> Fragment:
    """The code of an expression.

    Raises:
        KsqlError: unknown columns or functions, or types that do not go together; it knows the place of the innermost
            expression that has one.
        UnsupportedError: a node that is no expression.
    """
    write = (_interpreters() if scope.interpreted else EMITTERS).get(type(node))
    if write is None:
        raise UnsupportedError(f"{type(node).__name__} as an expression")
    try:
        return write(node, scope)
    except KsqlError as error:
        placed(error, node)
        raise


@cache
def _interpreters() -> Mapping[type[Expression], Callable[[Expression, Scope], Fragment]]:
    from minisql.codegen.interpreted import INTERPRETERS  # it knows this module, and only pull queries need it

    return INTERPRETERS


def emit_value(node: Expression, scope: Scope, what: str) -> Fragment:
    """The code of an expression that becomes a value of a row.

    Args:
        what: ksqlDB's word for it in messages: "Select", "Group By", "SelectKey".

    Raises:
        KsqlError: it cannot be compiled, or is NULL without a type.
    """
    with _compiling(what, node, scope):
        fragment = emit(node, scope)
        if fragment.type is None:
            raise KsqlError("NULL expression not supported")
        return fragment


def emit_predicate(node: Expression, scope: Scope) -> Fragment:
    """Code that is truthy only when the expression is TRUE, and None when it is NULL.

    Raises:
        KsqlError: it cannot be compiled, or is not BOOLEAN.
    """
    with _compiling(PREDICATE, node, scope):
        fragment = emit(node, scope.of_predicate())
        if fragment.type != BOOLEAN:
            raise KsqlError(f"Should evaluate to boolean but is ({fragment.type}) instead")
        return fragment


@contextmanager
def _compiling(what: str, node: Expression, scope: Scope) -> Iterator[None]:
    """What goes wrong is told in the words of ksqlDB's compiler."""
    try:
        yield
    except (BareError, UnsupportedError):
        raise
    except Tripped as trip:
        message = f"Unexpected error generating code for expression: {text(node)}"
        raise KsqlError(message, line=trip.line, column=trip.column, hint=trip.message) from trip
    except KsqlError as found:
        from minisql.codegen.refusals import first_refusal  # most expressions are right

        error = found if scope.interpreted else first_refusal(node, scope) or found
        about, what = text(node), "expression" if scope.interpreted else what
        raised = BareError if what in BUILT else KsqlError
        if isinstance(error, JavaError):
            raise _unexpected(f"{what}: {about}" if scope.interpreted else what, error) from error
        told = error.brief if isinstance(error, DetailedError) else error.message
        message = f"Invalid {what}: {told}. expression: {about}, schema:{scope.schema_text()}"
        raise raised(message, error.error_code, about, line=error.line, column=error.column, hint=error.hint) from error


def _unexpected(what: str, error: KsqlError) -> KsqlError:
    message = f"Unexpected error generating code for {what}"
    return BareError(with_causes(message, error.message), SERVER_ERROR) if what in BUILT else JavaError(message)


def emit_table_function(name: str, arguments: Sequence[Expression], scope: Scope) -> Fragment:
    """The code of a call of a table function: a list, or None; the type is that of the list's elements.

    Raises:
        KsqlError: no such function, or none for these arguments.
    """
    fragments = []
    for node in arguments:
        with _compiling(TABLE_FUNCTION, node, scope):
            fragments.append(emit(node, scope))
    return table_call(name, arguments, fragments, scope)


def type_of(
    node: Expression, columns: Mapping[str, SqlType], functions: FunctionRegistry, types: Mapping[str, SqlType]
) -> SqlType | None:
    """The type of an expression over columns of these types; None for NULL.

    It finds what ksqlDB's type checker finds; a cast that does not exist, or an odd operand of NOT, is
    an error of `emit` only.

    Raises:
        KsqlError: unknown columns or functions, or types that do not go together.
    """
    fragments = {name: Fragment("x", kind) for name, kind in columns.items()}
    return emit(node, Scope(fragments, functions, Bindings(), types, types_only=True)).type


def evaluate(
    node: Expression, functions: FunctionRegistry, types: Mapping[str, SqlType], *, interpreted: bool = False
) -> tuple[Any, SqlType | None]:
    """The value and type of an expression without columns; ``interpreted`` as for a Scope.

    Raises:
        KsqlError: it cannot be typed, or its evaluation fails.
    """
    value, kind = compiled_value(node, functions, types, interpreted=interpreted)
    try:
        return value(), kind
    except KsqlError:
        raise
    except Exception as error:
        raise KsqlError(str(error)) from error


def compiled_value(
    node: Expression, functions: FunctionRegistry, types: Mapping[str, SqlType], *, interpreted: bool = False
) -> tuple[Callable[[], Any], SqlType | None]:
    """What gives the value of an expression without columns, and the type of the value.

    Raises:
        KsqlError: it cannot be typed.
    """
    if isinstance(node, exp.Literal):
        constant, kind = literal_value(node)
        return lambda: constant, kind
    bindings = Bindings()
    fragment = emit(node, Scope({}, functions, bindings, types, interpreted=interpreted))
    if fragment.is_constant:
        return lambda: fragment.constant, fragment.type
    return lambda: eval(fragment.code, dict(bindings.names)), fragment.type
