"""From a plan to a running query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from minisql.broker import Broker, Entry, Topic
from minisql.clock import Clock
from minisql.errors import SerdeError
from minisql.functions.registry import FunctionRegistry
from minisql.planner.steps import Sink, SourceStep, StreamSource
from minisql.record import Record
from minisql.runtime.build import Build, Input
from minisql.runtime.codecs import sink_codec, source_codec
from minisql.runtime.operators.sink import build_result, build_sink
from minisql.runtime.pipeline import Pipeline
from minisql.runtime.processing_log import ProcessingLog
from minisql.runtime.query import PersistentQuery, PushQuery, Query
from minisql.runtime.task import BadRecord, Scheduler, Task, TopicInput
from minisql.source import Compiler


class Surroundings(Record):
    """What queries need of their engine.

    ``config`` has the clock under "minisql.now", for functions that ask it; ``overridden`` is what of it the session has set;
    ``compiler`` makes functions of what is written for queries. With ``one_task`` all partitions are one task's, as in Kafka
    Streams' TopologyTestDriver.
    """

    broker: Broker
    functions: FunctionRegistry
    log: ProcessingLog
    config: Mapping[str, Any]
    clock: Clock
    compiler: Compiler
    overridden: Mapping[str, str] = {}
    one_task: bool = False


def build_persistent(query: PersistentQuery, around: Surroundings) -> Callable[[], None]:
    """Build the query's functions; gives what lets it run, once the topic of its sink is there.

    Raises:
        UnsupportedError: a function or step needs what minisql has not.
    """
    sink = query.plan.step
    if not isinstance(sink, Sink):
        raise TypeError(f"a persistent query ends in a sink, not in {type(sink).__name__}")
    codec = sink_codec(sink)
    inputs = _inputs(query, around)

    def start() -> None:
        topic = around.broker.topic(sink.topic)

        def deliver(entries: list[Entry]) -> None:
            if entries:
                query.written += len(entries)
                topic.append(codec, entries)

        _attach(query, inputs, deliver, around)

    return start


def launch_push(query: PushQuery, around: Surroundings) -> None:
    """Build the query's functions and let it run."""
    _attach(query, _inputs(query, around), query.deliver, around)


def launch_reader(query: PersistentQuery, around: Surroundings) -> None:
    """Let a source table's query read its topic: what it cannot read is logged, the rest is there to be asked for."""
    step = query.plan.step
    if not isinstance(step, SourceStep):
        raise TypeError(f"a source table's query is its source, not {type(step).__name__}")
    _attach(query, [Input(step, lambda entries, places, out: None, placed=False, code="")], lambda entries: None, around)


def replica(query: Query, around: Surroundings, deliver: Callable[[list[Entry]], None]) -> Task:
    """A task that does what a query does, with state of its own: it knows of no record, and takes what ``feed`` gives it.

    Args:
        deliver: given what comes out; nothing is written to the sink.
    """
    copy = Query(query.id, query.sql, query.plan, Scheduler())
    readers = [_reader(each, around) for each in _inputs(copy, around)]
    return Task(readers, deliver, bad_record_of(query.id, around), copy.fail)


def _inputs(query: Query, around: Surroundings) -> list[Input]:
    """The inputs of a query, which ends in its sink, or in its result."""
    step, build = query.plan.step, build_of(query, around)
    return build.inputs(step.below, partial(build_sink, step)) if isinstance(step, Sink) else build.inputs(step, build_result)


def build_of(query: Query, around: Surroundings) -> Build:
    """What builds the functions of a query."""

    def log(context: str, error: BaseException | None, message: str) -> None:
        around.log.failed(f"{query.id}.{context}", message, error)

    def pipeline(partitions: int) -> Pipeline:
        now, compiler = around.clock.now, around.compiler
        return Pipeline(around.functions, log, query.id, around.config, now, query.stores, compiler, partitions)

    return Build(pipeline, lambda topic: 1 if around.one_task else around.broker.topic(topic).partitions)


def _attach(query: Query, inputs: list[Input], deliver: Callable[[list[Entry]], None], around: Surroundings) -> None:
    readers = [_reader(each, around) for each in inputs]
    query.code = [each.code for each in inputs]
    query.overridden = around.overridden
    query.attach(Task(readers, deliver, bad_record_of(query.id, around), query.fail))


def _reader(each: Input, around: Surroundings) -> TopicInput:
    """A stream is read from where ``auto.offset.reset`` says, a table always from its beginning."""
    source = each.step.source
    topic = around.broker.topic(source.topic)
    latest = isinstance(each.step, StreamSource) and around.config.get("auto.offset.reset") != "earliest"
    return TopicInput(topic, source_codec(source), each.run, each.placed, topic.end if latest else 0, source.is_table)


def bad_record_of(logger: str, around: Surroundings) -> BadRecord:
    def bad_record(topic: Topic, index: int, side: str, data: bytes | None, error: SerdeError) -> None:
        around.log.bad_record(f"{logger}.KsqlTopic.Source.deserializer", topic.name, side, data, error)

    return bad_record
