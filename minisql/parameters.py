"""PEP 249 parameters: Python values put into SQL text as literals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timezone
from decimal import Decimal
from typing import Any

from minisql.errors import ProgrammingError
from minisql.names import quote

paramstyle = "qmark"

_TOKENS = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|--[^\n]*|/\*.*?\*/|:=|(?P<mark>\?)|:(?P<name>[A-Za-z_]\w*)",
    re.DOTALL,
)


def bind_parameters(sql: str, parameters: Any) -> str:
    """The text with each ``?`` or ``:name`` outside quotes and comments replaced by a literal.

    Raises:
        ProgrammingError: too few, too many or unknown parameters, or a value that SQL has no literal for.
    """
    values = iter(() if isinstance(parameters, Mapping) else parameters)

    def replace(match: re.Match[str]) -> str:
        if match["mark"]:
            return literal(_next(values))
        if match["name"]:
            return literal(_named(parameters, match["name"]))
        return match[0]

    text = _TOKENS.sub(replace, sql)
    if next(values, _NONE) is not _NONE:
        raise ProgrammingError("more parameters than ? in the statement")
    return text


_NONE = object()


def _next(values: Any) -> Any:
    value = next(values, _NONE)
    if value is _NONE:
        raise ProgrammingError("fewer parameters than ? in the statement")
    return value


def _named(parameters: Any, name: str) -> Any:
    if not isinstance(parameters, Mapping) or name not in parameters:
        raise ProgrammingError(f"no parameter called {name!r} was given")
    return parameters[name]


def literal(value: Any) -> str:
    """SQL for a Python value.

    >>> literal("it's"), literal([1, None]), literal({"a": 1.5})
    ("'it''s'", 'ARRAY[1, NULL]', 'STRUCT(`a` := 1.5E0)')
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _double(value)
    if isinstance(value, Decimal):
        return f"{value:f}" if "." in f"{value:f}" else f"{value:f}."
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return _composite(value)


def _composite(value: Any) -> str:
    if isinstance(value, (bytes, bytearray)):
        import base64

        return f"'{base64.b64encode(value).decode('ascii')}'"
    if isinstance(value, datetime):
        moment = value if value.tzinfo is None else value.astimezone(timezone.utc)
        return f"'{moment.replace(tzinfo=None).isoformat(timespec='milliseconds')}'"
    if isinstance(value, (date, time)):
        return f"'{value.isoformat()}'"
    if isinstance(value, (list, tuple)):
        return f"ARRAY[{', '.join(map(literal, value))}]"
    if isinstance(value, Mapping):
        return f"STRUCT({', '.join(f'{quote(name)} := {literal(item)}' for name, item in value.items())})"
    raise ProgrammingError(f"SQL has no literal for {type(value).__name__}")


def _double(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        raise ProgrammingError(f"SQL has no literal for {value!r}")
    text = repr(value)
    return text.upper() if "e" in text else text + "E0"
