"""The codecs of sources and sinks."""

from __future__ import annotations

from minisql.broker import Codec, Entry, RecordCodec
from minisql.errors import KsqlError
from minisql.formats import KeyCodec, Rows, key_codec, value_codec
from minisql.formats.unwritable import Unwritable, unwritable_text
from minisql.metastore import Source
from minisql.planner.steps import Join, Sink, SourceStep, Step


def source_codec(source: Source) -> RecordCodec:
    """How records lie on the topic of a source."""
    return RecordCodec(key_codec(source.key_format, source.schema.key), value_codec(source.value_format, source.schema.value))


def key_of(source: Source) -> KeyCodec:
    """How keys lie there, but for their windows."""
    return key_codec(source.key_format, source.schema.key).inner


def rows_of(source: Source) -> Rows:
    """How values lie there."""
    return value_codec(source.value_format, source.schema.value)


def normalized(source: Source, entry: Entry) -> Entry:
    """An entry as its topic keeps it, the window of its key aside: what the formats lose in writing is lost at once.

    Raises:
        KsqlError: a format cannot write the entry (InsertValuesExecutor's text).
    """
    key, row, time, headers = entry
    codec, of_row = key_of(source), rows_of(source).kept
    try:
        key = codec.of_null if key is None else key if codec.normalize is None else codec.normalize(key)
    except Unwritable as error:
        raise KsqlError("Could not serialize key") from error
    try:
        return key, row if of_row is None else of_row(row), time, headers
    except Unwritable as error:
        raise KsqlError(f"Could not serialize value{unwritable_text(source.topic, error.reason)}") from error


def sink_codec(sink: Sink) -> RecordCodec:
    """How records are written by a sink."""
    return RecordCodec(key_codec(sink.key_format, sink.schema.key), value_codec(sink.value_format, sink.schema.value))


def left_key_codec(join: Join) -> Codec:
    """How the keys of a join's left side lie in its store: as on the topic of its leftmost source, without its schemas."""
    step: Step = join.left
    while not isinstance(step, SourceStep):
        step = step.sources[0]
    return key_codec(step.source.key_format.with_(subject=None), join.left.schema.key)
