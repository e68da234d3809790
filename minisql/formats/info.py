"""What a source or a sink says of its formats: data only, no behaviour."""

from __future__ import annotations

from typing import Any

from minisql.record import Record


class FormatInfo(Record):
    """A format by name with its own properties, e.g. ``("DELIMITED", (("delimiter", "|"),))``."""

    format: str
    properties: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.format


class WindowInfo(Record):
    """The window type of a windowed key; ``size`` in milliseconds is None for SESSION."""

    type: str
    size: int | None = None


class Subject(Record):
    """Where the schemas of a topic's keys or values are registered: ``name`` is the subject in a schema registry."""

    registry: Any
    name: str


class KeyFormat(Record):
    """How keys lie on a topic.

    ``features`` are ksqlDB's names, e.g. ``UNWRAP_SINGLES``; ``subject`` is for formats with a schema registry.
    """

    info: FormatInfo
    features: frozenset[str] = frozenset()
    window: WindowInfo | None = None
    subject: Subject | None = None


class ValueFormat(Record):
    """How values lie on a topic."""

    info: FormatInfo
    features: frozenset[str] = frozenset()
    subject: Subject | None = None
