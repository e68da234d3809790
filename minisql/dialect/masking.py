"""Statements without what nobody else is to see (ksqlDB's QueryMask)."""

from __future__ import annotations

from sqlglot import expressions as exp

from minisql.names import quote


def masked_insert(node: exp.Expr) -> str:
    """INSERT VALUES as the server shows it."""
    names = ", ".join(quote(item.name) for item in node.args.get("columns") or ())
    values = ", ".join("'[value]'" for _ in node.args["values"])
    return f"INSERT INTO {quote(node.this.name)}{f' ({names})' if names else ''} VALUES ({values});"
