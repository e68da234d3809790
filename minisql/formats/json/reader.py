"""Generated functions from parsed JSON to rows.

They take values that already have the right type, and the few conversions that are common. For anything else they
raise ``Unusual``: ``coercion`` then gives the row, or the error.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any

from minisql.calendar import DAY
from minisql.formats import text
from minisql.formats.json.coercion import to_bytes
from minisql.formats.json.scan import SCAN_ERRORS, scan, scan_exact
from minisql.formats.rows import Fields, Row
from minisql.source import Source
from minisql.types import BIGINT_MAX, BIGINT_MIN, INT_MAX, INT_MIN, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType


class Unusual(Exception):
    """A value that the generated code leaves to ``coercion``."""


def row_decoder(fields: Fields, unusual: Callable[[bytes], Row | None]) -> Callable[[bytes | None], Row | None]:
    """A function from the bytes of an object to a row; what is unusual in any way goes to ``unusual``."""
    writer = _Writer()
    nested = [writer.nested(kind) for _, kind in fields]
    scanner = writer.bind(_scanner(kind for _, kind in fields), "scan")
    errors = writer.bind(FAST_ERRORS, "errors")
    with writer.source.block("def decode(data):"):
        writer.source.line("if data is None: return None")
        with writer.source.block("try:"):
            writer.source.line(f"x = {scanner}(data.decode(), 0)[0]")
            writer.fields(fields, nested, "({}{})".format, as_row=True)
        with writer.source.block(f"except {errors}:"):
            writer.source.line(f"return {writer.bind(unusual, 'unusual')}(data)")
    return writer.source.compile("JSON reader", "decode")


def value_decoder(kind: SqlType, unusual: Callable[[bytes], Row | None]) -> Callable[[bytes | None], Row | None]:
    """The same for the bytes of a bare value."""
    read, scanner = value_reader(kind), _scanner([kind])

    def decode(data: bytes | None) -> Row | None:
        if data is None:
            return None
        try:
            text = data.decode()
            value, end = scanner(text, 0)
            return (read(value),) if end == len(text) else unusual(data)
        except FAST_ERRORS:
            return unusual(data)

    return decode


def object_reader(fields: Fields, unusual: Callable[[Any], Row]) -> Callable[[Any], Row]:
    """A function from a dict to a row; what is unusual in any way goes to ``unusual``."""
    read = row_reader(fields)

    def convert(value: Any) -> Row:
        try:
            return read(value)
        except Unusual:
            return unusual(value)

    return convert


@lru_cache(maxsize=256)
def row_reader(fields: Fields) -> Callable[[Any], Row]:
    """A function from a dict to a row; it raises Unusual."""
    writer = _Writer()
    name = writer.struct(fields, "({}{})".format, as_row=True)
    return writer.source.compile("JSON reader", name)


@lru_cache(maxsize=256)
def value_reader(kind: SqlType) -> Callable[[Any], Any]:
    """A function from a parsed value to a SQL value; it raises Unusual."""
    writer = _Writer()
    nested = writer.nested(kind)
    with writer.source.block("def read(x):"):
        writer.check(kind, "x", nested)
        writer.source.line("return x")
    return writer.source.compile("JSON reader", "read")


FAST_ERRORS = (Unusual, *SCAN_ERRORS)
"""What makes bytes unusual."""

INTEGRAL = "type({0}) is not int or not {1} <= {0} <= {2}"

BAD: dict[str, str] = {
    "STRING": "type({0}) is not str",
    "BOOLEAN": "type({0}) is not bool",
    "INTEGER": INTEGRAL.format("{0}", INT_MIN, INT_MAX),
    "BIGINT": INTEGRAL.format("{0}", BIGINT_MIN, BIGINT_MAX),
    "DATE": INTEGRAL.format("{0}", BIGINT_MIN, BIGINT_MAX),
    "TIMESTAMP": INTEGRAL.format("{0}", BIGINT_MIN, BIGINT_MAX),
    "TIME": INTEGRAL.format("{0}", 0, DAY),
}
"""Type to the test that tells that a value cannot be taken as it is."""

GOOD: dict[str, str] = {
    "STRING": "type({0}) is str",
    "BOOLEAN": "type({0}) is bool",
    "INTEGER": f"type({{0}}) is int and {INT_MIN} <= {{0}} <= {INT_MAX}",
    "BIGINT": f"type({{0}}) is int and {BIGINT_MIN} <= {{0}} <= {BIGINT_MAX}",
    "DOUBLE": "type({0}) is float and {0}",
}
"""Type to the test of a value that is usual and can be taken as it is."""


class _Writer:
    """Writes functions that check values: one for each nested type that occurs."""

    def __init__(self) -> None:
        self.source = Source()
        self.bind = self.source.bindings.bind
        self.unusual = self.bind(Unusual, "Unusual")
        self._functions: dict[SqlType, str] = {}

    def nested(self, kind: SqlType) -> str:
        """The name of a function from a value that is not None; empty for types that are checked in place."""
        if kind not in self._functions:
            self._functions[kind] = self._function(kind)
        return self._functions[kind]

    def check(self, kind: SqlType, name: str, nested: str) -> None:
        """Lines that leave in the variable ``name`` a SQL value, or raise Unusual."""
        bad = BAD.get(str(kind))
        if bad is not None:
            self.source.line(f"if {name} is not None and ({bad.format(name)}): raise {self.unusual}")
        elif nested:
            self.source.line(f"if {name} is not None: {name} = {nested}({name})")
        else:
            double = self.bind(_double, "double")
            # Jackson reads fractions as BigDecimal, which has no negative zero.
            self.source.line(f"if type({name}) is float: {name} = {name} or 0.0")
            self.source.line(f"elif {name} is not None: {name} = {double}({name})")

    def _usual(self, fields: Fields, names: list[str]) -> None:
        """One test for a row without NULLs in which every value is as it should be: most rows pass it."""
        tests = [GOOD.get(str(kind)) for _, kind in fields]
        if None not in tests:
            usual = " and ".join(test.format(name) for test, name in zip(tests, names, strict=True) if test)
            self.source.line(f"if {usual}: return row")

    def struct(self, fields: Fields, result: Callable[[str, str], str], as_row: bool = False) -> str:
        """A function from a dict; ``result`` makes its result of the values' names; ``as_row``: it is their tuple."""
        nested = [self.nested(kind) for _, kind in fields]
        function = self.source.bindings.fresh("struct")
        with self.source.block(f"def {function}(x):"):
            self.fields(fields, nested, result, as_row)
        return function

    def fields(self, fields: Fields, nested: list[str], result: Callable[[str, str], str], as_row: bool) -> None:
        """Lines that return what ``result`` makes of the fields of the dict ``x``."""
        names = [f"v{index}" for index in range(len(fields))]
        self.source.line(f"if type(x) is not dict: raise {self.unusual}")
        if names:
            pick = self.bind(_Shapes(tuple(name for name, _ in fields)), "pick")
            self.source.line(f"{', '.join(names)}, = row = {pick}[tuple(x)](x)")
        if names and as_row:
            self._usual(fields, names)
        for (_, kind), name, reader in zip(fields, names, nested, strict=True):
            self.check(kind, name, reader)
        self.source.line(f"return {result(', '.join(names), ',' if names else '')}")

    def _function(self, kind: SqlType) -> str:
        if isinstance(kind, SqlDecimal):
            return self.bind(_decimal(kind), "decimal")
        if isinstance(kind, SqlArray):
            return self._array(kind)
        if isinstance(kind, SqlMap):
            return self._map(kind)
        if isinstance(kind, SqlStruct):
            keys = [repr(name) for name, _ in kind.fields]
            return self.struct(kind.fields, lambda names, _: _dict_code(keys, names))
        return self.bind(_bytes, "bytes") if str(kind) == "BYTES" else ""

    def _array(self, kind: SqlArray) -> str:
        nested, function = self.nested(kind.item), self.source.bindings.fresh("array")
        with self.source.block(f"def {function}(x):"):
            self.source.line(f"if type(x) is not list: raise {self.unusual}")
            self.source.line("items = []")
            with self.source.block("for item in x:"):
                self.check(kind.item, "item", nested)
                self.source.line("items.append(item)")
            self.source.line("return items")
        return function

    def _map(self, kind: SqlMap) -> str:
        nested, function = self.nested(kind.value), self.source.bindings.fresh("map")
        with self.source.block(f"def {function}(x):"):
            self.source.line(f"if type(x) is not dict: raise {self.unusual}")
            self.source.line("items = {}")
            with self.source.block("for key, item in x.items():"):
                self.source.line(f"if type(key) is not str: raise {self.unusual}")
                self.check(kind.value, "item", nested)
                self.source.line("items[key] = item")
            self.source.line("return items")
        return function


