"""What the engine knows: sources, registered types, and who reads and writes them."""

from __future__ import annotations

from dataclasses import dataclass, field

from minisql.formats.info import KeyFormat, ValueFormat
from minisql.schema import Schema
from minisql.types import SqlType


@dataclass(frozen=True)
class TimestampColumn:
    """The TIMESTAMP property of WITH: a column, and the format of its text if it is a STRING."""

    name: str
    format: str | None = None


@dataclass(frozen=True)
class Source:
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
    def windowed(self) -> bool:
        """Whether its key has a window."""
        return self.key_format.window is not None


@dataclass
class Metastore:
    """Sources and types by name.

    Attributes:
        references: what the sources were made of whose CREATE ... AS query was terminated: these cannot be dropped
            before those.
    """

    sources: dict[str, Source] = field(default_factory=dict)
    types: dict[str, SqlType] = field(default_factory=dict)
    references: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def source(self, name: str) -> Source | None:
        """The source called ``name`` (exact case), or None."""
        return self.sources.get(name)
