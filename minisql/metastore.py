"""What the engine knows: sources, registered types, and who reads and writes them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from minisql.formats.info import KeyFormat, Subject, ValueFormat
from minisql.record import Record
from minisql.schema import Schema
from minisql.types import SqlType

if TYPE_CHECKING:
    from minisql.formats.registry import SchemaRegistry


class TimestampColumn(Record):
    """The TIMESTAMP property of WITH: a column, and the format of its text if it is a STRING."""

    name: str
    format: str | None = None


class Source(Record):
    """A stream or a table as declared or derived.

    Attributes:
        name: as ksqlDB resolves it.
        kind: "STREAM" or "TABLE".
        read_only: CREATE SOURCE STREAM | TABLE.
        query_id: of the CREATE ... AS query that writes it, else None.
        sql: the statement that made it.
    """

    name: str
    kind: str
    schema: Schema
    topic: str
    key_format: KeyFormat
    value_format: ValueFormat
    timestamp: TimestampColumn | None = None
    read_only: bool = False
    query_id: str | None = None
    sql: str = ""

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return self.kind == "TABLE"

    @property
    def uses_registry(self) -> bool:
        """Whether the schemas of its topic are registered."""
        return self.key_format.subject is not None or self.value_format.subject is not None

    @property
    def windowed(self) -> bool:
        """Whether its key has a window."""
        return self.key_format.window is not None


class Metastore:
    """Sources and types by name.

    Attributes:
        references: what the sources were made of whose CREATE ... AS query was terminated: these cannot be dropped
            before those.
    """

    def __init__(
        self, sources: dict[str, Source] | None = None, types: dict[str, SqlType] | None = None, registry_url: str = ""
    ) -> None:
        self._registry_url = registry_url
        self.sources = {} if sources is None else sources
        self.types = {} if types is None else types
        self.references: dict[str, tuple[str, ...]] = {}
        self._original: Metastore | None = None

    def sandbox(self) -> Metastore:
        """A copy of its own; schemas are read from where this one reads them, and registered nowhere else."""
        copy = Metastore(dict(self.sources), dict(self.types), self._registry_url)
        copy.references = dict(self.references)
        copy._original = self
        return copy

    def source(self, name: str) -> Source | None:
        """The source called ``name`` (exact case), or None."""
        return self.sources.get(name)

    @cached_property
    def schema_registry(self) -> SchemaRegistry:
        """Where the schemas of topics are registered: in this process, unless a URL says where."""
        if self._original is not None:
            from minisql.formats.registry.sandbox import SandboxRegistry

            return SandboxRegistry(self._original.schema_registry)
        if self._registry_url.startswith(("http://", "https://")):
            from minisql.formats.registry.remote import RemoteRegistry

            return RemoteRegistry(self._registry_url)
        from minisql.formats.registry import SchemaRegistry

        return SchemaRegistry()

    def with_subjects(self, source: Source) -> Source:
        """The source, its formats told where their schemas are registered."""
        key, value = source.key_format, source.value_format
        if WITH_REGISTRY.isdisjoint((key.info.format, value.info.format)):
            return source
        return source.with_(
            key_format=key.with_(subject=self._subject(key.info.format, f"{source.topic}-key")),
            value_format=value.with_(subject=self._subject(value.info.format, f"{source.topic}-value")),
        )

    def delete_schemas(self, source: Source) -> None:
        """Delete the subjects of a source's topic, as far as they are there."""
        for subject in (source.key_format.subject, source.value_format.subject):
            if subject is not None and subject.name in self.schema_registry.subjects():
                self.schema_registry.delete_subject(subject.name)

    def _subject(self, format: str, name: str) -> Subject | None:
        return Subject(self.schema_registry, name) if format in WITH_REGISTRY else None


WITH_REGISTRY = frozenset({"AVRO", "JSON_SR", "PROTOBUF"})
"""The formats whose schemas are registered."""
