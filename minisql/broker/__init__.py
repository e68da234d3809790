"""The in-memory Kafka: topics, their entries, and where the entries lie."""

from minisql.broker.broker import Broker, is_topic_name
from minisql.broker.record import RAW, Codec, Entry, RawCodec, Record, RecordCodec
from minisql.broker.topic import Topic

__all__ = [
    "RAW",
    "Broker",
    "Codec",
    "Entry",
    "RawCodec",
    "Record",
    "RecordCodec",
    "Topic",
    "is_topic_name",
]
