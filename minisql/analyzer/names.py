"""Names that ksqlDB generates for columns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.schema import Schema

GENERATED = "KSQL_COL"
AGGREGATE = "KSQL_AGG_VARIABLE_"
SYNTHESISED = "KSQL_SYNTH_"
INTERNAL = "KSQL_INTERNAL_COL_"
SYNTHETIC_KEY = "ROWKEY"

_NUMBERED = re.compile(r"(.*?)(?:_([0-9]+))?", re.DOTALL)


def aliased(source: str, name: str) -> str:
    """The name of a source's column within a join."""
    return f"{source}_{name}"


def synthetic_key(schemas: Iterable[Schema]) -> str:
    """The name of a join's key that no source has: ROWKEY, or the first ROWKEY_n that is free."""
    used = _used_numbers(schemas).get(SYNTHETIC_KEY, set())
    return _Numbered(SYNTHETIC_KEY, used).next()


class AliasGenerator:
    """Names for expressions without an alias, distinct from the columns of ``schemas``.

    A struct's field gives its own name, then FIELD_1, FIELD_2, ...; anything else gives KSQL_COL_0, KSQL_COL_1, ....
    """

    __slots__ = ("_series",)

    def __init__(self, schemas: Iterable[Schema]) -> None:
        self._series = {stem: _Numbered(stem, used) for stem, used in _used_numbers(schemas).items()}

    def name_for(self, expression: Expression) -> str:
        """The next free name for the expression."""
        stem = _split(expression.expression.this)[0] if isinstance(expression, exp.Dot) else GENERATED
        return self._series.setdefault(stem, _Numbered(stem, set())).next()


class _Numbered:
    """STEM_0, STEM_1, ...; the zero shows only on KSQL_COL."""

    __slots__ = ("_next", "_stem", "_used")

    def __init__(self, stem: str, used: set[int]) -> None:
        self._stem = stem
        self._used = used
        self._next = 0

    def next(self) -> str:
        while self._next in self._used:
            self._next += 1
        number, self._next = self._next, self._next + 1
        return self._stem if number == 0 and self._stem != GENERATED else f"{self._stem}_{number}"


def _used_numbers(schemas: Iterable[Schema]) -> dict[str, set[int]]:
    used: dict[str, set[int]] = {}
    for schema in schemas:
        for column in schema:
            stem, number = _split(column.name)
            used.setdefault(stem, set()).add(number)
    return used


def _split(name: str) -> tuple[str, int]:
    matched = _NUMBERED.fullmatch(name)
    assert matched is not None, "the pattern takes any text"
    return matched[1], int(matched[2] or 0)
