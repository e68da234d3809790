"""Entries of tables that are imported when they are first used: a program seldom needs them all."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Deferred:
    """A function or class of another module, which is imported at the first call.

    Args:
        path: module and name within this package: ``"runtime.operators.filter.build_stream_filter"``.
    """

    __slots__ = ("_target", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self._target: Any = None

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call what is behind it."""
        return self.load()(*arguments, **named)

    def load(self) -> Any:
        """The function or class itself.

        Raises:
            ImportError, AttributeError: there is no such module or name.
        """
        if self._target is None:
            module, _, name = self.path.rpartition(".")
            self._target = getattr(import_module(f"minisql.{module}"), name)
        return self._target
