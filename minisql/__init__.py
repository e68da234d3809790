"""minisql: ksqlDB in a Python process.

>>> import minisql
>>> conn = minisql.connect()
"""

from __future__ import annotations

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

__all__ = [
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
    "threadsafety",
]


def __getattr__(name: str) -> object:
    """What most programs do without is loaded when it is first asked for."""
    if name == "server":
        from importlib import import_module

        return import_module("minisql.server")
    if name in ("KSQLAPI", "KSQLError"):
        from minisql import client

        return getattr(client, name)
    raise AttributeError(f"module 'minisql' has no attribute {name!r}")
