"""Joins of all kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minisql.codegen.casts import WRITERS
from minisql.dialect import quoted_name
from minisql.functions.parameter_types import base
from minisql.metastore import Source
from minisql.schema import Column
from minisql.strategies.catalog import Catalog
from minisql.strategies.chances import Draw, count, happens, one_of
from minisql.strategies.columns import can_be_key, can_hold
from minisql.strategies.literals import literal_of
from minisql.strategies.scope import named
from minisql.strategies.selects import Item, Select, keys_as_they_are, listed, schema_of, scope_of, values_of, where
from minisql.strategies.values import values
from minisql.types import STRING, SqlType


class Pair(NamedTuple):
    """Two sources that can be joined, by one of these ways."""

    left: Source
    right: Source
    foreign: bool = False


def pairs(catalog: Catalog) -> list[Pair]:
    """The pairs that can be joined, those of streams first."""
    streams, tables = (_joinable(sources) for sources in (catalog.streams(), catalog.tables()))
    keyed = [table for table in tables if len(table.schema.key) == 1]
    found = [Pair(left, right) for left in streams for right in streams]
    found += [Pair(left, right) for left in streams for right in keyed if can_hold(_format(left), _key(right).type)]
    found += [Pair(left, right) for left in keyed for right in keyed if _key(left).type == _key(right).type]
    found += [Pair(left, right, True) for left in tables for right in keyed if _holds(left, right)]
    return [pair for pair in found if pair.left.name != pair.right.name]


def _joinable(sources: Sequence[Source]) -> list[Source]:
    """Those whose values are not KAFKA's, and whose value format holds their keys: they lie there on the way."""
    return [source for source in sources if _format(source) != "KAFKA" and _holds_keys(source)]


def _holds_keys(source: Source) -> bool:
    return all(can_hold(_format(source), column.type) for column in source.schema.key)


def _holds(left: Source, right: Source) -> bool:
    """Whether the left table's value format holds the right one's rows: foreign keys bring both together there."""
    return all(can_hold(_format(left), column.type) for column in right.schema)


def _format(source: Source) -> str:
    return source.value_format.info.format


def _key(source: Source) -> Column:
    return source.schema.key[0]


def joined(draw: Draw, catalog: Catalog) -> Select:
    """SELECT ... FROM one JOIN another; some pair has to be there."""
    pair = one_of(draw, pairs(catalog))
    made = _foreign if pair.foreign else _streams if not pair.right.is_table else _tables if pair.left.is_table else _lookup
    return made(draw, pair)


def _streams(draw: Draw, pair: Pair) -> Select:
    kind = one_of(draw, _common_kinds(pair))
    left, right = side(draw, pair.left, kind), side(draw, pair.right, kind)
    way = one_of(draw, ("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL OUTER JOIN"))
    return _select(draw, pair, way, (left, right), kind, _within(draw))


def _lookup(draw: Draw, pair: Pair) -> Select:
    kind = _key(pair.right).type
    sides = side(draw, pair.left, kind), _column(pair.right, _key(pair.right))
    return _select(draw, pair, one_of(draw, ("JOIN", "LEFT JOIN")), sides, kind)


def _tables(draw: Draw, pair: Pair) -> Select:
    sides = _column(pair.left, _key(pair.left)), _column(pair.right, _key(pair.right))
    way = one_of(draw, ("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL OUTER JOIN"))
    return _select(draw, pair, way, sides, _key(pair.right).type)


def _foreign(draw: Draw, pair: Pair) -> Select:
    """The left side is no key: the left table's own key stays."""
    left, right, _ = pair
    kind = _key(right).type
    text = side(draw, left, kind, without_key=True)
    keys = keys_as_they_are(left, f"{quoted_name(left.name)}.")
    way = one_of(draw, ("JOIN", "LEFT JOIN"))
    return _made(draw, pair, f"{way} {quoted_name(right.name)} ON {text} = {_column(right, _key(right))}", keys)


def _select(draw: Draw, pair: Pair, way: str, sides: tuple[str, str], kind: SqlType, within: str = "") -> Select:
    columns = [text for text in sides if not text.endswith(")")]
    name = columns[0] if columns and not way.startswith("FULL") else "ROWKEY"
    join = f"{way} {quoted_name(pair.right.name)}{within} ON {sides[0]} = {sides[1]}"
    made = _made(draw, pair, join, [Item(name, "K", kind)])
    return made.with_key(pair.left, [Item(name, "K", kind)])


def _made(draw: Draw, pair: Pair, join: str, keys: list[Item]) -> Select:
    left, right = pair.left, pair.right
    columns = [*named(left.schema.value, left.name), *named(right.schema.value, right.name)]
    columns += [*named(left.schema.key, left.name), *named(right.schema.key, right.name)]
    scope = scope_of(columns)
    rest = values_of(draw, scope, _format(left), keys)
    head = f"SELECT {listed([*keys, *rest])} FROM {quoted_name(left.name)}"
    text = f"{head} {join}{where(draw, scope, share=0.2)}"
    kind = "TABLE" if left.is_table else "STREAM"
    return Select(text, kind, schema_of(keys, rest), left.key_format, left.value_format, (left.name, right.name))


# -- sides ---------------------------------------------------------------------------------------


def _common_kinds(pair: Pair) -> list[SqlType]:
    """Types that a key can have: first those that both have, then those of one."""
    left, right = ([column.type for column in (*each.schema.key, *each.schema.value)] for each in (pair.left, pair.right))
    found = [*(kind for kind in left if kind in right), *left, *right]
    on_the_way = _format(pair.left), _format(pair.right)
    keys = [kind for kind in dict.fromkeys((*found, STRING)) if can_be_key("JSON", kind)]
    return [kind for kind in keys if all(can_hold(format, kind) for format in on_the_way)]


def side(draw: Draw, source: Source, kind: SqlType, without_key: bool = False) -> str:
    """One side of a condition: a column of the type, or an expression of a column, which ends in a bracket."""
    keys = () if without_key else source.schema.key
    columns = [*keys, *source.schema.value]
    same = [_column(source, column) for column in columns if column.type == kind]
    if same and not happens(draw, 0.2):
        return one_of(draw, same)
    column = one_of(draw, columns)
    if (base(column.type), base(kind)) in WRITERS and base(kind) == "STRING":
        return f"CAST({_column(source, column)} AS STRING)"
    one, other = (literal_of(draw(values(kind, nulls=0)), kind) for _ in range(2))
    return f"(CASE WHEN ({_column(source, column)} IS NULL) THEN {one} ELSE {other} END)"


def _column(source: Source, column: Column) -> str:
    return f"{quoted_name(source.name)}.{quoted_name(column.name)}"


def _within(draw: Draw) -> str:
    before, after = count(draw, 0, 30), count(draw, 0, 30)
    size = f"{before} MILLISECONDS" if happens(draw, 0.7) else f"({before} MILLISECONDS, {after} MILLISECONDS)"
    grace = f" GRACE PERIOD {count(draw, 0, 30)} MILLISECONDS" if happens(draw, 0.4) else ""
    return f" WITHIN {size}{grace}"
