"""``KSQLAPI``, call for call the class of the PyPI package ``ksql``, on an engine in this process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from minisql.client.rows import process_query_result
from minisql.client.simplified import SimplifiedAPI
from minisql.engine import Engine


class KSQLAPI:
    """A client of the engine that ``url`` stands for.

    Nothing listens at the URL and nothing is sent: clients with the same URL in one process share one engine, made
    when the first of them is. Signatures and results are those of ``ksql`` 0.10.2 against a real server.

    Args:
        url: names the engine, such as ``"http://127.0.0.1:8788"``.
        max_retries: kept in ``sa.max_retries``.
        check_version: ask for the server's version at once.
        engine: the engine itself, instead of the one that the URL names.
        kwargs: ``timeout``, ``api_key``, ``secret``, ``cert``, ``delay``; kept as attributes of ``sa``.
    """

    def __init__(
        self, url: str, max_retries: int = 3, check_version: bool = True, *, engine: Engine | None = None, **kwargs: Any
    ) -> None:
        self.url = url
        self.sa = SimplifiedAPI(url, max_retries=max_retries, engine=engine, **kwargs)
        self.check_version = check_version
        if check_version is True:
            self.get_ksql_version()

    def get_url(self) -> str:
        """The URL given."""
        return self.url

    @property
    def timeout(self) -> Any:
        """The ``timeout`` given, 15 unless told otherwise."""
        return self.sa.get_timout()

    def get_ksql_version(self) -> Any:
        """The version of ksqlDB that the engine stands for."""
        r = self.sa.get_request(self.url + "/info")
        if r.status_code != 200:
            raise ValueError(f"Status Code: {r.status_code}.\nMessage: {r.content!r}")
        return r.json()["KsqlServerInfo"]["version"]

    def get_properties(self) -> Any:
        """What SHOW PROPERTIES lists."""
        return self.sa.ksql("show properties;")[0]["properties"]

    def ksql(self, ksql_string: str, stream_properties: Mapping[str, Any] | None = None) -> Any:
        """Run the statements of a text; gives the server's list of entities.

        Raises:
            KSQLError: a statement is refused.
            minisql.UnsupportedError: ksqlDB would run it and minisql does not yet.
        """
        return self.sa.ksql(ksql_string, stream_properties=stream_properties)

    def query(
        self,
        query_string: str,
        encoding: str = "utf-8",
        chunk_size: int = 128,
        stream_properties: Mapping[str, Any] | None = None,
        idle_timeout: float | None = None,
        use_http2: bool | None = None,
        return_objects: bool | None = None,
    ) -> Iterator[Any]:
        """Run a query, started by the first ``next``; a push query waits for its next row.

        Args:
            query_string: a SELECT; the closing ``;`` may be left out.
            encoding: how bytes become text.
            chunk_size: without effect, as in the client.
            stream_properties: properties for this query, such as ``{"auto.offset.reset": "earliest"}``.
            idle_timeout: end after so many seconds without a row.
            use_http2: answer as ``/query-stream`` does, whatever ``return_objects`` says.
            return_objects: give a dict for each row instead of the lines of ``/query``.

        Yields:
            Lines of text, header first; or dicts.

        Raises:
            KSQLError: the query is refused (with ``use_http2`` a ValueError).
        """
        answers = self.sa.query2 if use_http2 else self.sa.query
        lines = answers(
            query_string=query_string,
            encoding=encoding,
            chunk_size=chunk_size,
            stream_properties=stream_properties,
            idle_timeout=idle_timeout,
        )
        yield from lines if use_http2 else process_query_result(lines, return_objects)

    def close_query(self, query_id: str) -> bool:
        """End a push query; False when no query of that id runs."""
        return self.sa.close_query(query_id)

    def inserts_stream(self, stream_name: str, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Insert dicts; gives an acknowledgement for each, or the error that ended it."""
        return self.sa.inserts_stream(stream_name, rows)

    def create_stream(self, table_name: str, columns_type: Sequence[str], topic: str, value_format: str = "JSON") -> bool:
        """CREATE STREAM over a topic; True, or an error is raised."""
        return self.sa.create_stream(table_name=table_name, columns_type=columns_type, topic=topic, value_format=value_format)

    def create_table(
        self, table_name: str, columns_type: Sequence[str], topic: str, value_format: str, key: str, **kwargs: Any
    ) -> bool:
        """CREATE TABLE over a topic; ``key`` becomes the WITH property KEY, which newer servers refuse."""
        return self.sa.create_table(
            table_name=table_name, columns_type=columns_type, topic=topic, value_format=value_format, key=key, **kwargs
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
        """CREATE STREAM AS SELECT with a WHERE clause made of ``conditions``; True, or an error is raised."""
        return self.sa.create_stream_as(
            table_name=table_name,
            select_columns=select_columns,
            src_table=src_table,
            kafka_topic=kafka_topic,
            value_format=value_format,
            conditions=conditions,
            partition_by=partition_by,
            **kwargs,
        )
