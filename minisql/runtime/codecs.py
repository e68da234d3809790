"""The codecs of sources and sinks."""

from __future__ import annotations

from minisql.broker import Codec, RecordCodec
from minisql.formats import key_codec, value_codec
from minisql.metastore import Source
from minisql.planner.steps import Join, Sink, SourceStep, Step


def source_codec(source: Source) -> RecordCodec:
    """How records lie on the topic of a source."""
    return RecordCodec(key_codec(source.key_format, source.schema.key), value_codec(source.value_format, source.schema.value))


def sink_codec(sink: Sink) -> RecordCodec:
    """How records are written by a sink."""
    return RecordCodec(key_codec(sink.key_format, sink.schema.key), value_codec(sink.value_format, sink.schema.value))


def left_key_codec(join: Join) -> Codec:
    """How the keys of a join's left side lie in its store: as on the topic of its leftmost source, without its schemas."""
    step: Step = join.left
    while not isinstance(step, SourceStep):
        step = step.sources[0]
    return key_codec(step.source.key_format.with_(subject=None), join.left.schema.key)
