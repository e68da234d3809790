"""The object behind ``KSQLAPI.sa``: one method per request, as the ``ksql`` client has it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from minisql.client.builder import SQLBuilder
from minisql.client.errors import InvalidQueryError, KSQLError
from minisql.client.registry import app_of, registry
from minisql.client.reply import Reply
from minisql.engine import Engine
from minisql.server.exchange import HTTP_1_1, Request
from minisql.server.local import LocalAnswer, post

Properties = Mapping[str, Any]
log = logging.getLogger(__name__)


class SimplifiedAPI:
    """Requests to the engine that a URL stands for.

    Args:
        url: names the engine; nothing listens there.
        engine: the engine itself, when the caller has one.
        max_retries, delay, timeout, api_key, secret, cert: kept as attributes, as the client has them; there is no
            connection that they could matter to.
    """

    def __init__(self, url: str, engine: Engine | None = None, **kwargs: Any) -> None:
        self.url = url
        self.max_retries = kwargs.get("max_retries", 3)
        self.delay = kwargs.get("delay", 0)
        self.timeout = kwargs.get("timeout", 15)
        self.api_key = kwargs.get("api_key")
        self.secret = kwargs.get("secret")
        self.headers = {"Content-Type": "application/vnd.ksql.v1+json; charset=utf-8"}
        self.cert = kwargs.get("cert")
        self._app = registry().app(url) if engine is None else app_of(engine)

    def get_timout(self) -> Any:
        """The ``timeout`` given; the name is the client's."""
        return self.timeout

    @staticmethod
    def _validate_sql_string(sql_string: str) -> str:
        if not sql_string:
            raise InvalidQueryError(sql_string)
        return sql_string if sql_string.endswith(";") else sql_string + ";"

    @staticmethod
    def _raise_for_status(r: Reply, response: str) -> bool:
        """Look at the answer of ``/ksql``; programs put a function of their own in this one's place.

        Raises:
            KSQLError: the answer says that a statement failed.
        """
        body = json.loads(response)
        if r.getcode() != 200:
            raise KSQLError(body["message"], body["error_code"], body.get("stack_trace"))
        if body and body[0]["@type"] == "currentStatus" and body[0]["commandStatus"]["status"] == "ERROR":
            raise KSQLError(body[0]["commandStatus"]["message"])
        return True

    def ksql(self, ksql_string: str, stream_properties: Properties | None = None) -> Any:
        """Run the statements of a text.

        Returns:
            The server's list of entities, one for each statement.

        Raises:
            KSQLError: a statement is refused.
            minisql.UnsupportedError: ksqlDB would run it and minisql does not yet.
        """
        text = self._validate_sql_string(ksql_string)
        log.debug("KSQL generated: %s", text)
        answer = self._post("/ksql", {"ksql": text, "streamsProperties": dict(stream_properties or {})})
        r = Reply(answer.status, _unless_refused(answer).read())
        response = r.read().decode("utf-8")
        self._raise_for_status(r, response)
        return json.loads(response)

    def query(
        self,
        query_string: str,
        encoding: str = "utf-8",
        chunk_size: int = 128,
        stream_properties: Properties | None = None,
        idle_timeout: float | None = None,
    ) -> Iterator[str]:
        """Run a query on ``/query``; it starts with the first ``next``, and waits for rows like the real one.

        Yields:
            The answer's lines: a header, rows, and for a query that ends a last line closed by ``]``.

        Raises:
            KSQLError: the query is refused.
        """
        text = self._validate_sql_string(query_string)
        answer = self._post("/query", {"ksql": text, "streamsProperties": dict(stream_properties or {})})
        yield from _until_idle(answer, _unless_refused(answer).file(idle_timeout), idle_timeout, encoding)

    def query2(
        self,
        query_string: str,
        encoding: str = "utf-8",
        chunk_size: int = 128,
        stream_properties: Properties | None = None,
        idle_timeout: float | None = None,
    ) -> Iterator[str]:
        """Run a query on ``/query-stream``; it starts with the first ``next``.

        Yields:
            A header with ``queryId``, ``columnNames`` and ``columnTypes``, then one JSON array a row, as text.

        Raises:
            ValueError: the query is refused; the client hides the server's message here.
        """
        text = self._validate_sql_string(query_string)
        answer = self._post("/query-stream", {"sql": text, "properties": dict(stream_properties or {})})
        if answer.status != 200:
            raise ValueError(f"Return code is {answer.status}.")
        yield from _until_idle(answer, answer.pieces(idle_timeout), idle_timeout, encoding)

    def get_request(self, endpoint: str) -> Reply:
        """GET a URL of the server; ``/info`` is the one that the client asks for."""
        answer = LocalAnswer(self._app, Request.of("GET", endpoint.removeprefix(self.url), HTTP_1_1, ())).start()
        return Reply(answer.status, answer.read())

    def close_query(self, query_id: str) -> bool:
        """End a push query; False when no query of that id runs."""
        return self._post("/close-query", {"queryId": query_id}).status == 200

    def inserts_stream(self, stream_name: str, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Insert rows given as dicts.

        Returns:
            One acknowledgement per row; the first failure ends the list. When the stream is refused as a whole, the
            one element is the server's error.
        """
        lines = map(json.dumps, [{"target": stream_name}, *rows])
        answer = post(self._app, "/inserts-stream", "\n".join(lines).encode()).read().decode("utf-8")
        return [json.loads(line) for line in answer.split("\n") if line]

    def create_stream(self, table_name: str, columns_type: Sequence[str], topic: str, value_format: str = "JSON") -> bool:
        """CREATE STREAM over a topic; True, or an error is raised."""
        return self._build_and_run(
            "create",
            table_type="stream",
            table_name=table_name,
            columns_type=columns_type,
            topic=topic,
            value_format=value_format,
        )

    def create_table(self, table_name: str, columns_type: Sequence[str], topic: str, value_format: str, key: str) -> bool:
        """CREATE TABLE over a topic, with the ``key`` property that the servers of the client's time had."""
        if not key:
            raise ValueError("key is required for creating a table.")
        return self._build_and_run(
            "create",
            table_type="table",
            table_name=table_name,
            columns_type=columns_type,
            topic=topic,
            value_format=value_format,
            key=key,
        )

    def create_stream_as(
        self,
        table_name: str,
        select_columns: Sequence[str],
        src_table: str,
        kafka_topic: str | None = None,
        value_format: str = "JSON",
        conditions: str | Sequence[str] = (),
        partition_by: str | None = None,
        **kwargs: Any,
    ) -> bool:
        """CREATE STREAM AS SELECT; True, or an error is raised."""
        return self._build_and_run(
            "create_as",
            table_type="stream",
            table_name=table_name,
            select_columns=select_columns,
            src_table=src_table,
            kafka_topic=kafka_topic,
            value_format=value_format,
            conditions=conditions,
            partition_by=partition_by,
            **kwargs,
        )

    def _post(self, path: str, body: Mapping[str, Any]) -> LocalAnswer:
        return post(self._app, path, json.dumps(body).encode())

    def _build_and_run(self, sql_type: str, **arguments: Any) -> bool:
        self.ksql(SQLBuilder.build(sql_type, **arguments))
        return True


def _unless_refused(answer: LocalAnswer) -> LocalAnswer:
    """The answer, unless it is the server's refusal.

    The client raises on an HTTP error before it calls ``_raise_for_status``, so what a program puts there sees
    answers of status 200 only.
    """
    if answer.status != 200:
        body = json.loads(answer.read())
        raise KSQLError(body.get("message"), body.get("error_code"), body.get("stackTrace"))
    return answer


def _until_idle(answer: LocalAnswer, pieces: Iterable[bytes], idle_timeout: float | None, encoding: str) -> Iterator[str]:
    """The pieces as text, until nothing has come for ``idle_timeout`` seconds."""
    try:
        for piece in pieces:
            yield piece.decode(encoding)
    except TimeoutError:
        print(f"Ending query because of time out! ({idle_timeout} seconds)")
    finally:
        answer.close()
