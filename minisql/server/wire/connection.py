"""A client's connection: finds out which protocol it speaks, and changes over when it asks for that."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from minisql.server.exchange import Disconnected, Exchange, Request
from minisql.server.wire.http1 import HEADERS_TIMEOUT, Http1, Upgrade
from minisql.server.wire.http2 import PREFACE, Http2
from minisql.server.wire.link import Link
from minisql.server.wire.websocket import WebSocket

SWITCHING = b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"
"""Some clients look for "upgrade" in lower case only."""

NO_SETTINGS = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"

Socket = Callable[[WebSocket], Awaitable[None]]


class Application(Protocol):
    """What answers."""

    async def handle(self, exchange: Exchange) -> None:
        """Answer a request."""

    def socket(self, request: Request) -> Socket | int:
        """What serves a WebSocket at that path, or the HTTP status that refuses it."""


async def serve(
    app: Application, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, headers_timeout: float = HEADERS_TIMEOUT
) -> None:
    """Serve a client until one side has had enough; never raises but when it is cancelled."""
    link = Link(reader, writer)
    try:
        await _speak(app, link, await _first(link, headers_timeout), headers_timeout)
    except (Disconnected, OSError, asyncio.TimeoutError):
        link.abort()
    finally:
        await link.close()


async def _first(link: Link, timeout: float) -> bytes:
    """The first bytes: enough of them to tell the protocol."""
    data = await link.read()
    while data and len(data) < len(PREFACE) and PREFACE.startswith(data):
        more = await link.read(timeout)
        if not more:
            break
        data += more
    return data


async def _speak(app: Application, link: Link, first: bytes, headers_timeout: float) -> None:
    if first.startswith(PREFACE):
        await Http2(link, app.handle).run(first)
        return
    try:
        await Http1(link, app.handle, headers_timeout).run(first)
    except Upgrade as upgrade:
        await _change_over(app, link, upgrade)


async def _change_over(app: Application, link: Link, upgrade: Upgrade) -> None:
    if upgrade.protocol == "websocket":
        await WebSocket(link, upgrade.request).run(app.socket(upgrade.request), upgrade.rest)
        return
    http2 = Http2(link, app.handle)
    try:
        http2.accept(upgrade.request.header("http2-settings") or "")
    except ValueError:
        link.write(NO_SETTINGS)
        return
    link.write(SWITCHING)
    await http2.run(upgrade.rest, (upgrade.request, upgrade.body))
