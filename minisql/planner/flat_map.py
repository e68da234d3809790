"""Table functions in SELECT."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.analysis import SelectItem, SingleColumn
from minisql.analyzer.names import SYNTHESISED
from minisql.analyzer.trees import column, rewrite
from minisql.planner.node import Flow, Node
from minisql.planner.planning import Planning
from minisql.planner.schemas import key_pairs, keyed
from minisql.planner.steps import Call, StreamFlatMap
from minisql.schema import Column


class FlatMapNode(Node):
    """Rows of ``below`` multiplied by the results of the table functions in the select items.

    Args:
        limited: LIMIT stands above: ksqlDB's QueryLimitNode does not hand on which columns have the results, and the calls
            in the select items are looked for among the scalar functions.
    """

    def __init__(
        self, below: Node, items: Sequence[SelectItem], calls: Sequence[exp.Anonymous], planning: Planning, limited: bool
    ) -> None:
        self._calls = tuple(calls)
        self._resolved = {} if limited else _resolved(items, planning)
        added = []
        for number, call in enumerate(calls):
            kind = planning.type_of(call, below.schema)
            assert kind is not None, "a table function has a type"
            added.append(Column(f"{SYNTHESISED}{number}", kind))
        schema = keyed(key_pairs(below.schema), [*below.schema.value, *added])
        super().__init__(schema, below.is_table, None, (below,))

    def resolve(self, number: int, expression: Expression) -> Expression:
        return self._resolved.get(number, expression)

    def build(self, planning: Planning) -> Flow:
        flow = self.below[0].build(planning)
        functions = tuple(Call(call.this, tuple(call.expressions)) for call in self._calls)
        return flow._replace(step=StreamFlatMap(self.schema, "FlatMap", flow.step, functions))


def _resolved(items: Sequence[SelectItem], planning: Planning) -> dict[int, Expression]:
    """The items by number, each call of a table function replaced by the column of its result."""
    numbers = count()

    def result(node: Expression) -> Expression | None:
        if isinstance(node, exp.Anonymous) and planning.functions.is_table_function(node.this):
            return column(f"{SYNTHESISED}{next(numbers)}", like=node)
        return None

    singles = ((number, item.expression) for number, item in enumerate(items) if isinstance(item, SingleColumn))
    return {number: rewrite(expression, result) for number, expression in singles}
