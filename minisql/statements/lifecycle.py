"""TERMINATE, PAUSE and RESUME."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from minisql.errors import KsqlError
from minisql.results import Entity, command_status
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session
    from minisql.runtime.query import PersistentQuery


def terminate(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """End a query, or all persistent ones; what they have written stays.

    Raises:
        KsqlError: there is no such query, or it feeds a source table.
    """
    target = prepared.node.this
    if target is not None and target.name in engine.push_queries:
        engine.push_queries[target.name].stop()
        return Entity("terminate_query", prepared.text, {"queryId": target.name, "wasTerminated": True})

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


def _act(engine: Engine, prepared: Prepared, verb: str, action: Callable[[PersistentQuery], None], message: str) -> Entity:
    target = prepared.node.this
    name = "ALL" if target is None else target.name
    chosen = list(engine.queries.values()) if target is None else [_query(engine, name, verb)]
    for query in chosen:
        action(query)
    return command_status(prepared.text, (verb, name, "execute"), message, next(engine.command_number))


def _query(engine: Engine, name: str, verb: str) -> PersistentQuery:
    query = engine.queries.get(name)
    if query is None:
        raise KsqlError(f"Unknown queryId: {name}")
    if query.kind == "CREATE_SOURCE":
        raise KsqlError(f"Cannot {verb} query '{name}' because it is linked to a source table.")
    return query
