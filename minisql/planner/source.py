"""FROM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlglot.expressions import Expression

from minisql.analyzer.sources import AliasedSource
from minisql.analyzer.trees import column, column_name, qualifier
from minisql.formats.info import KeyFormat
from minisql.metastore import Source
from minisql.names import ROWOFFSET, ROWPARTITION
from minisql.planner.internal import Internal
from minisql.planner.node import Flow, Node
from minisql.planner.planning import Planning
from minisql.planner.projection import Projection, missing_keys
from minisql.planner.schemas import starred
from minisql.planner.steps import SourceStep, StreamSource, TableSource, WindowedStreamSource, WindowedTableSource
from minisql.schema import Column, Schema
from minisql.types import BIGINT, INTEGER

_STEPS: dict[tuple[str, bool], type[SourceStep]] = {
    ("STREAM", False): StreamSource,
    ("STREAM", True): WindowedStreamSource,
    ("TABLE", False): TableSource,
    ("TABLE", True): WindowedTableSource,
}


class SourceNode(Node):
    """A source's topic; ``context`` names it in logs."""

    def __init__(self, context: str, source: AliasedSource) -> None:
        self.source = source.source
        self.name = source.alias
        self._context = context
        schema = self.source.schema.with_pseudo_and_key_columns(self.source.windowed)
        super().__init__(schema, self.source.is_table, source.alias, ())

    def leaves(self) -> Iterator[SourceNode]:
        yield self

    def star(self, alias: str | None) -> list[str]:
        return starred(self.schema)

    def check_key(self, sink: str, projection: Projection) -> None:
        names = [key.name for key in self.schema.key]
        if not all(projection.contains(column(name, self.name)) or projection.contains(column(name)) for name in names):
            raise missing_keys(sink, "key column", [column(name) for name in names])

    def unknown(self, columns: Iterable[Expression]) -> list[Expression]:
        aliased = AliasedSource(self.name, self.source)
        return [
            node for node in columns
            if qualifier(node) not in (None, self.name) or not aliased.has(column_name(node))
        ]  # fmt: skip

    def preferred_format(self) -> KeyFormat | None:
        return self.source.key_format

    def build(self, planning: Planning) -> Flow:
        made = _STEPS[self.source.kind, self.source.windowed]
        step = made(self.schema, f"{self._context}/Source", self.source, self.name)
        return Flow(step, self.source.key_format, self.is_table, tuple(stores(self.source)))


def stores(source: Source) -> Iterator[Internal]:
    """The store of a table that a query reads, where ROWPARTITION and ROWOFFSET lie too (ksqlDB's SourceBuilder).

    So no query can read a table in a format of single columns, or of none.
    """
    if source.is_table and not source.windowed:
        pseudo = Column(ROWPARTITION, INTEGER), Column(ROWOFFSET, BIGINT)
        schema = Schema((*source.schema.key, *source.schema.value, *pseudo))
        yield Internal(source.key_format, source.value_format.info, schema)
