"""CREATE STREAM | TABLE ... AS SELECT."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from minisql import config
from minisql.analyzer.prepare import prepared_query
from minisql.dialect import nodes
from minisql.errors import BAD_REQUEST, BareError, KsqlError, StatementError, UnsupportedError
from minisql.metastore import Source
from minisql.names import quote
from minisql.planner.plan import QueryPlan
from minisql.planner.sink import SinkRequest
from minisql.results import Entity, created, warning
from minisql.runtime.launch import build_persistent
from minisql.runtime.query import PersistentQuery
from minisql.statements.about import about, statement_error
from minisql.statements.capacity import check_capacity
from minisql.statements.circles import bound_circle
from minisql.statements.deprecations import notices
from minisql.statements.prepared import Prepared
from minisql.statements.queries import plan_of, surroundings
from minisql.statements.sinks import completed, create_request, open_topic, sink_topic
from minisql.statements.topics import unmade_on_failure

if TYPE_CHECKING:
    from minisql.engine import Engine, Session

REPLACE = "ksql.create.or.replace.enabled"


def create_as(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """CREATE [OR REPLACE] STREAM | TABLE ... AS SELECT: plan it, declare the sink, start the query.

    Raises:
        KsqlError: the query is refused, the name is taken, or the query that has it cannot be replaced.
    """
    node = prepared.node
    assert isinstance(node, nodes.CreateAsSelect)
    request = create_request(node)
    select = prepared_query(node.args["query"], engine.metastore)
    topic = sink_topic(engine, session, request, select)
    # A harness has no step that completes the topic.
    text = completed(node, select, None if engine.auto_create_topics else topic)
    with _undetermined(text):
        plan = plan_of(engine, session, select, request)
    if request.properties.key_schema_id is not None or request.properties.value_schema_id is not None:
        request, plan = _with_schemas(engine, session, select, request, plan)
    existing = engine.metastore.source(request.name)
    if existing is not None and node.args.get("exists"):
        word = request.kind.lower()
        return warning(prepared.text, f"Cannot add {word} {quote(request.name)}: A {word} with the same name already exists.")
    with _undetermined(text):
        old = _writer(engine, session, request, plan)
    with about(lambda: text):
        sink = _checked(plan, existing, old)
    query = PersistentQuery(_query_id(engine, plan, sink, old), text, plan, engine.scheduler, "CREATE_AS")
    with _undetermined(text):
        start = _built(engine, session, query, old)
    check_capacity(engine, query.id, prepared.text)
    with about(lambda: text), unmade_on_failure(engine, sink.topic):
        open_topic(engine, sink, topic)
        if sink.uses_registry:
            from minisql.statements.schemas import register

            register(sink, anew=True)
    start()
    if old is None:
        next(engine.query_number)
    engine.queries[query.id] = query
    bound_circle(engine, query)
    engine.metastore.sources[sink.name] = sink.with_(query_id=query.id, sql=text)
    message, warnings = f"Created query with ID {query.id}", notices(select, engine.metastore)
    return created(text, request.kind, sink.name, message, next(engine.command_number), query.id, warnings)


def _with_schemas(
    engine: Engine, session: Session, query: nodes.Query, request: SinkRequest, plan: QueryPlan
) -> tuple[SinkRequest, QueryPlan]:
    """Plan again with what the schemas say that the statement asks for by id.

    Raises:
        KsqlError: there is no such schema, or it does not have the columns of the sink.
    """
    from minisql.statements.schemas import with_schemas

    assert plan.sink is not None
    request = with_schemas(engine, request, plan.sink)
    return request, plan_of(engine, session, query, request)


@contextmanager
def _undetermined(text: str) -> Iterator[None]:
    """The server plans the query once before it does anything, to know the schema of the sink: there it is refused."""
    try:
        yield
    except UnsupportedError:
        raise
    except BareError as error:
        if error.error_code == BAD_REQUEST:
            error.statement = text
        raise
    except KsqlError as error:
        about = text if isinstance(error, StatementError) else error.statement
        inner = error.message if about is None else f"{error.message}\nStatement: {about}"
        message = f"Could not determine output schema for query due to error: {inner}"
        raise statement_error(error, message, text) from error


def _writer(engine: Engine, session: Session, request: SinkRequest, plan: QueryPlan) -> PersistentQuery | None:
    """The query that writes the sink already: the new one takes its place, and its id."""
    writers = [query for query in engine.queries.values() if query.sink is not None and query.sink.name == request.name]
    if len(writers) > 1:
        ids = ", ".join(sorted(query.id for query in writers))
        raise KsqlError(
            f"REPLACE for sink {quote(request.name)} is not supported because there are multiple queries writing into it: [{ids}]"
        )
    if writers and config.value_of(REPLACE, engine.properties(session)) is False:
        kind = "table" if plan.is_table else "stream"
        raise KsqlError(f"Cannot add {kind} '{request.name}': A {kind} with the same name already exists")
    return writers[0] if writers else None


def _checked(plan: QueryPlan, existing: Source | None, old: PersistentQuery | None) -> Source:
    """The sink; Raises: KsqlError: it, or its query, may not take the place of the one that there is."""
    assert plan.sink is not None
    if existing is not None:
        from minisql.statements.upgrade import check_upgrade  # seldom is anything replaced

        check_upgrade(existing, plan.sink)
    if old is not None:
        from minisql.planner import upgrade

        upgrade.check_upgrade(old.plan.step, plan.step)
    return plan.sink


def _query_id(engine: Engine, plan: QueryPlan, sink: Source, old: PersistentQuery | None) -> str:
    if old is not None:
        return old.id
    return f"C{'T' if plan.is_table else 'S'}AS_{sink.name.upper()}_{engine.query_number.upcoming}"


def _built(engine: Engine, session: Session, query: PersistentQuery, old: PersistentQuery | None) -> Callable[[], None]:
    """Build the query's functions; gives what starts it, in the place of the old one where there is one."""
    around = surroundings(engine, session)
    if old is None:
        return build_persistent(query, around)
    from minisql.runtime.takeover import build_successor

    take_over, sink = build_successor(query, old, around), query.sink
    assert sink is not None
    return lambda: engine.renew(sink, take_over())
