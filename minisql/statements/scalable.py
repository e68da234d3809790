"""Scalable push queries: those that ksqlDB, told so, serves from what a persistent query writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from minisql import config

if TYPE_CHECKING:
    from minisql.dialect.nodes import Query
    from minisql.engine import Engine, Session

CLAUSES = ("group", "window", "having", "partition", "joins")
COLUMNS = frozenset(("ROWPARTITION", "ROWOFFSET"))


def is_scalable(engine: Engine, session: Session, node: Query, source: str) -> bool:
    """Whether ksqlDB would serve the push query, FROM ``source``, in that way when ``ksql.query.push.v2.enabled`` is on."""
    properties = engine.properties(session)
    if properties.get(config.AUTO_OFFSET_RESET, "latest") != "latest":
        return False
    if any(node.args.get(clause) for clause in CLAUSES) or node.args["emit"] != "CHANGES":
        return False
    writers = [query for query in engine.queries.values() if query.sink is not None and query.sink.name == source]
    return len(writers) == 1 and not COLUMNS.intersection(column.name.upper() for column in node.find_all(exp.Column))
