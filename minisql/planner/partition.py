"""PARTITION BY."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.expressions import Expression

from minisql.analyzer.trees import column
from minisql.planner.node import Flow, Node
from minisql.planner.planning import Planning
from minisql.planner.projection import Projection, missing_keys
from minisql.planner.rekey import is_null_key, rekeyed, rekeyed_schema
from minisql.planner.schemas import starred


class PartitionNode(Node):
    """A stream under a new key; ``asked`` are the expressions as the query has them, with their sources."""

    def __init__(self, below: Node, expressions: Sequence[Expression], asked: Sequence[Expression], planning: Planning) -> None:
        self._expressions = tuple(expressions)
        self._asked = tuple(asked)
        schema = rekeyed_schema(below.schema, self._expressions, planning)
        super().__init__(schema, below.is_table, below.alias, (below,))

    def star(self, alias: str | None) -> list[str]:
        return starred(self.schema)

    def resolve(self, number: int, expression: Expression) -> Expression:
        for key, each in zip(self.schema.key, self._expressions, strict=False):
            if each == expression:
                return column(key.name, like=expression)
        return expression

    def check_key(self, sink: str, projection: Projection) -> None:
        if not is_null_key(self._expressions) and not all(map(projection.contains, self._expressions)):
            raise missing_keys(sink, "partitioning expression", self._asked)

    def build(self, planning: Planning) -> Flow:
        return rekeyed(self.below[0].build(planning), self._expressions, "PartitionBy", planning)
