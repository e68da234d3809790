"""``hyper``: what ``ksql`` uses of its connections.

It is written anew, since hyper has no transport that could be exchanged, and its version of h2 cannot be installed beside
the server's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from minisql.client.transports.call import call
from minisql.server.exchange import HTTP_2
from minisql.server.local import LocalAnswer


class Response:
    """An answer; ``status`` is the HTTP status."""

    def __init__(self, answer: LocalAnswer) -> None:
        self.status = answer.status
        self._answer = answer

    def read(self) -> bytes:
        """The body, or what is left of it."""
        return self._answer.read()

    def read_chunked(self) -> Iterator[bytes]:
        """The body as it comes, a DATA frame each."""
        return self._answer.pieces()

    def close(self) -> None:
        """End the query that the answer is of, if it still runs."""
        self._answer.close()


class HTTPConnection:
    """A connection, which speaks HTTP/2 as hyper does after its upgrade.

    Args:
        host: as in URLs, with the port.
        options: without effect, since there is no connection that they could matter to.
    """

    def __init__(self, host: str, **options: Any) -> None:
        self._host = host
        self._answers: list[LocalAnswer] = []

    def request(self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> None:
        """Send a request for a path, or for a whole URL."""
        whole = url if "://" in url else f"http://{self._host}{url}"
        self._answers.append(call(method, whole, HTTP_2, (headers or {}).items(), body or b"").start())

    def get_response(self) -> Response:
        """The answer to the last request."""
        return Response(self._answers[-1])

    def close(self) -> None:
        """End what still runs."""
        for answer in self._answers:
            answer.close()

    def __enter__(self) -> HTTPConnection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def connection() -> type[HTTPConnection]:
    """The class."""
    return HTTPConnection
