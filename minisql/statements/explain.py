"""EXPLAIN of running queries and of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlglot import expressions as exp

from minisql.dialect import nodes
from minisql.dialect.masking import masked_insert
from minisql.errors import KsqlError, StatementError
from minisql.planner.plan import QueryPlan
from minisql.results import Entity
from minisql.statements.descriptions import HOST, plan_description, query_description
from minisql.statements.lifecycle import query_called
from minisql.statements.prepared import Prepared
from minisql.statements.queries import overridden_properties, plan_of
from minisql.statements.sinks import sink_request

if TYPE_CHECKING:
    from minisql.engine import Engine, Session


def explain(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """EXPLAIN query id | statement; nothing is started.

    Raises:
        KsqlError: there is no such query, the statement starts none, or it is refused.
    """
    target = prepared.node.this
    described = _query(engine, target.name) if isinstance(target, exp.Identifier) else _statement(engine, session, prepared)
    return Entity("queryDescription", prepared.text, {"queryDescription": described})


def _query(engine: Engine, name: str) -> dict[str, Any]:
    query = query_called(engine.queries, name)
    if query is None:
        raise KsqlError(f"Query with id:{name} does not exist, use SHOW QUERIES to view the full set of queries.")
    described = query_description(engine, query)
    # EXPLAIN asks Kafka Streams, which does not tell of a pause; SHOW QUERIES EXTENDED does.
    return {**described, "ksqlHostQueryStatus": {HOST: described["state"]}}


def _statement(engine: Engine, session: Session, prepared: Prepared) -> dict[str, Any]:
    node = prepared.node.this
    sink = sink_request(node)
    query = node if isinstance(node, nodes.Query) else node.args.get("query")
    if not isinstance(query, nodes.Query):
        told = masked_insert(node) if isinstance(node, nodes.InsertValues) else prepared.text
        raise StatementError("The provided statement does not run a ksql query", statement=told)
    plan = plan_of(engine, session, query, sink)
    text = prepared.text.strip()[len("EXPLAIN ") :]
    kind = "PUSH" if sink is None else "PERSISTENT"
    return plan_description(plan, _query_id(engine, node, plan), text, kind, overridden_properties(session))


def _query_id(engine: Engine, node: exp.Expression, plan: QueryPlan) -> str:
    """The id that the query would have if it were started next; the numbers go on from where they are."""
    if plan.sink is None:
        return f"transient_{plan.sources[0]}_{engine.transient_number.upcoming}"
    number = engine.query_number.upcoming
    if isinstance(node, nodes.InsertInto):
        return f"INSERTQUERY_{number}"
    return f"C{'T' if plan.is_table else 'S'}AS_{plan.sink.name}_{number}"
