"""What differs between two servers and means nothing: each entry says what is made the same, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from minisql.record import Record
from minisql.testing.differential.values import dumps

NOW = "<now>"

Clock = tuple[int, int]
"""The first and the last millisecond of a run."""


class Normalization(Record):
    """One kind of difference that means nothing.

    Attributes:
        what: is made the same.
        why: it means nothing.
        left_out: names in objects.
        sorted: names in objects, of lists whose order is that of a hash table.
        pattern: of parts of texts, in place of which ``by`` is put.
        now: whether it is the time of the wall clock.
    """

    what: str
    why: str
    left_out: tuple[str, ...] = ()
    sorted: tuple[str, ...] = ()
    pattern: str = ""
    by: str = ""
    now: bool = False


NORMALIZATIONS = (
    Normalization(
        "the wall clock, wherever its time stands as a number",
        "a row without ROWTIME gets the time at which the server takes it",
        now=True,
    ),
    Normalization(
        "numbers in the ids of queries: CSAS_S_7, INSERTQUERY_7, transient_S_7",
        "they count the commands that the server has ever had; those of push queries are drawn at random",
        pattern=r"\b(C[ST]AS_\w+?|CST_\w+?|INSERTQUERY|transient_\w+?|SCALABLE_PUSH_QUERY\w*?|query)_\d+\b",
        by=r"\1_#",
    ),
    Normalization(
        "commandSequenceNumber",
        "it counts the commands that the server has ever had",
        left_out=("commandSequenceNumber",),
    ),
    Normalization(
        "statistics, the places of readers in topics, and the tasks of queries",
        "they are measured while time passes",
        left_out=(
            *("statistics", "errorStats", "clusterStatistics", "clusterErrorStats"),
            *("queryOffsetSummaries", "tasksMetadata"),
        ),
    ),
    Normalization(
        "addresses and names of a server: ksqlHostQueryStatus, consumerGroupId, version, kafkaClusterId, ksqlServiceId",
        "every server has its own; the state of a query stands beside its hosts",
        left_out=("ksqlHostQueryStatus", "consumerGroupId", "version", "kafkaClusterId", "ksqlServiceId"),
    ),
    Normalization(
        "the values of LIST PROPERTIES",
        "a server's configuration is its own",
        left_out=("properties", "overwrittenProperties", "defaultProperties"),
    ),
    Normalization(
        "topology",
        "it shows the processors of Kafka Streams, which minisql does without",
        left_out=("topology",),
    ),
    Normalization(
        "readQueries, writeQueries, sourceConstraints, sources and queries of a server: their order",
        "ksqlDB keeps them in hash tables",
        sorted=("readQueries", "writeQueries", "sourceConstraints", "queries", "streams", "tables", "sourceDescriptions"),
    ),
    Normalization(
        "stackTrace, and identities of Java objects: Some$Class@1a2b3c",
        "they are others each time",
        left_out=("stackTrace",),
        pattern=r"\b([\w.$]+)@[0-9a-f]{5,8}\b",
        by=r"\1@#",
    ),
)
"""All of them. They hold for every pair of backends, so that a recording can be compared with any."""

_LEFT_OUT = frozenset(name for each in NORMALIZATIONS for name in each.left_out)
_SORTED = frozenset(name for each in NORMALIZATIONS for name in each.sorted)
_PATTERNS = [(re.compile(each.pattern), each.by) for each in NORMALIZATIONS if each.pattern]


def normalized(value: Any, clocks: Sequence[Clock]) -> Any:
    """A plain value without what means nothing; ``clocks`` are those that it may have its times of.

    >>> normalized({"commandStatus": {"queryId": "CSAS_O_17"}, "commandSequenceNumber": 18, "at": 5}, [(4, 6)])
    {'commandStatus': {'queryId': 'CSAS_O_#'}, 'at': '<now>'}
    """
    if isinstance(value, str):
        return _text(value)
    if type(value) is int:
        return NOW if any(first <= value <= last for first, last in clocks) else value
    if isinstance(value, Mapping):
        return {_text(name): _item(name, item, clocks) for name, item in value.items() if name not in _LEFT_OUT}
    if isinstance(value, (list, tuple)):
        return [normalized(each, clocks) for each in value]
    return value


def _item(name: str, value: Any, clocks: Sequence[Clock]) -> Any:
    found = normalized(value, clocks)
    return sorted(found, key=dumps) if name in _SORTED and isinstance(found, list) else found


def _text(value: str) -> str:
    for pattern, by in _PATTERNS:
        value = pattern.sub(by, value)
    return value
