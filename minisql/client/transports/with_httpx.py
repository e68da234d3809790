"""``httpx``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import httpx

from minisql.client.transports.call import call, copy_of, stand_in
from minisql.server.exchange import HTTP_1_1, HTTP_2
from minisql.server.local import LocalAnswer

FUNCTIONS = ("delete", "get", "head", "options", "patch", "post", "put", "request", "stream")


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of an answer, for clients of either kind."""

    def __init__(self, answer: LocalAnswer, request: httpx.Request) -> None:
        self._answer = answer
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx_says(self._request):
            yield from self._answer.pieces(_patience(self._request))

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx_says(self._request):
            async for piece in self._answer.async_pieces(_patience(self._request)):
                yield piece

    def close(self) -> None:
        self._answer.close()

    async def aclose(self) -> None:
        self._answer.close()


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Where clients of either kind send their requests.

    Args:
        http1, http2: which protocols the client speaks; with both it is HTTP/2 where TLS lets it find out.
        options: what else the client is given.
    """

    def __init__(self, http1: bool = True, http2: bool = False, **options: Any) -> None:
        self._http1 = http1
        self._http2 = http2

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._call(request, request.read())
        with _as_httpx_says(request):
            answer.start(_patience(request))
        return self._response(request, answer)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._call(request, await request.aread())
        with _as_httpx_says(request):
            await answer.async_start(_patience(request))
        return self._response(request, answer)

    def _call(self, request: httpx.Request, body: bytes) -> LocalAnswer:
        return call(request.method, str(request.url), self._version(request), request.headers.multi_items(), body)

    def _response(self, request: httpx.Request, answer: LocalAnswer) -> httpx.Response:
        extensions = {"http_version": self._version(request).encode()}
        return httpx.Response(answer.status, headers=list(answer.headers), stream=Body(answer, request), extensions=extensions)

    def _version(self, request: httpx.Request) -> str:
        return HTTP_2 if self._http2 and (not self._http1 or request.url.scheme == "https") else HTTP_1_1


def _patience(request: httpx.Request) -> float | None:
    """For how many seconds a client waits for the next piece."""
    timeout: float | None = request.extensions.get("timeout", {}).get("read")
    return timeout


@contextmanager
def _as_httpx_says(request: httpx.Request) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise httpx.ReadTimeout(str(error), request=request) from error
    except ConnectionError as error:
        raise httpx.RemoteProtocolError(str(error), request=request) from error


class Client(httpx.Client):
    """A client whose requests stay in the process."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "transport": Transport(**options)})


class AsyncClient(httpx.AsyncClient):
    """The same for asyncio."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "transport": Transport(**options)})


def module() -> ModuleType:
    """The package."""
    functions = vars(copy_of("httpx._api", Client=Client))
    return stand_in(httpx, Client=Client, AsyncClient=AsyncClient, **{name: functions[name] for name in FUNCTIONS})
