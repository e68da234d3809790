"""INSERT INTO ... SELECT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.analyzer.with_properties import insert_query_id
from minisql.errors import KsqlError
from minisql.planner.sink import SinkRequest
from minisql.results import Entity, created
from minisql.runtime.launch import build_persistent
from minisql.runtime.query import PersistentQuery
from minisql.statements.capacity import check_capacity
from minisql.statements.circles import bound_circle
from minisql.statements.prepared import Prepared
from minisql.statements.queries import plan_of, surroundings

if TYPE_CHECKING:
    from minisql.engine import Engine, Session


def insert_into(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """INSERT INTO ... SELECT: a query that writes an existing stream.

    Raises:
        KsqlError: the query is refused, or does not fit the stream.
    """
    node = prepared.node
    name = node.this.name
    given = insert_query_id(node.args.get("properties"))
    plan = plan_of(engine, session, node.args["query"], SinkRequest(name, "STREAM", create=False, place=node))
    query_id = given or f"INSERTQUERY_{engine.query_number.upcoming}"
    if query_id in engine.queries:
        raise KsqlError(f"Query ID '{query_id}' already exists.")
    query = PersistentQuery(query_id, prepared.text, plan, engine.scheduler, "INSERT")
    start = build_persistent(query, surroundings(engine, session))
    check_capacity(engine, query_id, prepared.text)
    start()
    if given is None:
        next(engine.query_number)
    engine.queries[query.id] = query
    bound_circle(engine, query)
    return created(prepared.text, "STREAM", name, f"Created query with ID {query.id}", next(engine.command_number), query.id)
