"""``/ws/query``: a query or PRINT over a WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from minisql.dialect.nodes import PrintTopic, Query
from minisql.engine import Engine
from minisql.errors import KsqlError, StatementError
from minisql.json_text import upper_digits
from minisql.query_result import QueryResult
from minisql.rest.queries import only_statement
from minisql.rest.text import row_writer, text_of
from minisql.results import field_info
from minisql.server.faults import delay_of, rows_before_drop
from minisql.server.requests import BadBody, StatementRequest, ksql_request
from minisql.server.rows import entries
from minisql.server.wire.signal import LoopSignal
from minisql.server.wire.websocket import WebSocket

if TYPE_CHECKING:
    from minisql.server.app import App

DONE, UNFIT, BROKEN = 1000, 1003, 1011
"""Close codes: the query has ended; the request is not right; the query died."""


async def serve_query(app: App, socket: WebSocket) -> None:
    """Serve the request in the query parameter ``request``: the schema, then a message a row."""
    try:
        request = _request(socket)
        await asyncio.sleep(delay_of(app.engine, socket.request.path))
        app.recording.add(socket.request.path, request.text)
        result = _run(app, request)
    except (ValueError, KsqlError) as error:
        await _close(socket, UNFIT, error.message if isinstance(error, KsqlError) else str(error))
        return
    try:
        await _send(app.engine, socket, result)
    finally:
        with app.engine.lock:
            result.close()


def _request(socket: WebSocket) -> StatementRequest:
    parameters = parse_qs(socket.request.query)
    version = parameters.get("version", ["1"])[0]
    if version != "1":
        raise ValueError(f"Received invalid api version: {version}")
    try:
        if not parameters.get("request"):
            raise ValueError("missing request parameter")
        request = ksql_request(parameters["request"][0].encode())
        if not request.text:
            raise ValueError('"ksql" field of "request" must be populated')
    except (ValueError, BadBody, KsqlError) as error:
        raise ValueError(f"Error parsing request: {error}") from None
    return request


def _run(app: App, request: StatementRequest) -> QueryResult:
    try:
        node = only_statement(request.text, request.session)
    except KsqlError as error:
        raise StatementError(f"Error parsing query: {error.message}") from None
    if isinstance(node, PrintTopic) and node.this.name not in app.engine.broker.topics:
        name = node.this.name
        raise ValueError(f"Topic does not exist, or KSQL does not have permission to list the topic: {name}")
    if not isinstance(node, (PrintTopic, Query)):
        raise ValueError(f"Unexpected statement type {type(node).__name__}")
    (result,) = app.engine.execute(request.text, request.session)
    assert isinstance(result, QueryResult)
    return result


async def _send(engine: Engine, socket: WebSocket, result: QueryResult) -> None:
    if not result.printed:
        await socket.send(upper_digits(text_of([field_info(column) for column in result.announced])))
    messages, rows = _messages(engine, result), rows_before_drop(engine, socket.request.path)
    async for message in messages if rows is None else _dropped(socket, messages, rows):
        await socket.send(message)
    error = result.error if result.push is None else result.push.error
    await _close(socket, *((DONE, "done") if error is None else (BROKEN, error.message)))


async def _dropped(socket: WebSocket, messages: AsyncIterator[str], rows: int) -> AsyncIterator[str]:
    """So many messages, and then the end of the connection, unless they end before."""
    if rows:
        async for message in messages:
            yield message
            rows -= 1
            if not rows:
                break
    if not rows:
        await socket.drop()


async def _messages(engine: Engine, result: QueryResult) -> AsyncIterator[str]:
    """The rows; deleted keys are left out here."""
    write = row_writer([column.type for column in result.columns])
    async for row in _values(engine, result):
        yield upper_digits(text_of(row[0]) if result.printed else f'{{"row":{{"columns":{write(row)}}}}}')


async def _values(engine: Engine, result: QueryResult) -> AsyncIterator[tuple[object, ...]]:
    if result.push is None:
        for row in result.rows:
            yield row
        return
    async for batch in entries(engine, result.push, LoopSignal()):
        for entry in batch:
            if entry[1] is not None:
                yield entry[1]


async def _close(socket: WebSocket, code: int, why: str) -> None:
    await socket.send(upper_digits(text_of({"error": why})))
    await socket.close(code, why)
