"""Statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.overrides import check_request
from minisql.rest.refusal import Refusal, refusal
from minisql.rest.statements import ksql
from minisql.server.answers import respond_json, respond_refusal
from minisql.server.exchange import Exchange
from minisql.server.requests import check_sequence, json_object, statements_request, texts_field
from minisql.statements.cluster import terminate_cluster
from minisql.statements.lifecycle import TERMINATE_CLUSTER

if TYPE_CHECKING:
    from minisql.server.app import App

SHUT_DOWN = refusal("The server is shut down", 50304)
"""What a server says that was terminated: its process goes on, and listens."""


async def statements(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/ksql``."""
    text, session, after = statements_request(await exchange.body())
    check_request(session.overrides, app.engine.config)
    check_sequence(after, app.engine)
    app.recording.add(exchange.request.path, text)
    answer = ksql(app.engine, text, session)
    if isinstance(answer, Refusal):
        await respond_refusal(exchange, answer)
        return
    for entity in answer:
        if entity["@type"] == "currentStatus":
            app.statuses[entity["commandId"]] = entity["commandStatus"]
            if entity["statementText"].upper() == TERMINATE_CLUSTER:
                app.closed = SHUT_DOWN
    await respond_json(exchange, answer)


async def terminate(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/ksql/terminate`` ``{"deleteTopicList": [patterns]}``: all queries end, and the server answers nothing more."""
    patterns = texts_field(json_object(await exchange.body()), "deleteTopicList")
    with app.engine.lock:
        entity = terminate_cluster(app.engine, patterns)
    app.closed = SHUT_DOWN
    await respond_json(exchange, [entity.to_dict()])
