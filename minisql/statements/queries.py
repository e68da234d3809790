"""Statements that start queries: INSERT INTO ... SELECT and SELECT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.analyzer.with_properties import insert_query_id
from minisql.dialect import nodes
from minisql.errors import KsqlError
from minisql.metastore import Source
from minisql.planner.plan import QueryPlan, plan_query
from minisql.planner.pull import plan_pull
from minisql.planner.sink import SinkRequest
from minisql.planner.steps import TableSource
from minisql.query_result import QueryResult
from minisql.results import Entity, created
from minisql.runtime.launch import Surroundings, launch_persistent, launch_push, launch_reader
from minisql.runtime.pull import execute_pull
from minisql.runtime.query import PersistentQuery, PushQuery
from minisql.statements.prepared import Prepared

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
    query_id = given or f"INSERTQUERY_{next(engine.query_number)}"
    if query_id in engine.queries:
        raise KsqlError(f"Query ID '{query_id}' already exists.")
    query = PersistentQuery(query_id, prepared.text, plan, engine.scheduler, "INSERT")
    engine.queries[query.id] = query
    launch_persistent(query, surroundings(engine, session))
    return created(prepared.text, "STREAM", name, f"Created query with ID {query.id}", next(engine.command_number), query.id)


def select(engine: Engine, session: Session, prepared: Prepared) -> QueryResult:
    """SELECT: a push query with EMIT CHANGES, else a pull query.

    Raises:
        KsqlError: the query is refused.
    """
    if prepared.node.args.get("emit") is None:
        return _pull(engine, session, prepared)
    return _push(engine, session, prepared)


def materialize(engine: Engine, source: Source) -> PersistentQuery:
    """The query behind CREATE SOURCE TABLE: it reads the topic, so that the table can be asked."""
    step = TableSource(source.schema.with_pseudo_and_key_columns(source.windowed), "KsqlTopic/Source", source, source.name)
    plan = QueryPlan(step, None, source.schema, (source.name,), True, source.key_format.window, None)
    query = PersistentQuery(f"CST_{source.name}_{next(engine.query_number)}", source.sql, plan, engine.scheduler, "CREATE_SOURCE")
    engine.queries[query.id] = query
    launch_reader(query, surroundings(engine, engine.default_session))
    return query


def surroundings(engine: Engine, session: Session) -> Surroundings:
    """What a query started by this session needs of the engine."""
    config = {**engine.properties(session), "minisql.now": engine.clock.now}
    return Surroundings(engine.broker, engine.functions, engine.processing_log, config, engine.clock)


def plan_of(engine: Engine, session: Session, query: nodes.Query, sink: SinkRequest | None) -> QueryPlan:
    """The plan of a push query, or of one that writes a sink.

    Raises:
        KsqlError: the query is refused.
    """
    return plan_query(
        query,
        metastore=engine.metastore,
        functions=engine.functions,
        config=engine.properties(session),
        sink=sink,
        partitions=lambda name: engine.broker.topic(name).partitions,
    )


def _push(engine: Engine, session: Session, prepared: Prepared) -> QueryResult:
    node = prepared.node
    plan = plan_of(engine, session, node, None)
    limit = node.args.get("limit")
    query_id = f"transient_{plan.sources[0]}_{next(engine.transient_number)}"
    query = PushQuery(query_id, prepared.text, plan, engine.scheduler, None if limit is None else int(limit.this))
    engine.push_queries[query_id] = query
    query.on_end = lambda: engine.push_queries.pop(query_id, None)
    launch_push(query, surroundings(engine, session))
    return QueryResult(query_id, plan.schema.value, query, statement=prepared.text)


def _pull(engine: Engine, session: Session, prepared: Prepared) -> QueryResult:
    config = engine.properties(session)
    plan = plan_pull(prepared.node, metastore=engine.metastore, functions=engine.functions, config=config)
    query_id = f"query_{next(engine.transient_number)}"
    rows = execute_pull(plan, engine.view, surroundings(engine, session))
    reached = plan.limit is not None and len(rows) >= plan.limit
    return QueryResult(query_id, plan.schema.columns, None, rows, reached, prepared.text)
