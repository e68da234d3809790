"""``requests``."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any

import requests
import requests.adapters
from urllib3 import HTTPResponse

from minisql.client.transports.call import call, copy_of, stand_in
from minisql.server.exchange import HTTP_1_1, reason

FUNCTIONS = ("delete", "get", "head", "options", "patch", "post", "put", "request")


class Adapter(requests.adapters.HTTPAdapter):
    """Where a session sends its requests."""

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        answer = call(request.method or "GET", request.url or "", HTTP_1_1, _texts(request.headers), _body(request.body))
        patience = timeout[1] if isinstance(timeout, tuple) else timeout
        try:
            answer.start(patience)
        except TimeoutError as error:
            raise requests.ReadTimeout(error, request=request) from error
        raw = HTTPResponse(
            body=answer.file(patience),
            headers=dict(answer.headers),
            status=answer.status,
            reason=reason(answer.status),
            preload_content=False,
            request_method=request.method,
        )
        return self.build_response(request, raw)


class Session(requests.Session):
    """A session whose requests stay in the process."""

    def __init__(self) -> None:
        super().__init__()
        for scheme in ("http://", "https://"):
            self.mount(scheme, Adapter())


def _texts(headers: Any) -> list[tuple[str, str]]:
    """Names and values as text, whichever way they were given."""
    return [(_text(name), _text(value)) for name, value in headers.items()]


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def _body(body: Any) -> bytes:
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else b"".join(body or ())


def module() -> ModuleType:
    """The package."""
    functions = vars(copy_of("requests.api", sessions=SimpleNamespace(Session=Session)))
    return stand_in(requests, Session=Session, session=Session, **{name: functions[name] for name in FUNCTIONS})
