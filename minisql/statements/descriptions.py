"""Sources and queries as entities describe them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from minisql.metastore import Source
from minisql.planner.explain import explain
from minisql.results import field_info
from minisql.runtime.query import PersistentQuery, Query
from minisql.statements.statistics import error_statistics, message_statistics, statistics_text

if TYPE_CHECKING:
    from minisql.engine import Engine
    from minisql.planner.plan import QueryPlan
    from minisql.runtime.task import TopicInput

HOST = "localhost:8088"
"""The server's own address in the status of queries."""


def running_query(query: Query) -> dict[str, Any]:
    """A query as SHOW QUERIES and DESCRIBE list it."""
    sink = query.sink if isinstance(query, PersistentQuery) else None
    return {
        "queryString": query.sql,
        "sinks": [] if sink is None else [sink.name],
        "sinkKafkaTopics": [] if sink is None else [sink.topic],
        "id": query.id,
        "statusCount": {query.state: 1},
        "queryType": _query_type(query),
        # The state beside the count knows of ERROR and RUNNING alone.
        "state": "ERROR" if query.state == "ERROR" else "RUNNING",
    }


def source_description(engine: Engine, source: Source, extended: bool = False) -> dict[str, Any]:
    """A source as DESCRIBE shows it."""
    from minisql.statements.drop import constraints

    queries = engine.queries.values()
    writers = [query for query in queries if query.sink is not None and query.sink.name == source.name]
    topic = engine.broker.topics.get(source.topic)
    messages, errors = message_statistics(engine, source.topic), error_statistics(engine, source.topic)
    window = source.key_format.window
    return {
        "name": source.name,
        "windowType": None if window is None else window.type,
        "readQueries": [running_query(query) for query in queries if source.name in query.source_names],
        "writeQueries": [running_query(query) for query in writers],
        "fields": [field_info(column) for column in source.schema],
        "type": source.kind,
        "timestamp": "" if source.timestamp is None else source.timestamp.name,
        "statistics": _deprecated("statistics", statistics_text(messages, "last-message") if extended else ""),
        "errorStats": _deprecated("errorStats", f"{statistics_text(errors, 'last-failed')}\n" if extended and errors else ""),
        "extended": extended,
        "keyFormat": source.key_format.info.format,
        "valueFormat": source.value_format.info.format,
        "topic": source.topic,
        "partitions": 0 if topic is None else topic.partitions,
        "replication": 0 if topic is None else topic.replicas,
        "statement": source.sql,
        "queryOffsetSummaries": [_offsets(query) for query in writers] if extended else [],
        "sourceConstraints": [] if topic is None else constraints(engine, source.name),
        "clusterStatistics": [each.entity(HOST) for each in messages],
        "clusterErrorStats": [each.entity(HOST) for each in errors],
    }


def _deprecated(name: str, statistics: str) -> str:
    """Statistics as SourceDescription gives them."""
    if not statistics:
        return ""
    return (
        f"The {name} field is deprecated and will be removed in a future version of ksql. "
        f"Please update your client to the latest version and use {name}Map instead.\n{statistics}"
    )


def topic_warnings(engine: Engine, sources: Iterable[Source]) -> tuple[str, ...]:
    """What DESCRIBE says of sources whose topics are gone."""
    gone = [source.topic for source in sources if source.topic not in engine.broker.topics]
    return tuple(f"Error from Kafka: Failed to Describe Kafka Topic(s): [{name}]" for name in gone)


def query_description(engine: Engine, query: Query) -> dict[str, Any]:
    """A running query as EXPLAIN shows it."""
    described = plan_description(query.plan, query.id, query.sql, _query_type(query), query.overridden)
    state = "ERROR" if query.state == "ERROR" else "RUNNING"
    if query.error is not None:
        described["queryErrors"] = [{"timestamp": engine.clock.now(), "errorMessage": query.error.message, "type": "USER"}]
    described["ksqlHostQueryStatus"] = {HOST: query.state}
    return {**described, "state": state}


def plan_description(
    plan: QueryPlan, query_id: str, statement: str, query_type: str, overridden: Mapping[str, str]
) -> dict[str, Any]:
    """A plan as EXPLAIN shows it; the topology is empty: there is no Kafka Streams here."""
    return {
        "id": query_id,
        "statementText": statement,
        "windowType": None if plan.window is None or plan.sink is None else plan.window.type,
        "fields": [field_info(column) for column in plan.schema.columns],
        "sources": list(plan.sources),
        "sinks": [] if plan.sink is None else [plan.sink.name],
        "topology": "",
        "executionPlan": explain(plan.step, query_id),
        "overriddenProperties": dict(overridden),
        "ksqlHostQueryStatus": {},
        "queryType": query_type,
        "queryErrors": [],
        "tasksMetadata": [],
        "consumerGroupId": _group(query_id, query_type),
        "state": None,
    }


def _query_type(query: Query) -> str:
    return "PERSISTENT" if isinstance(query, PersistentQuery) else "PUSH"


def _group(query_id: str, query_type: str) -> str:
    return f"_confluent-ksql-default_{'query' if query_type == 'PERSISTENT' else 'transient'}_{query_id}"


def _offsets(query: PersistentQuery) -> dict[str, Any]:
    """How far a query has come in its topics; Kafka knows no place in one of which nothing was read yet."""
    summaries = [_topic_offsets(each) for each in query.inputs if each.position > query.starts[each.topic.name]]
    return {"groupId": _group(query.id, "PERSISTENT"), "topicSummaries": summaries}


def _topic_offsets(each: TopicInput) -> dict[str, Any]:
    ends, places = each.topic.end_offsets(), each.topic.offsets_at(each.position)
    offsets = [
        {"partition": partition, "logStartOffset": 0, "logEndOffset": end, "consumerOffset": place}
        for partition, (end, place) in enumerate(zip(ends, places, strict=True))
    ]
    return {"kafkaTopic": each.topic.name, "offsets": offsets}
