"""Which engine a URL stands for: clients with the same URL in one process share one."""

from __future__ import annotations

from threading import Lock

from minisql.engine import Engine

_lock = Lock()
_engines: dict[str, Engine] = {}


def engine_at(url: str) -> Engine:
    """The engine behind ``url``, made when nobody has asked for it before."""
    with _lock:
        name = url.rstrip("/")
        if name not in _engines:
            _engines[name] = Engine()
        return _engines[name]


def forget(url: str) -> None:
    """Let the next client with this URL start with a fresh engine; nothing happens when there is none."""
    with _lock:
        _engines.pop(url.rstrip("/"), None)
