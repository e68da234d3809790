"""The routes; one row each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from minisql.rest.framing import DELIMITED, JSON, KSQL_JSON, KSQL_PROTOBUF
from minisql.server.endpoints import control, faults, info, inserts, ksql, query, status
from minisql.server.exchange import Request
from minisql.server.negotiate import negotiate

if TYPE_CHECKING:
    pass

Endpoint = Callable[..., Awaitable[None]]
"""``endpoint(app, exchange, media_type, **parameters)``; ``media_type`` is None when the client has said nothing."""

OLD = (KSQL_JSON, JSON)
STREAM = (DELIMITED, JSON, KSQL_JSON, KSQL_PROTOBUF)
ANY: tuple[str, ...] = ()


class Route(NamedTuple):
    """A method, a path whose ``:parts`` are parameters, the media types offered in their order, and who answers."""

    method: str
    path: str
    offered: tuple[str, ...]
    endpoint: Endpoint


ROUTES = (
    Route("GET", "/chc/ready", ANY, info.check),
    Route("GET", "/chc/live", ANY, info.check),
    Route("POST", "/query-stream", STREAM, query.query_stream),
    Route("POST", "/inserts-stream", (DELIMITED, JSON), inserts.inserts_stream),
    Route("POST", "/close-query", ANY, query.close_query),
    Route("GET", "/", ANY, info.to_info),
    Route("POST", "/ksql", OLD, ksql.statements),
    Route("POST", "/ksql/terminate", OLD, ksql.terminate),
    Route("POST", "/query", (*OLD, DELIMITED, KSQL_PROTOBUF), query.query),
    Route("GET", "/info", OLD, info.info),
    Route("POST", "/heartbeat", OLD, status.cluster),
    Route("GET", "/clusterStatus", OLD, status.cluster),
    Route("GET", "/status/:type/:entity/:action", OLD, status.command),
    Route("GET", "/status", OLD, status.commands),
    Route("POST", "/lag", OLD, status.acknowledge),
    Route("GET", "/healthcheck", OLD, info.healthcheck),
    Route("GET", "/v1/metadata", OLD, info.metadata),
    Route("GET", "/v1/metadata/id", OLD, info.metadata_id),
    Route("GET", "/is_valid_property/:name", OLD, status.is_valid_property),
)

OWN_ROUTES = (
    Route("POST", "/_minisql/reset", ANY, control.reset),
    Route("POST", "/_minisql/advance", ANY, control.advance),
    Route("GET", "/_minisql/topics", ANY, control.topics),
    Route("GET", "/_minisql/topics/:name", ANY, control.records),
    Route("POST", "/_minisql/topics/:name", ANY, control.produce),
    Route("GET", "/_minisql/records", ANY, control.all_records),
    Route("GET", "/_minisql/recording", ANY, control.recording),
    Route("GET", "/_minisql/faults", ANY, faults.listed),
    Route("POST", "/_minisql/faults", ANY, faults.add),
    Route("DELETE", "/_minisql/faults", ANY, faults.clear),
    Route("DELETE", "/_minisql/faults/:number", ANY, faults.remove),
)
"""What no ksqlDB has."""


def find(request: Request, strict: bool) -> tuple[Route, dict[str, str], str | None] | None:
    """The route of a request, its parameters and the media type of the answer.

    A request whose ``Accept`` nothing suits finds no route, like one for an unknown path: the server's last route,
    which answers 404, takes whatever the others have not taken.
    """
    parts = _parts(request.path)
    for route in ROUTES if strict else ROUTES + OWN_ROUTES:
        parameters = _match(route, request.method, parts)
        if parameters is None:
            continue
        try:
            return route, parameters, negotiate(request.header("accept"), route.offered) if route.offered else None
        except LookupError:
            return None
    return None


def known(method: str, path: str) -> bool:
    """Whether a ksqlDB has a route for that."""
    return any(_match(route, method, _parts(path)) is not None for route in ROUTES)


def _parts(path: str) -> list[str]:
    """The parts of a path, as if it had no slash at its end."""
    return (path.removesuffix("/") or "/").split("/")


def _match(route: Route, method: str, parts: list[str]) -> dict[str, str] | None:
    wanted = route.path.split("/")
    if route.method != method or len(wanted) != len(parts):
        return None
    parameters: dict[str, Any] = {}
    for want, part in zip(wanted, parts, strict=True):
        if want.startswith(":"):
            parameters[want[1:]] = unquote(part)
        elif want != part:
            return None
    return parameters
