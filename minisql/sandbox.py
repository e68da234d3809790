"""An engine on which statements are tried: ksqlDB's SandboxedExecutionContext and SandboxedServiceContext in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from minisql.broker import RecordCodec
from minisql.engine import Engine
from minisql.metastore import Source
from minisql.source import uncompiled

if TYPE_CHECKING:
    from minisql.statements.handlers import Handler


class Sandbox(Engine):
    """A copy of what an engine knows, without records and without anything that runs.

    Handlers do here what they do anywhere. What makes the difference is that topics are empty and stay so, that nothing is
    ever drained, and that the code of queries is written, so that all that it cannot do is found, but not compiled.

    ksqlDB's own sandbox lets one thing out: DELETE TOPIC (SandboxedKafkaTopicClient.deleteTopics). Nothing leaves this one.

    Args:
        original: the engine; nothing in it changes.
        handlers: what is done with each class of statement.
    """

    def __init__(self, original: Engine, handlers: Mapping[type, Handler]) -> None:
        super().__init__(
            original.clock,
            manual=True,
            auto_create_topics=original.auto_create_topics,
            default_partitions=original.default_partitions,
        )
        self.handlers = handlers
        self.compiler = uncompiled
        self.config = dict(original.config)
        self.functions = original.functions
        self.metastore = original.metastore.sandbox()
        self.broker = original.broker.outline()
        self.queries = {name: query.outline(self.scheduler) for name, query in original.queries.items()}
        self.command_number = original.command_number.copy()
        self.query_number = original.query_number.copy()
        self.transient_number = original.transient_number.copy()
        self.connectors = None if original.connectors is None else dict(original.connectors)

    def append(self, source: Source, codec: RecordCodec, entries: list[Any]) -> None:
        """Write nothing: the entries have been made, and so they fit."""
