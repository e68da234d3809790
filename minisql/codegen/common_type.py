"""Lists that the user writes: ARRAY[...], MAP(...), IN (...). Their elements come to one type (ksqlDB's CoercionUtil).

The first element that is not NULL sets the kind of type; later ones may widen it. Literals are converted when
they are written, other expressions are cast.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen import decimals
from minisql.codegen.casts import cast
from minisql.codegen.coercion import CoercionError, can_coerce, coerce_literal
from minisql.codegen.datatypes import struct_of
from minisql.codegen.literals import decimal_type, is_literal
from minisql.codegen.parsing import parse_number
from minisql.codegen.scope import Fragment, Scope
from minisql.dialect import nodes, text
from minisql.errors import KsqlError
from minisql.functions.parameter_types import base
from minisql.types import (
    BIGINT,
    BIGINT_MAX,
    BIGINT_MIN,
    BOOLEAN,
    DOUBLE,
    INT_MAX,
    INT_MIN,
    INTEGER,
    STRING,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
    is_numeric,
)


class _Mismatch(KsqlError):
    """Types of a list that do not go together."""


class Element(NamedTuple):
    """An element and what it compiles to."""

    node: Expression
    fragment: Fragment


def common(listed: Sequence[Expression], scope: Scope) -> tuple[SqlType | None, list[Fragment]]:
    """The common type of expressions (None when all are NULL), and they themselves as values of it.

    Raises:
        KsqlError: there is none.
    """
    elements = _elements(listed, scope)
    try:
        kind = _common_type(None, elements, scope)
    except _Mismatch as error:
        raise KsqlError(error.message) from None
    if kind is None:
        return None, [element.fragment for element in elements]
    return kind, [_converted(element, kind, scope) for element in elements]


def _converted(element: Element, kind: SqlType, scope: Scope) -> Fragment:
    fragment = element.fragment
    if fragment.type is None or fragment.type == kind:
        return fragment._replace(type=kind)
    if is_literal(element.node):
        return scope.constant(coerce_literal(fragment.constant, fragment.type, kind), kind)
    return scope.recovered(cast(fragment, kind, scope), str(kind))


def _common_type(first: SqlType | None, elements: Sequence[Element], scope: Scope) -> SqlType | None:
    kind = first
    for element in elements:
        if kind is None:
            kind = element.fragment.type
        elif element.fragment.type is not None:
            kind = _widened(kind, element, scope)
    return kind


def _widened(kind: SqlType, element: Element, scope: Scope) -> SqlType:
    node = element.node
    if isinstance(node, exp.Array):
        return _within(kind, element, scope)
    if isinstance(node, (nodes.MapConstructor, nodes.StructConstructor)):
        return _within(kind, element, scope)
    if isinstance(node, exp.Literal) and node.args.get("is_string"):
        if is_numeric(kind):
            return _number_type(node.this, kind)
        if kind == BOOLEAN:
            _check_boolean(node.this)
            return kind
    return _simple(kind, element)


def _simple(kind: SqlType, element: Element) -> SqlType:
    given = element.fragment.type
    assert given is not None
    lax = is_literal(element.node)
    found = can_coerce(given, kind, lax) or can_coerce(kind, given, lax)
    if found is None:
        raise _mismatch(kind, element)
    return found


def _mismatch(kind: SqlType, element: Element) -> _Mismatch:
    return _Mismatch(
        f"operator does not exist: {kind} = {element.fragment.type} ({text(element.node)})"
        "\nHint: You might need to add explicit type casts."
    )


def _invalid(value: str, kind: SqlType) -> KsqlError:
    return KsqlError(f'invalid input syntax for type {base(kind)}: "{value}".')


def _check_boolean(value: str) -> None:
    try:
        coerce_literal(value, STRING, BOOLEAN)
    except CoercionError as error:
        raise _invalid(value, BOOLEAN) from error


# -- strings among numbers -----------------------------------------------------------------------


def _number_type(value: str, kind: SqlType) -> SqlType:
    """The type of numbers once a string literal joins them."""
    try:
        given = _type_of_text(value)
    except ValueError as error:
        raise _invalid(value, kind) from error
    if DOUBLE in (given, kind):
        return DOUBLE
    if isinstance(given, SqlDecimal) or isinstance(kind, SqlDecimal):
        return decimals.widen(given, kind)
    return BIGINT if BIGINT in (given, kind) else kind


def _type_of_text(value: str) -> SqlType:
    number = parse_number(value.strip())
    if not any(char in value for char in ".eE"):
        whole = int(number)
        # The greatest number of each type is taken for one of the next type, as ksqlDB's test has it.
        if INT_MIN < whole < INT_MAX:
            return INTEGER
        if BIGINT_MIN < whole < BIGINT_MAX:
            return BIGINT
    return decimal_type(number)


# -- nested lists --------------------------------------------------------------------------------


def _within(kind: SqlType, element: Element, scope: Scope) -> SqlType:
    """The common type of a constructor and the type before it, found element by element."""
    try:
        found = _WIDENERS[type(element.node)](kind, element.node, scope)
    except _Mismatch as error:
        raise _mismatch(kind, element) from error
    if found is None:
        raise _mismatch(kind, element)
    return found


def _elements(listed: Sequence[Expression], scope: Scope) -> list[Element]:
    return [Element(node, scope.emit(node)) for node in listed]


def _array(kind: SqlType, node: Expression, scope: Scope) -> SqlType | None:
    if not isinstance(kind, SqlArray):
        return None
    item = _common_type(kind.item, _elements(node.expressions, scope), scope)
    return None if item is None else SqlArray(item)


def _map(kind: SqlType, node: Expression, scope: Scope) -> SqlType | None:
    if not isinstance(kind, SqlMap):
        return None
    key = _common_type(kind.key, _elements([entry.this for entry in node.expressions], scope), scope)
    value = _common_type(kind.value, _elements([entry.expression for entry in node.expressions], scope), scope)
    return None if key is None or value is None else SqlMap(key, value)


def _struct(kind: SqlType, node: Expression, scope: Scope) -> SqlType | None:
    """All fields of both, those of the constructor first."""
    if not isinstance(kind, SqlStruct):
        return None
    fields: list[tuple[str, SqlType]] = []
    for field in node.expressions:
        element = Element(field.expression, scope.emit(field.expression))
        wanted = kind.field(field.this.this)
        found = element.fragment.type if wanted is None else _common_type(wanted, [element], scope)
        assert found is not None, "a field of a struct has a type"
        fields.append((field.this.this, found))
    named = {name for name, _ in fields}
    return struct_of(fields + [(name, inner) for name, inner in kind.fields if name not in named])


_WIDENERS = {exp.Array: _array, nodes.MapConstructor: _map, nodes.StructConstructor: _struct}
