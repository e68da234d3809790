"""A fault that is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


class Fault:
    """What ``engine.faults`` gives: goes away with ``remove()``, or at the end of a ``with`` block.

    Attributes:
        number: tells it from the others of the engine.
        name: the method that has set it.
        arguments: what it was set with.
    """

    def __init__(self, number: int, name: str, arguments: Mapping[str, Any], remove: Callable[[Fault], object]) -> None:
        self.number = number
        self.name = name
        self.arguments = dict(arguments)
        self._remove = remove

    def remove(self) -> None:
        """Let things go right again; nothing happens when it is gone already."""
        self._remove(self)

    def __enter__(self) -> Fault:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"<fault {self.number}: {self.name}({given})>"
