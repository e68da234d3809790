"""How often results that wait for a closed window are looked for."""

from __future__ import annotations

from collections.abc import Callable


class Throttle:
    """Lets one look pass an interval of wall-clock time, as Kafka Streams does (TimeTracker.nextTimeToEmit).

    Args:
        now: milliseconds.
        interval: 0 lets every look pass: minisql's default, so that results do not depend on the machine's clock.
        steady: looks that come late do not put off the next one, as in joins; else it is due an interval after the last.
    """

    def __init__(self, now: Callable[[], int], interval: int, steady: bool = True) -> None:
        self._now = now
        self._interval = interval
        self._steady = steady
        self._next = 0

    def passes(self) -> bool:
        """Whether this look may be taken."""
        if self._interval == 0:
            return True
        now = self._now()
        if now < self._next:
            return False
        self._next = (self._next if self._steady and self._next else now) + self._interval
        return True
