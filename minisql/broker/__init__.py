"""The in-memory Kafka: topics, their entries, and where the entries lie."""

from minisql.broker.broker import Broker
from minisql.broker.partitioner import murmur2, partition_of
from minisql.broker.record import RAW, Codec, Entry, RawCodec, Record, RecordCodec
from minisql.broker.topic import Topic
from minisql.broker.transcode import transcode
from minisql.broker.view import raw, records

__all__ = [
    "RAW",
    "Broker",
    "Codec",
    "Entry",
    "RawCodec",
    "Record",
    "RecordCodec",
    "Topic",
    "murmur2",
    "partition_of",
    "raw",
    "records",
    "transcode",
]
