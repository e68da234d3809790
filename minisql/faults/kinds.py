"""What each fault does to an engine when it begins and when it ends."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from minisql.broker import RAW
from minisql.errors import SERVER_ERROR, InterfaceError, KsqlError, QueryError, SerdeError
from minisql.query_result import QueryResult
from minisql.runtime.codecs import source_codec
from minisql.runtime.query import ERROR, PersistentQuery, PushQuery, Query
from minisql.statements.lifecycle import query_called

if TYPE_CHECKING:
    from minisql.engine import Engine, Result
    from minisql.statements.prepared import Prepared


class Kind(ABC):
    """A fault at work.

    Args:
        engine: where it is set.
        times: how often it can happen; None for always.
    """

    def __init__(self, engine: Engine, times: int | None = None) -> None:
        _check_count("times", times, 1)
        self.engine = engine
        self.left = times

    @abstractmethod
    def begin(self) -> None:
        """Let things go wrong."""

    @abstractmethod
    def end(self) -> None:
        """Let things go right again."""


class FailQuery(Kind):
    """A query that has died."""

    def __init__(self, engine: Engine, query_id: str, message: str) -> None:
        super().__init__(engine)
        running: dict[str, Query] = {**engine.queries, **engine.push_queries}
        query = query_called(running, query_id)
        if query is None or query.state == ERROR:
            raise InterfaceError(f"no query {query_id!r} runs; there are {', '.join(running) or 'none'}")
        self._query = query
        self._error = QueryError(message, SERVER_ERROR)

    def begin(self) -> None:
        self._query.fail(self._error)

    def end(self) -> None:
        query = self._query
        if isinstance(query, PersistentQuery) and query.error is self._error and self.engine.queries.get(query.id) is query:
            query.recover()
            self.engine.drain()


class Corrupt(Kind):
    """Bytes that nobody can read in a record of a topic."""

    def __init__(self, engine: Engine, topic: str, side: str, data: bytes, partition: int | None, offset: int | None) -> None:
        super().__init__(engine)
        if side not in ("key", "value"):
            raise InterfaceError(f"side={side!r}: it can only be 'key' or 'value'")
        if topic not in engine.broker.topics:
            raise InterfaceError(f"topic {topic!r} does not exist; there are {', '.join(engine.broker.topics) or 'none'}")
        _check_unreadable(engine, topic, side, data)
        self._topic = engine.broker.topic(topic)
        self._side = side
        self._data = data
        self._partition = 0 if partition is None and offset is not None else partition
        self._offset = offset
        self._looked = self._topic.end if offset is None else 0
        self._replaced: tuple[int, Any, Any] | None = None

    def begin(self) -> None:
        self._topic.subscribers.insert(0, self._look)  # before those who read
        self._look()

    def end(self) -> None:
        self._unsubscribe()
        if self._replaced is not None:
            index, codec, entry = self._replaced
            self._topic.replace(index, codec, entry)

    def _look(self) -> None:
        first, self._looked = self._looked, self._topic.end
        for index in range(first, self._looked):
            partition, offset = self._topic.placement(index)
            if self._partition in (None, partition) and self._offset in (None, offset):
                self._spoil(index)
                return

    def _spoil(self, index: int) -> None:
        self._unsubscribe()
        codec, (entry,), _ = next(self._topic.read(index, index + 1))
        self._replaced = index, codec, entry
        key, row, time, headers = entry
        in_key = self._side == "key"
        data = (self._data if in_key else codec.key.encode(key)), (codec.value.encode(row) if in_key else self._data)
        self._topic.replace(index, RAW, (*data, time, headers))

    def _unsubscribe(self) -> None:
        if self._look in self._topic.subscribers:
            self._topic.subscribers.remove(self._look)


class OfStatements(Kind):
    """What happens to statements while they run."""

    def begin(self) -> None:
        self.engine.faults.guard.add(self)

    def end(self) -> None:
        self.engine.faults.guard.remove(self)

    def before(self, prepared: Prepared) -> None:
        """A statement is about to run."""

    def after(self, result: Result) -> None:
        """A statement has begun; nothing has flowed yet."""


class Refuse(OfStatements):
    """Statements that are refused."""

    def __init__(self, engine: Engine, text: str, message: str, error_code: int, times: int | None) -> None:
        super().__init__(engine, times)
        _check_code(error_code)
        self._text = text.upper()
        self._message = message
        self._error_code = error_code

    def before(self, prepared: Prepared) -> None:
        if self._text in prepared.text.upper():
            self.engine.faults.spend(self)
            raise KsqlError(self._message, self._error_code)


class FailPushQueries(OfStatements):
    """Push queries that die."""

    def __init__(self, engine: Engine, message: str, after_rows: int, times: int | None) -> None:
        super().__init__(engine, times)
        _check_count("after_rows", after_rows, 0)
        self._message = message
        self._after_rows = after_rows

    def after(self, result: Result) -> None:
        if isinstance(result, QueryResult) and isinstance(result.push, PushQuery):
            self.engine.faults.spend(self)
            result.push.fail_after(self._after_rows, QueryError(self._message, SERVER_ERROR))


class OfRequests(Kind):
    """What a server looks for while it answers; ``path`` is how the paths begin that are concerned."""

    def __init__(self, engine: Engine, times: int | None, path: str = "/") -> None:
        super().__init__(engine, times)
        self.path = path

    def begin(self) -> None:
        self.engine.faults.of_requests.append(self)

    def end(self) -> None:
        self.engine.faults.of_requests.remove(self)


class Reject(OfRequests):
    """Requests that are answered with an error."""

    def __init__(self, engine: Engine, error_code: int, message: str, path: str, times: int | None) -> None:
        super().__init__(engine, times, path)
        _check_code(error_code)
        self.error_code = error_code
        self.message = message


class Delay(OfRequests):
    """Requests that wait."""

    def __init__(self, engine: Engine, seconds: float, path: str, times: int | None) -> None:
        super().__init__(engine, times, path)
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not seconds >= 0:
            raise InterfaceError(f"seconds={seconds!r}: a number that is not negative is needed")
        self.seconds = seconds


class DropConnection(OfRequests):
    """Answers that end in their midst."""

    def __init__(self, engine: Engine, after_rows: int, times: int | None) -> None:
        super().__init__(engine, times)
        _check_count("after_rows", after_rows, 0)
        self.after_rows = after_rows


def _check_unreadable(engine: Engine, topic: str, side: str, data: Any) -> None:
    if not isinstance(data, (bytes, bytearray)):
        raise InterfaceError(f"data={data!r}: bytes are needed")
    for source in engine.metastore.sources.values():
        if source.topic == topic:
            codec = source_codec(source)
            try:
                (codec.key if side == "key" else codec.value).decode(bytes(data))
            except SerdeError:
                continue
            written = (source.key_format if side == "key" else source.value_format).info.format
            raise InterfaceError(f"the {side} {bytes(data)!r} can be read as {source.name} has it, in {written}: give other data")


def _check_count(name: str, count: Any, least: int) -> None:
    if count is not None and (type(count) is not int or count < least):
        raise InterfaceError(f"{name}={count!r}: a whole number that is at least {least} is needed")


def _check_code(code: Any) -> None:
    if type(code) is not int or not 40000 <= code <= 59999:
        raise InterfaceError(f"error_code={code!r}: one of ksqlDB's codes is needed, from 40000 to 59999")
