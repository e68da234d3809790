"""What Python had when ``ksql`` and the libraries below it were written, for as long as they are imported."""

from __future__ import annotations

import collections
import collections.abc
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from types import ModuleType


@contextmanager
def old_python() -> Iterator[None]:
    """While it lasts, ``collections`` has its abstract classes (gone since 3.10), and there is ``telnetlib`` (3.13)."""
    with ExitStack() as stack:
        for name in collections.abc.__all__:
            if not hasattr(collections, name):
                setattr(collections, name, getattr(collections.abc, name))
                stack.callback(delattr, collections, name)
        if find_spec("telnetlib") is None:
            sys.modules["telnetlib"] = _telnetlib()
            stack.callback(sys.modules.pop, "telnetlib")
        yield


def _telnetlib() -> ModuleType:
    """The module with what ``ksql.utils`` uses: ``Telnet(host, port)`` connects, or raises OSError."""
    module = ModuleType("telnetlib")
    vars(module)["Telnet"] = lambda host, port: socket.create_connection((host, int(port)))
    return module
