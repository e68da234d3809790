"""The sinks of CREATE ... AS SELECT and INSERT INTO: what the statement asks for, and the topic that it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import expressions as exp

from minisql import config
from minisql.analyzer.with_properties import SourceProperties
from minisql.dialect import formatted, nodes
from minisql.metastore import Source
from minisql.planner.sink import SinkRequest
from minisql.planner.window import duration
from minisql.record import Record
from minisql.statements.topics import check_named, check_new, check_same, make_topic, refuse_policy

if TYPE_CHECKING:
    from minisql.engine import Engine, Session

INHERIT_REPLICAS = "ksql.create.topic.inherit.source.replicas.enabled"


class SinkTopic(Record):
    """The topic of a new sink, as the server writes it into the WITH clause.

    ``kept_ms`` is for how long the topic really keeps its records: a window may ask for more than WITH does.
    """

    name: str
    partitions: int
    replicas: int
    retention_ms: int
    kept_ms: int
    cleanup_policy: str

    def properties(self) -> dict[str, exp.Expression]:
        """Property -> value."""
        return {
            "KAFKA_TOPIC": exp.Literal.string(self.name),
            "PARTITIONS": exp.Literal.number(self.partitions),
            "REPLICAS": exp.Literal.number(self.replicas),
            "RETENTION_MS": exp.Literal.number(self.retention_ms),
            "CLEANUP_POLICY": exp.Literal.string(self.cleanup_policy),
        }


def sink_request(node: exp.Expression) -> SinkRequest | None:
    """What a statement says of the sink of its query; None for a SELECT.

    Raises:
        KsqlError: its WITH clause is wrong.
    """
    if isinstance(node, nodes.InsertInto):
        return SinkRequest(node.this.name, "STREAM", create=False, place=node)
    return create_request(node) if isinstance(node, nodes.CreateAsSelect) else None


def create_request(node: nodes.CreateAsSelect) -> SinkRequest:
    """What CREATE ... AS SELECT says of its sink.

    Raises:
        KsqlError: its WITH clause is wrong.
    """
    kind = "TABLE" if isinstance(node, nodes.CreateTableAs) else "STREAM"
    properties = SourceProperties.of(node.args.get("properties"), derived=True)
    return SinkRequest(node.this.name, kind, properties, replace=bool(node.args.get("replace")))


def sink_topic(engine: Engine, session: Session, request: SinkRequest, query: nodes.Query) -> SinkTopic:
    """The topic of a new sink: WITH's, else with the name of the sink and the partitions and replicas of the first source.

    Raises:
        KsqlError: what WITH says is wrong, or there is such a topic, with another configuration.
    """
    given, settings = request.properties, engine.properties(session)
    refuse_policy(given)
    source = engine.topic_of(engine.metastore.sources[query.args["source"].this.name])
    inherits = config.value_of(INHERIT_REPLICAS, settings)
    window = query.args.get("window")
    policy = _cleanup_policy(request.kind, window)
    retention = source.retention_ms if given.retention_ms is None else given.retention_ms
    wanted = SinkTopic(
        name=(config.value_of(config.OUTPUT_TOPIC_PREFIX, settings) or "") + request.name
        if given.kafka_topic is None
        else given.kafka_topic,
        partitions=source.partitions if given.partitions is None else given.partitions,
        replicas=(source.replicas if inherits else -1) if given.replicas is None else given.replicas,
        retention_ms=retention,
        kept_ms=_kept(request.kind, window, retention),
        cleanup_policy=policy,
    )
    check_named(wanted.name, given, policy)
    there = engine.broker.topics.get(wanted.name)
    if there is None:
        check_new(wanted.name, wanted.partitions, wanted.replicas, wanted.kept_ms)
    elif not engine.auto_create_topics:
        check_same(there, wanted.partitions, wanted.replicas, None if policy == "compact" else wanted.kept_ms)
    return wanted


def completed(node: nodes.CreateAsSelect, query: nodes.Query, topic: SinkTopic | None) -> str:
    """The statement as the server shows it: names made unambiguous, and all that is known of the topic written out."""
    values = {str(item.this).upper(): item.expression.copy() for item in node.args.get("properties") or ()}
    end = ""
    if topic is not None:
        values |= topic.properties()
        end = ";"
    properties = [nodes.Property(this=name, expression=value) for name, value in values.items()]
    return formatted(type(node)(**{**node.args, "query": query, "properties": properties})) + end


def open_topic(engine: Engine, sink: Source, wanted: SinkTopic) -> None:
    """Make the sink's topic unless it is there."""
    if sink.topic not in engine.broker.topics:
        topic = make_topic(engine, sink.topic, wanted.partitions, wanted.replicas, wanted.kept_ms)
        topic.compacted = "compact" in wanted.cleanup_policy


def _cleanup_policy(kind: str, window: nodes.Window | None) -> str:
    if kind == "STREAM":
        return "delete"
    return "compact" if window is None else "compact,delete"


def _kept(kind: str, window: nodes.Window | None, retention: int) -> int:
    """At least as long as a table's window is kept itself, if that is said; the WITH clause does not show it."""
    kept = duration(window.args.get("retention")) if kind == "TABLE" and window is not None else None
    return retention if kept is None else max(kept, retention)
