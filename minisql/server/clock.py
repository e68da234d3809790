"""A clock that runs, and can be put forward."""

from __future__ import annotations

from minisql.clock import SystemClock


class ShiftedClock(SystemClock):
    """The machine's clock, ahead by as much as it has been put forward."""

    __slots__ = ("_ahead",)

    def __init__(self) -> None:
        self._ahead = 0

    def now(self) -> int:
        """Milliseconds since the epoch."""
        return super().now() + self._ahead

    def advance(self, milliseconds: int) -> None:
        """Put it forward."""
        self._ahead += milliseconds
