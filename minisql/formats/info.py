"""What a source or a sink says of its formats: data only, no behaviour."""

from __future__ import annotations

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


class KeyFormat(Record):
    """How keys lie on a topic. ``features`` are ksqlDB's names, e.g. ``UNWRAP_SINGLES``."""

    info: FormatInfo
    features: frozenset[str] = frozenset()
    window: WindowInfo | None = None


class ValueFormat(Record):
    """How values lie on a topic."""

    info: FormatInfo
    features: frozenset[str] = frozenset()
