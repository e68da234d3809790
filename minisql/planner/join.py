"""A join of two sides (ksqlDB's JoinNode)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlglot.expressions import Expression

from minisql.analyzer.names import aliased, synthetic_key
from minisql.analyzer.trees import column, column_name, qualifier
from minisql.dialect import nodes
from minisql.errors import KsqlError
from minisql.formats.info import KeyFormat
from minisql.names import quote
from minisql.planner.internal import Internal
from minisql.planner.join_rules import WORDS
from minisql.planner.key_format import default_key_format
from minisql.planner.node import Flow, Node
from minisql.planner.planning import Planning
from minisql.planner.pre_join import AliasNode
from minisql.planner.projection import Projection, missing_keys
from minisql.planner.schemas import find_value, key_pairs, keyed
from minisql.planner.steps import ForeignKeyTableTableJoin, Step, StreamStreamJoin, StreamTableJoin, TableTableJoin
from minisql.planner.window import duration
from minisql.schema import Column, Schema


class JoinKey(NamedTuple):
    """What the key of a join is.

    Attributes:
        name: the column that names it; None when it is that of the left table, or when no column is equal to it.
        viable: the columns, with their sources, that a projection can have for it.
        foreign: the left expression of a foreign-key join.
    """

    name: str | None = None
    viable: tuple[Expression, ...] = ()
    foreign: Expression | None = None

    @property
    def synthetic(self) -> bool:
        """Whether it gets a name of its own."""
        return self.name is None and self.foreign is None


class JoinNode(Node):
    """Two sides under one key.

    Args:
        context: of the step, "Join" for the last one.
        within: the window of a stream-stream join.
    """

    def __init__(self, context: str, kind: str, key: JoinKey, left: Node, right: Node, within: nodes.Within | None) -> None:
        self._context = context
        self._kind = kind
        self._key = key
        self._within = within
        self._left = left
        self._right = right
        schema = self._schema(left.schema, right.schema)
        super().__init__(schema, left.is_table and right.is_table, None, (left, right))

    # -- names -----------------------------------------------------------------------------------

    def star(self, alias: str | None) -> list[str]:
        names = [name for node in _aliased_sources(self) if alias in (None, node.alias) for name in node.star(alias)]
        return [self.schema.key[0].name, *names] if alias is None and self._shows_synthetic_key else names

    def unknown(self, columns: Iterable[Expression]) -> list[Expression]:
        asked = list(columns)
        if self._shows_synthetic_key:
            own = column(self.schema.key[0].name)
            asked = [node for node in asked if node != own]
        right = self._right.unknown(asked)
        return [node for node in self._left.unknown(asked) if node in right]

    def check_key(self, sink: str, projection: Projection) -> None:
        if self._key.foreign is not None:
            self._check_left_key(projection)
            return
        viable = self._key.viable or (column(self.schema.key[0].name),)
        plain = [node if qualifier(node) is None else column(_row_name(node)) for node in viable]
        if not any(map(projection.contains, [*plain, *viable])):
            raise missing_keys(sink, "join expression", viable, any_of=True, synthetic=self._key.synthetic)

    def _check_left_key(self, projection: Projection) -> None:
        left = next(self.leaves())
        keys = [column(key.name, left.name) for key in left.source.schema.key]
        missing = [
            column_name(key) for key in keys if not projection.contains(key) and not projection.contains(column(_row_name(key)))
        ]  # fmt: skip
        if missing:
            word = "column" if len(missing) == 1 else "columns"
            raise KsqlError(
                f"Primary key {word} missing in projection. For foreign-key table-table joins, the projection must include all "
                f"primary key columns from the left input table ({quote(left.name)}). Missing {word}: "
                f"{', '.join(quote(_without(left.name, name)) for name in missing)}."
            )

    @property
    def _shows_synthetic_key(self) -> bool:
        return self._key.synthetic and self._context == "Join"

    def _schema(self, left: Schema, right: Schema) -> Schema:
        if self._key.foreign is not None:
            return keyed(key_pairs(left), [*left.value, *right.value])
        if len(left.key) != 1 or len(right.key) != 1:
            raise KsqlError("Multi-key joins not supported")
        kind = left.key[0].type
        if kind != right.key[0].type:
            raise KsqlError(f"Invalid join. Key types differ: {kind} vs {right.key[0].type}")
        name = self._key.name or synthetic_key(leaf.source.schema for node in (self._left, self._right) for leaf in node.leaves())
        known = find_value(left, name) or find_value(right, name)
        return keyed([(name, kind)], [*left.value, *right.value, *([] if known else [Column(name, kind)])])

    # -- key formats -----------------------------------------------------------------------------

    def preferred_format(self) -> KeyFormat | None:
        return self._left.preferred_format() or self._right.preferred_format()

    def _default_format(self, planning: Planning) -> KeyFormat:
        formats = (leaf.source.key_format for leaf in self.leaves())
        named = (each for each in formats if each.info.format != "NONE")
        return next(named, KeyFormat(default_key_format(planning.config)))

    # -- steps -----------------------------------------------------------------------------------

    def build(self, planning: Planning) -> Flow:
        return self.build_as(self.preferred_format() or self._default_format(planning), planning)

    def build_as(self, key_format: KeyFormat, planning: Planning) -> Flow:
        if self._key.foreign is None:
            self._check_partitions(planning)
        self._check_within()
        left, right = self._left.build_as(key_format, planning), self._right.build_as(key_format, planning)
        step = self._step(left.step, right.step, left.key_format)
        internals = (*left.internals, *right.internals, *self._internals(step, left, right))
        return Flow(step, left.key_format, self.is_table, internals)

    def _internals(self, step: Step, left: Flow, right: Flow) -> Iterator[Internal]:
        """What the join keeps: rows of streams, and the answers of a foreign-key join."""
        if not self._left.is_table:
            yield Internal(left.key_format, self._left.value_format, left.schema, context=f"{self._context}/left")
        if not self._right.is_table:
            yield Internal(left.key_format, self._right.value_format, right.schema, context=f"{self._context}/right")
        if self._key.foreign is not None:
            yield Internal(left.key_format, self._left.value_format, step.schema)

    def _step(self, left: Step, right: Step, key_format: KeyFormat) -> Step:
        schema, kind = self._schema(left.schema, right.schema), self._kind
        if self._within is not None:
            before = duration(self._within.args["before"]) or 0
            after = duration(self._within.args.get("after"))
            grace = duration(self._within.args.get("grace"))
            after = before if after is None else after
            return StreamStreamJoin(schema, self._context, left, right, kind, before, after, grace, key_format)
        if not self.is_table:
            if kind not in ("INNER", "LEFT"):
                raise KsqlError(f"Invalid join type encountered: {WORDS[kind]}")
            return StreamTableJoin(schema, self._context, left, right, kind)
        if self._key.foreign is None:
            return TableTableJoin(schema, self._context, left, right, kind)
        if kind == "RIGHT":
            raise KsqlError("RIGHT OUTER JOIN on a foreign key is not supported")
        return ForeignKeyTableTableJoin(schema, self._context, left, right, kind, self._key.foreign)

    def _check_within(self) -> None:
        if not self._left.is_table and not self._right.is_table:
            if self._within is None:
                raise KsqlError(
                    "Stream-Stream joins must have a WITHIN clause specified. None was provided. To learn about how to specify "
                    "a WITHIN clause with a stream-stream join, please visit: https://docs.confluent.io/current/ksql/docs/"
                    "syntax-reference.html#create-stream-as-select"
                )
        elif self._within is not None and not self._left.is_table:
            raise KsqlError(
                "A window definition was provided for a Stream-Table join. These joins are not windowed. Please drop the window "
                "definition (ie. the WITHIN clause) and try to execute your join again."
            )
        elif self._within is not None:
            raise KsqlError(
                "A window definition was provided for a Table-Table join. These joins are not windowed. Please drop the window "
                "definition (i.e. the WITHIN clause) and try to execute your Table-Table join again."
            )

    def _check_partitions(self, planning: Planning) -> None:
        left, right = (planning.partitions_of(_counted(node)) for node in (self._left, self._right))
        if left != right:
            one, other = (quote(next(node.leaves()).name) for node in (self._left, self._right))
            raise KsqlError(
                f"Can't join {one} with {other} since the number of partitions don't match. {one} partitions = {left}; "
                f"{other} partitions = {right}. Please repartition either one so that the number of partitions match."
            )


def _aliased_sources(node: Node) -> Iterator[Node]:
    """The sides below a join that are sources with their alias, left to right."""
    for below in node.below:
        if isinstance(below, AliasNode):
            yield below
        else:
            yield from _aliased_sources(below)


def _counted(node: Node) -> str:
    """The source whose partitions count for a side: ksqlDB asks the rightmost."""
    *_, last = node.leaves()
    return last.source.topic


def _row_name(node: Expression) -> str:
    return aliased(qualifier(node) or "", column_name(node))


def _without(alias: str, name: str) -> str:
    """The column name without the alias that rows of a join may have before it."""
    return name[len(alias) + 1 :] if name.startswith(alias) else name
