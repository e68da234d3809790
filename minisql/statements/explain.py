"""EXPLAIN of running queries and of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlglot import expressions as exp

from minisql.analyzer.with_properties import SourceProperties
from minisql.dialect import nodes
from minisql.errors import KsqlError
from minisql.planner.plan import QueryPlan, plan_query
from minisql.planner.sink import SinkRequest
from minisql.results import Entity
from minisql.statements.descriptions import plan_description, query_description
from minisql.statements.prepared import Prepared

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
    query = engine.queries.get(name)
    if query is None:
        raise KsqlError(f"Query with id:{name} does not exist, use SHOW QUERIES to view the full set of queries.")
    return query_description(engine, query)


def _statement(engine: Engine, session: Session, prepared: Prepared) -> dict[str, Any]:
    node = prepared.node.this
    sink = sink_request(node)
    query = node if isinstance(node, nodes.Query) else node.args.get("query")
    if not isinstance(query, nodes.Query):
        raise KsqlError("The provided statement does not run a ksql query")
    plan = plan_query(query, metastore=engine.metastore, functions=engine.functions, config=engine.properties(session), sink=sink)
    text = prepared.text.strip()[len("EXPLAIN ") :]
    return plan_description(plan, _query_id(node, plan), text, "PUSH" if sink is None else "PERSISTENT")


def sink_request(node: exp.Expression) -> SinkRequest | None:
    """What a statement says of the sink of its query; None for a SELECT.

    Raises:
        KsqlError: its WITH clause is wrong.
    """
    if isinstance(node, nodes.InsertInto):
        return SinkRequest(node.this.name, "STREAM", create=False)
    if not isinstance(node, nodes.CreateAsSelect):
        return None
    kind = "TABLE" if isinstance(node, nodes.CreateTableAs) else "STREAM"
    properties = SourceProperties.of(node.args.get("properties"), derived=True)
    return SinkRequest(node.this.name, kind, properties, replace=bool(node.args.get("replace")))


def _query_id(node: exp.Expression, plan: QueryPlan) -> str:
    """The id without the number that a query gets when it is started."""
    if plan.sink is None:
        return f"transient_{plan.sources[0]}"
    if isinstance(node, nodes.InsertInto):
        return "INSERTQUERY"
    return f"C{'T' if plan.is_table else 'S'}AS_{plan.sink.name}"
