"""Registered types, replaced by what they stand for."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.codegen.datatypes import sql_type
from minisql.dialect import parse_expression
from minisql.types import SqlType


def is_registered(node: Expression) -> bool:
    """Whether the node names a type that somebody has, or should have, registered."""
    return isinstance(node, exp.DataType) and node.this is exp.DType.USERDEFINED


def written_out(node: Expression, types: Mapping[str, SqlType]) -> Expression | None:
    """The type that the node names, in SQL's own words; None when it is no such name.

    Raises:
        BareError: nobody has registered it.
    """
    if not is_registered(node):
        return None
    sql_type(node, types)
    known: Expression = parse_expression(f"CAST(null AS {types[node.args['kind']]})").args["to"]
    return known
