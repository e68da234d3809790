"""The configuration properties that ksqlDB knows: names, types, defaults, and who may change them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from minisql.configdef import BOOLEAN, CLASS, INT, LIST, LONG, SHORT, STRING, convert, invalid, java_text
from minisql.errors import BAD_REQUEST, KsqlError

KSQL_PREFIX, STREAMS_PREFIX = "ksql.", "ksql.streams."
FUNCTIONS_PREFIX, REQUEST_PREFIX = "ksql.functions.", "request.ksql."
CONSUMER_PREFIX, PRODUCER_PREFIX, TOPIC_PREFIX = "consumer.", "producer.", "topic."

AUTO_OFFSET_RESET = "auto.offset.reset"
DEFAULT_KEY_FORMAT = "ksql.persistence.default.format.key"
DEFAULT_VALUE_FORMAT = "ksql.persistence.default.format.value"
WRAP_SINGLE_VALUES = "ksql.persistence.wrap.single.values"
OUTPUT_TOPIC_PREFIX = "ksql.output.topic.name.prefix"
HIDDEN_TOPICS, READONLY_TOPICS = "ksql.hidden.topics", "ksql.readonly.topics"

_SYSTEM_TOPICS = (
    "_confluent.*,__confluent.*,_schemas,__consumer_offsets,__transaction_state,"
    "connect-configs,connect-offsets,connect-status,connect-statuses"
)
_MAX_INT, _MAX_LONG = 2**31 - 1, 2**63 - 1

KSQL_PROPERTIES: tuple[tuple[str, str, Any], ...] = (
    ("ksql.deployment.type", STRING, "selfManaged"),
    ("ksql.service.id", STRING, "default_"),
    ("ksql.transient.prefix", STRING, "transient_"),
    ("ksql.output.topic.name.prefix", STRING, ""),
    ("ksql.sink.window.change.log.additional.retention", LONG, 1_000_000),
    ("ksql.schema.registry.url", STRING, ""),
    ("ksql.connect.url", STRING, "http://localhost:8083"),
    ("ksql.connect.worker.config", STRING, ""),
    ("ksql.connect.basic.auth.credentials.source", STRING, "NONE"),
    ("ksql.connect.basic.auth.credentials.file", STRING, ""),
    ("ksql.connect.basic.auth.credentials.reload", BOOLEAN, False),
    ("ksql.connect.request.timeout.ms", LONG, 5_000),
    ("ksql.connect.request.headers.plugin", CLASS, None),
    ("ksql.udfs.enabled", BOOLEAN, True),
    ("ksql.udf.collect.metrics", BOOLEAN, False),
    ("ksql.extension.dir", STRING, "ext"),
    ("ksql.internal.topic.replicas", SHORT, 1),
    ("ksql.internal.topic.min.insync.replicas", SHORT, 1),
    ("ksql.insert.into.values.enabled", BOOLEAN, True),
    ("ksql.security.extension.class", CLASS, None),
    ("ksql.resource.extension.class", STRING, None),
    ("ksql.persistence.default.format.key", STRING, "KAFKA"),
    ("ksql.persistence.default.format.value", STRING, None),
    ("ksql.persistence.wrap.single.values", BOOLEAN, None),
    ("ksql.metrics.tags.custom", STRING, ""),
    ("ksql.queryanonymizer.cluster_namespace", STRING, None),
    ("ksql.queryanonymizer.logs_enabled", BOOLEAN, True),
    ("ksql.metrics.extension", CLASS, None),
    ("ksql.access.validator.enable", STRING, "auto"),
    ("metric.reporters", LIST, ""),
    ("ksql.pull.queries.enable", BOOLEAN, True),
    ("ksql.query.pull.enable.standby.reads", BOOLEAN, False),
    ("ksql.query.pull.max.allowed.offset.lag", LONG, _MAX_LONG),
    ("ksql.persistent.prefix", STRING, "query_"),
    ("ksql.query.persistent.active.limit", INT, _MAX_INT),
    ("ksql.streams.shutdown.timeout.ms", LONG, 300_000),
    ("ksql.admin.request.retry.timeout.ms", LONG, 2_500),
    ("ksql.create.topic.inherit.source.replicas.enabled", BOOLEAN, True),
    ("ksql.authorization.cache.expiry.time.secs", LONG, 30),
    ("ksql.authorization.cache.max.entries", LONG, 10_000),
    (HIDDEN_TOPICS, LIST, _SYSTEM_TOPICS),
    (READONLY_TOPICS, LIST, _SYSTEM_TOPICS),
    ("ksql.kafka.client.additional.config.prefixes", LIST, ""),
    ("ksql.timestamp.throw.on.invalid", BOOLEAN, False),
    ("ksql.query.pull.metrics.enabled", BOOLEAN, True),
    ("ksql.query.pull.max.qps", INT, _MAX_INT),
    ("ksql.query.pull.max.concurrent.requests", INT, _MAX_INT),
    ("ksql.query.pull.coordinator.queue.capacity", INT, _MAX_INT),
    ("ksql.query.pull.router.queue.capacity", INT, _MAX_INT),
    ("ksql.query.pull.max.hourly.bandwidth.megabytes", INT, _MAX_INT),
    ("ksql.query.push.v2.max.hourly.bandwidth.megabytes", INT, _MAX_INT),
    ("ksql.query.pull.thread.pool.size", INT, 50),
    ("ksql.query.pull.router.thread.pool.size", INT, 50),
    ("ksql.query.pull.table.scan.enabled", BOOLEAN, True),
    ("ksql.query.pull.stream.enabled", BOOLEAN, True),
    ("ksql.query.pull.range.scan.enabled", BOOLEAN, True),
    ("ksql.query.pull.interpreter.enabled", BOOLEAN, True),
    ("ksql.query.pull.limit.clause.enabled", BOOLEAN, True),
    ("ksql.query.pull.forwarding.timeout.ms", LONG, 20_000),
    ("ksql.query.push.v2.enabled", BOOLEAN, False),
    ("ksql.query.push.v2.registry.installed", BOOLEAN, False),
    ("ksql.query.push.v2.alos.enabled", BOOLEAN, True),
    ("ksql.query.push.v2.interpreter.enabled", BOOLEAN, True),
    ("ksql.query.push.v2.new.latest.delay.ms", LONG, 5_000),
    ("ksql.query.push.v2.latest.reset.age.ms", LONG, 30_000),
    ("ksql.query.push.v2.continuation.tokens.enabled", BOOLEAN, False),
    ("ksql.query.push.v2.max.catchup.consumers", INT, 5),
    ("ksql.query.push.v2.catchup.consumer.msg.window", LONG, 50),
    ("ksql.query.push.v2.metrics.enabled", BOOLEAN, True),
    ("ksql.error.classifier.regex", STRING, ""),
    ("ksql.create.or.replace.enabled", BOOLEAN, True),
    ("ksql.metastore.backup.location", STRING, ""),
    ("ksql.suppress.enabled", BOOLEAN, True),
    ("ksql.query.retry.backoff.initial.ms", LONG, 15_000),
    ("ksql.query.retry.backoff.max.ms", LONG, 900_000),
    ("ksql.query.error.max.queue.size", INT, 10),
    ("ksql.suppress.buffer.size.bytes", LONG, -1),
    ("ksql.properties.overrides.denylist", LIST, ""),
    ("ksql.properties.overrides.validation.mode", STRING, "denylist"),
    ("ksql.properties.overrides.allowlist", LIST, ""),
    ("ksql.properties.overrides.log", BOOLEAN, False),
    ("ksql.properties.overrides.range.validation.log.enabled", BOOLEAN, False),
    ("ksql.properties.overrides.validation.restore.enabled", BOOLEAN, False),
    ("ksql.query.status.running.threshold.seconds", INT, 300),
    ("ksql.variable.substitution.enable", BOOLEAN, True),
    ("ksql.query.persistent.max.bytes.buffering.total", LONG, -1),
    ("ksql.query.transient.max.bytes.buffering.total", LONG, -1),
    ("ksql.lambdas.enabled", BOOLEAN, True),
    ("ksql.runtime.feature.shared.enabled", BOOLEAN, False),
    ("ksql.shared.runtimes.count", INT, 2),
    ("ksql.source.table.materialization.enabled", BOOLEAN, True),
    ("ksql.new.query.planner.enabled", BOOLEAN, False),
    ("ksql.query.cleanup.shutdown.timeout.ms", LONG, 30_000),
    ("ksql.headers.columns.enabled", BOOLEAN, True),
    ("ksql.endpoint.migrate.query", BOOLEAN, True),
    ("ksql.transient.query.cleanup.service.enable", BOOLEAN, True),
    ("ksql.transient.query.cleanup.service.initial.delay.seconds", INT, 600),
    ("ksql.transient.query.cleanup.service.period.seconds", INT, 600),
    ("ksql.assert.topic.default.timeout.ms", INT, 1_000),
    ("ksql.assert.schema.default.timeout.ms", INT, 1_000),
    ("ksql.websocket.connection.max.timeout.ms", LONG, 3_600_000),
    ("ksql.json_sr.converter.deserializer.enabled", BOOLEAN, True),
    ("ksql.client.ip_port.configuration.enabled", BOOLEAN, False),
    ("ksql.proxy.protocol.local.mode.enabled", BOOLEAN, False),
    ("ksql.fetch.remote.hosts.max.timeout.seconds", LONG, 10),
    ("ksql.cast.strings.preserve.nulls", BOOLEAN, True),
    ("ksql.nested.error.set.null", BOOLEAN, True),
)
"""(name, type, default) of ksqlDB's own properties."""

