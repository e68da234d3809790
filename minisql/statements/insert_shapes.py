"""INSERT VALUES statements that differ in their literals only: parsed and checked once, then only bound.

A shape is the text without its literals. The first statement of a shape takes the whole way; from then on the
literals of the same shape go straight through a converter each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlglot.expressions import Expr

from minisql.broker import RecordCodec
from minisql.dialect import nodes
from minisql.dialect.shapes import shape, slots
from minisql.metastore import Source
from minisql.record import Record
from minisql.runtime.codecs import source_codec
from minisql.statements.insert_values import column_types, entry_of, given_columns, session_disabled
from minisql.types import BIGINT, DOUBLE, INTEGER, STRING, SqlType

if TYPE_CHECKING:
    from minisql.engine import Engine, Session

MOST_SHAPES = 1000

Literal = str | int | float | Decimal

Convert = Callable[[Literal], Any]
"""From a literal's value to the column's."""


class InsertShape(Record):
    """What a shape needs to make an entry."""

    source: Source
    codec: RecordCodec
    columns: tuple[str, ...]
    converters: tuple[Convert, ...]

    def values(self, literals: Sequence[Literal]) -> dict[str, Any]:
        """Column -> value."""
        return {name: convert(value) for name, convert, value in zip(self.columns, self.converters, literals, strict=True)}


class InsertShapes:
    """The shapes that an engine has met."""

    def __init__(self) -> None:
        self._shapes: dict[str, InsertShape] = {}

    def run(self, engine: Engine, session: Session, text: str) -> bool:
        """Insert if the shape of the statement is known; False when it must take the whole way."""
        template, literals = shape(text)
        known = self._shapes.get(template)
        if known is None or engine.metastore.source(known.source.name) is not known.source:
            return False
        if session_disabled(engine, session):
            return False
        entry = entry_of(known.source, known.values(literals), engine.clock.now())
        engine.append(known.source, known.codec, [entry])
        return True

    def learn(self, engine: Engine, text: str, node: Expr) -> None:
        """Remember a statement that took the whole way, if nothing but its literals may change."""
        source = engine.metastore.source(node.this.name)
        if not isinstance(node, nodes.InsertValues) or source is None or len(self._shapes) >= MOST_SHAPES:
            return
        template, literals = shape(text)
        places = slots(node, literals)
        if places is None or None in places:
            return
        columns = given_columns(source, [item.name for item in node.args.get("columns") or ()])
        types = column_types(source)
        converters = tuple(CONVERTERS.get((type(value), types[name])) for name, value in zip(columns, literals, strict=True))
        if None not in converters:
            self._shapes[template] = InsertShape(source, source_codec(source), tuple(columns), converters)  # type: ignore[arg-type]


def _as_it_is(value: Literal) -> Any:
    return value


def _double_of_decimal(value: Literal) -> float:
    """Java's decimals know no negative zero."""
    return float(value) + 0.0


CONVERTERS: dict[tuple[type, SqlType], Convert] = {
    (str, STRING): _as_it_is,
    (int, INTEGER): _as_it_is,
    (int, BIGINT): _as_it_is,
    (int, DOUBLE): float,
    (Decimal, DOUBLE): _double_of_decimal,
    (float, DOUBLE): float,
}
"""(type of the literal, type of the column) -> converter; other pairs always take the whole way.

That an integer is in range needs no test: the marks of a shape tell INTEGER and BIGINT apart.
"""
