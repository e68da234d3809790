"""TERMINATE, PAUSE and RESUME."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from minisql.errors import KsqlError
from minisql.results import Entity, command_status
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session
    from minisql.runtime.query import PersistentQuery

TERMINATE_CLUSTER = "TERMINATE CLUSTER;"
"""The statement by whose text, in any case, a server knows that it is to end (TerminateCluster); it is no query's name then."""

Found = TypeVar("Found")


def terminate(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """End a query, or all persistent ones; what they have written stays. TERMINATE CLUSTER ends all, and the server's work.

    Raises:
        KsqlError: there is no such query, or it feeds a source table.
    """
    target = prepared.node.this
    if prepared.text.upper() == TERMINATE_CLUSTER:
        from minisql.statements.cluster import terminate_cluster  # hardly a program ends a cluster

        return terminate_cluster(engine, (), prepared.text)
    if target is not None and query_called(engine.queries, target.name) is None and is_transient(target.name):
        return _terminate_push(engine, prepared, target.name)

    def end(query: PersistentQuery) -> None:
        if query.kind == "CREATE_AS" and query.sink is not None:
            engine.metastore.references[query.sink.name] = query.source_names
        query.stop()
        del engine.queries[query.id]

    return _act(engine, prepared, "terminate", end, "Query terminated.")


def pause(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Let a query, or all of them, stop reading; positions and state are kept.

    Raises:
        KsqlError: there is no such query, or it feeds a source table.
    """
    return _act(engine, prepared, "pause", lambda query: query.pause(), "Query paused.")


def resume(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Let a query, or all of them, go on.

    Raises:
        KsqlError: there is no such query, or it feeds a source table.
    """
    return _act(engine, prepared, "resume", lambda query: query.resume(), "Query resumed.")


def query_called(queries: Mapping[str, Found], name: str) -> Found | None:
    """The query of this id, which is the same in any case."""
    return next((query for query_id, query in queries.items() if query_id.upper() == name.upper()), None)


def is_transient(name: str) -> bool:
    """ksqlDB tells the ids of push queries by their names."""
    return "transient_" in name.lower()


def _terminate_push(engine: Engine, prepared: Prepared, name: str) -> Entity:
    query = query_called(engine.push_queries, name)
    if query is None:
        raise KsqlError(f"Failed to terminate query with query ID: '{name}'")
    query.stop()
    return Entity("terminate_query", prepared.text, {"queryId": name, "wasTerminated": True})


def _act(engine: Engine, prepared: Prepared, verb: str, action: Callable[[PersistentQuery], None], message: str) -> Entity:
    target = prepared.node.this
    name = "ALL" if target is None else target.name
    for query in list(engine.queries.values()) if target is None else _queries(engine, name, verb):
        action(query)
    return command_status(prepared.text, (verb, name, "execute"), message, next(engine.command_number))


def _queries(engine: Engine, name: str, verb: str) -> list[PersistentQuery]:
    """The persistent query that is meant; none for a push query, of which ksqlDB says that it is paused and goes on."""
    query = query_called(engine.queries, name)
    if query is None:
        if is_transient(name):
            return []
        raise KsqlError(f"Unknown queryId: {name}")
    if query.kind == "CREATE_SOURCE":
        raise KsqlError(f"Cannot {verb} query '{name}' because it is linked to a source table.")
    return [query]