REQUEST_PROPERTIES: tuple[tuple[str, str, Any], ...] = (
    ("request.ksql.query.pull.skip.forwarding", BOOLEAN, False),
    ("request.ksql.internal.request", BOOLEAN, False),
    ("request.ksql.debug.request", BOOLEAN, False),
    ("request.ksql.query.pull.partition", LIST, ""),
    ("request.ksql.query.push.skip.forwarding", BOOLEAN, False),
    ("request.ksql.query.push.continuation.token", STRING, ""),
    ("request.ksql.query.push.catchup.consumer.group", STRING, ""),
)
"""(name, type, default) of the properties of one request."""

STREAMS_DEFAULTS: tuple[tuple[str, Any], ...] = (
    ("cache.max.bytes.buffering", 10_000_000),
    ("commit.interval.ms", 2_000),
    ("default.deserialization.exception.handler", "io.confluent.ksql.errors.LogMetricAndContinueExceptionHandler"),
    (
        "default.production.exception.handler",
        "io.confluent.ksql.errors.ProductionExceptionHandlerUtil$LogAndFailProductionExceptionHandler",
    ),
    ("num.stream.threads", 4),
    ("topology.optimization", "all"),
)
"""What ksqlDB sets for Kafka Streams."""

QUERY_LEVEL = frozenset(
    (
        AUTO_OFFSET_RESET,
        "buffered.records.per.partition",
        "cache.max.bytes.buffering",
        "ksql.fail.on.deserialization.error",
        "ksql.cast.strings.preserve.nulls",
        "ksql.nested.error.set.null",
        "ksql.query.retry.backoff.max.ms",
        "ksql.query.pull.max.allowed.offset.lag",
        "ksql.query.pull.table.scan.enabled",
        "ksql.timestamp.throw.on.invalid",
        "max.task.idle.ms",
        "task.timeout.ms",
    )
)
"""Properties that a query may have for itself; SHOW PROPERTIES calls them level QUERY."""

