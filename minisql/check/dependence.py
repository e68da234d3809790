"""Which names a statement makes, and which it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.dialect import nodes

_MAKING = (nodes.CreateSource, nodes.CreateAsSelect, nodes.RegisterType)
_NAMING = (
    *(nodes.InsertInto, nodes.InsertValues, nodes.DropSource, nodes.AlterSource, nodes.Describe, nodes.DropType),
    *(nodes.AssertValues, nodes.AssertTombstone, nodes.AssertSource, nodes.QueryCommand),
)

_VARIABLE = re.compile(r"\$\{(\w+)\}")
_HEAD = re.compile(
    r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:SOURCE\s+)?(?:STREAM|TABLE|TYPE)\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:(\w+)|([`\"])(.+?)\2)",
    re.IGNORECASE,
)


def made_by(node: Expression) -> str | None:
    """The source or type that a statement makes."""
    return node.this.name if isinstance(node, _MAKING) else None


def made_by_text(text: str, variables: Mapping[str, str]) -> str | None:
    """What a statement that cannot be parsed would have made, as far as its first words tell."""
    match = _HEAD.match(_VARIABLE.sub(lambda found: variables.get(found[1], found[0]), text))
    return None if match is None else match[3] or match[1].upper()


def needed_by(node: Expression) -> set[str]:
    """The sources, types and queries that a statement names as being there."""
    names = {relation.this.name for relation in node.find_all(nodes.Relation)}
    names |= {kind.args["kind"] for kind in node.find_all(exp.DataType) if isinstance(kind.args.get("kind"), str)}
    if isinstance(node, _NAMING) and node.this is not None:
        names.add(node.this.name)
    return names
