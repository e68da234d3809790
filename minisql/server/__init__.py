"""A ksqlDB server: an engine behind ksqlDB's REST API.

    >>> import minisql
    >>> with minisql.server(port=0) as url:
    ...     url.startswith("http://127.0.0.1:")
    True

The module itself can be called, so that ``minisql.server(...)`` works whether or not it has been imported before.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    def __call__(self, *arguments: Any, **options: Any) -> AbstractContextManager[str]:
        """See ``entry.server``."""
        from minisql.server.entry import server

        return server(*arguments, **options)


sys.modules[__name__].__class__ = _Callable