MUTABLE_SYSTEM = frozenset(
    (
        "max.poll.records",
        "max.poll.interval.ms",
        "session.timeout.ms",
        "heartbeat.interval.ms",
        "fetch.min.bytes",
        "fetch.max.bytes",
        "fetch.max.wait.ms",
        "metadata.max.age.ms",
        "max.partition.fetch.bytes",
        "batch.size",
        "linger.ms",
        "delivery.timeout.ms",
        "max.request.size",
        "max.block.ms",
        "buffer.memory",
        "compression.type",
        "acceptable.recovery.lag",
        "commit.interval.ms",
        "max.warmup.replicas",
        "num.standby.replicas",
        "poll.ms",
        "probing.rebalance.interval.ms",
        "processing.guarantee",
        "window.size.ms",
    )
)
"""Properties that ALTER SYSTEM may change."""

IMMUTABLE = frozenset(
    (
        "bootstrap.servers",
        "ksql.extension.dir",
        "ksql.query.persistent.active.limit",
        "ksql.pull.queries.enable",
        HIDDEN_TOPICS,
        READONLY_TOPICS,
        "ksql.source.table.materialization.enabled",
        "ksql.headers.columns.enabled",
    )
)
"""Properties that no request may override."""


class ConfigItem(NamedTuple):
    """A property as ksqlDB resolves a name: ``type`` is None for one whose values are not checked."""

    name: str
    type: str | None
    default: Any = None

    def parse(self, value: Any) -> Any:
        """The value, converted and checked.

        Raises:
            KsqlError: it does not fit.
        """
        if self.type is None:
            return value
        parsed = convert(self.name, value, self.type)
        if self.name in _VALIDATORS and parsed is not None:
            _VALIDATORS[self.name](self.name, parsed)
        return parsed


