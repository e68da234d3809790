"""What the steps of a query remember from row to row, where it has to outlive the functions that were built for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Stores:
    """Step -> its state: a query that takes the place of another opens the stores that this one has filled."""

    def __init__(self) -> None:
        self._held: dict[str, Any] = {}

    def open(self, context: str, make: Callable[[], T]) -> T:
        """The state of the step of that context, made when there is none yet."""
        if context not in self._held:
            self._held[context] = make()
        held: T = self._held[context]
        return held
