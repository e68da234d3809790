"""Which engine a URL stands for: clients with the same URL in one process share one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from minisql.engine import Engine
from minisql.server.app import App


class Registry:
    """Engines by URL, each behind the routes of a server.

    Args:
        engine: the one that every URL stands for; by default each has its own, made when it is first asked for.
    """

    def __init__(self, engine: Engine | None = None) -> None:
        self._every = None if engine is None else app_of(engine)
        self._apps: dict[str, App] = {}
        self._lock = Lock()

    def app(self, url: str) -> App:
        """What answers at ``url``."""
        if self._every is not None:
            return self._every
        name = url.rstrip("/")
        with self._lock:
            if name not in self._apps:
                self._apps[name] = app_of(Engine())
            return self._apps[name]

    def engine(self, url: str) -> Engine:
        """The engine behind ``url``."""
        return self.app(url).engine

    def forget(self, url: str) -> None:
        """Let ``url`` have a fresh engine; nothing happens when it has none."""
        with self._lock:
            self._apps.pop(url.rstrip("/"), None)


_registries = [Registry()]


def app_of(engine: Engine) -> App:
    """An engine behind the routes that every ksqlDB has."""
    return App(lambda: engine, strict=True)


def registry() -> Registry:
    """The one that holds now."""
    return _registries[-1]


@contextmanager
def holding(other: Registry) -> Iterator[Registry]:
    """While it lasts, another one holds."""
    _registries.append(other)
    try:
        yield other
    finally:
        _registries.remove(other)


def forget(url: str) -> None:
    """Let the next client with this URL start with a fresh engine; nothing happens when there is none."""
    registry().forget(url)
