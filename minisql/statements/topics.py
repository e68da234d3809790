"""Topics of sources, and ASSERT TOPIC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from minisql.analyzer.create_source import Declaration, statement_text
from minisql.analyzer.property_values import literal_value
from minisql.analyzer.with_properties import SourceProperties
from minisql.broker import is_topic_name
from minisql.causes import with_causes
from minisql.errors import BAD_REQUEST, SERVER_ERROR, KsqlError
from minisql.results import Entity
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.broker import Topic
    from minisql.engine import Engine, Session

DEFAULT = -1
"""As many partitions, or replicas, as Kafka gives by itself."""

ASSERTION_FAILED = 41700
"""The server's error code of an assertion that does not hold."""


def check_topic(engine: Engine, declared: Declaration, cleanup_policy: str) -> None:
    """Check what WITH says of the topic; an engine that makes topics as needed takes any that is there.

    Raises:
        KsqlError: there is no such topic and nothing says how to make it, or it is another than is said.
    """
    properties = declared.properties
    refuse_policy(properties)
    name = properties.kafka_topic or ""
    topic = engine.broker.topics.get(name)
    if topic is None and properties.partitions is None and not engine.auto_create_topics:
        raise _missing(declared)
    check_named(name, properties, cleanup_policy)
    if topic is None:
        check_new(name, properties.partitions, properties.replicas, properties.retention_ms)
    elif not engine.auto_create_topics:
        stream = cleanup_policy == "delete"
        retention = (properties.retention_ms or topic.retention_ms) if stream else None
        check_same(topic, properties.partitions, properties.replicas, retention)


def refuse_policy(properties: SourceProperties) -> None:
    """Raises: KsqlError: WITH says how the topic is cleaned up."""
    if properties.cleanup_policy is not None:
        raise KsqlError(
            "Invalid config variable in the WITH clause: CLEANUP_POLICY.\n"
            "The CLEANUP_POLICY config is automatically inferred based on the type of source (STREAM or TABLE).\n"
            "Users can't set the CLEANUP_POLICY config manually.",
            BAD_REQUEST,
        )


MOST_PARTITIONS = 10_000
"""What a broker takes for one topic (ReplicationControlManager.MAX_PARTITIONS_PER_BATCH)."""


def check_named(name: str, properties: SourceProperties, cleanup_policy: str) -> None:
    """Raises: KsqlError: RETENTION_MS is given for a topic that keeps the last of each key, or the topic has no name."""
    if cleanup_policy == "compact" and properties.retention_ms is not None:
        raise KsqlError(
            "Invalid config variable in the WITH clause: RETENTION_MS. Non-windowed tables do not support retention.", BAD_REQUEST
        )
    if not name.strip():
        raise KsqlError("Must have non-empty topic name.")
    if not is_topic_name(name):
        fault = "The request attempted to perform an operation on an invalid topic."
        raise KsqlError(with_causes(f"Failed to check if exists for topic: {name}", fault), SERVER_ERROR)


def ensure_topic(engine: Engine, declared: Declaration) -> None:
    """Make the topic unless it is there."""
    properties = declared.properties
    name = properties.kafka_topic or ""
    if name not in engine.broker.topics:
        topic = make_topic(engine, name, properties.partitions, properties.replicas, properties.retention_ms)
        topic.compacted = declared.kind == "TABLE"


@contextmanager
def unmade_on_failure(engine: Engine, topic: str) -> Iterator[None]:
    """A topic that was not there before goes again where what follows is refused, as ksqlDB reverts TopicCreateInjector."""
    there = topic in engine.broker.topics
    try:
        yield
    except KsqlError:
        if not there:
            engine.broker.delete(topic)
        raise


def make_topic(engine: Engine, name: str, partitions: int | None, replicas: int | None, retention: int | None) -> Topic:
    """Make a topic that `check_new` has found right."""
    count = engine.default_partitions if partitions in (None, DEFAULT) else partitions or 0
    topic = engine.broker.create(name, count, 1 if replicas in (None, DEFAULT) else replicas or 1)
    if retention is not None:
        topic.retention_ms = retention
    return topic


