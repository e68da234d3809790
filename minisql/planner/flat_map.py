"""Table functions in SELECT."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.names import SYNTHESISED
from minisql.analyzer.trees import column, rewrite
from minisql.planner.node import Flow, Node
from minisql.planner.planning import Planning
from minisql.planner.schemas import key_pairs, keyed
from minisql.planner.steps import Call, StreamFlatMap
from minisql.schema import Column


class FlatMapNode(Node):
    """Rows of ``below`` multiplied by the results of table functions, in the order of the text."""

    def __init__(self, below: Node, calls: Sequence[exp.Anonymous], planning: Planning) -> None:
        self._calls = tuple(calls)
        self._names = {call: f"{SYNTHESISED}{number}" for number, call in reversed(list(enumerate(calls)))}
        added = []
        for number, call in enumerate(calls):
            kind = planning.type_of(call, below.schema)
            assert kind is not None, "a table function has a type"
            added.append(Column(f"{SYNTHESISED}{number}", kind))
        schema = keyed(key_pairs(below.schema), [*below.schema.value, *added])
        super().__init__(schema, below.is_table, None, (below,))

    def resolve(self, number: int, expression: Expression) -> Expression:
        def result(node: Expression) -> Expression | None:
            name = self._names.get(node) if isinstance(node, exp.Anonymous) else None
            return None if name is None else column(name, like=node)

        return rewrite(expression, result)

    def build(self, planning: Planning) -> Flow:
        flow = self.below[0].build(planning)
        functions = tuple(Call(call.this, tuple(call.expressions)) for call in self._calls)
        return flow._replace(step=StreamFlatMap(self.schema, "FlatMap", flow.step, functions))
