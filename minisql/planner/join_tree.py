"""The order of joins, and which expressions are equal to the key of each (ksqlDB's JoinTree)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlglot.expressions import Expression

from minisql.analyzer.analysis import JoinInfo
from minisql.analyzer.sources import AliasedSource
from minisql.analyzer.text import text
from minisql.analyzer.trees import is_column, qualifier
from minisql.errors import KsqlError


class Leaf(NamedTuple):
    """A source."""

    source: AliasedSource

    @property
    def aliases(self) -> frozenset[str]:
        """The aliases of the sources below."""
        return frozenset([self.source.alias])

    @property
    def equivalents(self) -> frozenset[Expression]:
        """The expressions that are equal to the key: a source has none but its key."""
        return frozenset()

    @property
    def viable_keys(self) -> tuple[Expression, ...]:
        """The columns that a projection can have for the key."""
        return ()

    def __str__(self) -> str:
        return self.source.alias


class Branch(NamedTuple):
    """A join: what came before on the left, a source on the right."""

    left: Leaf | Branch
    right: Leaf
    info: JoinInfo

    @property
    def aliases(self) -> frozenset[str]:
        """The aliases of the sources below."""
        return self.left.aliases | self.right.aliases

    @property
    def equivalents(self) -> frozenset[Expression]:
        """The expressions that are equal to the key; of a full join neither side is, as either may be null."""
        if self.info.kind == "FULL":
            return frozenset()
        sides = frozenset([self.info.left_expression, self.info.right_expression])
        before = self.left.equivalents
        return sides | before if before & sides else sides

    @property
    def viable_keys(self) -> tuple[Expression, ...]:
        """The columns, left to right, that a projection can have for the key."""
        equal = self.equivalents
        found = [*self.left.viable_keys, self.info.left_expression, self.info.right_expression]
        columns = dict.fromkeys(each for each in found if is_column(each) and qualifier(each) is not None)
        return tuple(each for each in columns if each in equal)

    def __str__(self) -> str:
        return self.drawn(0)

    def drawn(self, indent: int) -> str:
        """The tree as ksqlDB's messages draw it."""
        margin = " " * indent
        left = self.left.drawn(indent + 3) if isinstance(self.left, Branch) else str(self.left)
        return f"⋈\n{margin}+--{left}\n{margin}+--{self.right}"


def join_tree(joins: Iterable[JoinInfo]) -> Branch:
    """The joins as a tree that grows to the left, in the order of the text.

    Raises:
        KsqlError: a join of sources that are both there already, or neither.
    """
    first, *others = joins
    tree = Branch(Leaf(first.left), Leaf(first.right), first)
    for join in others:
        tree = _grown(tree, join)
    return tree


def _grown(tree: Branch, join: JoinInfo) -> Branch:
    left, right = join.left.alias in tree.aliases, join.right.alias in tree.aliases
    if left and right:
        raise KsqlError(
            f"Cannot perform circular join - both {join.right.alias} and {text(join.left_expression)} "
            f"are already included in the current join tree: {tree}"
        )
    if not left and not right:
        raise KsqlError(
            "Cannot build JOIN tree; neither source in the join is the FROM source or included in a previous JOIN: "
            f"{text(join.left_expression)} = {text(join.right_expression)}. The current join tree is {tree}"
        )
    return Branch(tree, Leaf(join.right), join) if left else Branch(tree, Leaf(join.left), join.flip())
