"""The server's routes that the ``ksql`` client calls, answered by an engine in this process."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from minisql.client.reply import Reply
from minisql.client.streams import Stream
from minisql.connection import Connection
from minisql.engine import Engine, Session
from minisql.errors import BAD_REQUEST, DataError, KsqlError, UnsupportedError
from minisql.rest import queries
from minisql.rest.framing import DelimitedFraming, Framing, LineFraming, RowFraming
from minisql.rest.refusal import Refusal, refusal, refusal_of
from minisql.rest.server_info import server_info
from minisql.rest.statements import run_statements
from minisql.rest.text import text_of

Properties = Mapping[str, Any]


class Endpoints:
    """One method per route; each request is a session of its own, as on the server."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def get(self, path: str) -> Reply:
        """GET ``/info``; other paths are not found."""
        if path != "/info":
            return Reply(404, b"Not Found")
        return Reply(200, server_info(self.engine))

    def ksql(self, text: str, properties: Properties) -> Reply:
        """POST ``/ksql``: run statements, answer with their entities."""
        try:
            return Reply(200, run_statements(self.engine, text, Session(overrides=properties)))
        except UnsupportedError:
            raise
        except KsqlError as error:
            return Reply(*refusal_of(error))

    def query(self, text: str, properties: Properties) -> Reply | Stream:
        """POST ``/query``: rows as elements of one JSON array, a line each."""
        return _stream(RowFraming, queries.query(self.engine, text, Session(overrides=properties)))

    def query_stream(self, text: str, properties: Properties) -> Reply | Stream:
        """POST ``/query-stream``: a JSON text a line, the header first."""
        return _stream(DelimitedFraming, queries.query_stream(self.engine, text, Session(overrides=properties)))

    def close_query(self, query_id: str) -> Reply:
        """POST ``/close-query``: end a push query."""
        query = self.engine.push_queries.get(query_id)
        if query is None:
            return Reply(*refusal(f"No query with id {query_id}"))
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
            return Reply(*refusal_of(error))
        except DataError as error:
            failure = {"@type": "generic_error", "error_code": BAD_REQUEST, "message": str(error)}
            acks.append(failure | {"seq": len(acks), "status": "error"})
        return Reply(200, "\n".join(map(text_of, acks)).encode())

    def _session(self) -> Connection:
        return Connection(self.engine)


def _stream(kind: type[Framing], answer: queries.Answer) -> Reply | Stream:
    if isinstance(answer, Refusal):
        return Reply(*answer)
    return Stream(answer, (LineFraming if answer.printed else kind)(answer))
