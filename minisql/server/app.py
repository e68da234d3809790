"""The application: an engine behind routes."""

from __future__ import annotations

import base64
import logging
from collections.abc import Awaitable, Callable, Mapping
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from minisql.engine import Engine
from minisql.errors import SERVER_ERROR, KsqlError, UnsupportedError
from minisql.json_text import json_bytes
from minisql.rest.refusal import INTERNAL, Refusal, refusal, refusal_of
from minisql.rest.text import text_of
from minisql.server.exchange import BodyError, Disconnected, Exchange, Request
from minisql.server.faults import delay_of, rejection
from minisql.server.record import Recording
from minisql.server.requests import BadBody
from minisql.server.routes import find

if TYPE_CHECKING:
    from minisql.server.wire.websocket import WebSocket

log = logging.getLogger(__name__)

SIGNS_OF_LIFE = ("/chc/live", "/chc/ready")
"""What is answered to anybody, and by a server that is not ready too."""

OWN = "/_minisql/"
"""Where the routes are that no ksqlDB has."""


class App:
    """Answers requests from an engine.

    Args:
        engine: makes the engine; called again when a program resets the server.
        strict: leave out the routes under ``/_minisql/``, which no ksqlDB has.
        users: passwords by name; given, every request has to bring one of them.

    ``statuses`` holds, by command id, how each command went. ``closed`` is what every request is told while the server does
    not serve: it was terminated.
    """

    def __init__(self, engine: Callable[[], Engine], *, strict: bool = False, users: Mapping[str, str] | None = None) -> None:
        self._make = engine
        self.engine = engine()
        self.strict = strict
        self.recording = Recording()
        self.statuses: dict[str, dict[str, Any]] = {}
        self.closed: Refusal | None = None
        self._users = users

    def reset(self) -> None:
        """Start afresh."""
        for query in list(self.engine.push_queries.values()):
            query.stop()
        self.engine = self._make()
        self.recording.clear()
        self.statuses.clear()
        self.closed = None

    async def handle(self, exchange: Exchange) -> None:
        """Answer a request; a fault of the endpoint's is the client's error 500, and the connection's end when it is late."""
        try:
            await self.answer(exchange)
        except UnsupportedError as error:
            await _complain(exchange, refusal_of(error))
        except Disconnected:
            raise
        except Exception:
            log.exception("%s %s", exchange.request.method, exchange.request.path)
            await _complain(exchange, refusal(INTERNAL, SERVER_ERROR))

    async def answer(self, exchange: Exchange) -> None:
        """Answer a request.

        Raises:
            UnsupportedError: ksqlDB would answer it.
            Disconnected: the client is gone.
        """
        try:
            await self._route(exchange)
        except BodyError as error:
            await _complain(exchange, Refusal(error.status, {}))
        except BadBody as error:
            await _complain(exchange, error.refusal)
        except UnsupportedError:
            raise
        except KsqlError as error:
            await _complain(exchange, refusal_of(error, with_statement=True))

    async def _route(self, exchange: Exchange) -> None:
        path = exchange.request.path
        if path not in SIGNS_OF_LIFE and not self._allowed(exchange.request):
            headers = [("www-authenticate", 'Basic realm="ksqlDB"')]
            await exchange.respond(401, json_bytes(text_of(refusal("Unauthorized", 40100).body)), headers)
            return
        if self.closed is not None and path not in SIGNS_OF_LIFE and (self.strict or not path.startswith(OWN)):
            await _complain(exchange, self.closed)
            return
        if self.engine.faults.of_requests and not path.startswith(OWN):
            if delay := delay_of(self.engine, path):
                await exchange.sleep(delay)
            rejected = rejection(self.engine, path)
            if rejected is not None:
                await _complain(exchange, rejected)
                return
        found = find(exchange.request, self.strict)
        if found is None:
            await exchange.respond(404, b"Not Found")
            return
        route, parameters, media_type = found
        await route.endpoint(self, exchange, media_type, **parameters)

    def socket(self, request: Request) -> Callable[[WebSocket], Awaitable[None]] | int:
        """What serves a WebSocket at that path, or the HTTP status that refuses it."""
        if not self._allowed(request):
            return 401
        if self.closed is not None:
            return self.closed.status
        rejected = rejection(self.engine, request.path)
        if rejected is not None:
            return rejected.status
        if (request.method, request.path) != ("GET", "/ws/query"):
            return 404
        from minisql.server.endpoints.ws import serve_query  # most clients do without

        return lambda socket: serve_query(self, socket)

    def _allowed(self, request: Request) -> bool:
        if self._users is None:
            return True
        scheme, _, credentials = (request.header("authorization") or "").partition(" ")
        try:
            name, _, password = base64.b64decode(credentials, validate=True).decode().partition(":")
        except ValueError:
            return False
        known = self._users.get(name)
        return scheme.lower() == "basic" and known is not None and compare_digest(known.encode(), password.encode())


async def _complain(exchange: Exchange, answer: Refusal) -> None:
    if exchange.started:
        raise Disconnected
    await exchange.respond(answer.status, json_bytes(text_of(answer.body)) if answer.body else b"")
