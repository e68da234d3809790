"""minisql: ksqlDB in a Python process.

>>> import minisql
>>> conn = minisql.connect()

Importing the package imports nothing of it: each name is loaded when it is first asked for, since the plugin of pytest
lies in it too, and pytest loads that for projects that have nothing to do with SQL.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from minisql.client import KSQLAPI, KSQLError, patch
    from minisql.clock import Clock, ManualClock, SystemClock
    from minisql.connection import Connection, connect
    from minisql.cursor import Cursor
    from minisql.engine import Engine
    from minisql.errors import (
        DatabaseError,
        DataError,
        Error,
        IntegrityError,
        InterfaceError,
        InternalError,
        KsqlError,
        NotSupportedError,
        OperationalError,
        ParseError,
        ProgrammingError,
        QueryError,
        StatementError,
        UnsupportedError,
        Warning,
    )
    from minisql.row import Row

__version__ = "0.1.0"

apilevel = "2.0"
threadsafety = 2
"""PEP 249: threads may share the module and connections."""
paramstyle = "qmark"

_ERRORS = (
    *("DataError", "DatabaseError", "Error", "IntegrityError", "InterfaceError", "InternalError", "KsqlError"),
    *("NotSupportedError", "OperationalError", "ParseError", "ProgrammingError", "QueryError", "StatementError"),
    *("UnsupportedError", "Warning"),
)
_HOMES = {
    **dict.fromkeys(_ERRORS, "errors"),
    **dict.fromkeys(("Clock", "ManualClock", "SystemClock"), "clock"),
    **dict.fromkeys(("Connection", "connect"), "connection"),
    **dict.fromkeys(("KSQLAPI", "KSQLError", "patch"), "client"),
    "Cursor": "cursor",
    "Engine": "engine",
    "Row": "row",
    "check": "check",
    "server": "server",
}
"""The module of each public name; ``server`` is a module that can be called, ``check`` a package."""

__all__ = [
    "KSQLAPI",
    "Clock",
    "Connection",
    "Cursor",
    "DataError",
    "DatabaseError",
    "Engine",
    "Error",
    "IntegrityError",
    "InterfaceError",
    "InternalError",
    "KSQLError",
    "KsqlError",
    "ManualClock",
    "NotSupportedError",
    "OperationalError",
    "ParseError",
    "ProgrammingError",
    "QueryError",
    "Row",
    "StatementError",
    "SystemClock",
    "UnsupportedError",
    "Warning",
    "apilevel",
    "connect",
    "paramstyle",
    "patch",
    "threadsafety",
]


def __getattr__(name: str) -> Any:
    """Load a public name."""
    if name not in _HOMES:
        raise AttributeError(f"module 'minisql' has no attribute {name!r}")
    home = _HOMES[name]
    module = import_module(f"minisql.{home}")
    found = globals()[name] = module if name == home else getattr(module, name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
