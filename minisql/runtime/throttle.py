"""How often results that wait for a closed window are looked for."""

from __future__ import annotations

from collections.abc import Callable


class Throttle:
    """Lets one look pass an interval of wall-clock time, as Kafka Streams does (TimeTracker.nextTimeToEmit).

    Args:
        now: milliseconds.
        interval: 0 lets every look pass: minisql's default, so that results do not depend on the machine's clock.
    """

    def __init__(self, now: Callable[[], int], interval: int) -> None:
        self._now = now
        self._interval = interval
        self._next = 0

    def passes(self) -> bool:
        """Whether this look may be taken."""
        if self._interval == 0:
            return True
        now = self._now()
        if now < self._next:
            return False
        self._next = (self._next or now) + self._interval
        return True
