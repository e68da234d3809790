"""A request and the answer to it, whatever the wire."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Sequence
from http import HTTPStatus
from time import monotonic
from typing import ClassVar, NamedTuple, NoReturn

MAX_BODY = 10 * 1024 * 1024
"""The largest body that is read as a whole; Vert.x's default."""

BODY_TIMEOUT = 60.0
"""Seconds that a client may take for a body that is read as a whole."""

HeaderList = Sequence[tuple[str, str]]

HTTP_1_0, HTTP_1_1, HTTP_2 = "HTTP/1.0", "HTTP/1.1", "HTTP/2"


class BodyError(Exception):
    """The body of a request cannot be had; ``status`` is what the client is told."""

    status: ClassVar[int]


class TooLarge(BodyError):
    """The body is larger than ``MAX_BODY``."""

    status = 413


class TooSlow(BodyError):
    """The client has taken too long for its body."""

    status = 408


class Malformed(BodyError):
    """The body is not in the form in which the wire carries bodies."""

    status = 400


class Disconnected(Exception):
    """The client is gone."""


class Request(NamedTuple):
    """What a client asks for; ``headers`` have lower-case names."""

    method: str
    path: str
    query: str
    version: str
    headers: HeaderList

    @classmethod
    def of(cls, method: str, target: str, version: str, headers: HeaderList) -> Request:
        """A request for a target in origin form (``/info``) or absolute form (``http://host/info``)."""
        if "://" in target.partition("?")[0]:
            target = "/" + target.partition("://")[2].partition("/")[2]
        path, _, query = target.partition("#")[0].partition("?")
        return cls(method, path, query, version, headers)

    def header(self, name: str) -> str | None:
        """The value of a header; of one that is given several times, all of them with commas between."""
        values = [value for each, value in self.headers if each == name]
        return ", ".join(values) if values else None


class Signal(ABC):
    """Wakes an endpoint that waits for its engine; how it waits depends on what it runs in."""

    @abstractmethod
    def set(self) -> None:
        """Wake who waits; from any thread."""

    @abstractmethod
    def clear(self) -> None:
        """Let the next wait be one."""

    @abstractmethod
    async def wait(self) -> None:
        """Wait until it is set."""


class Exchange(ABC):
    """One request; an endpoint reads its body and answers it.

    When the client goes away the endpoint's task is cancelled, or a write raises ``Disconnected``.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.started = False

    # -- reading ----------------------------------------------------------------------------------

    @abstractmethod
    async def receive(self, timeout: float | None = None) -> bytes:
        """The next piece of the body; empty at its end.

        Raises:
            Malformed: the client does not send it as it should.
            TooSlow: it did not come within so many seconds.
        """

    async def body(self) -> bytes:
        """The whole body.

        Raises:
            TooLarge: it is larger than a server takes.
            TooSlow: it takes longer than a server waits.
        """
        pieces: list[bytes] = []
        size = 0
        due = monotonic() + BODY_TIMEOUT
        while piece := await self.receive(max(0.0, due - monotonic())):
            size += len(piece)
            if size > MAX_BODY:
                raise TooLarge
            pieces.append(piece)
        return b"".join(pieces)

    async def lines(self) -> AsyncIterator[bytes]:
        """The body's lines as they come, without their ends; what follows the last newline is one when it is not empty.

        Raises:
            TooLarge: a line is larger than a server takes.
        """
        rest = b""
        while piece := await self.receive():
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield line
            if len(rest) > MAX_BODY:
                raise TooLarge
        if rest:
            yield rest

    # -- answering --------------------------------------------------------------------------------

    async def respond(self, status: int, body: bytes = b"", headers: HeaderList = ()) -> None:
        """Give an answer that is complete."""
        await self.start(status, [*headers, ("content-length", str(len(body)))])
        await self.send([body])
        await self.finish()

    async def start(self, status: int, headers: HeaderList) -> None:
        """Begin an answer; what is sent after it is its body."""
        self.started = True
        await self._start(status, headers)

    @abstractmethod
    async def _start(self, status: int, headers: HeaderList) -> None: ...

    @abstractmethod
    async def send(self, pieces: Iterable[bytes]) -> None:
        """Write pieces of the body, each in a chunk or frame of its own; waits while the client reads slowly.

        Raises:
            Disconnected: the client is gone.
        """

    @abstractmethod
    async def finish(self) -> None:
        """End the answer."""

    async def drop(self) -> NoReturn:
        """Close the whole connection once what was sent is gone, in the midst of the answer.

        Raises:
            Disconnected: always.
        """
        await self._hang_up()
        raise Disconnected

    @abstractmethod
    async def _hang_up(self) -> None: ...

    # -- waiting ----------------------------------------------------------------------------------

    @abstractmethod
    def signal(self) -> Signal:
        """A signal for its endpoint."""

    @abstractmethod
    async def sleep(self, seconds: float) -> None:
        """Wait for so many seconds."""


def reason(status: int) -> str:
    """The reason phrase of an HTTP status; some clients cannot read a status line without one."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
