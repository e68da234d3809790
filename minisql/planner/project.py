"""SELECT without GROUP BY (ksqlDB's FinalProjectNode)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.expressions import Expression

from minisql.analyzer.analysis import SelectItem
from minisql.analyzer.text import in_prose, place, text
from minisql.analyzer.trees import column_name, columns_in, is_column
from minisql.errors import KsqlError
from minisql.names import WINDOW_BOUNDS, quote
from minisql.planner.node import Flow, Node
from minisql.planner.planning import Planning
from minisql.planner.projection import Projection, projected, selects_of
from minisql.planner.schemas import is_key, key_pairs, keyed, without_copies
from minisql.planner.steps import Select, StreamSelect, TableSelect
from minisql.schema import Column, Schema

COPY_HINT = (
    "Each key column must only be in the projection once. If you intended to copy the key into the value, then consider using "
    "the `AS_VALUE` function to indicate which key reference should be copied."
)


class ProjectNode(Node):
    """The projection of a query.

    Args:
        sink: the schema of an existing sink (its types lead number literals), or None.
        persistent: key columns leave the value; otherwise the value has all that is selected.
    """

    def __init__(
        self, below: Node, items: Sequence[SelectItem], planning: Planning, persistent: bool, sink: Schema | None
    ) -> None:
        self._projection = Projection(items)
        selects = selects_of(below, items, sink)
        schema = projected(below.schema, selects, planning)
        if persistent:
            self._selects = _without_keys(selects, below.schema)
            schema = without_copies(schema)
        else:
            self._selects = selects
            schema = keyed(key_pairs(below.schema), schema.columns)
        super().__init__(schema, below.is_table, below.alias, (below,))
        if not schema.value:
            raise KsqlError("The projection contains no value columns.")
        self._check_columns()

    def check_key_present(self, sink: str) -> None:
        """Raises: KsqlError: the projection lacks a key column."""
        self.below[0].check_key(sink, self._projection)

    def build(self, planning: Planning) -> Flow:
        flow = self.below[0].build(planning)
        return selected(flow, [key.name for key in self.schema.key], self._selects, "Project", planning)

    def _check_columns(self) -> None:
        columns = {node for expression in self._projection.singles for node in columns_in(expression)}
        unknown = self.below[0].unknown(columns)
        if unknown:
            raise KsqlError("\n".join(f"{place(node)}Column '{text(node)}' cannot be resolved." for node in unknown))


def selected(flow: Flow, names: Sequence[str], selects: Sequence[Select], context: str, planning: Planning) -> Flow:
    """The flow behind a projection step; its key columns take ``names`` unless there are none."""
    kinds = [(select.name, planning.type_of(select.expression, flow.schema)) for select in selects]
    keys = [(name, key.type) for name, key in zip(names or [key.name for key in flow.schema.key], flow.schema.key, strict=False)]

    schema = keyed(keys, [Column(name, kind) for name, kind in kinds if kind is not None])
    made = TableSelect if flow.is_table else StreamSelect
    return flow._replace(step=made(schema, context, flow.step, tuple(selects)))


def _without_keys(selects: Sequence[Select], parent: Schema) -> list[Select]:
    """What stays in the value: no key columns, no window bounds under their own names."""
    kept: list[Select] = []
    seen: dict[str, set[str]] = {}
    for select in selects:
        name = _plain_column(select.expression)
        if name is not None and is_key(parent, name):
            seen.setdefault(name, set()).add(select.name)
        elif name is None or name not in WINDOW_BOUNDS or select.name != name:
            kept.append(select)
    for name, aliases in seen.items():
        if len(aliases) > 1:
            raise KsqlError(
                f"The projection contains a key column ({quote(name)}) more than once, aliased as: "
                f"{in_prose(sorted(aliases), 'and')}.\n{COPY_HINT}"
            )
    return kept


def _plain_column(expression: Expression) -> str | None:
    return column_name(expression) if is_column(expression) else None
