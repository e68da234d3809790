"""FROM with JOINs: the tree of sources (ksqlDB's LogicalPlanner.buildJoin)."""

from __future__ import annotations

from sqlglot.expressions import Expression

from minisql.analyzer.names import aliased
from minisql.analyzer.trees import column_name, qualifier
from minisql.planner.join import JoinKey, JoinNode
from minisql.planner.join_rules import foreign_key, unqualified
from minisql.planner.join_tree import Branch, join_tree
from minisql.planner.node import Node
from minisql.planner.planning import Planning
from minisql.planner.pre_join import AliasNode, RekeyNode
from minisql.planner.projection import Projection
from minisql.planner.resolved import Renaming, Resolved
from minisql.planner.source import SourceNode
from minisql.types import SqlStruct

_IN_ROWS = Renaming(joined=True)
_WITH_REGISTRY = ("AVRO", "PROTOBUF", "JSON_SR")


def joined_sources(resolved: Resolved, planning: Planning) -> JoinNode:
    """The joins of the query.

    Raises:
        KsqlError: ksqlDB has no such join.
    """
    return _joined(join_tree(resolved.asked.joins), "", Projection(resolved.asked.selects), planning)


def _joined(tree: Branch, prefix: str, projection: Projection, planning: Planning) -> JoinNode:
    if isinstance(tree.left, Branch):
        left: Node = _joined(tree.left, f"{prefix}L_", projection, planning)
    else:
        left = SourceNode(f"KafkaTopic_{prefix}Left", tree.left.source)
    right = SourceNode(f"KafkaTopic_{prefix}Right", tree.right.source)
    foreign = foreign_key(tree.info, left, right, planning)
    key = _source_key(tree, projection) if foreign is None else JoinKey(foreign=_IN_ROWS(foreign))
    return JoinNode(
        f"{prefix}Join",
        tree.info.kind,
        key,
        _left_side(tree, left, f"{prefix}Left", foreign is not None, planning),
        _right_side(tree, right, f"{prefix}Right", foreign is not None, planning),
        tree.info.within,
    )


def _left_side(tree: Branch, left: Node, name: str, foreign: bool, planning: Planning) -> Node:
    expression = tree.info.left_expression
    if isinstance(left, SourceNode):
        return _aliased_source(left, name, None if foreign else expression, planning)
    if expression in tree.left.equivalents:
        return left
    return RekeyNode(f"{name}SourceKeyed", left, _IN_ROWS(expression), planning)


def _right_side(tree: Branch, right: SourceNode, name: str, foreign: bool, planning: Planning) -> Node:
    # a struct as a registered key may have been written by others, so that its bytes differ from those of ksqlDB
    rewritten = right.source.key_format.info.format in _WITH_REGISTRY and any(
        isinstance(key.type, SqlStruct) for key in right.schema.key
    )
    return _aliased_source(right, name, tree.info.right_expression if rewritten or not foreign else None, planning)


def _aliased_source(source: SourceNode, name: str, key: Expression | None, planning: Planning) -> AliasNode:
    below = source if key is None else RekeyNode(f"{name}SourceKeyed", source, unqualified(key), planning)
    return AliasNode(f"PrependAlias{name}", below, source.name)


def _source_key(tree: Branch, projection: Projection) -> JoinKey:
    """The first column equal to the key that the projection has names it."""
    viable = tree.viable_keys
    if not viable:
        return JoinKey()
    chosen = next(filter(projection.contains, viable), viable[0])
    return JoinKey(aliased(qualifier(chosen) or "", column_name(chosen)), viable)
