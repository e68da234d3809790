"""A client of HTTP/1.1 that costs little, so that what is measured is the server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any

from tests.benchmarks.load.served import Served

EARLIEST = {"auto.offset.reset": "earliest"}
READ = 2**16


class Client:
    """A connection that is kept for one request after the other; an async context manager."""

    def __init__(self, server: Served) -> None:
        self._server = server

    async def __aenter__(self) -> Client:
        self._reader, self._writer = await asyncio.open_connection(self._server.host, self._server.port, limit=READ)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._writer.close()

    async def post(self, path: str, body: Any) -> bytes:
        """The whole answer, which has to be a success."""
        await self._request(path, body)
        if self._length is not None:
            return await self._reader.readexactly(self._length)
        return b"".join([chunk async for chunk in self._chunks()])

    async def stream(self, path: str, body: Any) -> AsyncIterator[bytes]:
        """The chunks of an answer, as they come; each is a row, the first the header."""
        await self._request(path, body)
        async for chunk in self._chunks():
            yield chunk

    async def ksql(self, text: str) -> bytes:
        """The answer to statements."""
        return await self.post("/ksql", {"ksql": text})

    async def _request(self, path: str, body: Any) -> None:
        data = json.dumps(body).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(data)}\r\n\r\n"
        self._writer.write(head.encode() + data)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        if not answer.startswith(b"http/1.1 200"):
            raise RuntimeError(f"{body}: {answer!r}")
        _, found, rest = answer.partition(b"content-length: ")
        self._length = int(rest.partition(b"\r\n")[0]) if found else None

    async def _chunks(self) -> AsyncIterator[bytes]:
        while size := int(await self._reader.readline(), 16):
            yield (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readline()


def push(text: str) -> dict[str, Any]:
    """The body of a push query that begins at the beginning."""
    return {"sql": text, "properties": EARLIEST}
