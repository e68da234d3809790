"""The names of the properties of Kafka Streams, its clients and its topics, by type."""

from __future__ import annotations

from minisql.configdef import BOOLEAN, CLASS, DOUBLE, INT, LIST, LONG, STRING

CLIENT_PROPERTIES: dict[str, str] = {
    INT: """
        auto.commit.interval.ms batch.size buffered.records.per.partition fetch.max.bytes fetch.max.wait.ms
        fetch.min.bytes heartbeat.interval.ms max.in.flight.requests.per.connection max.partition.fetch.bytes
        max.poll.interval.ms max.poll.records max.request.size max.warmup.replicas metadata.recovery.rebootstrap.trigger.ms
        metrics.num.samples num.standby.replicas num.stream.threads delivery.timeout.ms partitioner.availability.timeout.ms
        receive.buffer.bytes replication.factor request.timeout.ms retries send.buffer.bytes session.timeout.ms
        transaction.timeout.ms default.api.timeout.ms sasl.login.connect.timeout.ms sasl.login.read.timeout.ms
        compression.gzip.level compression.lz4.level compression.zstd.level rack.aware.assignment.non_overlap_cost
        rack.aware.assignment.traffic_cost
    """,
    LONG: """
        acceptable.recovery.lag buffer.memory cache.max.bytes.buffering commit.interval.ms connections.max.idle.ms linger.ms
        log.summary.interval.ms max.block.ms max.task.idle.ms metadata.max.age.ms metadata.max.idle.ms metrics.sample.window.ms
        poll.ms probing.rebalance.interval.ms reconnect.backoff.max.ms reconnect.backoff.ms repartition.purge.interval.ms
        retry.backoff.max.ms retry.backoff.ms socket.connection.setup.timeout.max.ms socket.connection.setup.timeout.ms
        state.cleanup.delay.ms statestore.cache.max.bytes task.timeout.ms window.size.ms
        windowstore.changelog.additional.retention.ms sasl.kerberos.min.time.before.relogin
    """,
    DOUBLE: """
        sasl.kerberos.ticket.renew.jitter sasl.kerberos.ticket.renew.window.factor sasl.login.refresh.window.factor
        sasl.login.refresh.window.jitter
    """,
    BOOLEAN: """
        allow.auto.create.topics auto.include.jmx.reporter check.crcs enable.auto.commit enable.idempotence
        enable.metrics.push exclude.internal.topics partitioner.adaptive.partitioning.enable partitioner.ignore.keys
        ensure.explicit.internal.resource.naming log.summary.enable
    """,
    LIST: """
        bootstrap.servers config.providers interceptor.classes metric.reporters partition.assignment.strategy
        rack.aware.assignment.tags ssl.cipher.suites ssl.enabled.protocols
    """,
    STRING: """
        acks application.id application.server auto.offset.reset built.in.metrics.version client.dns.lookup client.id client.rack
        compression.type default.dsl.store group.id group.instance.id group.protocol group.remote.assignor isolation.level
        metadata.recovery.strategy metrics.recording.level processing.guarantee rack.aware.assignment.strategy sasl.jaas.config
        sasl.kerberos.kinit.cmd sasl.kerberos.service.name sasl.mechanism security.protocol security.providers
        ssl.endpoint.identification.algorithm ssl.key.password ssl.keymanager.algorithm ssl.keystore.location
        ssl.keystore.password ssl.keystore.type ssl.protocol ssl.provider ssl.secure.random.implementation
        ssl.trustmanager.algorithm ssl.truststore.location ssl.truststore.password ssl.truststore.type state.dir
        topology.optimization transactional.id upgrade.from
    """,
    CLASS: """
        default.client.supplier default.deserialization.exception.handler default.key.serde default.list.key.serde.inner
        default.list.key.serde.type default.list.value.serde.inner default.list.value.serde.type
        default.production.exception.handler default.timestamp.extractor default.value.serde deserialization.exception.handler
        dsl.store.suppliers.class key.deserializer key.serializer partitioner.class processing.exception.handler
        processor.wrapper.class production.exception.handler rack.aware.task.assignor rocksdb.config.setter
        sasl.client.callback.handler.class sasl.login.callback.handler.class sasl.login.class task.assignor.class
        value.deserializer value.serializer windowed.inner.class.serde
    """,
}
"""Type to names of the properties of Kafka Streams, consumers and producers."""

TOPIC_PROPERTIES = """
    cleanup.policy compression.type delete.retention.ms file.delete.delay.ms flush.messages flush.ms index.interval.bytes
    max.compaction.lag.ms max.message.bytes message.downconversion.enable message.format.version message.timestamp.after.max.ms
    message.timestamp.before.max.ms message.timestamp.difference.max.ms message.timestamp.type min.cleanable.dirty.ratio
    min.compaction.lag.ms min.insync.replicas preallocate retention.bytes retention.ms segment.bytes segment.index.bytes
    segment.jitter.ms segment.ms unclean.leader.election.enable local.retention.bytes local.retention.ms remote.storage.enable
"""

INTERNAL_PROPERTIES = (
    "__emit.interval.ms.kstreams.outer.join.spurious.results.fix__",
    "__emit.interval.ms.kstreams.windowed.aggregation__",
)
"""Internal properties of Kafka Streams that ksqlDB lets through."""
