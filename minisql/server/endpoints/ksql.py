"""Statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql.errors import UnsupportedError
from minisql.rest.refusal import Refusal
from minisql.rest.statements import ksql
from minisql.server.answers import respond_json, respond_refusal
from minisql.server.exchange import Exchange
from minisql.server.requests import ksql_request

if TYPE_CHECKING:
    from minisql.server.app import App


async def statements(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/ksql``."""
    text, session = ksql_request(await exchange.body())
    app.recording.add(exchange.request.path, text)
    answer = ksql(app.engine, text, session)
    if isinstance(answer, Refusal):
        await respond_refusal(exchange, answer)
        return
    for entity in answer:
        if entity["@type"] == "currentStatus":
            app.statuses[entity["commandId"]] = entity["commandStatus"]
    await respond_json(exchange, answer)


async def terminate_cluster(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/ksql/terminate``.

    Raises:
        UnsupportedError: always.
    """
    raise UnsupportedError("terminating the cluster (/ksql/terminate)")
