"""What is done to a side before it is joined: a new key if need be, and its alias before every column."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot.expressions import Expression

from minisql.analyzer.names import aliased
from minisql.analyzer.trees import column, column_name, qualifier
from minisql.formats import format_of
from minisql.formats.info import KeyFormat
from minisql.planner.internal import Internal
from minisql.planner.node import Flow, Node
from minisql.planner.planning import Planning
from minisql.planner.project import selected
from minisql.planner.rekey import needs_rekey, rekeyed, rekeyed_schema
from minisql.planner.schemas import keyed
from minisql.planner.steps import Select, TableSelectKey


class RekeyNode(Node):
    """A source, or a join, under the key that the next join needs."""

    def __init__(self, context: str, below: Node, expression: Expression, planning: Planning) -> None:
        self._context = context
        self._expression = expression
        schema = rekeyed_schema(below.schema, [expression], planning)
        super().__init__(schema, below.is_table, below.alias, (below,))

    def preferred_format(self) -> KeyFormat | None:
        return None if self._needed else self.below[0].preferred_format()

    def build_as(self, key_format: KeyFormat, planning: Planning) -> Flow:
        below = self.below[0]
        # keys that come with a registered schema are always written anew, as their ids could differ
        force = format_of(key_format.info.format).supports("SCHEMA_INFERENCE")
        preferred = below.preferred_format()
        if not self._needed and not force and preferred in (None, key_format):
            return self._rekeyed(below.build_as(key_format, planning), None, False, planning)
        return self._rekeyed(below.build(planning), key_format, force, planning)

    def build(self, planning: Planning) -> Flow:
        raise AssertionError("a side of a join is told its key format")

    @property
    def _needed(self) -> bool:
        return needs_rekey(self.below[0].schema, [self._expression])

    def _rekeyed(self, flow: Flow, wanted: KeyFormat | None, force: bool, planning: Planning) -> Flow:
        made = rekeyed(flow, [self._expression], self._context, planning, wanted, force)
        if not isinstance(made.step, TableSelectKey) or made.step is flow.step:
            return made
        internal = Internal(made.key_format, self.value_format, made.schema, context=self._context)
        return made._replace(internals=(*made.internals, internal))


class AliasNode(Node):
    """A source whose columns are called ALIAS_COLUMN."""

    def __init__(self, context: str, below: Node, alias: str) -> None:
        self._context = context
        self._selects = [Select(aliased(alias, each.name), column(each.name)) for each in below.schema.value]
        self._names = {select.name: column_name(select.expression) for select in self._selects}
        keys = [(aliased(alias, key.name), key.type) for key in below.schema.key]
        values = [type(each)(aliased(alias, each.name), each.type) for each in below.schema.value]
        super().__init__(keyed(keys, values), below.is_table, below.alias, (below,))

    def preferred_format(self) -> KeyFormat | None:
        return self.below[0].preferred_format()

    def star(self, alias: str | None) -> list[str]:
        names = {name: shown for shown, name in self._names.items()}
        return [names.get(name, name) for name in self.below[0].star(alias)]

    def unknown(self, columns: Iterable[Expression]) -> list[Expression]:
        return self.below[0].unknown([self._original(node) for node in columns])

    def build_as(self, key_format: KeyFormat, planning: Planning) -> Flow:
        return self._aliased(self.below[0].build_as(key_format, planning), planning)

    def build(self, planning: Planning) -> Flow:
        return self._aliased(self.below[0].build(planning), planning)

    def _aliased(self, flow: Flow, planning: Planning) -> Flow:
        return selected(flow, [key.name for key in self.schema.key], self._selects, self._context, planning)

    def _original(self, node: Expression) -> Expression:
        name = self._names.get(column_name(node)) if qualifier(node) is None else None
        return node if name is None else column(name, like=node)
