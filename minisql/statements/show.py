"""SHOW and LIST: streams, tables, topics, queries, functions, types; properties and variables are with SET and DEFINE."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from minisql import config
from minisql.deferred import Deferred
from minisql.errors import KsqlError
from minisql.functions.describe import summary
from minisql.metastore import Source
from minisql.results import Entity, schema_info
from minisql.statements.describe import source_descriptions
from minisql.statements.descriptions import query_description, running_query
from minisql.statements.prepared import Prepared
from minisql.statements.properties import show_properties
from minisql.statements.variables import show_variables

if TYPE_CHECKING:
    from minisql.broker import Topic
    from minisql.engine import Engine, Session


def show(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """SHOW | LIST something.

    Raises:
        UnsupportedError: connectors, and the engine does not keep them.
    """
    return LISTERS[prepared.node.this](engine, session, prepared)


def show_streams(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """The streams; EXTENDED describes them."""
    return _sources(engine, prepared, "STREAM", "streams")


def show_tables(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """The tables; EXTENDED describes them."""
    return _sources(engine, prepared, "TABLE", "tables")


def show_topics(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """The topics by name; ALL includes hidden ones, EXTENDED counts their readers."""
    node = prepared.node
    topics = [engine.broker.topics[name] for name in sorted(engine.broker.topics)]
    if not node.args.get("all"):
        topics = _visible(engine, topics)
    if node.args.get("extended"):
        return Entity("kafka_topics_extended", prepared.text, {"topics": [_extended_topic(engine, topic) for topic in topics]})
    return Entity("kafka_topics", prepared.text, {"topics": [_topic(topic) for topic in topics]})


def show_queries(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """The running queries, push queries included; EXTENDED describes them."""
    queries = [*engine.queries.values(), *engine.push_queries.values()]
    if prepared.node.args.get("extended"):
        described = [query_description(engine, query) for query in queries]
        return Entity("query_descriptions", prepared.text, {"queryDescriptions": described})
    return Entity("queries", prepared.text, {"queries": [running_query(query) for query in queries]})


def show_functions(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """The functions: scalar ones, then table functions, then aggregates, as the server has them."""
    functions = [summary(function) for function in engine.functions]
    functions.sort(key=lambda item: ("SCALAR", "TABLE", "AGGREGATE").index(item["type"]))
    return Entity("function_names", prepared.text, {"functions": functions})


def show_types(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """The registered types."""
    types = {name: schema_info(kind) for name, kind in engine.metastore.types.items()}
    return Entity("type_list", prepared.text, {"types": types})


def _sources(engine: Engine, prepared: Prepared, kind: str, key: str) -> Entity:
    sources = [source for source in engine.metastore.sources.values() if source.kind == kind]
    if prepared.node.args.get("extended"):
        return source_descriptions(engine, prepared, sources, extended=True)
    return Entity(key, prepared.text, {key: [_source(source) for source in sources]})


def _source(source: Source) -> dict[str, Any]:
    return {
        "type": source.kind,
        "name": source.name,
        "topic": source.topic,
        "keyFormat": source.key_format.info.format,
        "valueFormat": source.value_format.info.format,
        "isWindowed": source.windowed,
    }


def _topic(topic: Topic) -> dict[str, Any]:
    return {"name": topic.name, "replicaInfo": [topic.replicas] * topic.partitions}


def _extended_topic(engine: Engine, topic: Topic) -> dict[str, Any]:
    """A query is a consumer group of its own; ksqlDB counts a consumer for each partition that one has."""
    running = (*engine.queries.values(), *engine.push_queries.values())
    readers = sum(topic.name in query.source_topics for query in running)
    return {**_topic(topic), "consumerCount": readers * topic.partitions, "consumerGroupCount": readers}


def _visible(engine: Engine, topics: list[Topic]) -> list[Topic]:
    import re

    patterns = ["_confluent-ksql-.*", *config.value_of(config.HIDDEN_TOPICS, engine.config)]
    try:
        hidden = re.compile("|".join(patterns))
    except re.error as error:
        raise KsqlError(f"Not valid regular expression: {error}") from None
    return [topic for topic in topics if not hidden.fullmatch(topic.name)]


LISTERS: dict[str, Callable[..., Entity]] = {
    "STREAMS": show_streams,
    "TABLES": show_tables,
    "TOPICS": show_topics,
    "QUERIES": show_queries,
    "FUNCTIONS": show_functions,
    "TYPES": show_types,
    "PROPERTIES": show_properties,
    "VARIABLES": show_variables,
    "CONNECTORS": Deferred("statements.connectors.show_connectors"),
    "CONNECTOR PLUGINS": Deferred("statements.connectors.show_connector_plugins"),
}
"""What SHOW takes."""
