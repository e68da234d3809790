"""Requests to a server, over HTTP/2."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from minisql.errors import NotSupportedError
from minisql.json_text import json_bytes
from minisql.remote.errors import ServerError, error_of
from minisql.rest.framing import JSON, KSQL_JSON
from minisql.rest.text import text_of

CONNECT_TIMEOUT = 10.0
"""Seconds in which a server has to take a connection; its answers may take as long as they like."""

Properties = Mapping[str, str]
_DECODER = json.JSONDecoder(parse_float=Decimal)


class RemoteClient:
    """A server's routes.

    Args:
        url: where it is; ``http://name:password@host:port`` for basic authentication.

    Raises:
        NotSupportedError: the library is not installed.
    """

    def __init__(self, url: str) -> None:
        try:
            import httpx
        except ModuleNotFoundError as error:
            raise NotSupportedError(f"connect({url!r}) needs httpx: pip install 'minisql-ksqldb[http]'") from error
        self._httpx = httpx
        self._url = url.rstrip("/")
        # Reading the certificates takes longer than a query: it is done once, and not at all without TLS.
        self._tls = httpx.create_ssl_context() if url.lower().startswith("https:") else False
        self._client = self._new()

    def _new(self) -> Any:
        timeout = self._httpx.Timeout(None, connect=CONNECT_TIMEOUT)
        return self._httpx.Client(base_url=self._url, http2=True, http1=False, timeout=timeout, verify=self._tls)

    def ksql(self, text: str, properties: Properties, variables: Mapping[str, str] = {}) -> list[dict[str, Any]]:
        """The entities of statements; ``variables`` are what the session has DEFINEd.

        Raises:
            KsqlError: the server refuses them.
            ServerError: there is no server.
        """
        body = {"ksql": text, "streamsProperties": dict(properties), "sessionVariables": dict(variables)}
        found: list[dict[str, Any]] = self._post("/ksql", body)
        return found

    def insert(self, target: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows.

        Raises:
            KsqlError: the server refuses one; those before it are written.
            ServerError: there is no server.
        """
        lines = [text_of({"target": target}), *map(text_of, rows)]
        answer = self._request("POST", "/inserts-stream", "\n".join(lines), JSON)
        for ack in _loads(answer):
            if ack.get("status") != "ok":
                raise error_of(ack)

    def _post(self, path: str, body: Any) -> Any:
        return _loads(self._request("POST", path, text_of(body), KSQL_JSON))

    def _request(self, method: str, path: str, body: str | None, accept: str) -> str:
        try:
            content = None if body is None else json_bytes(body)
            response = self._client.request(method, path, content=content, headers=_headers(accept))
        except self._httpx.HTTPError as error:
            raise ServerError(f"{self._url}: {error}") from error
        if response.status_code != 200:
            raise _refusal(response.status_code, response.text)
        return str(response.text)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """A route that speaks plain JSON: what it answers.

        Raises:
            KsqlError: the server refuses.
            ServerError: there is no server, or it has no such route.
        """
        return _loads(self._request(method, path, None if body is None else text_of(body), JSON))

    def query(self, text: str, properties: Properties) -> Answer:
        """A query's answer, as it comes.

        Raises:
            KsqlError: the server refuses it.
            ServerError: there is no server.
        """
        return Answer(self, self._new(), text, properties)

    def close_query(self, query_id: str) -> None:
        """End a push query; nothing happens when it has ended."""
        try:
            self._client.post("/close-query", json={"queryId": query_id})
        except self._httpx.HTTPError:
            return

    def close(self) -> None:
        """Close the connection."""
        self._client.close()


class Answer:
    """The elements of a query's answer; it has a connection of its own, since it may take for ever."""

    def __init__(self, client: RemoteClient, http: Any, text: str, properties: Properties) -> None:
        self._client = client
        self._http = http
        self._error: type[Exception] = client._httpx.HTTPError
        body = text_of({"sql": text, "properties": dict(properties)})
        request = http.build_request("POST", "/query-stream", content=json_bytes(body), headers=_headers(KSQL_JSON))
        try:
            self._response = http.send(request, stream=True)
            if self._response.status_code != 200:
                raise _refusal(self._response.status_code, self._response.read().decode(), streaming=True)
        except self._error as error:
            http.close()
            raise ServerError(str(error)) from error
        except Exception:
            http.close()
            raise
        self._lines = _lines(self._response.iter_bytes())
        self.header: dict[str, Any] = next(self.elements())["header"]

    def elements(self) -> Iterator[Any]:
        """What comes behind the header: an object a line, with a bracket before the first and something behind each.

        Raises:
            ServerError: the connection broke.
        """
        try:
            for line in self._lines:
                start = line.find("{")
                if start >= 0:
                    yield _DECODER.raw_decode(line, start)[0]
        except (self._error, ValueError, RuntimeError) as error:
            raise ServerError(str(error)) from error

    def end(self) -> None:
        """Let the server end the query, and so the answer."""
        self._client.close_query(str(self.header.get("queryId", "")))

    def close(self) -> None:
        """Close the connection."""
        self._http.close()


def _lines(pieces: Iterable[bytes]) -> Iterator[str]:
    """The lines of an answer; only a line feed ends one, while JSON has other ends of lines within its texts."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from map(bytes.decode, lines)
    if rest:
        yield rest.decode()


def _headers(accept: str) -> dict[str, str]:
    return {"accept": accept, "content-type": JSON}


def _loads(text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise ServerError(f"not ksqlDB's answer: {text[:200]}") from error


def _refusal(status: int, text: str, *, streaming: bool = False) -> Exception:
    try:
        return error_of(json.loads(text), streaming=streaming)
    except (ValueError, AttributeError):
        return ServerError(f"status {status}: {text[:200]}", status)