def defaults() -> dict[str, str]:
    """The properties that have a default, as text, under the names that ``canonical`` gives."""
    rows = [(name, default) for name, _, default in KSQL_PROPERTIES] + list(STREAMS_DEFAULTS)
    return {name: java_text(default) for name, default in rows if default is not None} | {AUTO_OFFSET_RESET: "latest"}


def canonical(name: str) -> str:
    """The name without ``ksql.streams.`` and ``consumer.``, under which the engine looks a property up."""
    item = resolve(name, strict=False)
    return name if item is None else item.name


def resolve(name: str, strict: bool = True) -> ConfigItem | None:
    """The property that ``name`` means, or None when ksqlDB knows none; unless ``strict``, any Kafka-like name may be one."""
    if name.startswith(REQUEST_PREFIX):
        return _known().get(name)
    if name.startswith(KSQL_PREFIX) and not name.startswith(STREAMS_PREFIX):
        return _known().get(name) or (ConfigItem(name, None) if name.startswith(FUNCTIONS_PREFIX) else None)
    return _resolve_streams(name, strict)


def check_known(name: str) -> ConfigItem:
    """The property that a SET or UNSET names.

    Raises:
        KsqlError: ``Unknown property: X``.
    """
    item = resolve(name)
    if item is None:
        raise KsqlError(f"Unknown property: {name}")
    return item


def parse_request_property(name: str, value: Any) -> Any:
    """The value of a property that came with a request (``streamsProperties``), converted.

    Raises:
        KsqlError: no such property, one that may not be overridden, or a value that does not fit.
    """
    item = resolve(name)
    if item is None:
        raise KsqlError(f"Not recognizable as ksql, streams, consumer, or producer property: '{name}'", BAD_REQUEST)
    try:
        parsed = item.parse(value)
        if item.name in IMMUTABLE or item.name.startswith("ssl."):
            raise KsqlError(f"Cannot override property '{item.name}'")
        if item.name == AUTO_OFFSET_RESET and str(parsed).lower() == "none":
            raise KsqlError("'none' is not valid for this property within KSQL")
    except KsqlError as error:
        raise KsqlError(f"Failed to coerce type of value '{value}' for key '{name}'", BAD_REQUEST) from error
    return parsed


