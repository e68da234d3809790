"""Commands, properties, and what a cluster's servers tell each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql import config
from minisql.errors import SERVER_ERROR, KsqlError
from minisql.overrides import check_allowed
from minisql.rest.refusal import NOT_FOUND, refusal
from minisql.server.answers import respond_json, respond_refusal
from minisql.server.exchange import Exchange
from minisql.server.requests import json_object

if TYPE_CHECKING:
    from minisql.server.app import App


TYPES = ("TOPIC", "STREAM", "TABLE", "CLUSTER", "PAUSE", "RESUME", "TERMINATE", "TYPE")
ACTIONS = ("CREATE", "DROP", "EXECUTE", "TERMINATE", "ALTER")
"""What commands are about, and what they do (CommandId)."""


async def commands(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/status``: every command and how it went."""
    statuses = {command: each["status"] for command, each in app.statuses.items()}
    await respond_json(exchange, {"commandStatuses": statuses})


async def command(app: App, exchange: Exchange, media_type: str | None, type: str, entity: str, action: str) -> None:
    """GET ``/status/:type/:entity/:action``: how a command went."""
    for kind, known, given in (("Type", TYPES, type), ("Action", ACTIONS, action)):
        if given.upper() not in known:
            message = f"No enum constant io.confluent.ksql.rest.entity.CommandId.{kind}.{given.upper()}"
            await respond_refusal(exchange, refusal(message, SERVER_ERROR))
            return
    found = app.statuses.get(f"{type}/{entity}/{action}")
    if found is None:
        await respond_refusal(exchange, refusal("Command not found", NOT_FOUND))
    else:
        await respond_json(exchange, found)


async def cluster(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/clusterStatus`` and POST ``/heartbeat``: as of a server whose heartbeats are off, which is how ksqlDB comes."""
    await exchange.respond(404)


async def acknowledge(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/lag``: what other servers of a cluster tell; there are none."""
    json_object(await exchange.body())
    await respond_json(exchange, {"ok": True})


async def is_valid_property(app: App, exchange: Exchange, media_type: str | None, name: str) -> None:
    """GET ``/is_valid_property/:name``: whether a request may set it."""
    try:
        _check_known(name)
        check_allowed(name, app.engine.config)
    except KsqlError as error:
        await respond_refusal(exchange, refusal(error.message))
    else:
        await respond_json(exchange, True)


def _check_known(name: str) -> None:
    if config.resolve(name) is None:
        raise KsqlError(f"Not recognizable as ksql, streams, consumer, or producer property: '{name}'")
