"""Libraries that not everybody needs."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from minisql.errors import NotSupportedError


class MissingExtra(NotSupportedError):
    """A library is not installed; the message says how to get it."""


def require(module: str, format: str, extra: str) -> ModuleType:
    """The module.

    Args:
        module: its name.
        format: what needs it.
        extra: the extra of minisql-ksqldb that brings it.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(f"the {format} format needs {module}: pip install 'minisql-ksqldb[{extra}]'") from error
