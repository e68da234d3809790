"""Whether a value is the one that a test expects.

- Texts, booleans and whole numbers are compared as Python compares them, but True is not 1.
- DOUBLE: within 1e-9 of the larger, or 1e-12 where that is more; NaN is NaN.
- DECIMAL: as numbers, exactly: 1.5 is 1.50, since the column's type says how many decimals its values have, and a float
  counts as what it prints. Texts count as the number they say.
- DATE, TIME, TIMESTAMP, BYTES: also as ISO 8601 and base64.
- Arrays, maps and structs by their parts; a struct's fields that are not named are expected to be NULL.
- Any other object decides with its ``==``: ``mock.ANY``, ``pytest.approx``, and the like, also as parts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from minisql.errors import DataError
from minisql.formats.python_values import from_python
from minisql.row import to_python
from minisql.testing.assertions.found import Unreadable
from minisql.testing.assertions.values import MILLISECONDS, struct_of
from minisql.types import BIGINT, BOOLEAN, DOUBLE, INTEGER, STRING, TIMESTAMP, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

RELATIVE, ABSOLUTE = 1e-9, 1e-12

NOT_FINITE = ("NaN", "Infinity", "-Infinity")

PLAIN = (type(None), bool, int, float, Decimal, str, bytes, bytearray, memoryview, date, time, list, tuple, Mapping)
"""Values that are compared by the rules of the column's type; all others decide themselves."""


def same(expected: Any, actual: Any, kind: SqlType) -> bool:
    """Whether ``actual``, a SQL value of ``kind``, is what is expected."""
    expected = _plainly(expected)
    if not isinstance(expected, PLAIN):
        return _decides(expected, actual, kind)
    if expected is None or actual is None or isinstance(actual, Unreadable):
        return expected is actual
    rule = _RULES.get(type(kind)) or _PRIMITIVE.get(kind)
    if rule is not None:
        return rule(expected, actual, kind)
    try:
        return bool(from_python(expected, _named(kind)) == actual)
    except (TypeError, ValueError, ArithmeticError):
        return False


def _plainly(expected: Any) -> Any:
    """Numbers and arrays of numpy and the like as the Python values they hold."""
    return expected.tolist() if hasattr(expected, "tolist") and hasattr(expected, "dtype") else expected


def _decides(expected: Any, actual: Any, kind: SqlType) -> bool:
    convert = None if actual is None or isinstance(actual, Unreadable) else to_python(kind)
    try:
        value = actual if convert is None else convert(actual)
    except DataError:  # Python's calendar ends with the year 9999
        value = actual
    try:
        return bool(expected == value)
    except TypeError:
        # pytest.approx(1.5) subtracts, and a float takes no Decimal
        return isinstance(value, Decimal) and bool(expected == float(value))


def _named(kind: SqlType) -> SqlType:
    return TIMESTAMP if kind == MILLISECONDS else kind


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def _whole(expected: Any, actual: Any, kind: SqlType) -> bool:
    return _is_number(expected) and bool(expected == actual)


def _boolean(expected: Any, actual: Any, kind: SqlType) -> bool:
    return isinstance(expected, bool) and expected == actual


def _string(expected: Any, actual: Any, kind: SqlType) -> bool:
    return isinstance(expected, str) and expected == actual


def _double(expected: Any, actual: Any, kind: SqlType) -> bool:
    if expected in NOT_FINITE:  # JSON's records have these as texts
        expected = float(expected)
    if not _is_number(expected):
        return False
    number = float(expected)
    if math.isnan(number) or math.isnan(actual):
        return math.isnan(number) and math.isnan(actual)
    return math.isclose(number, actual, rel_tol=RELATIVE, abs_tol=ABSOLUTE)


def _decimal(expected: Any, actual: Any, kind: SqlType) -> bool:
    try:
        number = Decimal(repr(expected)) if isinstance(expected, float) else Decimal(expected)
    except (TypeError, ValueError, ArithmeticError):
        return False
    return not isinstance(expected, bool) and number == actual


def _array(expected: Any, actual: Any, kind: Any) -> bool:
    if not isinstance(expected, (list, tuple)) or len(expected) != len(actual):
        return False
    return all(same(want, have, kind.item) for want, have in zip(expected, actual, strict=True))


def _map(expected: Any, actual: Any, kind: Any) -> bool:
    if not isinstance(expected, Mapping) or expected.keys() != actual.keys():
        return False
    return all(same(want, actual[key], kind.value) for key, want in expected.items())


def _struct(expected: Any, actual: Any, kind: Any) -> bool:
    if not isinstance(expected, Mapping):
        return False
    try:
        fields = struct_of(dict(expected), kind, lambda item, _: item)
    except ValueError:
        return False
    return all(same(fields[name], actual[name], field) for name, field in kind.fields)


_RULES: dict[type[SqlType], Callable[[Any, Any, Any], bool]] = {
    SqlDecimal: _decimal,
    SqlArray: _array,
    SqlMap: _map,
    SqlStruct: _struct,
}

_PRIMITIVE: dict[SqlType, Callable[[Any, Any, SqlType], bool]] = {
    BOOLEAN: _boolean,
    INTEGER: _whole,
    BIGINT: _whole,
    DOUBLE: _double,
    STRING: _string,
}
