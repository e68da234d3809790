"""BETWEEN, IN and LIKE."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen.common_type import common
from minisql.codegen.comparison import compared
from minisql.codegen.equality import equality_of, is_plain
from minisql.codegen.errors import JavaError, nameless, null_operand
from minisql.codegen.scope import Fragment, Scope
from minisql.errors import KsqlError
from minisql.types import BIGINT, BOOLEAN, DOUBLE, INTEGER, STRING, SqlDecimal

_TESTED = Fragment("", BOOLEAN, False)


def emit_between(node: Expression, scope: Scope) -> Fragment:
    """``x BETWEEN low AND high``: two comparisons."""
    if scope.types_only:
        return _TESTED
    call = node.this.find(exp.Anonymous)
    if call is not None:
        raise nameless(call.this, 1)
    value = scope.emit(node.this)
    low, high = scope.emit(node.args["low"]), scope.emit(node.args["high"])
    first, name = scope.once(value)
    one = compared(exp.GTE(this=node.this, expression=node.args["low"]), value._replace(code=first), low, scope)
    other = compared(exp.LTE(this=node.this, expression=node.args["high"]), value._replace(code=name), high, scope)
    return scope.folded(Fragment(f"({one.code} and {other.code})", BOOLEAN, False), one, other)


# -- IN ------------------------------------------------------------------------------------------


def emit_in(node: Expression, scope: Scope) -> Fragment:
    """``x IN (a, b, ...)``: NULL matches nothing and is matched by nothing."""
    if scope.types_only:
        return _TESTED
    if all(isinstance(item, exp.Null) for item in node.expressions):
        raise JavaError("a list of NULLs has no type")
    listed = [item for item in node.expressions if not isinstance(item, exp.Null)]
    kind, (value, *items) = common([node.this, *listed], scope)
    if kind is None or value.is_null or not items:
        return scope.constant(False, BOOLEAN)
    constants = [item.constant for item in items if item.is_constant]
    if len(constants) == len(items) and kind in (INTEGER, BIGINT, STRING, BOOLEAN):
        code = f"({value.code} in {scope.bind(frozenset(constants), 'listed')})"
        return scope.folded(Fragment(code, BOOLEAN, False), value)
    matches = scope.bind(_matcher(value, kind == DOUBLE or isinstance(kind, SqlDecimal)), "matches")
    code = f"{matches}({value.code}, {', '.join(item.code for item in items)})"
    return scope.folded(Fragment(code, BOOLEAN, False), value, *items)


def _matcher(value: Fragment, number: bool) -> Callable[..., bool]:
    assert value.type is not None
    if is_plain(value.type) and not number:
        return _matches
    equal = equality_of(value.type, value.type)

    def matches(value: object, *items: object) -> bool:
        return value is not None and any(item is not None and equal(value, item) for item in items)

    return matches


def _matches(value: object, *items: object) -> bool:
    return value is not None and value in items


# -- LIKE ----------------------------------------------------------------------------------------

_ANY = "[^\n\r\u0085\u2028\u2029]"
"""What the point of Java's regular expressions matches."""


def emit_like(node: Expression, scope: Scope) -> Fragment:
    """``x LIKE pattern``; a NULL on either side fails."""
    return _like(node, None, scope)


def emit_like_escape(node: Expression, scope: Scope) -> Fragment:
    """``x LIKE pattern ESCAPE 'c'``."""
    return _like(node.this, node.expression.this, scope)


def _like(node: Expression, escape: str | None, scope: Scope) -> Fragment:
    if scope.types_only:
        return _TESTED
    value, pattern = scope.emit(node.this), scope.emit(node.expression)
    for side in (value, pattern):
        if side.type not in (STRING, None):
            raise KsqlError(f"LIKE expects two STRINGs, but got {value.type} and {pattern.type}")
    if None in (value.type, pattern.type):
        return Fragment(f"{scope.bind(null_operand, 'null_operand')}('a side of LIKE')", BOOLEAN, False)
    if isinstance(pattern.constant, str) and _is_pattern(pattern.constant, escape):
        code = f"({scope.bind(like_pattern(pattern.constant, escape), 'like')}({value.code}) is not None)"
    else:
        code = f"({scope.bind(like_pattern, 'like_pattern')}({pattern.code}, {escape!r})({value.code}) is not None)"
    return scope.folded(Fragment(code, BOOLEAN, False), value, pattern)


def _is_pattern(pattern: str, escape: str | None) -> bool:
    try:
        like_pattern(pattern, escape)
    except KsqlError:
        return False
    return True


@lru_cache(maxsize=1000)
def like_pattern(pattern: str, escape: str | None) -> Callable[[str], object | None]:
    """A function that gives None for a text that is not like ``pattern``.

    Raises:
        KsqlError: the pattern ends with the escape character.
    """
    parts: list[str] = []
    escaped = False
    for char in pattern:
        if escaped:
            parts.append(re.escape(char))
            escaped = False
        elif char == escape:
            escaped = True
        else:
            parts.append({"%": _ANY + "*", "_": _ANY}.get(char) or re.escape(char))
    if escaped:
        raise KsqlError("LIKE pattern must not end with escape character")
    return re.compile("".join(parts)).fullmatch
