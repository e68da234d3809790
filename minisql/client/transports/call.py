"""A request to a URL, answered by the engine that the URL stands for."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from minisql.client.registry import registry
from minisql.server.exchange import Request
from minisql.server.local import LocalAnswer
from minisql.server.routes import known


def call(method: str, url: str, version: str, headers: Iterable[tuple[str, str]], body: bytes) -> LocalAnswer:
    """A request, and the answer that is about to start.

    Args:
        method: such as ``"POST"``.
        url: the whole URL; what comes before the route in it names the engine.
        version: the protocol that a wire would speak: ``HTTP_1_1`` or ``HTTP_2`` of ``exchange``.
        headers: names in any case.
        body: the whole body.
    """
    base, path = split(method, url)
    target = path + ("?" + query if (query := urlsplit(url).query) else "")
    request = Request.of(method, target, version, [(name.lower(), value) for name, value in headers])
    return LocalAnswer(registry().app(base), request, body)


def split(method: str, url: str) -> tuple[str, str]:
    """What a client has been given as its URL, and the route; without a route, the origin and the path."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    segments = parts.path.split("/")
    for count in range(1, len(segments)):
        route = "/".join(["", *segments[count:]])
        if known(method, route):
            return origin + "/".join(segments[:count]), route
    return origin, parts.path


def stand_in(module: ModuleType, **names: Any) -> ModuleType:
    """A module with everything that another one has, but for some names."""
    result = ModuleType(module.__name__, module.__doc__)
    vars(result).update(vars(module), **names)
    return result


def copy_of(name: str, **names: Any) -> ModuleType:
    """A module run a second time, with some of the names that its functions use being something else.

    So a library's own functions, with their signatures and their errors, run on a transport of ours.
    """
    spec = find_spec(name)
    assert spec is not None
    assert spec.loader is not None
    result = module_from_spec(spec)
    spec.loader.exec_module(result)
    vars(result).update(names)
    return result
