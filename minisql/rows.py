"""What ``Connection.insert`` takes: rows in the forms that programs have them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from minisql.errors import InterfaceError


def to_rows(rows: Any) -> list[Any]:
    """Dicts and tuples as they are; a DataFrame or Arrow table as dicts.

    Raises:
        InterfaceError: it is none of these.
    """
    if isinstance(rows, list):
        return rows
    if isinstance(rows, Mapping):
        return [dict(rows)]
    if hasattr(rows, "to_pylist"):
        return list(rows.to_pylist())
    if hasattr(rows, "to_dicts"):
        return list(rows.to_dicts())
    if hasattr(rows, "to_dict"):
        return list(rows.to_dict("records"))
    if hasattr(rows, "__arrow_c_stream__"):
        return _from_arrow(rows)
    if isinstance(rows, Iterable) and not isinstance(rows, (str, bytes)):
        return list(rows)
    raise InterfaceError(f"insert takes dicts, tuples, a DataFrame or an Arrow stream, not {type(rows).__name__}")


def _from_arrow(rows: Any) -> list[Any]:
    try:
        import pyarrow
    except ImportError as error:
        raise InterfaceError("reading an Arrow stream takes the package pyarrow, which is not installed") from error
    return list(pyarrow.table(rows).to_pylist())
