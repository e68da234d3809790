"""What SELECTs are made of: items, conditions, and what comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st
from sqlglot import expressions as exp

from minisql.dialect import parse_expression, quoted_name
from minisql.formats.features import key_features
from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat, WindowInfo
from minisql.metastore import Source
from minisql.schema import Column, Namespace, Schema
from minisql.strategies.chances import Draw, happens, one_of, several
from minisql.strategies.columns import can_be_key, can_hold
from minisql.strategies.expressions import expression
from minisql.strategies.scope import Named, Scope
from minisql.strategies.signatures import builtin_signatures
from minisql.types import BOOLEAN, SqlType

DEPTH = 1
"""How deep the expressions of a query are."""


class Item(NamedTuple):
    """A select item: SQL, alias, type."""

    text: str
    name: str
    kind: SqlType

    def __str__(self) -> str:
        return f"{self.text} AS {quoted_name(self.name)}"


class Select(NamedTuple):
    """A SELECT, and the source that CREATE ... AS makes of it, nameless.

    Attributes:
        text: the SQL, without EMIT.
        reads: the names of its sources.
        emit: "CHANGES" or "FINAL".
        properties: the WITH clause that the sink needs, with a blank after it.
    """

    text: str
    kind: str
    schema: Schema
    key_format: KeyFormat
    value_format: ValueFormat
    reads: tuple[str, ...]
    emit: str = "CHANGES"
    properties: str = ""

    def with_key(self, source: Source, keys: Sequence[Item], window: WindowInfo | None = None) -> Select:
        """The same under new keys: they lie as those of the source, or as JSON where those could not be so."""
        kinds = [item.kind for item in keys]
        inherited = source.key_format.info.format
        format = ("KAFKA" if inherited == "NONE" else inherited) if kinds else "NONE"
        suits = all(can_be_key(format, kind) for kind in kinds) and (len(kinds) < 2 or format != "KAFKA")
        format = format if suits else "JSON"
        key_format = KeyFormat(FormatInfo(format), key_features(format, len(kinds)), window)
        return self._replace(key_format=key_format, properties="" if suits else "WITH (KEY_FORMAT='JSON') ")

    def sink(self, name: str, topic: str) -> Source:
        """The source that has this name."""
        return Source(name, self.kind, self.schema, topic, self.key_format, self.value_format)


def scope_of(columns: Sequence[Named], interpreted: bool = False) -> Scope:
    """A scope with ksqlDB's functions."""
    return Scope(columns, builtin_signatures(), interpreted=interpreted)


def listed(items: Sequence[object]) -> str:
    """Items with commas between."""
    return ", ".join(map(str, items))


def keys_as_they_are(source: Source, qualifier: str = "") -> list[Item]:
    """The key columns under their names."""
    return [Item(f"{qualifier}{quoted_name(column.name)}", column.name, column.type) for column in source.schema.key]


@st.composite
def value(draw: Draw, scope: Scope, format: str) -> tuple[str, SqlType]:
    """An expression that the format can hold."""
    kind = one_of(draw, [kind for kind in scope.kinds if can_hold(format, kind)])
    return draw(expression(scope, kind, DEPTH)), kind


def values_of(draw: Draw, scope: Scope, format: str, taken: Sequence[Item] = ()) -> list[Item]:
    """Value columns: one to three, under names that the key columns do not have; copies of those need AS_VALUE."""
    keys = {item.text for item in taken}
    names = [name for number in range(1, 9) if (name := f"C{number}") not in {item.name for item in taken}]
    found = several(draw, value(scope, format), 1, 1 if format == "KAFKA" else 3)
    copied = [(f"AS_VALUE({text})" if text in keys else text, kind) for text, kind in found]
    return [Item(text, name, kind) for (text, kind), name in zip(copied, names, strict=False)]


@st.composite
def key(draw: Draw, scope: Scope) -> tuple[str, SqlType]:
    """An expression that can be a key: mostly a column."""
    kinds = [kind for kind in scope.kinds if can_be_key("JSON", kind)]
    kind = one_of(draw, [kind for kind in kinds if scope.paths(kind)] or kinds)
    return draw(expression(scope, kind, 0 if scope.paths(kind) and not happens(draw, 0.3) else 1)), kind


def keys_of(draw: Draw, scope: Scope, letter: str) -> list[Item]:
    """One or two different expressions as keys."""
    found = dict(several(draw, key(scope), 1, 2))
    return [Item(text, f"{letter}{number}", kind) for number, (text, kind) in enumerate(found.items(), 1)]


def where(draw: Draw, scope: Scope, word: str = "WHERE", share: float = 0.4) -> str:
    """A condition, or none; it is never NULL, since a query dies of that."""
    condition = draw(expression(scope, BOOLEAN, DEPTH)) if happens(draw, share) else ""
    return f" {word} {never_null(condition)}" if condition else ""


def never_null(condition: str) -> str:
    """The condition; what may be NULL is false then."""
    node = parse_expression(condition).unnest()
    return condition if isinstance(node, (exp.Predicate, exp.Connector, exp.Not)) else f"COALESCE({condition}, FALSE)"


def schema_of(keys: Sequence[Item], rest: Sequence[Item]) -> Schema:
    """The schema of a sink."""
    columns = [Column(item.name, item.kind, Namespace.KEY) for item in keys]
    return Schema((*columns, *(Column(item.name, item.kind) for item in rest)))
