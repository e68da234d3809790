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
        raise MissingExtra(_message(module, format, extra)) from error


def check_installed(module: str, format: str, extra: str) -> None:
    """Look for the module without importing it; the arguments are those of ``require``.

    Raises:
        MissingExtra: it is not installed.
    """
    from importlib.util import find_spec

    try:
        found = find_spec(module)
    except ModuleNotFoundError:
        found = None
    if found is None:
        raise MissingExtra(_message(module, format, extra))


def _message(module: str, format: str, extra: str) -> str:
    return f"the {format} format needs {module}: pip install 'minisql-ksqldb[{extra}]'"
