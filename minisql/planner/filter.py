"""WHERE."""

from __future__ import annotations

from sqlglot.expressions import Expression

from minisql.planner.magic_time import with_times
from minisql.planner.node import Flow, Node
from minisql.planner.planning import Planning
from minisql.planner.predicate import check_predicate
from minisql.planner.steps import StreamFilter, TableFilter


class FilterNode(Node):
    """Rows for which ``predicate`` is true."""

    def __init__(self, below: Node, predicate: Expression, planning: Planning) -> None:
        check_predicate(predicate, below.schema, planning, "WHERE")
        self._predicate = predicate
        super().__init__(below.schema, below.is_table, below.alias, (below,))

    def build(self, planning: Planning) -> Flow:
        flow = self.below[0].build(planning)
        return filtered(flow, self._predicate, "WhereFilter")


def filtered(flow: Flow, predicate: Expression, context: str) -> Flow:
    """The flow behind a filter step."""
    made = TableFilter if flow.is_table else StreamFilter
    return flow._replace(step=made(flow.schema, context, flow.step, with_times(predicate)))
