"""Generated functions from rows to JSON: one f-string an object, nothing looked up at run time."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from minisql import java
from minisql.formats.rows import Fields, Row
from minisql.json_text import json_bytes, quote
from minisql.source import Source
from minisql.types import SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

Encode = Callable[["Row | None"], "bytes | None"]


@lru_cache(maxsize=256)
def row_encoder(fields: Fields) -> Encode:
    """A function from a row to the bytes of an object with all fields, nulls too."""
    writer = _Writer()
    nested = [writer.nested(kind) for _, kind in fields]
    names = [f"v{index}" for index in range(len(fields))]
    source = writer.source
    with source.block("def encode(row):"):
        source.line("if row is None: return None")
        if names:
            source.line(f"{', '.join(names)}, = row")
        for (_, kind), name, function in zip(fields, names, nested, strict=True):
            writer.text(kind, name, function)
        source.line(f"line = {_object_code(fields, names)}")
        source.line("if line.isascii() and '\\\\u00' not in line: return line.encode()")
        source.line(f"return {source.bindings.bind(json_bytes, 'finish')}(line)")
    return source.compile("JSON writer", "encode")


@lru_cache(maxsize=256)
def value_encoder(kind: SqlType) -> Encode:
    """A function from a row of one column to the bytes of its bare value; no bytes for NULL."""
    writer = _Writer()
    nested = writer.nested(kind)
    source = writer.source
    with source.block("def encode(row):"):
        source.line("if row is None: return None")
        source.line("x, = row")
        source.line("if x is None: return None")
        writer.text(kind, "x", nested)
        source.line(f"return {source.bindings.bind(json_bytes, 'finish')}(f'{{x}}')")
    return source.compile("JSON writer", "encode")


TEXT: dict[str, str] = {
    "BOOLEAN": "'true' if {0} else 'false'",
    "INTEGER": "{0}",
    "BIGINT": "{0}",
    "DATE": "{0}",
    "TIME": "{0}",
    "TIMESTAMP": "{0}",
    # Python's text of a double is Java's in this range.
    "DOUBLE": "repr({0}) if 0.001 <= {0} < 10000000.0 else {double}({0})",
    "STRING": "{quote}({0})",
    "BYTES": "{base64}({0})",
}
"""Type to an expression for the JSON text of a value that is not None."""


class _Writer:
    """Writes functions that give JSON texts: one for each nested type that occurs."""

    def __init__(self) -> None:
        self.source = Source()
        bind = self.source.bindings.bind
        self._bound = {"double": bind(_double, "double"), "quote": bind(quote, "quote"), "base64": bind(_base64, "base64")}
        self._functions: dict[SqlType, str] = {}

    def nested(self, kind: SqlType) -> str:
        """The name of a function from a value that is not None to JSON; empty for types that are written in place."""
        if kind not in self._functions:
            self._functions[kind] = self._function(kind)
        return self._functions[kind]

    def text(self, kind: SqlType, name: str, nested: str) -> None:
        """A line that replaces the value in the variable ``name`` by its JSON (an int stands for its own text)."""
        code = f"{nested}({name})" if nested else TEXT[str(kind)].format(name, **self._bound)
        self.source.line(f"{name} = 'null' if {name} is None else {code}")

    def _function(self, kind: SqlType) -> str:
        if isinstance(kind, SqlDecimal):
            return self.source.bindings.bind(_decimal, "decimal")
        if isinstance(kind, SqlArray):
            return self._array(kind)
        if isinstance(kind, SqlMap):
            return self._map(kind)
        return self._struct(kind.fields) if isinstance(kind, SqlStruct) else ""

    def _array(self, kind: SqlArray) -> str:
        nested, function = self.nested(kind.item), self.source.bindings.fresh("array")
        with self.source.block(f"def {function}(items):"):
            self.source.line("texts = []")
            with self.source.block("for x in items:"):
                self.text(kind.item, "x", nested)
                self.source.line("texts.append(f'{x}')")
            self.source.line("return f\"[{','.join(texts)}]\"")
        return function

    def _map(self, kind: SqlMap) -> str:
        nested, function = self.nested(kind.value), self.source.bindings.fresh("map")
        with self.source.block(f"def {function}(items):"):
            self.source.line("texts = []")
            with self.source.block("for key, x in items.items():"):
                self.text(kind.value, "x", nested)
                # Jackson has no null among an object's names: it becomes the text "null".
                key = f"{self._bound['quote']}('null' if key is None else key)"
                self.source.line(f"texts.append(f'{{{key.replace(chr(39), chr(34))}}}:{{x}}')")
            self.source.line("return '{' + ','.join(texts) + '}'")
        return function

    def _struct(self, fields: Fields) -> str:
        nested = [self.nested(kind) for _, kind in fields]
        names = [f"v{index}" for index in range(len(fields))]
        function = self.source.bindings.fresh("struct")
        with self.source.block(f"def {function}(x):"):
            for (field, kind), name, reader in zip(fields, names, nested, strict=True):
                self.source.line(f"{name} = x[{field!r}]")
                self.text(kind, name, reader)
            self.source.line(f"return {_object_code(fields, names)}")
        return function


def _object_code(fields: Fields, names: list[str]) -> str:
    """Literals and f-strings next to each other, which Python compiles into one f-string."""
    parts, before = [], "{"
    for (field, _), name in zip(fields, names, strict=True):
        parts += [repr(f"{before}{quote(field)}:"), f"f'{{{name}}}'"]
        before = ","
    return " ".join([*parts, repr("}" if fields else "{}")])


def _double(number: float) -> str:
    # Jackson quotes what JSON has no number for.
    return java.double_text(number) if isfinite(number) else f'"{java.double_text(number)}"'


def _decimal(number: Decimal) -> str:
    # Java's BigDecimal has no negative zero.
    return str(number if number else abs(number))


def _base64(data: bytes) -> str:
    return f'"{b2a_base64(data, newline=False).decode()}"'
