"""INSERT VALUES statements that differ in their literals only: parsed and checked once, then only bound.

A shape is the text without its literals. The first statement of a shape takes the whole way; from then on the
literals of the same shape go straight through a converter each. A literal that its converter does not take
sends its statement the whole way again, for the same effect or the same error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.broker import RecordCodec
from minisql.dialect import nodes
from minisql.dialect.shapes import shape
from minisql.metastore import Source
from minisql.runtime.codecs import source_codec
from minisql.statements.insert_values import column_types, entry_of
from minisql.types import BIGINT, BIGINT_MAX, DOUBLE, INT_MAX, INTEGER, STRING, SqlType

if TYPE_CHECKING:
    from minisql.engine import Engine

MOST_SHAPES = 1000

Convert = Callable[[str], Any]
"""From the text of a literal to the column's value; raises ValueError where the whole way must be taken."""


@dataclass(frozen=True)
class InsertShape:
    """What a shape needs to make an entry."""

    source: Source
    codec: RecordCodec
    columns: tuple[str, ...]
    converters: tuple[Convert, ...]

    def values(self, literals: Sequence[str]) -> dict[str, Any]:
        """Column -> value."""
        return {name: convert(text) for name, convert, text in zip(self.columns, self.converters, literals, strict=True)}


class InsertShapes:
    """The shapes that an engine has met."""

    def __init__(self) -> None:
        self._shapes: dict[str, InsertShape] = {}

    def run(self, engine: Engine, text: str) -> bool:
        """Insert if the shape of the statement is known; False when it must take the whole way."""
        template, literals = shape(text)
        known = self._shapes.get(template)
        if known is None or engine.metastore.source(known.source.name) is not known.source:
            return False
        try:
            values = known.values(literals)
        except ValueError:
            return False
        engine.append(known.source, known.codec, [entry_of(known.source, values, engine.clock.now())])
        return True

    def learn(self, engine: Engine, text: str, node: Expression) -> None:
        """Remember a statement that took the whole way, if nothing but its literals may change."""
        source = engine.metastore.source(node.this.name)
        if not isinstance(node, nodes.InsertValues) or source is None or len(self._shapes) >= MOST_SHAPES:
            return
        template, literals = shape(text)
        values = node.args["values"]
        names = [item.name for item in node.args.get("columns") or ()]
        columns = names or [column.name for column in source.schema.key + source.schema.value]
        types = column_types(source)
        converters = [_converter(value, types[name]) for name, value in zip(columns, values, strict=True)]
        if len(literals) == len(values) and all(converters):
            found = tuple(each for each in converters if each is not None)
            self._shapes[template] = InsertShape(source, source_codec(source), tuple(columns), found)


def _converter(node: Expression, kind: SqlType) -> Convert | None:
    """The converter of the literals in this place; None when it takes more than that."""
    if isinstance(node, exp.Neg) and isinstance(node.this, exp.Literal):
        positive = _NUMBERS.get(kind)
        return None if positive is None else lambda text: -positive(text)
    if not isinstance(node, exp.Literal):
        return None
    return (_STRINGS if node.is_string else _NUMBERS).get(kind)


def _string(text: str) -> str:
    if text[0] != "'":
        raise ValueError(text)
    return text[1:-1].replace("''", "'")


def _integer(text: str) -> int:
    value = int(text)
    if value > INT_MAX:
        raise ValueError(text)
    return value


def _bigint(text: str) -> int:
    value = int(text)
    if value > BIGINT_MAX:
        raise ValueError(text)
    return value


_STRINGS: dict[SqlType, Convert] = {STRING: _string}
_NUMBERS: dict[SqlType, Convert] = {INTEGER: _integer, BIGINT: _bigint, DOUBLE: float}
