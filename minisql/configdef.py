"""Values of configuration properties, converted as Kafka's ConfigDef converts them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from minisql.errors import KsqlError
from minisql.types import BIGINT_MAX, BIGINT_MIN, INT_MAX, INT_MIN

INT, SHORT, LONG, DOUBLE = "INT", "SHORT", "LONG", "DOUBLE"
STRING, BOOLEAN, LIST, CLASS = "STRING", "BOOLEAN", "LIST", "CLASS"

_RANGES = {
    INT: (INT_MIN, INT_MAX, "32-bit integer"),
    SHORT: (-(2**15), 2**15 - 1, "16-bit integer (short)"),
    LONG: (BIGINT_MIN, BIGINT_MAX, "64-bit integer"),
}


def convert(name: str, value: Any, kind: str) -> Any:
    """``value`` as a property of type ``kind``; None stays None.

    Raises:
        KsqlError: ``Invalid value V for configuration N: ...``.
    """
    if value is None:
        return None
    if kind in _RANGES:
        return _integer(name, value, kind)
    return _CONVERTERS[kind](name, value)


def invalid(name: str, value: Any, reason: str) -> KsqlError:
    """The error of a value that does not fit."""
    return KsqlError(f"Invalid value {java_text(value)} for configuration {name}: {reason}")


def java_text(value: Any) -> str:
    """The value as Java prints it."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return "[" + ", ".join(map(java_text, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def property_text(value: Any) -> str | None:
    """The value as SHOW PROPERTIES shows it: lists joined by commas, None for null."""
    if value is None:
        return None
    return ",".join(value) if isinstance(value, (list, tuple)) else java_text(value)


def _java_class(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return "java.lang.Integer" if INT_MIN <= value <= INT_MAX else "java.lang.Long"
    names = {bool: "java.lang.Boolean", Decimal: "java.math.BigDecimal", float: "java.lang.Double", str: "java.lang.String"}
    return names.get(type(value), "java.util.ArrayList")


def _string(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise invalid(name, value, f"Expected value to be a string, but it was a {_java_class(value)}")
    return value.strip()


def _boolean(name: str, value: Any) -> bool:
    if isinstance(value, str):
        value = {"true": True, "false": False}.get(value.strip().lower(), value)
    if not isinstance(value, bool):
        raise invalid(name, value, "Expected value to be either true or false")
    return value


def _list(name: str, value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if not isinstance(value, str):
        raise invalid(name, value, "Expected a comma separated list.")
    return [item.strip() for item in value.split(",")] if value.strip() else []


def _double(name: str, value: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, str):
        raise invalid(name, value, f"Expected value to be a double, but it was a {_java_class(value)}")
    try:
        return float(value)
    except ValueError:
        raise invalid(name, value, "Not a number of type DOUBLE") from None


def _integer(name: str, value: Any, kind: str) -> int:
    low, high, words = _RANGES[kind]
    if isinstance(value, str):
        return _integer_text(name, value, kind)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise invalid(name, value, f"Expected value to be a {words}, but it was a {_java_class(value)}")
    return value


def _integer_text(name: str, text: str, kind: str) -> int:
    low, high, _ = _RANGES[kind]
    digits = text.strip().lstrip("+-")
    signs = len(text.strip()) - len(digits)
    if not digits.isdecimal() or signs > 1 or not low <= int(text) <= high:
        raise invalid(name, text, f"Not a number of type {kind}")
    return int(text)


_CONVERTERS: dict[str, Any] = {STRING: _string, CLASS: _string, BOOLEAN: _boolean, LIST: _list, DOUBLE: _double}
