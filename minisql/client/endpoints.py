"""The server's routes that the ``ksql`` client calls, answered by an engine in this process."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from minisql.client.reply import Reply, text_of
from minisql.client.streams import DelimitedStream, RowStream, Stream
from minisql.connection import Connection
from minisql.dialect import parse, parse_script
from minisql.dialect.nodes import PrintTopic, Query
from minisql.engine import Engine, Session
from minisql.errors import BAD_REQUEST, DataError, KsqlError, StatementError, UnsupportedError
from minisql.query_result import QueryResult

KSQLDB_VERSION = "8.5.0"
"""The release of ksqlDB that the engine stands for."""

Properties = Mapping[str, Any]


class Endpoints:
    """One method per route; each request is a session of its own, as on the server."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def get(self, path: str) -> Reply:
        """GET ``/info``; other paths are not found."""
        if path != "/info":
            return Reply(404, b"Not Found")
        info = {"version": KSQLDB_VERSION, "kafkaClusterId": "minisql", "ksqlServiceId": "default_", "serverStatus": "RUNNING"}
        return Reply(200, {"KsqlServerInfo": info})

    def ksql(self, text: str, properties: Properties) -> Reply:
        """POST ``/ksql``: run statements, answer with their entities."""
        try:
            return Reply(200, self._session().ksql(text, dict(properties)))
        except UnsupportedError:
            raise
        except KsqlError as error:
            return _refusal(error, error.message)

    def query(self, text: str, properties: Properties) -> Reply | Stream:
        """POST ``/query``: rows as elements of one JSON array, a line each."""
        return self._stream(RowStream, text, properties)

    def query_stream(self, text: str, properties: Properties) -> Reply | Stream:
        """POST ``/query-stream``: a JSON text a line, the header first."""
        return self._stream(DelimitedStream, text, properties)

    def _stream(self, kind: type[Stream], text: str, properties: Properties) -> Reply | Stream:
        try:
            return kind(self._select(text, properties))
        except UnsupportedError:
            raise
        except KsqlError as error:
            # The streaming routes, unlike /ksql, add the statement to the message.
            return _refusal(error, f"{error.message}\nStatement: {error.statement}" if error.statement else error.message)

    def _select(self, text: str, properties: Properties) -> QueryResult:
        script = parse_script(text)
        if len(script) != 1:
            raise StatementError(f"Expected exactly one KSQL statement; found {len(script)} instead", statement=text)
        node = parse(script[0].text)
        if isinstance(node, PrintTopic):
            raise UnsupportedError("PRINT through the ksql client", text)
        if not isinstance(node, Query):
            raise StatementError("Neither a query nor a print statement", statement=text)
        (result,) = self.engine.execute(text, Session(overrides=properties))
        assert isinstance(result, QueryResult)
        return result

    def close_query(self, query_id: str) -> Reply:
        """POST ``/close-query``: end a push query."""
        query = self.engine.push_queries.get(query_id)
        if query is None:
            return Reply(400, {"@type": "generic_error", "error_code": BAD_REQUEST, "message": f"No query with id {query_id}"})
        query.stop()
        return Reply(200, b"")

    def inserts_stream(self, target: str, lines: Sequence[str]) -> Reply:
        """POST ``/inserts-stream``: a JSON object a line in, an acknowledgement a line out.

        The first row that fails ends the answer, and rows after it are not inserted.
        """
        acks: list[dict[str, Any]] = []
        try:
            for line in lines:
                self._session().insert(target, [json.loads(line)])
                acks.append({"seq": len(acks), "status": "ok"})
        except UnsupportedError:
            raise
        except KsqlError as error:
            return _refusal(error, error.message)
        except DataError as error:
            failure = {"@type": "generic_error", "error_code": BAD_REQUEST, "message": str(error)}
            acks.append(failure | {"seq": len(acks), "status": "error"})
        return Reply(200, "\n".join(map(text_of, acks)).encode())

    def _session(self) -> Connection:
        return Connection(self.engine)


def _refusal(error: KsqlError, message: str) -> Reply:
    body = {"@type": "generic_error", "error_code": error.error_code, "message": message}
    if error.statement is not None:
        body |= {"@type": "statement_error", "statementText": error.statement, "entities": []}
    return Reply(error.error_code // 100, body)
