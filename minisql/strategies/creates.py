"""CREATE STREAM and CREATE TABLE."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from minisql.dialect import quoted_name
from minisql.formats.features import key_features
from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat
from minisql.metastore import Source
from minisql.schema import Column, Namespace, Schema
from minisql.strategies.catalog import Catalog
from minisql.strategies.chances import Draw, count, happens, one_of, several
from minisql.strategies.columns import PLAIN, can_be_key, can_hold, column_types
from minisql.types import INTEGER, STRING, SqlType

FORMATS = ("JSON", "DELIMITED", "KAFKA")
"""Formats that need no library and no registry."""


def created(draw: Draw, catalog: Catalog, kind: str, formats: Sequence[str] = FORMATS) -> tuple[str, Source]:
    """CREATE STREAM or TABLE, and the source that comes of it."""
    name = catalog.free_name(kind[0])
    value_format, key_format = _formats(draw, formats)
    keys = _keys(draw, kind, key_format)
    key_format = key_format if keys or key_format in FORMATS else "KAFKA"  # others would look for a key in the registry
    values = several(draw, _value_type(value_format), 1, 1 if value_format == "KAFKA" else 4)
    columns = [Column(f"K{number}", each, Namespace.KEY) for number, each in enumerate(keys, 1)]
    columns += [Column("v" if number == 4 else f"V{number}", each) for number, each in enumerate(values, 1)]
    only = happens(draw, 0.05) and not (kind == "TABLE" and value_format == "KAFKA")  # which no query could read
    source = Source(
        name, kind, Schema(tuple(columns)), name.lower(), KeyFormat(FormatInfo(key_format), key_features(key_format, len(keys))),
        ValueFormat(FormatInfo(value_format)), read_only=only,
    )  # fmt: skip
    return create_text(source), source


def create_text(source: Source) -> str:
    """The statement that declares a source."""
    word = "PRIMARY KEY" if source.is_table else "KEY"
    listed = ", ".join(
        f"{quoted_name(each.name)} {each.type}{f' {word}' if each.namespace is Namespace.KEY else ''}" for each in source.schema
    )
    key, value = source.key_format.info.format, source.value_format.info.format
    formats = f"FORMAT='{key}'" if key == value else f"KEY_FORMAT='{key}', VALUE_FORMAT='{value}'"
    only = "SOURCE " if source.read_only else ""
    return (
        f"CREATE {only}{source.kind} {quoted_name(source.name)} ({listed})"
        f" WITH (KAFKA_TOPIC='{source.topic}', {formats}, PARTITIONS=1);"
    )


def _formats(draw: Draw, formats: Sequence[str]) -> tuple[str, str]:
    """Formats of values and keys; the usual one is the same for both."""
    value = one_of(draw, formats)
    return value, one_of(draw, ("KAFKA", *formats) if happens(draw, 0.3) else (value,))


def _keys(draw: Draw, kind: str, format: str) -> list[SqlType]:
    """Types of the key columns: mostly one, of a stream perhaps none."""
    some = [each for each in (INTEGER, STRING, *PLAIN) if can_be_key(format, each)]
    most = 1 if format == "KAFKA" or not happens(draw, 0.2) else 2
    least = 0 if happens(draw, 0.1) and kind == "STREAM" else 1
    return [one_of(draw, some) for _ in range(max(least, count(draw, least, most)))]


@st.composite
def _value_type(draw: Draw, format: str) -> SqlType:
    kind = draw(column_types(1))
    return kind if can_hold(format, kind) else STRING
