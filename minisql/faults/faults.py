"""What a program can let go wrong, wherever the engine is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from minisql.faults.fault import Fault

NOT_READY, NOT_READY_TEXT = 50302, "KSQL is not yet ready to serve requests."
"""What ksqlDB says while it starts."""

UNREADABLE = b"\xff\xfe\xfd"
"""Bytes that are no JSON, have no schema's id, are no number of Kafka's and hold no line of several columns."""


class Faults(ABC):
    """Lets things go wrong on purpose: ``conn.engine.faults``.

    Each method sets one fault and gives a ``Fault``: until it is removed, at the end of a ``with`` block or by ``clear()``, it
    stays; with ``times`` it is gone after having happened so often.

    >>> import minisql
    >>> conn = minisql.connect()
    >>> faults = conn.engine.faults
    >>> with faults.refuse("CREATE STREAM", "Authorization denied to Create on topic(s): [s]", 40301):
    ...     conn.execute("CREATE STREAM s (v INT) WITH (kafka_topic='s', value_format='json', partitions=1);")
    Traceback (most recent call last):
    ...
    minisql.errors.StatementError: Authorization denied to Create on topic(s): [s]
    >>> len(faults)
    0
    """

    # -- queries ----------------------------------------------------------------------------------

    def fail_query(self, query_id: str, message: str) -> Fault:
        """Let a query die now: LIST QUERIES and EXPLAIN show ERROR, whoever reads a push query gets the error.

        A persistent query whose fault is removed reads on where it stopped, as ksqlDB starts such queries again.

        >>> import minisql
        >>> conn = minisql.connect()
        >>> _ = conn.execute('''
        ...     CREATE STREAM s (v INT) WITH (kafka_topic='s', value_format='json', partitions=1);
        ...     CREATE STREAM t AS SELECT * FROM s;
        ... ''')
        >>> with conn.engine.faults.fail_query("CSAS_T_0", "disk is full"):
        ...     conn.ksql("LIST QUERIES;")[0]["queries"][0]["state"]
        'ERROR'
        >>> conn.ksql("LIST QUERIES;")[0]["queries"][0]["state"]
        'RUNNING'

        Args:
            query_id: of a persistent query or a push query that runs, in any case.
            message: what the error says.

        Raises:
            InterfaceError: no such query runs.
        """
        return self._set("fail_query", query_id=query_id, message=message)

    def fail_push_queries(self, message: str, *, after_rows: int = 0, times: int | None = None) -> Fault:
        """Let push queries that start from now on die when they have emitted some rows.

        Args:
            message: what the error says.
            after_rows: how many rows come before it.
            times: how many queries; all of them by default.

        Raises:
            InterfaceError: a number is not right.
        """
        return self._set("fail_push_queries", message=message, after_rows=after_rows, times=times)

    # -- statements and records -------------------------------------------------------------------

    def refuse(self, text: str, message: str, error_code: int = 40001, *, times: int | None = None) -> Fault:
        """Refuse statements; those before it in the same script have run.

        Args:
            text: what is in the statement, in any case: "CREATE STREAM"; an empty text is in all of them.
            message: what the refusal says.
            error_code: ksqlDB's code; its first three digits are the HTTP status.
            times: how many statements; all of them by default.

        Raises:
            InterfaceError: a number is not right.
        """
        return self._set("refuse", text=text, message=message, error_code=error_code, times=times)

    def corrupt(
        self,
        topic: str,
        *,
        side: str = "value",
        data: bytes = UNREADABLE,
        partition: int | None = None,
        offset: int | None = None,
    ) -> Fault:
        """Put bytes that nobody can read into a record: the next one, or the one at an offset.

        Queries that come to it skip it and tell the processing log; those that have read it already have it as it was. With
        the fault the record gets its own bytes back.

        >>> import minisql
        >>> conn = minisql.connect(properties={"auto.offset.reset": "earliest"})
        >>> rows = conn.execute('''
        ...     CREATE STREAM s (v INT) WITH (kafka_topic='s', value_format='json', partitions=1);
        ...     SELECT * FROM s EMIT CHANGES;
        ... ''')
        >>> fault = conn.engine.faults.corrupt("s")
        >>> conn.insert("s", [{"v": 1}, {"v": 2}])
        2
        >>> rows.fetchall()
        [Row(V=2)]
        >>> conn.processing_log[0]["message"]["deserializationError"]["target"]
        'value'

        Args:
            topic: its name.
            side: "key" or "value".
            data: the bytes.
            partition: by default any, and 0 where an offset is given.
            offset: the record's; the fault waits for it when it is not there yet.

        Raises:
            InterfaceError: there is no such topic or side, or the bytes can be read as what a source on the topic says.
        """
        return self._set("corrupt", topic=topic, side=side, data=data, partition=partition, offset=offset)

    # -- requests to a server ---------------------------------------------------------------------

    def reject(
        self, error_code: int = NOT_READY, message: str = NOT_READY_TEXT, *, path: str = "/", times: int | None = None
    ) -> Fault:
        """Answer requests to a server with an error, by default that of a server that still starts.

        Args:
            error_code: ksqlDB's code; its first three digits are the HTTP status.
            message: what the error says.
            path: how the paths begin that are concerned.
            times: how many requests; all of them by default.

        Raises:
            InterfaceError: a number is not right.
        """
        return self._set("reject", error_code=error_code, message=message, path=path, times=times)

    def delay(self, seconds: float, *, path: str = "/", times: int | None = None) -> Fault:
        """Let requests to a server wait before anything is done.

        Args:
            seconds: how long.
            path: how the paths begin that are concerned.
            times: how many requests; all of them by default.

        Raises:
            InterfaceError: a number is not right.
        """
        return self._set("delay", seconds=seconds, path=path, times=times)

    def drop_connection(self, after_rows: int = 0, *, times: int | None = None) -> Fault:
        """Close the connection in the midst of a query's answer, as a server does that is killed.

        Args:
            after_rows: how many rows are sent before; the answer of a query that has fewer is complete.
            times: how many answers; all of them by default.

        Raises:
            InterfaceError: a number is not right.
        """
        return self._set("drop_connection", after_rows=after_rows, times=times)

    # -- all of them ------------------------------------------------------------------------------

    @abstractmethod
    def clear(self) -> None:
        """Remove all faults."""

    @abstractmethod
    def __iter__(self) -> Iterator[Fault]:
        """The faults that are set."""

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @abstractmethod
    def _set(self, name: str, **arguments: Any) -> Fault:
        """Set the fault that the method called ``name`` is for."""
