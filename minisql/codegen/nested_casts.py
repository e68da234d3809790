"""CAST of ARRAY, MAP and STRUCT."""

from __future__ import annotations

from collections.abc import Callable

from minisql.codegen.casts import Write, cast
from minisql.codegen.scope import Fragment, Scope
from minisql.codegen.texts import nested_writer
from minisql.errors import KsqlError
from minisql.types import SqlArray, SqlMap, SqlStruct, SqlType


def nested_to_text(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    """To STRING."""
    return f"{scope.bind(nested_writer(given), 'text')}({code})"


def nested_to_nested(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    """From one nested type to another of its kind.

    Raises:
        KsqlError: what is inside cannot be cast; the refusal names the whole types.
    """
    try:
        return _WRITERS[type(given)](code, given, kind, scope)
    except KsqlError as error:
        raise KsqlError(f"Cast of {given} to {kind} is not supported") from error


def _inner(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    return cast(Fragment(code, given), kind, scope).code


def taking(code: str, write: Callable[[str], str], scope: Scope) -> str:
    """A comprehension over ``code``, where Python allows no walrus: such code is an argument."""
    if ":=" not in code:
        return write(code)
    name = scope.bindings.fresh("given")
    return f"(lambda {name}: {write(name)})({code})"


def array_writer(inner: Write) -> Write:
    """From ARRAY to ARRAY; ``inner`` writes the cast of an item."""

    def write(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
        assert isinstance(given, SqlArray)
        assert isinstance(kind, SqlArray)
        item = scope.bindings.fresh("item")
        made = inner(item, given.item, kind.item, scope)
        return taking(code, lambda items: f"[{made} for {item} in {items}]", scope)

    return write


def map_writer(inner: Write) -> Write:
    """From MAP to MAP; ``inner`` writes the cast of a key or a value."""

    def write(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
        assert isinstance(given, SqlMap)
        assert isinstance(kind, SqlMap)
        key, item = scope.bindings.fresh("key"), scope.bindings.fresh("item")
        pair = f"{inner(key, given.key, kind.key, scope)}: {inner(item, given.value, kind.value, scope)}"
        return taking(code, lambda entries: f"{{{pair} for {key}, {item} in {entries}.items()}}", scope)

    return write


def _struct(code: str, given: SqlType, kind: SqlType, scope: Scope) -> str:
    """Fields that only the wanted type has are NULL."""
    assert isinstance(given, SqlStruct)
    assert isinstance(kind, SqlStruct)
    value = scope.bindings.fresh("struct")
    parts = []
    for name, wanted in kind.fields:
        had = given.field(name)
        part = "None" if had is None else _inner(f"{value}[{name!r}]", had, wanted, scope)
        parts.append(f"{name!r}: {part}")
    return f"(lambda {value}: {{{', '.join(parts)}}})({code})"


_WRITERS: dict[type[SqlType], Write] = {SqlArray: array_writer(_inner), SqlMap: map_writer(_inner), SqlStruct: _struct}
