"""The TIMESTAMP property of WITH: the time of a record taken from one of its columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.metastore import TimestampColumn
from minisql.runtime.flow import Flow
from minisql.runtime.pipeline import Pipeline
from minisql.types import STRING

THROW_ON_INVALID = "ksql.timestamp.throw.on.invalid"

NULL_ROW = 'Cannot invoke "io.confluent.ksql.GenericRow.get(int)" because "value" is null'
"""What Java says of a row that is not there."""


class FatalTimestampError(Exception):
    """Kafka Streams' word for a timestamp extractor that fails."""

    def __str__(self) -> str:
        return "Fatal user code error in TimestampExtractor callback for record"


def extract_timestamp(stamp: TimestampColumn, pipeline: Pipeline, flow: Flow, context: str, sink: bool = False) -> Flow:
    """Write the extraction; a record without a valid, non-negative time is skipped and logged.

    With ``ksql.timestamp.throw.on.invalid`` it ends the query.

    A null row has no valid time, unless a key column tells it (TimestampColumnExtractors): a table with such a column never
    sees a deletion. At a sink, which does not ask for it, it keeps its time.

    Args:
        sink: it is what is written that gets the time.
    """
    column = flow.columns[stamp.name]
    convert = pipeline.bind(converter(stamp, column.type == STRING), "to_millis")
    invalid = pipeline.bind(_reporter(pipeline, context), "invalid_time")
    name = pipeline.bindings.fresh("time")
    with pipeline.code.block("try:"):
        if sink:
            pipeline.line(f"{name} = {flow.timestamp} if {flow.absent or 'False'} else {convert}({column.code})")
        else:
            _refuse_null(stamp, flow, pipeline)
            pipeline.line(f"{name} = {convert}({column.code})")
    with pipeline.code.block("except Exception as error:"):
        if str(pipeline.config.get(THROW_ON_INVALID, "")).lower() == "true":
            pipeline.line(f"raise {pipeline.bind(FatalTimestampError, 'FatalTimestampError')}() from error")
        pipeline.line(f"{invalid}(error)")
        pipeline.line(pipeline.skip)
    pipeline.locals.append(name)
    columns = {**flow.columns}
    if "ROWTIME" in columns:
        columns["ROWTIME"] = type(column)(name, columns["ROWTIME"].type, nullable=False)
    return flow.with_(timestamp=name, columns=columns)


def _refuse_null(stamp: TimestampColumn, flow: Flow, pipeline: Pipeline) -> None:
    if flow.absent and stamp.name not in {column.name for column in flow.schema.key}:
        pipeline.line(f"if {flow.absent}: raise ValueError({NULL_ROW!r})")


def converter(stamp: TimestampColumn, text: bool) -> Callable[[Any], int]:
    """The function from a column's value to milliseconds; raises ValueError when there is no valid time."""
    if not text:
        return _checked
    from minisql.functions.datetime_format import parse_timestamp

    pattern = stamp.format or "yyyy-MM-dd'T'HH:mm:ss.SSS"
    return lambda value: _checked(None if value is None else parse_timestamp(value, pattern))


def _checked(value: int | None) -> int:
    if value is None or value < 0:
        raise ValueError(f"Invalid timestamp: {value}")
    return value


def _reporter(pipeline: Pipeline, context: str) -> Callable[[BaseException], None]:
    return lambda error: pipeline.log(context, error, "Failed to extract timestamp from row")
