"""The rows of a query on their way to a client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import islice

from minisql.broker import Entry
from minisql.engine import Engine
from minisql.errors import QueryError
from minisql.query_result import QueryResult
from minisql.rest.framing import Framing
from minisql.runtime.feed import Feed
from minisql.server.exchange import HTTP_1_1, Exchange, Signal
from minisql.server.faults import rows_before_drop

BATCH = 200
"""Rows that are taken from a query at once; the client's reading decides when the next are."""

HIGH = 5000
"""Rows that may wait for a slow client; beyond them its query is held."""

FLUSH = 5 * 1024
"""Bytes of an answer that is complete at once that go into one piece."""


async def stream(engine: Engine, exchange: Exchange, result: QueryResult, framing: Framing) -> None:
    """Send rows until there are no more; the query ends with the answer, or with the client.

    Raises:
        Disconnected: the client is gone.
    """
    try:
        await exchange.start(200, _headers(exchange, framing))
        rows = rows_before_drop(engine, exchange.request.path)
        if rows is not None and (result.push is not None or len(result.rows) >= rows):
            await _cut_off(engine, exchange, result, framing, rows)
        elif result.push is None:
            for pieces in _batches(_gathered(framing.whole()) if framing.buffered else framing.whole()):
                await exchange.send(pieces)
        else:
            await _pushed(engine, exchange, result.push, framing)
        await exchange.finish()
    finally:
        with engine.lock:
            result.close()


def _headers(exchange: Exchange, framing: Framing) -> list[tuple[str, str]]:
    headers = [("content-type", framing.media_type)]
    return [("transfer-encoding", "chunked"), *headers] if exchange.request.version == HTTP_1_1 else headers


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, several together, as the server buffers the answer of a pull query."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= FLUSH:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _batches(pieces: Iterator[bytes]) -> Iterator[list[bytes]]:
    while batch := list(islice(pieces, BATCH)):
        yield batch


async def _pushed(engine: Engine, exchange: Exchange, feed: Feed, framing: Framing) -> None:
    await exchange.send([framing.header()])
    async for batch in entries(engine, feed, exchange.signal()):
        pieces, unwritten = _written(framing, batch)
        await exchange.send(pieces)
        if unwritten is not None:
            await exchange.send([framing.failure(unwritten)])
            return
    await exchange.send([framing.end() if feed.error is None else framing.failure(feed.error)])


def _written(framing: Framing, batch: Sequence[Entry]) -> tuple[list[bytes], QueryError | None]:
    """The entries in bytes, up to one that cannot be written."""
    pieces: list[bytes] = []
    for entry in batch:
        try:
            piece = framing.entry(entry)
        except QueryError as error:
            return pieces, error
        if piece:
            pieces.append(piece)
    return pieces, None


async def _cut_off(engine: Engine, exchange: Exchange, result: QueryResult, framing: Framing, rows: int) -> None:
    """Send so many rows, then close the connection; a push query that gives fewer ends as usual.

    Raises:
        Disconnected: it is closed.
    """
    await exchange.send([framing.header()])
    if rows:
        async for pieces in _pieces(engine, exchange, result, framing):
            await exchange.send(pieces[:rows])
            rows -= len(pieces[:rows])
            if not rows:
                break
    if not rows:
        await exchange.drop()
    error = None if result.push is None else result.push.error
    await exchange.send([framing.end() if error is None else framing.failure(error)])


async def _pieces(engine: Engine, exchange: Exchange, result: QueryResult, framing: Framing) -> AsyncIterator[list[bytes]]:
    if result.push is None:
        yield list(map(framing.row, result.rows))
        return
    async for batch in entries(engine, result.push, exchange.signal()):
        yield list(filter(None, map(framing.entry, batch)))


def _go_on(engine: Engine, feed: Feed) -> None:
    with engine.lock:
        feed.go_on()
        engine.drain()


async def entries(engine: Engine, feed: Feed, changed: Signal) -> AsyncIterator[list[Entry]]:
    """What a running query emits, as it comes; ends with the query.

    A query whose reader is slow stops reading its topics until the reader has caught up.
    """

    def wake() -> None:
        if feed.backlog > HIGH:
            feed.hold()
        changed.set()

    with feed.listening(wake):
        while True:
            changed.clear()
            batch = feed.take(BATCH)
            if batch:
                if feed.backlog <= BATCH and not feed.done:
                    _go_on(engine, feed)
                yield batch
            elif feed.done:
                return
            else:
                await changed.wait()
