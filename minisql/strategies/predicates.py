"""Comparisons, logic, and tests: what operators make BOOLEANs of."""

from __future__ import annotations

from collections.abc import Callable

from minisql.strategies.chances import Draw, count, happens, one_of
from minisql.strategies.scope import Scope
from minisql.strategies.signatures import is_orderable
from minisql.types import BOOLEAN, DATE, STRING, TIME, TIMESTAMP, SqlDecimal, SqlType, is_numeric

Part = Callable[[SqlType], str]
"""Gives a part of the expression."""

_EQUALITY = ("=", "<>", "!=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM")
_ORDER = ("=", "<", ">=", ">", "<=", *_EQUALITY[1:])
_TIMES: dict[SqlType, tuple[str, ...]] = {
    DATE: ("'2020-02-29'", "'1970'"),
    TIME: ("'10:00:00'", "'00:00'"),
    TIMESTAMP: ("'2020-02-29T10:00:00'", "'1970-01-01'"),
}
"""Texts with which times can be compared."""


def comparison(draw: Draw, scope: Scope, part: Part) -> str:
    """Two values compared."""
    kind = one_of(draw, scope.kinds)
    operators: tuple[str, ...] = _ORDER if is_orderable(kind) else _EQUALITY
    if scope.interpreted:
        operators = tuple(operator for operator in operators if operator != "IS NOT DISTINCT FROM")
    return f"({part(kind)} {one_of(draw, operators)} {_other(draw, kind, part)})"


def _other(draw: Draw, kind: SqlType, part: Part) -> str:
    """Something of the same type, or of another with which it can be compared."""
    if not happens(draw, 0.3):
        return part(kind)
    if kind in _TIMES:
        return one_of(draw, _TIMES[kind])
    return part(one_of(draw, _WIDER)) if is_numeric(kind) else part(kind)


_WIDER: tuple[SqlType, ...] = (SqlDecimal(4, 2), SqlDecimal(12, 0))


def _logic(draw: Draw, scope: Scope, part: Part) -> str:
    return f"({part(BOOLEAN)} {one_of(draw, ('AND', 'OR'))} {part(BOOLEAN)})"


def _not(draw: Draw, scope: Scope, part: Part) -> str:
    return f"(NOT {part(BOOLEAN)})"


def _null(draw: Draw, scope: Scope, part: Part) -> str:
    return f"({_object(draw, scope, one_of(draw, scope.kinds), part)} {one_of(draw, ('IS NULL', 'IS NOT NULL'))})"


def _object(draw: Draw, scope: Scope, kind: SqlType, part: Part) -> str:
    """What ksqlDB may compare with NULL: a sum, as a number of Java's, it may not."""
    paths = scope.paths(kind)
    return one_of(draw, paths) if paths else f"CAST({part(kind)} AS {kind})"


def _between(draw: Draw, scope: Scope, part: Part) -> str:
    """The value is no call, for which ksqlDB's compiler has no second name."""
    kind = one_of(draw, [kind for kind in scope.kinds if is_orderable(kind)])
    paths = scope.paths(kind)
    if not paths:
        return comparison(draw, scope, part)
    return f"({one_of(draw, paths)} {_perhaps_not(draw)}BETWEEN {part(kind)} AND {part(kind)})"


def _in(draw: Draw, scope: Scope, part: Part) -> str:
    kind = one_of(draw, scope.kinds)
    return f"({part(kind)} {_perhaps_not(draw)}IN ({', '.join(part(kind) for _ in range(count(draw, 1, 3)))}))"


def _like(draw: Draw, scope: Scope, part: Part) -> str:
    pattern = one_of(draw, ("'%'", "'a%'", "'_'", "'%a_'", "'a!%'")) if happens(draw, 0.8) else part(STRING)
    escape = " ESCAPE '!'" if pattern.startswith("'") and happens(draw, 0.3) else ""
    return f"({part(STRING)} {_perhaps_not(draw)}LIKE {pattern}{escape})"


def _perhaps_not(draw: Draw) -> str:
    return "NOT " if happens(draw, 0.3) else ""


PREDICATES: tuple[Callable[[Draw, Scope, Part], str], ...] = (
    comparison, _logic, comparison, _not, comparison, _null, _between, _in, _like,
)  # fmt: skip
"""The ways to a BOOLEAN, the most usual ones several times."""
