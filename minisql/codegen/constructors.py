"""ARRAY[...], MAP(...) and STRUCT(...). An element that fails becomes NULL on its own."""

from __future__ import annotations

from sqlglot.expressions import Expression

from minisql.codegen.common_type import common
from minisql.codegen.datatypes import struct_of
from minisql.codegen.errors import JavaError
from minisql.codegen.scope import Fragment, Scope
from minisql.errors import KsqlError
from minisql.types import SqlArray, SqlMap, SqlType

_ISSUE = "(see https://github.com/confluentinc/ksql/issues/4239)."


def emit_array(node: Expression, scope: Scope) -> Fragment:
    """``ARRAY[a, b, ...]``."""
    if not node.expressions:
        raise KsqlError(f"Array constructor cannot be empty. Please supply at least one element {_ISSUE}")
    kind, items = _typed(node.expressions, "an array", "elements", "value", scope)
    code = ", ".join(scope.recovered(item, "array item").code for item in items)
    return Fragment(f"[{code}]", SqlArray(kind), False)


def emit_map(node: Expression, scope: Scope) -> Fragment:
    """``MAP(key := value, ...)``."""
    if not node.expressions:
        raise KsqlError(f"Map constructor cannot be empty. Please supply at least one key value pair {_ISSUE}")
    key_kind, keys = _typed([entry.this for entry in node.expressions], "a map", "keys", "key", scope)
    kind, values = _typed([entry.expression for entry in node.expressions], "a map", "values", "value", scope)
    pairs = (
        f"{scope.recovered(key, 'map key').code}: {scope.recovered(value, 'map value').code}"
        for key, value in zip(keys, values, strict=True)
    )
    return Fragment(f"{{{', '.join(pairs)}}}", SqlMap(key_kind, kind), False)


def _typed(listed: list[Expression], what: str, parts: str, one: str, scope: Scope) -> tuple[SqlType, list[Fragment]]:
    kind, items = common(listed, scope)
    if kind is None:
        raise KsqlError(
            f"Cannot construct {what} with all NULL {parts} {_ISSUE} "
            f"As a workaround, you may cast a NULL {one} to the desired type."
        )
    return kind, items


def emit_struct(node: Expression, scope: Scope) -> Fragment:
    """``STRUCT(name := value, ...)``."""
    fields: list[tuple[str, SqlType]] = []
    parts = []
    for field in node.expressions:
        name, value = field.this.this, scope.emit(field.expression)
        if value.type is None:
            raise JavaError(f"Field {name} of a STRUCT needs a type: NULL has none. You may cast it to the desired type.")
        fields.append((name, value.type))
        parts.append(f"{name!r}: {scope.recovered(value, 'struct field').code}")
    return Fragment(f"{{{', '.join(parts)}}}", struct_of(fields), False)
