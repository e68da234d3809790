"""A record as generated code sees it: which Python expression reads each of its parts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import copysign
from typing import Any

from minisql.codegen.expressions import Fragment
from minisql.names import ROWOFFSET
from minisql.record import Record
from minisql.schema import Schema
from minisql.types import DOUBLE, SqlArray, SqlMap, SqlStruct, SqlType


class Flow(Record):
    """The code that reads a record at one point of a pipeline.

    Attributes:
        schema: the columns here.
        columns: every name that expressions may use -> its code.
        key: code of the key (bare, tuple or None).
        timestamp, headers: code of the two.
        row: code of the row tuple where one exists as it is, else None: it is built from ``columns``.
        absent: a test that is true when the row is null, or None when it cannot be.
        window: code of "start, end" of a windowed key, else None.
        passed: where a table filter notes whether it let the row through: a slot of a group's state.
        made_key: a slot of a group's state in which the end of the query keeps the key of its window's entries.
        tracked: the table's old rows are known here, because something below keeps them.
        replaces: where only some changes tell what they replace, a test that is true for those.
    """

    schema: Schema
    columns: Mapping[str, Fragment]
    key: str
    timestamp: str = "t"
    headers: str = "h"
    row: str | None = None
    absent: str | None = None
    window: str | None = None
    passed: str | None = None
    made_key: str | None = None
    tracked: bool = False
    replaces: str | None = None

    @property
    def full_key(self) -> str:
        """Code of the key as entries have it: with its window, where it has one."""
        return self.key if self.window is None else f"({self.key}, {self.window})"

    def told_schema(self) -> Schema:
        """The schema as ksqlDB tells it: a source's has its pseudo columns, and its keys a second time."""
        if ROWOFFSET not in self.columns or self.schema.find(ROWOFFSET) is not None:
            return self.schema
        return self.schema.with_pseudo_and_key_columns(self.window is not None)

    def unless_absent(self, code: str) -> str:
        """Code that gives None where the row is null."""
        return code if self.absent is None else f"(None if {self.absent} else {code})"

    def row_code(self) -> str:
        """Code that gives the row: the value columns of the schema as a tuple."""
        if self.row is not None:
            return self.row
        return tuple_code([self.columns[column.name].code for column in self.schema.value])


def tuple_code(parts: Sequence[str]) -> str:
    """A tuple display: ``(a, b)``, ``(a,)``, ``()``."""
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"


def key_code(parts: Sequence[str]) -> str:
    """The key of these columns: none, the bare value, or a tuple."""
    if not parts:
        return "None"
    return parts[0] if len(parts) == 1 else tuple_code(parts)


def key_fragments(key: str, kinds: Sequence[SqlType]) -> list[Fragment]:
    """How the columns of the key held in the variable ``key`` are read."""
    if len(kinds) == 1:
        return [Fragment(key, kinds[0])]
    return [Fragment(f"(None if {key} is None else {key}[{i}])", kind) for i, kind in enumerate(kinds)]


def key_columns(schema: Schema, key: str) -> dict[str, Fragment]:
    """How each key column of ``schema`` is read from the key held in the variable ``key``."""
    fragments = key_fragments(key, [column.type for column in schema.key])
    return {column.name: fragment for column, fragment in zip(schema.key, fragments, strict=True)}


def store_key_code(parts: Sequence[str], kinds: Sequence[SqlType], freeze: str) -> str:
    """Code of the hashable form of a key; ``freeze`` is the name bound to ``freeze``.

    Two doubles are one key only if their bytes are: 0.0 and -0.0 differ, NaN equals itself.
    """
    frozen = []
    for part, kind in zip(parts, kinds, strict=True):
        if is_plain(kind):
            frozen.append(part)
        elif kind == DOUBLE:
            frozen.append(f"({part} if {part} is None or {part} > 0.0 or {part} < 0.0 else {freeze}({part}))")
        else:
            frozen.append(f"{freeze}({part})")
    return key_code(frozen)


def is_plain(kind: SqlType) -> bool:
    """Whether key values of the type can stand in a dict as they are."""
    return kind != DOUBLE and not isinstance(kind, (SqlArray, SqlMap, SqlStruct))


def freeze(value: object) -> object:
    """A hashable value that is equal exactly when the bytes of ``value`` as a key are equal."""
    if isinstance(value, float):
        return value if value > 0.0 or value < 0.0 or copysign(1.0, value) > 0.0 == value else ("double", repr(value))
    if isinstance(value, list):
        return ("array", *map(freeze, value))
    if isinstance(value, dict):
        return ("struct", *((name, freeze(item)) for name, item in value.items()))
    return value


def thaw(value: Any) -> Any:
    """The value that ``freeze`` was given."""
    if not isinstance(value, tuple):
        return value
    kind, *parts = value
    if kind == "double":
        return float(parts[0])
    if kind == "array":
        return [thaw(part) for part in parts]
    return {name: thaw(part) for name, part in parts}


def hashable(key: Any) -> Hashable:
    """A key as it can stand in a dict: equal when its bytes are equal."""
    if isinstance(key, tuple):
        return tuple(freeze(part) for part in key)
    return freeze(key)
