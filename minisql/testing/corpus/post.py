"""What has to be true of sources and topics once a case has run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from minisql.codegen.datatypes import sql_type
from minisql.dialect import nodes, parse
from minisql.engine import Engine
from minisql.formats.info import KeyFormat, ValueFormat
from minisql.formats.registry import SchemaRegistry
from minisql.metastore import Metastore, Source
from minisql.planner.internal import Internal
from minisql.planner.plan import QueryPlan
from minisql.schema import Column, Namespace, Schema
from minisql.statements.schemas import register
from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.internal import internal_topics, refuse_uncounted, repartition_topics, topic_prefix
from minisql.testing.corpus.registered import same_schema

Node = Mapping[str, Any]

_NAMESPACES = {
    "PRIMARY KEY": Namespace.KEY,
    "KEY": Namespace.KEY,
    "HEADERS": Namespace.HEADERS,
    "HEADER": Namespace.HEADERS,
}

SINK_PARTITIONS = 4
"""The harness registers the topic of every sink anew, with its own default, whatever WITH (PARTITIONS) says."""

_PRIMARY_KEY = re.compile(r"\bPRIMARY\s+KEY\b", re.IGNORECASE)


@dataclass(frozen=True)
class PostConditions:
    """The ``post`` of a test node."""

    sources: Sequence[Node]
    topics: Sequence[Node]
    forbidden: str | None

    @classmethod
    def of(cls, node: Node) -> PostConditions:
        """Read the node; an empty one asks for nothing."""
        topics = node.get("topics") or {}
        return cls(node.get("sources") or (), topics.get("topics") or (), topics.get("blacklist"))

    def check(self, engine: Engine) -> None:
        """Compare with the state of an engine.

        Raises:
            CaseFailed: a source or topic is missing, is not as expected, or is forbidden.
            UnsupportedError: it asks for what minisql cannot tell.
        """
        for node in self.sources:
            _check_source(node, engine.metastore.source(node["name"]))
        if self.forbidden is not None:
            _check_forbidden(self.forbidden, engine)
        for node in self.topics:
            _check_topic(node, engine)


def parse_schema(text: str) -> Schema:
    """A schema as cases write it: ```ID` STRING KEY, `V` INTEGER``."""
    kind = "TABLE" if _PRIMARY_KEY.search(text) else "STREAM"
    return declared_schema(parse(f"CREATE {kind} X ({text});").args["elements"])


def declared_schema(elements: Sequence[nodes.TableElement]) -> Schema:
    """The schema that the elements of a CREATE or ASSERT statement declare, keys first."""
    columns = [
        Column(
            element.this.this,
            sql_type(element.args["kind"], {}),
            _NAMESPACES.get(element.args.get("constraint") or "", Namespace.VALUE),
            element.args.get("key"),
        )
        for element in elements
    ]
    return Schema(tuple(sorted(columns, key=lambda column: column.namespace is not Namespace.KEY)))


def _check_source(node: Node, source: Source | None) -> None:
    name = node["name"]
    if source is None:
        raise CaseFailed(f"post conditions: there is no source {name}")
    for what, expected, actual in _source_facts(node, source):
        if expected != actual:
            raise CaseFailed(f"post conditions: {what} of source {name}: Expected {expected} but was {actual}")


def _source_facts(node: Node, source: Source) -> list[tuple[str, Any, Any]]:
    """(what, expected, actual) of all that the node mentions."""
    facts: list[tuple[str, Any, Any]] = [("type", node["type"].upper(), source.kind)]
    if node.get("schema") is not None:
        facts.append(("schema", str(parse_schema(node["schema"])), str(source.schema)))
    key_format = node.get("keyFormat")
    if key_format is not None:
        window = source.key_format.window
        facts += [
            ("key format", key_format.get("format", source.key_format.info.format), source.key_format.info.format),
            ("window type", key_format.get("windowType"), window and window.type),
            ("window size", key_format.get("windowSize"), window and window.size),
        ]
    if node.get("valueFormat") is not None:
        facts.append(("value format", node["valueFormat"], source.value_format.info.format))
    for field, format in (("keyFeatures", source.key_format), ("valueFeatures", source.value_format)):
        if node.get(field) is not None:
            facts.append((field, sorted(node[field]), sorted(format.features)))
    if node.get("isSource") is not None:
        facts.append(("isSource", node["isSource"], source.read_only))
    return facts


def _check_forbidden(pattern: str, engine: Engine) -> None:
    service = engine.config["ksql.service.id"]
    internal = [repartition_topics(service, query.id, query.plan.step) for query in engine.queries.values()]
    found = [name for name in chain(engine.broker.topics, *internal) if re.search(pattern, name)]
    if found:
        raise CaseFailed(f"post conditions: blacklisted topics found: {', '.join(found)}")


def _check_topic(node: Node, engine: Engine) -> None:
    name = node["name"]
    sources = [source for source in engine.metastore.sources.values() if source.topic == name]
    facts = _topic_facts(node, sources[0], engine) if sources else _internal_facts(node, engine)
    for what, expected, actual in facts:
        if expected != actual:
            raise CaseFailed(f"post conditions: {what} of topic {name}: Expected {expected} but was {actual}")


def _internal_facts(node: Node, engine: Engine) -> list[tuple[str, Any, Any]]:
    """Likewise of a topic that ksqlDB would have for a query's own use."""
    name, service = node["name"], engine.config["ksql.service.id"]
    for query in engine.queries.values():
        prefix = topic_prefix(service, query.id)
        topic = internal_topics(query.plan.step).get(name.removeprefix(prefix)) if name.startswith(prefix) else None
        if topic is not None:
            return _kept_facts(node, topic.kept or _kept(query.plan, topic.context))
    refuse_uncounted(name)
    raise CaseFailed(f"post conditions: there is no topic {name}")


