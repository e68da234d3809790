"""Rows from a client."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from minisql.errors import BAD_REQUEST, KsqlError
from minisql.json_text import json_bytes
from minisql.rest.framing import DELIMITED
from minisql.rest.inserts import Inserter
from minisql.rest.refusal import refusal
from minisql.rest.text import text_of
from minisql.server.answers import respond_refusal
from minisql.server.exchange import HTTP_2, Exchange
from minisql.server.requests import json_object, text_field

HTTP2_ONLY = 40004

if TYPE_CHECKING:
    from minisql.server.app import App


async def inserts_stream(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/inserts-stream``: a line says where to, then each is a row; acknowledgements flow while they come."""
    if exchange.request.version != HTTP_2:
        await respond_refusal(exchange, refusal("This endpoint is only available when using HTTP2", HTTP2_ONLY))
        return
    lines = exchange.lines()
    first = await anext(lines, b"")
    target = text_field(json_object(first), "target")
    app.recording.add(exchange.request.path, target)
    try:
        inserter = Inserter(app.engine, target)
    except KsqlError as error:
        await respond_refusal(exchange, refusal(error.message, error.error_code))
        return
    acks = _Acks(exchange, media_type or DELIMITED)
    await acks.begin()
    async for line in lines:
        ack = _insert(inserter, line, acks.count)
        await acks.send(ack)
        if ack["status"] == "error":
            break
    await acks.end()


def _insert(inserter: Inserter, line: bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ValueError
        inserter.insert(row)
    except (ValueError, RecursionError):
        return _failure(number, BAD_REQUEST, "Invalid JSON in inserts stream")
    except KsqlError as error:
        return _failure(number, error.error_code, error.message)
    return {"seq": number, "status": "ok"}


def _failure(number: int, error_code: int, message: str) -> dict[str, Any]:
    return {**refusal(message, error_code).body, "status": "error", "seq": number}


class _Acks:
    """The answer: a line for each row, or one JSON array."""

    def __init__(self, exchange: Exchange, media_type: str) -> None:
        self.count = 0
        self._exchange = exchange
        self._lines = media_type == DELIMITED
        self._media_type = media_type

    async def begin(self) -> None:
        await self._exchange.start(200, [("content-type", self._media_type)])

    async def send(self, ack: dict[str, Any]) -> None:
        text = text_of(ack)
        if self._lines:
            piece = f"{text}\n"
        else:
            piece = f",{text}" if self.count else f"[{text}"
        self.count += 1
        await self._exchange.send([json_bytes(piece)])

    async def end(self) -> None:
        if not self._lines:
            await self._exchange.send([b"]" if self.count else b"[]"])
        await self._exchange.finish()
