"""The base of logical nodes: what a part of a query gives, before steps are made of it.

Nodes are built bottom-up, so that names, types and keys are refused in ksqlDB's order; ``build`` then folds them into steps,
where ksqlDB finds the faults of its physical plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from sqlglot.expressions import Expression

from minisql.formats.info import FormatInfo, KeyFormat
from minisql.planner.internal import Internal
from minisql.planner.planning import Planning
from minisql.planner.steps import Step
from minisql.schema import Schema

if TYPE_CHECKING:
    from minisql.planner.projection import Projection
    from minisql.planner.source import SourceNode


class Flow(NamedTuple):
    """A stream or table as built so far, with the format that its key has at this place, and what it keeps for itself."""

    step: Step
    key_format: KeyFormat
    is_table: bool
    internals: tuple[Internal, ...] = ()

    @property
    def schema(self) -> Schema:
        """What the step gives."""
        return self.step.schema


class Node:
    """A logical node over others.

    Attributes:
        schema: the columns that are in reach above it.
        is_table: whether it is a table.
        alias: the one source that its columns come from, if there is one.
        below: the nodes it reads.
    """

    def __init__(self, schema: Schema, is_table: bool, alias: str | None, below: tuple[Node, ...]) -> None:
        self.schema = schema
        self.is_table = is_table
        self.alias = alias
        self.below = below

    def leaves(self) -> Iterator[SourceNode]:
        """The sources, left to right."""
        for node in self.below:
            yield from node.leaves()

    @property
    def value_format(self) -> FormatInfo:
        """The value format of the leftmost source."""
        return next(self.leaves()).source.value_format.info

    def star(self, alias: str | None) -> list[str]:
        """The columns that ``*`` or ``alias.*`` stands for."""
        return [
            name
            for node in self.below
            if alias is None or node.alias is None or node.alias == alias
            for name in node.star(alias)
        ]  # fmt: skip

    def resolve(self, number: int, expression: Expression) -> Expression:
        """What select item ``number`` becomes over this node."""
        return expression

    def check_key(self, sink: str, projection: Projection) -> None:
        """Raises: KsqlError: the projection lacks a key column."""
        for node in self.below:
            node.check_key(sink, projection)

    def unknown(self, columns: Iterable[Expression]) -> list[Expression]:
        """Those of the columns that do not exist here."""
        (only,) = self.below
        return only.unknown(columns)

    def preferred_format(self) -> KeyFormat | None:
        """As a side of a join: the key format that costs nothing here; None when the key is written anew in any case."""
        raise NotImplementedError

    def build_as(self, key_format: KeyFormat, planning: Planning) -> Flow:
        """As a side of a join: the steps, with keys of the format as far as nothing else is asked for below."""
        return self.build(planning)

    def build(self, planning: Planning) -> Flow:
        """The steps of this node and those below.

        Raises:
            KsqlError: what ksqlDB finds out only when it makes its physical plan.
        """
        raise NotImplementedError
