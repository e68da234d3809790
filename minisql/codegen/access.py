"""Columns, ``a[i]`` and ``s->f``."""

from __future__ import annotations

from typing import Any

from sqlglot.expressions import Expression

from minisql.codegen.errors import JavaError
from minisql.codegen.scope import Fragment, Scope
from minisql.dialect import text
from minisql.errors import KsqlError
from minisql.types import BIGINT, INTEGER, SqlArray, SqlMap, SqlStruct


def emit_column(node: Expression, scope: Scope) -> Fragment:
    """A column, or a variable of a lambda."""
    found = None if node.args.get("table") else scope.columns.get(node.this.this)
    if found is None:
        raise KsqlError(f"Unknown column {text(node)}.", line=node.meta.get("line"), column=node.meta.get("column"))
    return found


def emit_dereference(node: Expression, scope: Scope) -> Fragment:
    """``s->f``: NULL when the struct is."""
    value, name = scope.emit(node.this), node.expression.this
    if not isinstance(value.type, SqlStruct):
        raise JavaError(f"Expected STRUCT type, got: {'null' if value.type is None else value.type}")
    kind = value.type.field(name)
    if kind is None:
        raise KsqlError(f"Could not find field '{name}' in '{text(node.this)}'.")
    code = scope.unless_null([value], lambda code: f"{code}[{name!r}]")
    return scope.folded(Fragment(code, kind), value)


def emit_subscript(node: Expression, scope: Scope) -> Fragment:
    """``a[i]``: an element of an array, counted from one or from the end, or the value of a key in a map."""
    value = scope.emit(node.this)
    # ksqlDB's type checker does not look at what is in the brackets.
    index = Fragment("0", INTEGER, False) if scope.types_only else scope.emit(node.expressions[0])
    return subscript(node, value, index, scope)


def subscript(node: Expression, value: Fragment, index: Fragment, scope: Scope) -> Fragment:
    """What ``node`` takes out of ``value``."""
    if isinstance(value.type, SqlMap):
        return _entry(value, value.type, index, scope)
    if isinstance(value.type, SqlArray):
        return _element(value, value.type, index, scope)
    hint = ""
    if isinstance(value.type, SqlStruct):
        hint = f" Use the dereference operator for STRUCTS: {text(node.this)}->{text(node.expressions[0])}"
    kind = "null" if value.type is None else value.type
    raise JavaError(f"Subscript expression ({text(node)}) do not apply to {kind}.{hint}")


def _entry(value: Fragment, kind: SqlMap, index: Fragment, scope: Scope) -> Fragment:
    if index.type is not None and index.type != kind.key:
        # Java's map finds no key of another class.
        return Fragment(f"({value.code}, {index.code}, None)[2]", kind.value)
    code = scope.unless_null([value], lambda code: f"{code}.get({index.code})")
    return scope.folded(Fragment(code, kind.value), value, index)


def _element(value: Fragment, kind: SqlArray, index: Fragment, scope: Scope) -> Fragment:
    if scope.types_only:
        return Fragment("", kind.item)
    if index.type not in (INTEGER, BIGINT):
        raise KsqlError(f"Array subscript must be INTEGER, but is {'null' if index.type is None else index.type}")
    if value.is_null:
        return scope.constant(None, kind.item)
    if isinstance(index.constant, int) and index.constant > 0:
        at = index.constant
        if value.nullable:
            first, name = scope.once(value)
            code = f"({name}[{at - 1}] if {first} is not None and len({name}) >= {at} else None)"
        else:
            first, name = scope.once(value)
            code = f"({name}[{at - 1}] if len({first}) >= {at} else None)"
    else:
        code = scope.unless_null([value], lambda code: f"{scope.bind(element, 'element')}({code}, {index.code})")
    return scope.folded(Fragment(code, kind.item), value, index)


def element(items: list[Any], index: int) -> Any:
    """The element at a place counted from one, or from the end if negative; None outside the list."""
    at = index - 1 if index >= 0 else len(items) + index
    return items[at] if 0 <= at < len(items) else None