def check_new(name: str, partitions: int | None, replicas: int | None, retention: int | None) -> None:
    """Raises: KsqlError: Kafka would not make such a topic."""
    fault = None
    if partitions is not None and partitions < 1 and partitions != DEFAULT:
        fault = "Number of partitions was set to an invalid non-positive value."
    elif partitions is not None and partitions > MOST_PARTITIONS:
        fault = "Excessively large number of partitions per request."
    elif replicas is not None and replicas < 1 and replicas != DEFAULT:
        fault = "Replication factor must be larger than 0, or -1 to use the default value."
    elif retention is not None and retention < -1:
        fault = f"Invalid value {retention} for configuration retention.ms: Value must be at least -1"
    if fault is not None:
        raise KsqlError(with_causes(f"Failed to guarantee existence of topic {name}", fault), SERVER_ERROR)


def check_same(topic: Topic, partitions: int | None, replicas: int | None, retention: int | None = None) -> None:
    """Check that an existing topic is as a statement wants it.

    Args:
        topic: the topic that there is.
        partitions: how many it should have, if that was said.
        replicas: likewise.
        retention: RETENTION_MS, None where it does not matter: a table's topic keeps the last of each key.

    Raises:
        KsqlError: they differ.
    """
    wanted = topic.partitions if partitions in (None, DEFAULT) else partitions
    copies = topic.replicas if replicas is None else replicas
    differs = wanted != topic.partitions or (copies != DEFAULT and topic.replicas < copies)
    if not differs and retention in (None, topic.retention_ms):
        return
    what, more = "partition/replica", "."
    if retention is not None:
        what, more = what + "/retention", f", and {retention} retention (topic has {topic.retention_ms})."
    raise KsqlError(
        f"A Kafka topic with the name '{topic.name}' already exists, with different {what} configuration than required. "
        f"KSQL expects {wanted} partitions (topic has {topic.partitions}), {copies} replication factor "
        f"(topic has {topic.replicas}){more}",
        SERVER_ERROR,
    )


def _missing(declared: Declaration) -> KsqlError:
    name = declared.properties.kafka_topic
    return KsqlError(
        f"Topic '{name}' does not exist. If you want to create a new topic for the stream/table please re-run the statement "
        "providing the required 'PARTITIONS' configuration in the WITH clause (and optionally 'REPLICAS'). "
        f"For example: {statement_text(declared, partitions=2)}",
        BAD_REQUEST,
        hint=f"conn.create_topic({name!r}) makes the topic.",
    )


def assert_topic(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """ASSERT [NOT EXISTS] TOPIC; nothing can change while it would wait, so TIMEOUT is not waited for.

    Raises:
        KsqlError: the assertion does not hold.
    """
    node = prepared.node
    name, exists = node.name, not node.args.get("not_exists")
    topic = engine.broker.topics.get(name)
    if exists != (topic is not None):
        raise KsqlError(f"Topic {name} {'does not exist' if exists else 'exists'}", ASSERTION_FAILED)
    if topic is not None:
        given = {str(item.this): literal_value(item.expression) for item in node.args.get("properties") or ()}
        faults = list(filter(None, (_fault(topic, key, value) for key, value in given.items())))
        if faults:
            raise KsqlError("\n".join(faults), ASSERTION_FAILED)
    return Entity("assert_topic", prepared.text, {"topicName": name, "exists": exists})


def _fault(topic: Topic, name: str, value: Any) -> str | None:
    actual = {"partitions": topic.partitions, "replicas": topic.replicas}.get(name.lower())
    if actual is None:
        return f"Cannot assert unknown topic property: {name}"
    if type(value) is int and value == actual:
        return None
    from minisql.java import string_value  # only a refusal needs it, and declarations import this module

    return (
        f"Mismatched configuration for topic {topic.name}: For config {name.lower()}, expected {string_value(value)} got {actual}"
    )
