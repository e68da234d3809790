"""Queries, and PRINT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.json_text import json_bytes
from minisql.overrides import check_request
from minisql.query_result import QueryResult
from minisql.rest import queries
from minisql.rest.framing import (
    DELIMITED,
    KSQL_JSON,
    KSQL_PROTOBUF,
    ArrayFraming,
    DelimitedFraming,
    Framing,
    LineFraming,
    RowFraming,
)
from minisql.rest.refusal import Refusal, refusal
from minisql.rest.text import text_of
from minisql.server.answers import respond_refusal
from minisql.server.exchange import Exchange
from minisql.server.requests import StatementRequest, check_sequence, json_object, ksql_request, query_stream_request, text_field
from minisql.server.rows import stream

if TYPE_CHECKING:
    from minisql.server.app import App

FRAMINGS: dict[str, type[Framing]] = {DELIMITED: DelimitedFraming, KSQL_JSON: RowFraming}


async def query_stream(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/query-stream``."""
    request = query_stream_request(await exchange.body())
    check_request(request.session.overrides, app.engine.config)
    answer = _recorded(app, exchange, request, queries.query_stream(app.engine, request.text, request.session))
    if isinstance(answer, QueryResult) and answer.printed and media_type not in (None, DELIMITED):
        answer.close()
        await exchange.respond(406)
        return
    if isinstance(answer, Refusal):  # which says nothing of its type here (QueryStreamHandler)
        await exchange.respond(answer.status, json_bytes(text_of(answer.body)))
        return
    await _rows(app, exchange, answer, _framing(media_type or DELIMITED, ArrayFraming))


async def query(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/query``."""
    request = ksql_request(await exchange.body())
    check_request(request.session.overrides, app.engine.config)
    check_sequence(request.after, app.engine)
    answer = _recorded(app, exchange, request, queries.query(app.engine, request.text, request.session))
    await _rows(app, exchange, answer, _framing(media_type or KSQL_JSON, RowFraming))


def _framing(media_type: str, otherwise: type[Framing]) -> type[Framing]:
    if media_type == KSQL_PROTOBUF:
        from minisql.rest.protobuf import ProtobufFraming  # its formats take their time

        return ProtobufFraming
    return FRAMINGS.get(media_type, otherwise)


def _recorded(app: App, exchange: Exchange, request: StatementRequest, answer: queries.Answer) -> queries.Answer:
    app.recording.add(exchange.request.path, request.text)
    return answer


async def _rows(app: App, exchange: Exchange, answer: queries.Answer, framing: type[Framing]) -> None:
    if isinstance(answer, Refusal):
        await respond_refusal(exchange, answer)
    else:
        await stream(app.engine, exchange, answer, (LineFraming if answer.printed else framing)(answer))


async def close_query(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/close-query``."""
    query_id = text_field(json_object(await exchange.body()), "queryId")
    with app.engine.lock:
        found = app.engine.push_queries.get(query_id)
        if found is not None:
            found.stop()
    if found is None:
        await respond_refusal(exchange, refusal(f"No query with id {query_id}"))
    else:
        await exchange.respond(200)
