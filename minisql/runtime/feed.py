"""What a running query has emitted and nobody has read yet."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from minisql.broker import Entry
from minisql.errors import QueryError


class Feed(ABC):
    """Entries that wait to be read, from any thread.

    Attributes:
        limit_reached: LIMIT has ended it.
        error: why it died.
        on_end: called when it has ended.
    """

    def __init__(self) -> None:
        self.limit_reached = False
        self.error: QueryError | None = None
        self.on_end: Callable[[], object] | None = None
        self._waiting: deque[Entry] = deque()
        self._changed = threading.Condition()
        self._listeners: list[Callable[[], None]] = []
        self._ended = False

    # -- reading ----------------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether an entry waits to be read."""
        return bool(self._waiting)

    @property
    def backlog(self) -> int:
        """How many entries wait to be read."""
        return len(self._waiting)

    @property
    def done(self) -> bool:
        """Whether none will come beyond those that wait."""
        return self.limit_reached or self._ended

    def take(self, at_most: int | None = None) -> list[Entry]:
        """The entries that wait, at most so many; never blocks."""
        with self._changed:
            count = len(self._waiting) if at_most is None else min(at_most, len(self._waiting))
            return [self._waiting.popleft() for _ in range(count)]

    def peek(self, at_most: int) -> tuple[int, list[Entry]]:
        """How many entries wait, and the first of them, at most so many; they go on waiting."""
        with self._changed:
            return len(self._waiting), list(islice(self._waiting, at_most))

    def wait(self, timeout: float | None = None) -> bool:
        """Block until an entry waits or the feed is done; False when the seconds have passed first."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._waiting) or self.done, timeout)

    @contextmanager
    def listening(self, listener: Callable[[], None]) -> Iterator[None]:
        """While it lasts the listener is called whenever entries come or the feed ends."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)

    @abstractmethod
    def hold(self) -> None:
        """Emit nothing for a while, since its reader is slow; nothing is lost."""

    @abstractmethod
    def go_on(self) -> None:
        """Emit again, first what would have been emitted meanwhile; the scheduler has to be drained then."""

    def stop(self) -> None:
        """End; what was emitted can still be read."""
        self._end()

    # -- writing ----------------------------------------------------------------------------------

    def _add(self, entries: Sequence[Entry], last: bool = False) -> None:
        """Let entries be read; after the ``last`` ones LIMIT ends the feed."""
        with self._changed:
            self._waiting.extend(entries)
            self.limit_reached = self.limit_reached or last
        if last:
            self.stop()
        else:
            self._notify()

    def _end(self) -> None:
        self._ended = True
        if self.on_end is not None:
            self.on_end()
        self._notify()

    def _notify(self) -> None:
        with self._changed:
            self._changed.notify_all()
        for listener in tuple(self._listeners):
            listener()
