"""The codecs of sources and sinks."""

from __future__ import annotations

from minisql.broker import RecordCodec
from minisql.formats import key_codec, value_codec
from minisql.metastore import Source
from minisql.planner.steps import Sink


def source_codec(source: Source) -> RecordCodec:
    """How records lie on the topic of a source."""
    return RecordCodec(key_codec(source.key_format, source.schema.key), value_codec(source.value_format, source.schema.value))


def sink_codec(sink: Sink) -> RecordCodec:
    """How records are written by a sink."""
    return RecordCodec(key_codec(sink.key_format, sink.schema.key), value_codec(sink.value_format, sink.schema.value))
