"""DROP STREAM and DROP TABLE."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from minisql.analyzer.sources import alternatives
from minisql.dialect import nodes, sql
from minisql.errors import BAD_REQUEST, SERVER_ERROR, KsqlError
from minisql.metastore import Source
from minisql.names import quote
from minisql.results import Entity, command_status
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session
    from minisql.runtime.query import PersistentQuery


def drop_source(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Forget a source, end the query that writes it, and with DELETE TOPIC remove its topic.

    Raises:
        KsqlError: there is no such source, or others need it.
    """
    node = prepared.node
    assert isinstance(node, nodes.DropSource)
    name = node.this.name
    source = engine.metastore.source(name)
    _check(engine, node, source)
    message = f"Source {quote(name)} does not exist."
    if source is not None:
        _drop(engine, source, bool(node.args.get("delete_topic")))
        message = f"Source {quote(name)} (topic: {source.topic}) was dropped."
    kind = "table" if isinstance(node, nodes.DropTable) else "stream"
    return command_status(_shown(prepared, node), (kind, name, "drop"), message, next(engine.command_number))


def constraints(engine: Engine, name: str) -> list[str]:
    """The sources that were made by a query on the source called ``name``: it cannot be dropped before them."""
    reading = {
        query.sink.name
        for query in engine.queries.values()
        if query.kind == "CREATE_AS" and query.sink and name in query.source_names
    }
    return sorted(reading | {made for made, read in engine.metastore.references.items() if name in read})


def _check(engine: Engine, node: nodes.DropSource, source: Source | None) -> None:
    name, kind = node.this.name, "TABLE" if isinstance(node, nodes.DropTable) else "STREAM"
    if node.args.get("delete_topic"):
        _check_topic(engine, node, source)
    if source is None:
        if node.args.get("exists"):
            return
        hint = alternatives(name, engine.metastore, kind)
        raise KsqlError(f"{kind.capitalize()} {name} does not exist.{hint}")
    if source.kind != kind:
        raise KsqlError(f"Incompatible data source type is {source.kind.lower()}, but statement was DROP {kind.lower()}")
    _check_insert_queries(engine, name)
    readers = constraints(engine, name)
    if readers:
        raise KsqlError(
            f"Cannot drop {name}.\nThe following streams and/or tables read from this source: [{', '.join(readers)}].\n"
            f"You need to drop them before dropping {name}."
        )


def _check_topic(engine: Engine, node: nodes.DropSource, source: Source | None) -> None:
    if source is None:
        if not node.args.get("exists"):
            raise KsqlError(f"Could not find source to delete topic for: {sql(node)}", BAD_REQUEST)
        return
    if source.read_only:
        raise KsqlError(f"Cannot delete topic for read-only source: {source.name}", BAD_REQUEST)
    others = [each.name for each in engine.metastore.sources.values() if each.topic == source.topic and each is not source]
    if others:
        raise KsqlError(
            f"Refusing to delete topic. Found other data sources ({', '.join(sorted(others))}) using topic {source.topic}",
            SERVER_ERROR,
        )


def _check_insert_queries(engine: Engine, name: str) -> None:
    inserts = [query for query in engine.queries.values() if query.kind == "INSERT"]
    readers = _ids(query for query in inserts if name in query.source_names)
    writers = _ids(query for query in inserts if query.sink is not None and query.sink.name == name)
    if readers or writers:
        raise KsqlError(
            f"Cannot drop {name}.\nThe following queries read from this source: [{readers}].\n"
            f"The following queries write into this source: [{writers}].\nYou need to terminate them before dropping {name}."
        )


def _ids(queries: Iterable[PersistentQuery]) -> str:
    return ", ".join(sorted(query.id for query in queries))


def _drop(engine: Engine, source: Source, delete_topic: bool) -> None:
    del engine.metastore.sources[source.name]
    engine.metastore.references.pop(source.name, None)
    for query in [query for query in engine.queries.values() if _belongs(query, source)]:
        query.stop()
        del engine.queries[query.id]
    engine.forget(source)
    if delete_topic:
        engine.broker.delete(source.topic)
        engine.metastore.delete_schemas(source)


def _belongs(query: PersistentQuery, source: Source) -> bool:
    """Whether the query exists for this source alone."""
    if query.kind == "CREATE_SOURCE":
        return source.name in query.source_names
    return query.kind == "CREATE_AS" and query.sink is not None and query.sink.name == source.name


def _shown(prepared: Prepared, node: nodes.DropSource) -> str:
    """The topic is deleted before the command is written, so the server shows it without DELETE TOPIC."""
    if not node.args.get("delete_topic"):
        return prepared.text
    node = node.copy()
    node.set("delete_topic", False)
    return sql(node) + ";"