def _kept(plan: QueryPlan, context: str) -> Internal:
    return next(each for each in reversed(plan.internals) if each.context == context)


def _kept_facts(node: Node, kept: Internal) -> list[tuple[str, Any, Any]]:
    """ksqlDB registers the schemas of such a topic when it first writes to it: here they are registered for the look alone."""
    metastore = Metastore()
    source = Source("KEPT", "STREAM", kept.schema, node["name"], kept.key_format, ValueFormat(kept.value_format))
    register(metastore.with_subjects(source), anew=False)
    facts = [
        ("key format", _format(node["keyFormat"]), _key_format(kept.key_format)),
        ("value format", _format(node["valueFormat"]), _value_format(ValueFormat(kept.value_format))),
    ]
    return facts + _schema_facts(node, node["name"], metastore.schema_registry)


def _topic_facts(node: Node, source: Source, engine: Engine) -> list[tuple[str, Any, Any]]:
    facts: list[tuple[str, Any, Any]] = [
        ("key format", _format(node["keyFormat"]), _key_format(source.key_format)),
        ("value format", _format(node["valueFormat"]), _value_format(source.value_format)),
    ]
    if node.get("partitions") is not None:
        written = any(query.sink is not None and query.sink.topic == source.topic for query in engine.queries.values())
        actual = SINK_PARTITIONS if written else engine.broker.topics[source.topic].partitions
        facts.append(("partitions", node["partitions"], actual))
    return facts + _schema_facts(node, source.topic, engine.metastore.schema_registry)


def _schema_facts(node: Node, topic: str, registry: SchemaRegistry) -> list[tuple[str, Any, Any]]:
    facts: list[tuple[str, Any, Any]] = []
    for side in ("key", "value"):
        schema = node.get(f"{side}Schema")
        if schema is not None:
            subject = f"{topic}-{side}"
            registered = same_schema(registry, subject, schema, node[f"{side}Format"])
            facts.append((f"{side} schema", *registered))
    return facts


def _format(node: Node) -> dict[str, Any]:
    """A format as a node has it, the size of its window in seconds."""
    window = node.get("windowInfo") or {}
    return {
        "format": node["format"],
        "properties": dict(node.get("properties") or {}),
        "features": sorted(node.get("features") or ()),
        "window": (window.get("type"), window["size"] * 1000 if "size" in window else None),
    }


def _key_format(format: KeyFormat) -> dict[str, Any]:
    window = format.window
    described = _value_format(ValueFormat(format.info, format.features))
    return {**described, "window": (window.type, window.size) if window else (None, None)}


def _value_format(format: ValueFormat) -> dict[str, Any]:
    return {
        "format": format.info.format,
        "properties": dict(format.info.properties),
        "features": sorted(format.features),
        "window": (None, None),
    }
