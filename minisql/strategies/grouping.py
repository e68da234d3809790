"""Aggregations: GROUP BY, windows, HAVING."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from hypothesis import strategies as st

from minisql.dialect import quoted_name
from minisql.errors import KsqlError
from minisql.formats.info import WindowInfo
from minisql.functions.function import Variant
from minisql.functions.registry import builtins
from minisql.metastore import Source
from minisql.strategies.calls import bind
from minisql.strategies.chances import Draw, count, happens, one_of, several
from minisql.strategies.columns import can_hold
from minisql.strategies.expressions import expression
from minisql.strategies.filters import columns_of
from minisql.strategies.scope import Scope
from minisql.strategies.selects import DEPTH, Item, Select, keys_of, listed, schema_of, scope_of, where
from minisql.strategies.signatures import Binding
from minisql.types import BIGINT, BOOLEAN, SqlType


class Window(NamedTuple):
    """A WINDOW clause, and what it makes of the key; both nothing where there is no window."""

    text: str = ""
    info: WindowInfo | None = None


def grouped(draw: Draw, source: Source) -> Select:
    """SELECT ... GROUP BY: a table of one row for each group, and for each window if there are any."""
    scope = scope_of(columns_of(source))
    keys = keys_of(draw, scope, "G")
    window = Window() if source.is_table else _window(draw)
    format = source.value_format.info.format
    found = several(draw, aggregate(scope, format, source.is_table), 1, 3)
    rest = [Item(text, f"A{number}", kind) for number, (text, kind) in enumerate(found, 1)]
    condition = where(draw, scope)
    having = where(draw, scope_of([(item.text, item.kind) for item in rest]), "HAVING", 0.2)
    bounds = [Item("WINDOWSTART", "WS", BIGINT)] if window.info and happens(draw, 0.2) else []
    text = (
        f"SELECT {listed([*keys, *rest, *bounds])} FROM {quoted_name(source.name)}{window.text}{condition}"
        f" GROUP BY {listed([item.text for item in keys])}{having}"
    )
    emit = "FINAL" if window.info and happens(draw, 0.25) else "CHANGES"
    schema = schema_of(keys, [*rest, *bounds])
    made = Select(text, "TABLE", schema, source.key_format, source.value_format, (source.name,), emit)
    return made.with_key(source, keys, window.info)


def _window(draw: Draw) -> Window:
    kind = one_of(draw, ("", "TUMBLING", "HOPPING", "SESSION"))
    if not kind:
        return Window()
    size = count(draw, 1, 30)
    parts = {
        "TUMBLING": f"SIZE {size} MILLISECONDS",
        "HOPPING": f"SIZE {size} MILLISECONDS, ADVANCE BY {count(draw, 1, size)} MILLISECONDS",
        "SESSION": f"{size} MILLISECONDS",
    }[kind]
    grace = f", GRACE PERIOD {count(draw, 0, 30)} MILLISECONDS" if happens(draw, 0.5) else ""
    return Window(f" WINDOW {kind} ({parts}{grace})", WindowInfo(kind, None if kind == "SESSION" else size))


# -- aggregates ----------------------------------------------------------------------------------


@st.composite
def aggregate(draw: Draw, scope: Scope, format: str, of_table: bool) -> tuple[str, SqlType]:
    """An aggregate whose state and result the format can hold; COUNT(*) where it cannot."""
    if not happens(draw, 0.8):
        return "COUNT(*)", BIGINT
    variant = one_of(draw, one_of(draw, _variants(of_table)))
    texts, kinds = _arguments(draw, scope, variant)
    try:
        call = builtins().aggregate(variant.spelling, kinds)
    except KsqlError:  # TOPK of a type that only a cast would make fit
        return "COUNT(*)", BIGINT
    if not all(can_hold(format, kind) for kind in (call.returns, call.intermediate, *kinds)):
        return "COUNT(*)", BIGINT
    return f"{variant.spelling.upper()}({listed(texts)})", call.returns


@cache
def _variants(of_table: bool) -> tuple[tuple[Variant, ...], ...]:
    """The variants of each aggregate; on tables only of those that can undo."""
    aggregates = [function for function in builtins() if function.kind == "aggregate"]
    if of_table:
        aggregates = [each for each in aggregates if hasattr(each.variants[0].implementation, "undo")]
    return tuple(tuple(function.variants) for function in aggregates)


def _arguments(draw: Draw, scope: Scope, variant: Variant) -> tuple[list[str], list[SqlType]]:
    bound: Binding = {}
    texts: list[str] = []
    kinds: list[SqlType] = []
    for parameter in variant.signature.parameters:
        for _ in range(count(draw, 0, 2) if parameter.variadic else 1):
            kind = parameter.type if parameter.initial else bind(draw, scope, variant.spelling.upper(), parameter.type, bound)
            kinds.append(kind)
            texts.append(_initial(draw, kind) if parameter.initial else _column(draw, scope, kind))
    return texts, kinds


def _initial(draw: Draw, kind: SqlType) -> str:
    return one_of(draw, ("TRUE", "FALSE") if kind == BOOLEAN else ("1", "2", "3"))


def _column(draw: Draw, scope: Scope, kind: SqlType) -> str:
    """Mostly a column; now and then more than that."""
    return str(draw(expression(scope, kind, DEPTH if happens(draw, 0.2) else 0)))
