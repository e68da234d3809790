"""Requests from this very process: there is no wire, and no event loop and no thread but the caller's."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator
from io import BufferedReader, RawIOBase
from types import coroutine

from minisql.server.app import App
from minisql.server.exchange import HTTP_2, Disconnected, Exchange, HeaderList, Request, Signal


class Wait(ABC):
    """What an endpoint waits for; it is handed over to whoever reads the answer, and he waits."""

    @abstractmethod
    def block(self, timeout: float | None) -> None:
        """Wait in a thread.

        Raises:
            TimeoutError: it takes more than so many seconds.
        """

    @abstractmethod
    async def suspend(self, timeout: float | None) -> None:
        """Wait in a loop of asyncio's.

        Raises:
            TimeoutError: it takes more than so many seconds.
        """


class LocalSignal(Signal, Wait):
    """A wait until something happens."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._woken: Callable[[], object] | None = None

    def set(self) -> None:
        self._event.set()
        if self._woken is not None:
            self._woken()

    def clear(self) -> None:
        self._event.clear()

    async def wait(self) -> None:
        while not self._event.is_set():
            await _handed_over(self)

    def block(self, timeout: float | None) -> None:
        if not self._event.wait(timeout):
            raise TimeoutError("timed out")

    async def suspend(self, timeout: float | None) -> None:
        import asyncio  # takes a fifth of the whole start-up, and who blocks does without it

        loop = asyncio.get_running_loop()
        woken = asyncio.Event()
        self._woken = lambda: loop.call_soon_threadsafe(woken.set)
        try:
            if not self._event.is_set():
                await asyncio.wait_for(woken.wait(), timeout)
        except asyncio.TimeoutError:  # a class of its own before Python 3.11
            raise TimeoutError("timed out") from None
        finally:
            self._woken = None


class LocalDelay(Wait):
    """A wait of some seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def block(self, timeout: float | None) -> None:
        time.sleep(self._bounded(timeout))
        self._check(timeout)

    async def suspend(self, timeout: float | None) -> None:
        import asyncio

        await asyncio.sleep(self._bounded(timeout))
        self._check(timeout)

    def _bounded(self, timeout: float | None) -> float:
        return self._seconds if timeout is None else min(self._seconds, timeout)

    def _check(self, timeout: float | None) -> None:
        if timeout is not None and self._seconds > timeout:
            raise TimeoutError("timed out")


class LocalExchange(Exchange):
    """An exchange whose endpoint is run by who reads the answer, whenever he has read what there was."""

    def __init__(self, request: Request, body: bytes) -> None:
        super().__init__(request)
        self.status = 0
        self.headers: HeaderList = ()
        self._body = body

    async def receive(self, timeout: float | None = None) -> bytes:
        piece, self._body = self._body, b""
        return piece

    async def _start(self, status: int, headers: HeaderList) -> None:
        self.status, self.headers = status, headers

    async def send(self, pieces: Iterable[bytes]) -> None:
        together = list(filter(None, pieces))
        if together:
            await _handed_over(together)

    async def finish(self) -> None:
        """Nothing: the end of the endpoint is the answer's."""

    async def _hang_up(self) -> None:
        """Nothing: there is no connection."""

    def signal(self) -> LocalSignal:
        return LocalSignal()

    async def sleep(self, seconds: float) -> None:
        await _handed_over(LocalDelay(seconds))


@coroutine
def _handed_over(item: list[bytes] | Wait) -> Generator[list[bytes] | Wait, None, None]:
    """To whoever runs the endpoint: pieces of the answer, or what to wait for before going on."""
    yield item


class LocalAnswer:
    """An answer that comes while it is read.

    Args:
        app: who answers.
        request: to what.
        body: the whole body of the request.
    """

    def __init__(self, app: App, request: Request, body: bytes = b"") -> None:
        self._exchange = LocalExchange(request, body)
        self._endpoint = app.answer(self._exchange)
        self._next: list[bytes] | Wait | None = None
        self._signal: LocalSignal | None = None
        self._closed = False

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._exchange.status

    @property
    def headers(self) -> HeaderList:
        """With lower-case names."""
        return self._exchange.headers

    def start(self, timeout: float | None = None) -> LocalAnswer:
        """Wait for the status and the headers; gives the answer itself.

        Raises:
            UnsupportedError: ksqlDB would answer the request; what reads the body may raise that as well.
            TimeoutError: they did not come within so many seconds.
        """
        while (wait := self._wait_for_start()) is not None:
            wait.block(timeout)
        return self

    async def async_start(self, timeout: float | None = None) -> LocalAnswer:
        """The same, without blocking a loop of asyncio's."""
        while (wait := self._wait_for_start()) is not None:
            await wait.suspend(timeout)
        return self

    def _wait_for_start(self) -> Wait | None:
        item = self._run()
        if isinstance(item, Wait) and not self._exchange.started:
            return item
        self._next = item
        return None

    def pieces(self, timeout: float | None = None) -> Iterator[bytes]:
        """The body in the pieces in which a server writes it; blocks while a push query has no row.

        Raises:
            TimeoutError: nothing came for so many seconds.
            ConnectionError: it breaks off.
        """
        while (item := self._take()) is not None:
            if isinstance(item, Wait):
                item.block(timeout)
            else:
                yield from item

    async def async_pieces(self, timeout: float | None = None) -> AsyncIterator[bytes]:
        """The same, without blocking a loop of asyncio's.

        Raises:
            TimeoutError: nothing came for so many seconds.
            ConnectionError: it breaks off.
        """
        while (item := self._take()) is not None:
            if isinstance(item, Wait):
                await item.suspend(timeout)
            else:
                for piece in item:
                    yield piece

    def file(self, timeout: float | None = None) -> BufferedReader:
        """The body as a file; closing it closes the answer."""
        return BufferedReader(_Body(self, timeout))

    def read(self) -> bytes:
        """What is left of the body."""
        return b"".join(self.pieces())

    def close(self) -> None:
        """Go away, as a client's disconnecting is: a query that runs for the answer ends, and so does who waits."""
        self._closed, self._next = True, None
        self._endpoint.close()
        if self._signal is not None:
            self._signal.set()

    def _take(self) -> list[bytes] | Wait | None:
        item, self._next = self._next, None
        return item if item is not None else self._run()

    def _run(self) -> list[bytes] | Wait | None:
        """Let the endpoint go on; gives what it hands over, and None once it has ended."""
        if self._closed:
            return None
        try:
            item: list[bytes] | Wait = self._endpoint.send(None)
        except StopIteration:
            self._closed = True
            return None
        except Disconnected:
            self._closed = True
            raise ConnectionResetError("the connection was closed in the midst of the answer") from None
        self._signal = item if isinstance(item, LocalSignal) else None
        return item


class _Body(RawIOBase):
    """An answer's body; a read gives what one piece has left."""

    def __init__(self, answer: LocalAnswer, timeout: float | None) -> None:
        self._answer = answer
        self._pieces = answer.pieces(timeout)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._rest = self._rest or next(self._pieces, b"")
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count

    def close(self) -> None:
        self._answer.close()
        super().close()


def post(app: App, path: str, body: bytes) -> LocalAnswer:
    """POST, as over HTTP/2 and without saying what is accepted."""
    return LocalAnswer(app, Request("POST", path, "", HTTP_2, ()), body).start()