class _Shapes(dict[tuple[Any, ...], Callable[[dict[str, Any]], tuple[Any, ...]]]):
    """Names of an object, in their order, to a function that picks the columns' values out of such an object."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        super().__init__()
        self._columns = columns

    def __missing__(self, names: tuple[Any, ...]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
        if len(self) >= 256:  # objects whose names keep changing must not fill the memory
            self.clear()
        upper = {str(name).upper(): name for name in names}
        picked = [name if name in names else upper.get(name) for name in self._columns]
        pick = self[names] = _picker(picked)
        return pick


def _picker(names: list[str | None]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    if None in names:
        return lambda record: tuple([None if name is None else record[name] for name in names])
    if len(names) == 1:
        only = names[0]
        return lambda record: (record[only],)  # type: ignore[index]
    return itemgetter(*names)


def _dict_code(keys: list[str], names: str) -> str:
    pairs = zip(keys, names.split(", "), strict=True) if keys else ()
    return "{" + ", ".join(f"{key}: {name}" for key, name in pairs) + "}"


def _double(value: Any) -> float:
    if type(value) is int or type(value) is Decimal:
        return float(value) or 0.0
    raise Unusual


def _bytes(value: Any) -> bytes:
    try:
        return to_bytes(value)
    except ValueError:
        raise Unusual from None


def _decimal(kind: SqlDecimal) -> Callable[[Any], Decimal]:
    precision, scale = kind.precision, kind.scale

    def read(value: Any) -> Decimal:
        if type(value) is not Decimal:
            if type(value) is not int:
                raise Unusual
            value = Decimal(value)
        return text.fit(value, precision, scale)

    return read


def _scanner(kinds: Any) -> Callable[[str, int], tuple[Any, int]]:
    return scan_exact if any(map(_has_decimal, kinds)) else scan


def _has_decimal(kind: SqlType) -> bool:
    if isinstance(kind, SqlArray):
        return _has_decimal(kind.item)
    if isinstance(kind, SqlMap):
        return _has_decimal(kind.value)
    if isinstance(kind, SqlStruct):
        return any(_has_decimal(field) for _, field in kind.fields)
    return isinstance(kind, SqlDecimal)
