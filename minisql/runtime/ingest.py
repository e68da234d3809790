"""Rows given by a program -> entries of a source's topic, through one generated function a source and shape.

A row of the usual shape with values of the usual types passes a chain of inlined type tests. Any other row takes the
slow path, which converts what can be converted without loss and says what is wrong with the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from minisql.broker import Entry
from minisql.errors import DataError
from minisql.formats.python_values import from_python
from minisql.metastore import Source
from minisql.names import ROWTIME
from minisql.runtime.codecs import key_of, normalized, rows_of
from minisql.runtime.flow import key_code, tuple_code
from minisql.schema import Column
from minisql.source import Source as Code
from minisql.types import BIGINT, BIGINT_MAX, BIGINT_MIN, BOOLEAN, BYTES, DOUBLE, INT_MAX, INT_MIN, INTEGER, STRING, SqlType

Ingest = Callable[[Iterable[Any], int], list[Entry]]
"""(rows, now in milliseconds) -> entries."""

FAST_TESTS: dict[SqlType, str] = {
    STRING: "type({0}) is str",
    DOUBLE: "type({0}) is float",
    BOOLEAN: "type({0}) is bool",
    BYTES: "type({0}) is bytes",
    INTEGER: f"type({{0}}) is int and {INT_MIN} <= {{0}} <= {INT_MAX}",
    BIGINT: f"type({{0}}) is int and {BIGINT_MIN} <= {{0}} <= {BIGINT_MAX}",
}
"""What a value must pass to be taken as it is; types that are not here are always converted."""


class Ingester:
    """Turns rows of one source into entries."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._keys = source.schema.key
        self._columns = source.schema.key + source.schema.value
        self._names = {column.name: column for column in self._columns}
        self._functions: dict[tuple[Any, ...], Ingest] = {}

    def entries(self, rows: Sequence[Any], now: int) -> list[Entry]:
        """The entries of dicts or tuples; all rows are checked before any is written.

        Raises:
            DataError: a row has a column that is not there, lacks a primary key, or has a value of the wrong type.
        """
        if not rows:
            return []
        first = rows[0]
        shape = tuple(first) if isinstance(first, dict) else ("a tuple",)
        function = self._functions.get(shape)
        if function is None:
            function = self._functions[shape] = self._compile(first)
        return function(rows, now)

    # -- the fast path ----------------------------------------------------------------------------

    def _compile(self, first: Any) -> Ingest:
        """A function for rows of the same shape as ``first``."""
        named = self._given(first) if isinstance(first, dict) else {column.name: i for i, column in enumerate(self._columns)}
        code = Code()
        slow = code.bindings.bind(self.entry, "slow")
        variables = {name: code.bindings.fresh("x") for name in named}
        with code.block("def ingest(rows, now):"):
            code.line("out = []")
            code.line("append = out.append")
            with code.block("for row in rows:"):
                self._write_row(code, first, named, variables, slow)
            code.line("return out")
        return code.compile(f"insert into {self.source.name}", "ingest")

    def _write_row(self, code: Code, first: Any, named: Mapping[str, Any], variables: dict[str, str], slow: str) -> None:
        with code.block("try:"):
            code.line(f"{tuple_code(list(variables.values()))} = {_unpack(code, first, named)}")
            fast = " and ".join([f"len(row) == {len(first)}", *self._tests(variables)])
        with code.block("except (KeyError, TypeError, ValueError):"):
            code.line(f"append({slow}(row, now))")
            code.line("continue")
        with code.block(f"if {fast}:"):
            code.line(
                f"append(({self._key(variables, code)}, {self._row(variables, code)}, {variables.get(ROWTIME, 'now')}, ()))"
            )
        with code.block("else:"):
            code.line(f"append({slow}(row, now))")

    def _tests(self, variables: Mapping[str, str]) -> list[str]:
        kinds = {name: column.type for name, column in self._names.items()} | {ROWTIME: BIGINT}
        return [self._test(name, kinds[name], variable) for name, variable in variables.items()]

    def _test(self, name: str, kind: SqlType, variable: str) -> str:
        test = FAST_TESTS.get(kind)
        required = name == ROWTIME or (self.source.is_table and any(column.name == name for column in self._keys))
        if test is None:
            return "False" if required else f"{variable} is None"
        test = test.format(variable)
        return test if required else f"({test} or {variable} is None)"

    def _key(self, variables: Mapping[str, str], code: Code) -> str:
        """Code of the key as its topic keeps it; a quick test spares most keys the call."""
        key = key_code([variables.get(column.name, "None") for column in self._keys])
        codec = key_of(self.source)
        if key == "None":
            return repr(codec.of_null)
        if codec.normalize is None or codec.unchanged == "True":
            return key
        call = f"{code.bindings.bind(codec.normalize, 'normalize')}({key})"
        if len(self._keys) > 1:
            return call
        quick = f"({key} if {key} is None or {codec.unchanged or 'False'} else {call})".replace("{0}", key)
        return quick if codec.of_null is None else f"({codec.of_null!r} if {key} is None else {quick})"

    def _row(self, variables: Mapping[str, str], code: Code) -> str:
        row = tuple_code([variables.get(column.name, "None") for column in self.source.schema.value])
        normalize = rows_of(self.source).kept
        return row if normalize is None else f"{code.bindings.bind(normalize, 'normalize')}({row})"

    # -- the slow path ----------------------------------------------------------------------------

    def entry(self, row: Any, now: int) -> Entry:
        """The entry of one row of any shape."""
        values = self._values(row)
        timestamp = values.pop(ROWTIME, None)
        converted = {name: self._convert(self._names[name], value) for name, value in values.items()}
        parts = tuple(converted.get(column.name) for column in self._keys)
        if self.source.is_table and None in parts:
            missing = ", ".join(f"`{column.name}`" for column, part in zip(self._keys, parts, strict=True) if part is None)
            raise DataError(f"a row for table {self.source.name} needs its primary key: {missing} is missing in {row!r}")
        key = parts if len(parts) > 1 else (parts[0] if parts else None)
        stamp = now if timestamp is None else from_python(timestamp, BIGINT)
        return normalized(self.source, (key, tuple(converted.get(column.name) for column in self.source.schema.value), stamp, ()))

    def _values(self, row: Any) -> dict[str, Any]:
        if isinstance(row, dict):
            return {name: row[given] for name, given in self._given(row).items()}
        values = tuple(row)
        if len(values) != len(self._columns):
            expected = ", ".join(column.name for column in self._columns)
            raise DataError(f"a row for {self.source.name} has the {len(self._columns)} columns {expected}, not {values!r}")
        return {column.name: value for column, value in zip(self._columns, values, strict=True)}

    def _given(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Column -> the name under which the row has it: the exact name, else the upper-cased one."""
        named = {}
        for given in row:
            name = given if given in self._names else given.upper()
            if name not in self._names and name != ROWTIME:
                known = ", ".join(self._names)
                raise DataError(f"{self.source.name} has no column {given!r}; its columns are {known}")
            named[name] = given
        return named

    def _convert(self, column: Column, value: Any) -> Any:
        try:
            return from_python(value, column.type)
        except (TypeError, ValueError, ArithmeticError) as error:
            raise DataError(f"column {column.name} of {self.source.name} is {column.type}, not {value!r}") from error


def _unpack(code: Code, first: Any, named: Mapping[str, Any]) -> str:
    if not isinstance(first, dict):
        return "row"
    getter = itemgetter(*named.values()) if named else tuple
    call = f"{code.bindings.bind(getter, 'get')}(row)"
    return f"({call},)" if len(named) == 1 else call
