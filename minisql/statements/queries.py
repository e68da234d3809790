"""SELECT, and what statements that start queries have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from minisql.codegen.errors import JavaError
from minisql.dialect import nodes
from minisql.errors import SERVER_ERROR, BareError, KsqlError, QueryError, StatementError, UnsupportedError
from minisql.metastore import Source
from minisql.planner.plan import QueryPlan, plan_query
from minisql.planner.steps import TableSource
from minisql.query_result import QueryResult
from minisql.runtime.launch import Surroundings, launch_push, launch_reader
from minisql.runtime.query import PersistentQuery, PushQuery
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session
    from minisql.planner.lookup import Lookup
    from minisql.planner.sink import SinkRequest
    from minisql.runtime.pull import TablePull
    from minisql.runtime.view import TableView


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
    query = PersistentQuery(
        f"CST_{source.name.upper()}_{next(engine.query_number)}", source.sql, plan, engine.scheduler, "CREATE_SOURCE"
    )
    engine.queries[query.id] = query
    launch_reader(query, surroundings(engine, engine.default_session))
    return query


def surroundings(engine: Engine, session: Session) -> Surroundings:
    """What a query started by this session needs of the engine."""
    config = {**engine.properties(session), "minisql.now": engine.clock.now}
    overridden = overridden_properties(session)
    log, compiler = engine.processing_log, engine.compiler
    return Surroundings(engine.broker, engine.functions, log, config, engine.clock, compiler, overridden, engine.manual)


def overridden_properties(session: Session) -> dict[str, str]:
    """What the session, or the call, has set."""
    return {**session.properties, **session.overrides}


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
    with _streaming():
        plan = plan_of(engine, session, node, None)
    limit = node.args.get("limit")
    scalable = _is_scalable(engine, session, node, plan.sources[0])
    prefix = "SCALABLE_PUSH_QUERY_" if scalable else f"transient_{plan.sources[0]}_"
    query_id = f"{prefix}{next(engine.transient_number)}"
    rows = None if limit is None else int(limit.this)
    query = PushQuery(query_id, prepared.text, plan, engine.scheduler, rows, keyless=not scalable)
    with _streaming():
        launch_push(query, surroundings(engine, session))
    engine.push_queries[query_id] = query
    query.on_end = lambda: engine.push_queries.pop(query_id, None)
    return QueryResult(query_id, plan.schema.value, query, statement=prepared.text)


def _is_scalable(engine: Engine, session: Session, node: nodes.Query, source: str) -> bool:
    if engine.properties(session).get("ksql.query.push.v2.enabled", "false").lower() == "false":
        return False
    from minisql.statements.scalable import is_scalable  # off by default

    return is_scalable(engine, session, node, source)


@contextmanager
def _streaming() -> Iterator[None]:
    """A query over streams that runs into a Java exception is told of as a fault of the server."""
    try:
        yield
    except JavaError as error:
        raise BareError(error.message, SERVER_ERROR, line=error.line, column=error.column, hint=error.hint) from error


@contextmanager
def _pulling(engine: Engine, prepared: Prepared) -> Iterator[None]:
    """A table's pull query tells of the expression that is refused, and of itself (EngineExecutor.executeTablePullQuery)."""
    try:
        yield
    except UnsupportedError:
        raise
    except KsqlError as error:
        if error.statement is None or not _asks_table(engine, prepared):
            raise
        message = f"{error.message}\nStatement: {error.statement}"
        raise StatementError(
            message, error.error_code, prepared.text, line=error.line, column=error.column, hint=error.hint
        ) from error


def _asks_table(engine: Engine, prepared: Prepared) -> bool:
    source = engine.metastore.source(prepared.node.args["source"].this.name)
    return source is not None and source.is_table


def _pull(engine: Engine, session: Session, prepared: Prepared) -> QueryResult:
    from minisql.analyzer.pull import LIMIT_ENABLED
    from minisql.planner.pull import plan_pull  # push queries do without
    from minisql.runtime.pull import stream_rows
    from minisql.statements.pull_shapes import PullShapes, pull_result

    config = engine.properties(session)
    if _asks_table(engine, prepared):  # there the server alone says whether there is LIMIT, for streams a session too
        config[LIMIT_ENABLED] = engine.config.get(LIMIT_ENABLED, "true")
    with _pulling(engine, prepared):
        plan = plan_pull(prepared.node, metastore=engine.metastore, functions=engine.functions, config=config)
        around = surroundings(engine, session)
        if plan.is_table:
            engine.pull_shapes = engine.pull_shapes or PullShapes()
            run = engine.pull_shapes.learn(engine, session, prepared, plan, around)
            rows, error = _asked(run, engine.view(plan.source), plan.lookups)
        else:
            with _streaming():
                rows, error = stream_rows(plan, around)
    if error is not None:
        error.statement, error.quoted = prepared.text, False
    return pull_result(engine, plan, rows, prepared.text, error)


def _asked(run: TablePull, view: TableView, lookups: tuple[Lookup, ...]) -> tuple[list[tuple[Any, ...]], QueryError | None]:
    try:
        return run(view, lookups), None
    except QueryError as error:
        return [], error
