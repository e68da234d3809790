"""The engine's wall clock: the only source of "now", so that a test can hold it."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Anything with ``now()``."""

    def now(self) -> int:
        """Milliseconds since the epoch."""


class SystemClock:
    """The machine's clock."""

    __slots__ = ()

    def now(self) -> int:
        """Milliseconds since the epoch."""
        return time.time_ns() // 1_000_000


class ManualClock:
    """A clock that moves only when told to.

    Args:
        start: milliseconds since the epoch.
    """

    __slots__ = ("_now",)

    def __init__(self, start: int = 0) -> None:
        self._now = start

    def now(self) -> int:
        """Milliseconds since the epoch."""
        return self._now

    def advance(self, milliseconds: int) -> None:
        """Move forward.

        Raises:
            ValueError: the step is negative.
        """
        if milliseconds < 0:
            raise ValueError(f"a clock cannot go back: {milliseconds} ms")
        self._now += milliseconds
