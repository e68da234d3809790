"""Statements that start queries: CREATE ... AS SELECT, INSERT INTO ... SELECT, SELECT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.analyzer.with_properties import SourceProperties, insert_query_id
from minisql.dialect import nodes
from minisql.errors import KsqlError
from minisql.metastore import Source
from minisql.names import quote
from minisql.planner.plan import QueryPlan, plan_query
from minisql.planner.pull import plan_pull
from minisql.planner.sink import SinkRequest
from minisql.planner.steps import TableSource
from minisql.query_result import QueryResult
from minisql.results import Entity, created, warning
from minisql.runtime.launch import Surroundings, launch_persistent, launch_push, launch_reader
from minisql.runtime.pull import execute_pull
from minisql.runtime.query import PersistentQuery, PushQuery
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session


def create_as(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """CREATE STREAM | TABLE ... AS SELECT: plan it, declare the sink, start the query.

    Raises:
        KsqlError: the query is refused, or the name is taken.
    """
    node = prepared.node
    kind = "TABLE" if isinstance(node, nodes.CreateTableAs) else "STREAM"
    name = node.this.name
    existing = engine.metastore.source(name)
    if existing is not None and node.args.get("exists"):
        word = kind.lower()
        return warning(prepared.text, f"Cannot add {word} {quote(name)}: A {word} with the same name already exists.")
    properties = SourceProperties.of(node.args.get("properties"), derived=True)
    request = SinkRequest(name, kind, properties, create=True, replace=bool(node.args.get("replace")))
    plan = _plan(engine, session, node.args["query"], request)
    if existing is not None:
        _refuse_existing(existing, kind, name, request.replace)
    query = _persistent(engine, prepared, plan, f"C{'T' if kind == 'TABLE' else 'S'}AS_{name}", "CREATE_AS")
    assert plan.sink is not None
    engine.metastore.sources[name] = plan.sink.with_(query_id=query.id, sql=prepared.text)
    _open_sink_topic(engine, plan, properties)
    engine.queries[query.id] = query
    launch_persistent(query, surroundings(engine, session))
    return created(prepared.text, kind, name, f"Created query with ID {query.id}", next(engine.command_number), query.id)


def insert_into(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """INSERT INTO ... SELECT: a query that writes an existing stream.

    Raises:
        KsqlError: the query is refused, or does not fit the stream.
    """
    node = prepared.node
    name = node.this.name
    given = insert_query_id(node.args.get("properties"))
    plan = _plan(engine, session, node.args["query"], SinkRequest(name, "STREAM", create=False))
    query = _persistent(engine, prepared, plan, "INSERTQUERY", "INSERT", given)
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


def _plan(engine: Engine, session: Session, query: nodes.Query, sink: SinkRequest | None) -> QueryPlan:
    config = engine.properties(session)
    return plan_query(query, metastore=engine.metastore, functions=engine.functions, config=config, sink=sink)


def _persistent(
    engine: Engine, prepared: Prepared, plan: QueryPlan, prefix: str, kind: str, query_id: str | None = None
) -> PersistentQuery:
    query_id = query_id or f"{prefix}_{next(engine.query_number)}"
    if query_id in engine.queries:
        raise KsqlError(f"Query ID '{query_id}' already exists.")
    return PersistentQuery(query_id, prepared.text, plan, engine.scheduler, kind)


def _refuse_existing(existing: Source, kind: str, name: str, replace_it: bool) -> None:
    if not replace_it:
        raise KsqlError(f"Cannot add {kind.lower()} '{name}': A {existing.kind.lower()} with the same name already exists")
    from minisql.errors import UnsupportedError

    raise UnsupportedError(f"CREATE OR REPLACE {kind} ... AS SELECT on a source that exists")


def _open_sink_topic(engine: Engine, plan: QueryPlan, properties: SourceProperties) -> None:
    """The sink's topic: as it is, or new with the partitions asked for, else those of the first source."""
    assert plan.sink is not None
    if plan.sink.topic in engine.broker.topics:
        return
    first = engine.metastore.sources[plan.sources[0]]
    partitions = properties.partitions or engine.topic_of(first).partitions
    engine.broker.create(plan.sink.topic, partitions, properties.replicas or 1)


def _push(engine: Engine, session: Session, prepared: Prepared) -> QueryResult:
    node = prepared.node
    plan = _plan(engine, session, node, None)
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
