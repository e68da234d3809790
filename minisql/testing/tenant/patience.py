"""How long to wait for a server."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from minisql.remote.errors import ServerError

PAUSE = 0.02
"""Seconds between two looks at a server."""


class Patience(NamedTuple):
    """How long to wait for a server.

    Attributes:
        timeout: seconds in which its queries have to have processed what there is.
        quiet: seconds after which nothing more is expected where the server does not tell how far a query is.
    """

    timeout: float = 30.0
    quiet: float = 3.0

    def until(self, done: Callable[[], bool], what: Callable[[], str]) -> None:
        """Wait until it is so.

        Raises:
            ServerError: it takes too long; ``what`` says what has not come.
        """
        end = time.monotonic() + self.timeout
        while not done():
            if time.monotonic() > end:
                raise ServerError(f"not within {self.timeout:g} s: {what()}")
            time.sleep(PAUSE)


class Still:
    """How long something has been the same."""

    def __init__(self) -> None:
        self._last: Any = None
        self._since = time.monotonic()
        self.same = False

    def seconds(self, value: Any) -> float:
        """For how many seconds it has had this value; ``same``: it had it the last time too."""
        self.same = value == self._last
        if not self.same:
            self._last, self._since = value, time.monotonic()
        return time.monotonic() - self._since
