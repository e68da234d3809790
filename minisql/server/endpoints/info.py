"""What the server says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from minisql.rest.framing import JSON
from minisql.rest.server_info import CLUSTER_ID, KSQLDB_VERSION, server_info
from minisql.server.answers import respond_json
from minisql.server.exchange import Exchange

if TYPE_CHECKING:
    from minisql.server.app import App


async def info(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/info``."""
    await respond_json(exchange, server_info(app.engine))


async def to_info(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/``: a redirection."""
    await exchange.respond(307, headers=[("location", "/info")])


async def check(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/chc/live`` and ``/chc/ready``."""
    await exchange.respond(200, b"{}", [("content-type", JSON)])


async def healthcheck(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/healthcheck``."""
    details = {name: {"isHealthy": True} for name in ("metastore", "kafka", "commandRunner")}
    await respond_json(exchange, {"isHealthy": True, "details": details, "serverState": "READY"})


async def metadata(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/v1/metadata``."""
    await respond_json(exchange, {"version": KSQLDB_VERSION, "clusterId": _cluster_id(app)})


async def metadata_id(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/v1/metadata/id``."""
    await respond_json(exchange, _cluster_id(app))


def _cluster_id(app: App) -> dict[str, Any]:
    clusters = {"kafka-cluster": CLUSTER_ID, "ksql-cluster": app.engine.config["ksql.service.id"]}
    return {"scope": {"path": [], "clusters": clusters}, "id": ""}
