"""The end of a cluster (ksqlDB's ClusterTerminator)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minisql.errors import BAD_REQUEST, KsqlError
from minisql.functions.java_regex.pattern import Pattern, compiled
from minisql.functions.java_regex.reader import PatternError
from minisql.results import Entity

if TYPE_CHECKING:
    from minisql.engine import Engine


def terminate_cluster(engine: Engine, delete_topics: Sequence[str], text: str = "TERMINATE CLUSTER;") -> Entity:
    """End all queries, and delete the topics of sinks that one of the patterns matches, with their schemas.

    Args:
        engine: what is ended; its sources and other topics stay.
        delete_topics: regular expressions of Java; only sources made by CREATE ... AS lose their topics.
        text: the statement that says so.

    Raises:
        KsqlError: a pattern is none; nothing has been done.
    """
    patterns = list(map(_pattern, delete_topics))
    for query in [*engine.queries.values(), *engine.push_queries.values()]:
        query.stop()
    engine.queries.clear()
    doomed = [source for source in engine.metastore.sources.values() if source.query_id and _matches(patterns, source.topic)]
    for topic in {source.topic for source in doomed if source.topic in engine.broker.topics}:
        engine.broker.delete(topic)
    for source in doomed:
        engine.metastore.delete_schemas(source)
    # The server answers before the command has been carried out, and nobody notes afterwards that it was. The parser takes
    # the text for the end of a query called CLUSTER, hence the id.
    status = {"status": "QUEUED", "message": "Statement written to command topic", "queryId": None}
    number = next(engine.command_number)
    command = {"commandId": "terminate/CLUSTER/execute", "commandStatus": status, "commandSequenceNumber": number}
    return Entity("currentStatus", text, command)


def _pattern(text: str) -> Pattern:
    try:
        return compiled(text)
    except PatternError:
        raise KsqlError(f"Invalid pattern: {text}", BAD_REQUEST) from None


def _matches(patterns: Sequence[Pattern], topic: str) -> bool:
    return any(pattern.is_whole(topic) for pattern in patterns)
