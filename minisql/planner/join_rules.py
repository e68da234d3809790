"""Which joins there can be (ksqlDB's LogicalPlanner.verifyJoin)."""

from __future__ import annotations

from sqlglot.expressions import Expression

from minisql.analyzer.analysis import JoinInfo
from minisql.analyzer.text import text
from minisql.analyzer.trees import column, column_name, is_column, qualifier, rewrite
from minisql.errors import KsqlError
from minisql.planner.node import Node
from minisql.planner.planning import Planning
from minisql.planner.source import SourceNode
from minisql.types import SqlType

WORDS = {"INNER": "[INNER] JOIN", "LEFT": "LEFT [OUTER] JOIN", "RIGHT": "RIGHT [OUTER] JOIN", "FULL": "[FULL] OUTER JOIN"}
"""Join kinds as ksqlDB's messages have them."""


def foreign_key(info: JoinInfo, left: Node, right: Node, planning: Planning) -> Expression | None:
    """The expression of a foreign-key join, None for a join on keys.

    Raises:
        KsqlError: ksqlDB has no such join.
    """
    if not left.is_table:
        if right.is_table:
            _check_stream_table(info, right)
        return None
    if not right.is_table:
        raise KsqlError(
            "Invalid join order: table-stream joins are not supported; only stream-table joins. "
            f"Got {info.left.source.name} {WORDS[info.kind]} {info.right.source.name}."
        )
    if not _is_key(info.right_expression, right):
        raise KsqlError(
            "Invalid join condition: table-table joins require to join on the primary key of the right input table. "
            f"Got {_condition(info)}."
        )
    if not _is_key(info.left_expression, left):
        return _foreign_key(info, left, right, planning)
    _check_types(info, left.schema.key[0].type, right.schema.key[0].type)
    return None


def unqualified(expression: Expression) -> Expression:
    """The expression with its columns under their own names."""
    return rewrite(expression, lambda node: column(column_name(node), like=node) if is_column(node) else None)


def _check_stream_table(info: JoinInfo, right: Node) -> None:
    if info.kind == "FULL":
        raise KsqlError(
            "Invalid join type: full-outer join not supported for stream-table join. "
            f"Got {info.left.source.name} {WORDS[info.kind]} {info.right.source.name}."
        )
    if not _is_key(info.right_expression, right):
        raise KsqlError(
            "Invalid join condition: stream-table joins require to join on the table's primary key. "
            f"Got {_condition(info)}."
        )  # fmt: skip


def _foreign_key(info: JoinInfo, left: Node, right: Node, planning: Planning) -> Expression:
    if info.kind == "FULL":
        raise KsqlError(
            "Invalid join type: full-outer join not supported for foreign-key table-table join. "
            f"Got {info.left.source.name} {WORDS[info.kind]} {info.right.source.name}."
        )
    if not isinstance(left, SourceNode) or not isinstance(right, SourceNode):
        raise KsqlError(
            "Invalid join condition: foreign-key table-table joins are not supported as part of n-way joins. "
            f"Got {_condition(info)}."
        )
    kind = planning.compiled_type(unqualified(info.left_expression), left.schema, "Left Join Expression")
    _check_types(info, kind, right.schema.key[0].type)
    if right.source.windowed:
        raise KsqlError("Foreign-key table-table joins are not supported on windowed tables.")
    return info.left_expression


def _is_key(expression: Expression, node: Node) -> bool:
    """Whether the expression is the one key column of the source that it names."""
    if not is_column(expression):
        return False
    alias = qualifier(expression)
    owner = next((leaf for leaf in node.leaves() if leaf.name == alias), None)
    if owner is None:
        raise KsqlError(f"Join qualifier '`{alias}`' could not be resolved (either not found or not unique).")
    keys = owner.schema.key
    return len(keys) == 1 and keys[0].name == column_name(expression)


def _condition(info: JoinInfo) -> str:
    sides = [text(info.left_expression), text(info.right_expression)]
    return " = ".join(reversed(sides) if info.flipped else sides)


def _check_types(info: JoinInfo, left: SqlType | None, right: SqlType) -> None:
    if left != right:
        sides = [f"{text(info.left_expression)}{{{left}}}", f"{text(info.right_expression)}{{{right}}}"]
        shown = " = ".join(reversed(sides) if info.flipped else sides)
        raise KsqlError(f"Invalid join condition: types don't match. Got {shown}.")
