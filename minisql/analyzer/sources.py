"""The sources that a query names in FROM and JOIN."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from minisql.dialect import nodes
from minisql.errors import KsqlError
from minisql.metastore import Metastore, Source
from minisql.names import PSEUDO_COLUMNS, WINDOW_BOUNDS, quote


class AliasedSource(NamedTuple):
    """A source and the name by which the query calls it."""

    alias: str
    source: Source

    def has(self, name: str) -> bool:
        """Whether the source, as a row of a query, has the column."""
        if name in PSEUDO_COLUMNS or (name in WINDOW_BOUNDS and self.source.windowed):
            return True
        return self.source.schema.find(name) is not None


def relations(query: nodes.Query) -> Iterator[nodes.Relation]:
    """FROM's relation, then those of the joins in their order."""
    yield query.args["source"]
    for join in query.args.get("joins") or ():
        yield join.this


def known_sources(query: nodes.Query, metastore: Metastore) -> tuple[AliasedSource, ...]:
    """The sources of the query, in its order.

    Raises:
        KsqlError: one does not exist.
    """
    return tuple(_known(relation, metastore) for relation in relations(query))


def _known(relation: nodes.Relation, metastore: Metastore) -> AliasedSource:
    name = relation.this.this
    source = metastore.source(name)
    if source is None:
        raise KsqlError(f"{name} does not exist.{alternatives(name, metastore)}")
    alias = relation.args.get("alias")
    return AliasedSource(name if alias is None else alias.this, source)


def refuse_repeated(sources: Iterable[AliasedSource]) -> None:
    """Raises: KsqlError: a source is there twice."""
    seen: set[str] = set()
    for _, source in sources:
        if source.name in seen and len(seen) > 1:
            raise KsqlError(f"N-way joins do not support multiple occurrences of the same source. Source: '{source.name}'.")
        if source.name in seen:
            raise KsqlError(f"Can not join '{source.name}' to '{source.name}': self joins are not yet supported.")
        seen.add(source.name)


def clashing_columns(sources: Iterable[AliasedSource]) -> frozenset[str]:
    """The names that several sources of a join have; pseudo columns always clash there."""
    seen: set[str] = set()
    clashing: set[str] = set(PSEUDO_COLUMNS)
    for count, (_, source) in enumerate(sources):
        names = {column.name for column in source.schema}
        clashing |= seen & names
        seen |= names
        several = count > 0
    return frozenset(clashing) if several else frozenset()


def alternatives(name: str, metastore: Metastore, kind: str | None = None) -> str:
    """ksqlDB's hint to sources whose name differs in case only, or nothing."""
    found = sorted(
        (source for source in metastore.sources.values() if source.name.upper() == name.upper() and kind in (None, source.kind)),
        key=lambda source: source.name,
    )
    if not found:
        return ""
    if len(found) > 1:
        texts = [f'"{source.name}" ({source.kind})' for source in found]
        listed = " or ".join(texts) if len(texts) == 2 else f"{', '.join(texts[:-1])}, or {texts[-1]}"
        return f"\nDid you mean {listed}? Hint: wrap the source name in double quotes to make it case-sensitive."
    only = found[0].name
    if any(letter.islower() for letter in only):
        return f'\nDid you mean "{only}"? Hint: wrap the source name in double quotes to make it case-sensitive.'
    return f"\nDid you mean {only}? Hint: try removing double quotes from the source name."


def refuse_shadowed_pseudo_columns(sources: Iterable[AliasedSource]) -> None:
    """Raises: KsqlError: a source has a column called like a pseudo column (declared before there was such)."""
    names = [column.name for _, source in sources for column in source.schema.value if column.name in PSEUDO_COLUMNS]
    if names:
        raise KsqlError(
            "Your stream/table has columns with the same name as newly introduced pseudocolumns in ksqlDB, and cannot be "
            f"queried as a result. The conflicting names are: {', '.join(map(quote, names))}.\n"
        )
