"""What the engine knows: sources, registered types, and who reads and writes them."""

from __future__ import annotations

from minisql.formats.info import KeyFormat, ValueFormat
from minisql.record import Record
from minisql.schema import Schema
from minisql.types import SqlType


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
    def windowed(self) -> bool:
        """Whether its key has a window."""
        return self.key_format.window is not None


class Metastore:
    """Sources and types by name.

    Attributes:
        references: what the sources were made of whose CREATE ... AS query was terminated: these cannot be dropped
            before those.
    """

    def __init__(self, sources: dict[str, Source] | None = None, types: dict[str, SqlType] | None = None) -> None:
        self.sources = {} if sources is None else sources
        self.types = {} if types is None else types
        self.references: dict[str, tuple[str, ...]] = {}

    def source(self, name: str) -> Source | None:
        """The source called ``name`` (exact case), or None."""
        return self.sources.get(name)