def value_of(name: str, *layers: Mapping[str, Any]) -> Any:
    """The value of ``name`` in the first layer that has it (with or without ``ksql.streams.``), else the default."""
    item = resolve(name, strict=False) or ConfigItem(name, None)
    for layer in layers:
        for alias in (name, STREAMS_PREFIX + name, STREAMS_PREFIX + CONSUMER_PREFIX + name):
            if alias in layer:
                return item.parse(layer[alias])
    return item.default


def level(name: str) -> str:
    """``QUERY`` or ``SERVER``, as SHOW PROPERTIES has it (the name is looked up as it stands)."""
    return "QUERY" if name in QUERY_LEVEL else "SERVER"


def is_editable(name: str) -> bool:
    """Whether SET or ALTER SYSTEM may change it."""
    item = resolve(name, strict=False)
    return item is not None and (item.name in MUTABLE_SYSTEM or item.name in QUERY_LEVEL)


@lru_cache(maxsize=1)
def _known() -> dict[str, ConfigItem]:
    rows = KSQL_PROPERTIES + REQUEST_PROPERTIES
    return {name: ConfigItem(name, kind, [] if kind == LIST and not default else default) for name, kind, default in rows}


@lru_cache(maxsize=1)
def _kafka() -> dict[str, ConfigItem]:
    from minisql.kafka_properties import CLIENT_PROPERTIES

    defaults = dict(STREAMS_DEFAULTS) | {AUTO_OFFSET_RESET: "latest"}
    return {
        name: ConfigItem(name, kind, defaults.get(name)) for kind, names in CLIENT_PROPERTIES.items() for name in names.split()
    }


def _without(text: str, prefix: str) -> str:
    return text[len(prefix) :] if text.startswith(prefix) else text


def _resolve_streams(name: str, strict: bool) -> ConfigItem | None:
    from minisql.kafka_properties import INTERNAL_PROPERTIES, TOPIC_PROPERTIES

    key = _without(name, STREAMS_PREFIX)
    bare = _without(_without(key, CONSUMER_PREFIX), PRODUCER_PREFIX)
    if bare in _kafka():
        return _kafka()[bare]
    if bare in INTERNAL_PROPERTIES:
        return ConfigItem(bare, None)
    prefixes = (STREAMS_PREFIX + prefix for prefix in (CONSUMER_PREFIX, PRODUCER_PREFIX, TOPIC_PREFIX))
    if name.startswith(STREAMS_PREFIX) and not name.startswith(tuple(prefixes)):
        return None
    if key.startswith(TOPIC_PREFIX) and _without(key, TOPIC_PREFIX) in TOPIC_PROPERTIES.split():
        return ConfigItem(key, None)
    return None if strict else ConfigItem(key, None)


def _offset_reset(name: str, value: str) -> None:
    if value.lower() not in ("earliest", "latest", "none") and not value.startswith("by_duration:"):
        raise invalid(
            name,
            value,
            f"Invalid value `{value}` for configuration {name}. The value must be either 'earliest', 'latest', 'none' "
            "or of the format 'by_duration:<PnDTnHnMn.nS.>'.",
        )


def _one_of(*choices: str) -> Any:
    def check(name: str, value: str) -> None:
        if value not in choices:
            raise invalid(name, value, f"String must be one of: {', '.join(choices)}")

    return check


def _at_least(least: int) -> Any:
    def check(name: str, value: int) -> None:
        if value < least:
            raise invalid(name, java_text(value), f"Value must be at least {least}")

    return check


_VALIDATORS: dict[str, Any] = {
    AUTO_OFFSET_RESET: _offset_reset,
    "ksql.access.validator.enable": _one_of("on", "off", "auto"),
    "ksql.properties.overrides.validation.mode": _one_of("denylist", "allowlist"),
    "processing.guarantee": _one_of("at_least_once", "exactly_once_v2"),
    "num.stream.threads": _at_least(1),
    "cache.max.bytes.buffering": _at_least(0),
    "commit.interval.ms": _at_least(0),
}
