"""Queries without state: filters and projections, PARTITION BY, table functions."""

from __future__ import annotations

from minisql.dialect import quoted_name
from minisql.metastore import Source
from minisql.names import ROWTIME
from minisql.strategies.chances import Draw, happens, one_of
from minisql.strategies.columns import can_hold
from minisql.strategies.expressions import expression
from minisql.strategies.scope import Named, Scope, named
from minisql.strategies.selects import (
    DEPTH,
    Item,
    Select,
    keys_as_they_are,
    keys_of,
    listed,
    schema_of,
    scope_of,
    values_of,
    where,
)
from minisql.types import BIGINT, SqlArray


def columns_of(source: Source) -> list[Named]:
    """The columns of a query's only source, values first, and its pseudo column."""
    return [*named(source.schema.value), *named(source.schema.key), (ROWTIME, BIGINT)]


def filtered(draw: Draw, source: Source) -> Select:
    """SELECT ... WHERE."""
    scope = scope_of(columns_of(source))
    keys = keys_as_they_are(source)
    if happens(draw, 0.2):
        columns = [Item(quoted_name(each.name), each.name, each.type) for each in source.schema.value]
        return _of(source, f"SELECT * FROM {quoted_name(source.name)}{where(draw, scope)}", keys, columns)
    rest = values_of(draw, scope, source.value_format.info.format, keys)
    return _of(source, f"SELECT {listed([*keys, *rest])} FROM {quoted_name(source.name)}{where(draw, scope)}", keys, rest)


def partitioned(draw: Draw, source: Source) -> Select:
    """SELECT ... PARTITION BY one or two expressions, or NULL."""
    scope = scope_of(columns_of(source))
    keys = [] if happens(draw, 0.1) else keys_of(draw, scope, "P")
    rest = values_of(draw, scope, source.value_format.info.format, keys)
    by = listed([item.text for item in keys]) or "NULL"
    text = f"SELECT {listed([*keys, *rest])} FROM {quoted_name(source.name)}{where(draw, scope)} PARTITION BY {by}"
    return _of(source, text, keys, rest).with_key(source, keys)


def exploded(draw: Draw, source: Source) -> Select:
    """SELECT ... EXPLODE(array)."""
    scope = scope_of(columns_of(source))
    keys = keys_as_they_are(source)
    rest = values_of(draw, scope, source.value_format.info.format, keys)[:2]
    rest.append(_rows(draw, scope, source.value_format.info.format))
    if source.value_format.info.format == "KAFKA":
        rest = rest[-1:]
    return _of(source, f"SELECT {listed([*keys, *rest])} FROM {quoted_name(source.name)}{where(draw, scope)}", keys, rest)


def _rows(draw: Draw, scope: Scope, format: str) -> Item:
    kind = one_of(draw, [kind for kind in scope.kinds if can_hold(format, kind)])
    array = draw(expression(scope, SqlArray(kind), DEPTH))
    if can_hold(format, SqlArray(kind)) and happens(draw, 0.2):
        return Item(f"CUBE_EXPLODE({array})", "E", SqlArray(kind))
    return Item(f"EXPLODE({array})", "E", kind)


def _of(source: Source, text: str, keys: list[Item], rest: list[Item]) -> Select:
    schema = schema_of(keys, rest)
    return Select(text, source.kind, schema, source.key_format, source.value_format, (source.name,))
