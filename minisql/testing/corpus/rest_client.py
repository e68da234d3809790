"""Requests of REST cases to the real server."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from minisql.errors import UnsupportedError
from minisql.rest.framing import KSQL_JSON
from minisql.rest.refusal import NOT_IMPLEMENTED
from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.jackson import loads

TIMEOUT = 5.0
"""Seconds after which a query that gives nothing more is given up."""


class Refused(Exception):
    """The server refused a request; ``status`` and ``body`` say how."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(body.get("message"))
        self.status = status
        self.body = body

    def __str__(self) -> str:
        return f"{self.body.get('@type')}: {self.body.get('message')} (status {self.status})"


class RestClient:
    """A client at a URL."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 0

    def ksql(self, text: str, properties: Mapping[str, Any]) -> list[Any]:
        """The entities of statements.

        Raises:
            Refused: the server refuses them.
        """
        answer: list[Any] = self._lines("/ksql", {"ksql": text, "streamsProperties": dict(properties)}, KSQL_JSON)
        return answer

    def query(self, text: str, properties: Mapping[str, Any], active: Callable[[], None] | None = None) -> list[Any]:
        """The elements of a query's answer; ``active`` is called when the query runs.

        Raises:
            Refused: the server refuses it.
            CaseFailed: it does not end.
        """
        return self._lines("/query", {"ksql": text, "streamsProperties": dict(properties)}, KSQL_JSON, active)

    def query_stream(self, text: str, properties: Mapping[str, Any], media_type: str) -> list[Any]:
        """Likewise from ``/query-stream``, in another media type."""
        return self._lines("/query-stream", {"sql": text, "properties": dict(properties)}, media_type)

    def _lines(self, path: str, body: Any, accept: str, active: Callable[[], None] | None = None) -> list[Any]:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT)
        try:
            connection.request("POST", path, json.dumps(body, default=str), {"Accept": accept})
            response = connection.getresponse()
            if active is not None and response.status == 200:
                active()
            text = response.read().decode()
        except TimeoutError:
            raise CaseFailed(f"The server gave nothing more for {TIMEOUT} s") from None
        finally:
            connection.close()
        if response.status != 200:
            raise _refused(response.status, text)
        answer: list[Any] = loads(text)
        return answer


def _refused(status: int, text: str) -> Exception:
    body = loads(text)
    if body.get("error_code") == NOT_IMPLEMENTED:
        return UnsupportedError(body["message"].removeprefix("minisql does not support ").removesuffix(" yet."))
    return Refused(status, body)
