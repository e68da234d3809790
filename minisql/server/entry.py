"""Starting and stopping a server: in a thread beside a program, or as the program."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from minisql.connection import Connection
from minisql.engine import Engine
from minisql.server.app import App
from minisql.server.clock import ShiftedClock
from minisql.server.wire.connection import serve
from minisql.server.wire.http1 import HEADERS_TIMEOUT

LOOPBACK = "127.0.0.1"


class Listening(NamedTuple):
    """Where and how to listen.

    Attributes:
        host: the address.
        port: 0 takes a free one.
        tls: files of a certificate and its key.
        headers_timeout: seconds that a client may take for the headers of a request.
    """

    host: str = LOOPBACK
    port: int = 8088
    tls: tuple[str, str] | None = None
    headers_timeout: float = HEADERS_TIMEOUT

    def context(self) -> ssl.SSLContext | None:
        """The context for TLS, with HTTP/2 and HTTP/1.1 by ALPN."""
        if self.tls is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*self.tls)
        context.set_alpn_protocols(["h2", "http/1.1"])
        return context

    def url(self, port: int) -> str:
        """The URL at which the port that was taken is reached."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'http' if self.tls is None else 'https'}://{host}:{port}"


def fresh_engine() -> Engine:
    """An engine whose clock a client can put forward."""
    return Engine(ShiftedClock())


async def run(app: App, listening: Listening, ready: Callable[[str], object], stop: asyncio.Event) -> None:
    """Serve until ``stop`` is set; ``ready`` is told the URL.

    Raises:
        OSError: the port is taken, or a file of TLS cannot be read.
    """
    clients: set[asyncio.Task[None]] = set()

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        clients.add(task)
        with contextlib.suppress(asyncio.CancelledError):
            await serve(app, reader, writer, listening.headers_timeout)
        clients.discard(task)

    server = await asyncio.start_server(client, listening.host, listening.port, ssl=listening.context())
    try:
        ready(listening.url(server.sockets[0].getsockname()[1]))
        await stop.wait()
    finally:
        server.close()
        for task in list(clients):
            task.cancel()
        await asyncio.gather(*clients, return_exceptions=True)


@contextlib.contextmanager
def server(
    engine: Engine | Connection | None = None,
    *,
    port: int = 0,
    host: str = LOOPBACK,
    strict: bool = False,
    tls: tuple[str, str] | None = None,
    users: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Serve an engine over ksqlDB's REST API while the ``with`` block lasts.

    Args:
        engine: what to serve, or a connection to it; by default a fresh one.
        port: 0 takes a free one.
        host: by default only this machine can reach the server.
        strict: leave out the routes under ``/_minisql/``, which no ksqlDB has.
        tls: files of a certificate and its key; the server then speaks TLS alone.
        users: passwords by name, for basic authentication.

    Yields:
        The URL.

    Raises:
        OSError: the port is taken, or a file of TLS cannot be read.
    """
    shared = engine.engine if isinstance(engine, Connection) else engine
    app = App(fresh_engine if shared is None else _first(shared), strict=strict, users=users)
    background = _Background(app, Listening(host, port, tls))
    try:
        yield background.start()
    finally:
        background.stop()


def _first(engine: Engine) -> Callable[[], Engine]:
    """Gives the engine at first, and a fresh one with the same clock after a reset."""
    engines = iter([engine])
    return lambda: next(engines, None) or Engine(engine.clock)


class _Background:
    """A server in a thread of its own."""

    def __init__(self, app: App, listening: Listening) -> None:
        self._app = app
        self._listening = listening
        self._ready = threading.Event()
        self._url = ""
        self._error: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="minisql-server", daemon=True)

    def start(self) -> str:
        self._thread.start()
        self._ready.wait()
        if self._error is not None:
            self._thread.join()
            raise self._error
        return self._url

    def stop(self) -> None:
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as error:
            self._error = error
        finally:
            self._ready.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        await run(self._app, self._listening, self._told, self._stop)

    def _told(self, url: str) -> None:
        self._url = url
        self._ready.set()


def serve_forever(app: App, listening: Listening, ready: Callable[[str], object]) -> None:
    """Serve until the process is told to stop, by SIGINT or SIGTERM.

    Raises:
        OSError: the port is taken, or a file of TLS cannot be read.
    """

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows: SIGINT is KeyboardInterrupt there
                loop.add_signal_handler(number, stop.set)
        await run(app, listening, ready, stop)

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
