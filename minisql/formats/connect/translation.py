"""From Connect's values to SQL values, by the rules of ksqlDB's deserializers.

They take narrower numbers, numbers for texts, and fields by their names in upper case; everything else must fit.
Functions are made once for a pair of schema and type. None stands for one that changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from minisql import java
from minisql.formats.connect import schema as connect
from minisql.formats.connect.columns import type_schema
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.rows import Fields, Row
from minisql.formats.text import fit
from minisql.types import DOUBLE, STRING, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

Translate = Callable[[Any], Any]

ACCEPTED: dict[str, frozenset[str]] = {
    connect.STRING: connect.WHOLE | {connect.FLOAT32, connect.FLOAT64, connect.BOOLEAN, connect.STRING},
    connect.INT64: connect.WHOLE,
    connect.INT32: connect.WHOLE - {connect.INT64},
    connect.FLOAT64: frozenset({connect.FLOAT32, connect.FLOAT64}),
}
"""Wanted type to the types that do for it; all others only do for themselves."""


class Untranslatable(ValueError):
    """A value does not fit the type that is wanted; the message is ksqlDB's."""


def row_translator(
    schema: ConnectSchema, fields: Fields, naming: Callable[[str], str] = str, fits: bool = True
) -> Callable[[dict[str, Any]], Row]:
    """A function from a value of ``schema``, a STRUCT, to the row of ``fields``.

    ``naming`` gives the names that columns have in the format; ``fits`` is whether decimals must fit their columns, and are
    given their scale. The function raises Untranslatable for a value that does
    not fit.
    """
    if schema.type != connect.STRUCT:
        return _failing(connect.STRUCT, schema, "")
    parts = _Translation(naming, fits).parts(schema, fields, "")
    names = _plain_names(parts)
    if names is not None:
        return _plain(names)
    return lambda struct: tuple([_part(struct, name, translate) for name, translate in parts])


def untranslated(schema: ConnectSchema, fields: Fields, naming: Callable[[str], str]) -> list[str] | None:
    """The names of the fields that make up a row just as they are; None when a value is missing or has to be changed."""
    return None if schema.type != connect.STRUCT else _plain_names(_Translation(naming, True).parts(schema, fields, ""))


def value_translator(schema: ConnectSchema, kind: SqlType, fits: bool) -> Callable[[Any], Row]:
    """A function from a value of ``schema`` to the row of one column of type ``kind``; ``fits`` as for ``row_translator``."""
    translate = _Translation(str, fits).translator(kind, schema, "")
    if translate is None:
        return lambda value: (value,)
    nulls = isinstance(translate, Failure)
    return lambda value: (value if value is None and not nulls else translate(value),)


class Failure:
    """Refuses every value, null too: the types do not go together."""

    __slots__ = ("_message",)

    def __init__(self, message: str) -> None:
        self._message = message

    def __call__(self, value: Any) -> Any:
        """Raises: Untranslatable: always."""
        raise Untranslatable(self._message)


def _failing(wanted: str, schema: ConnectSchema, path: str) -> Failure:
    return Failure(f"Cannot deserialize type {schema.type.lower()} as type {wanted.lower()} for path: {path}")


def _plain_names(parts: list[tuple[str | None, Translate | None]]) -> list[str] | None:
    names = [name for name, translate in parts if name is not None and translate is None]
    return names if len(names) == len(parts) else None


def _plain(names: list[str]) -> Callable[[dict[str, Any]], Row]:
    if len(names) == 1:
        only = names[0]
        return lambda struct: (struct[only],)
    return itemgetter(*names)


def _part(struct: dict[str, Any], name: str | None, translate: Translate | None) -> Any:
    if name is None:
        return None
    value = struct[name]
    if translate is None or (value is None and not isinstance(translate, Failure)):
        return value
    return translate(value)


class _Translation:
    """Makes the functions for one schema."""

    def __init__(self, naming: Callable[[str], str], fits: bool) -> None:
        self._naming = naming
        self._fits = fits

    def parts(self, schema: ConnectSchema, fields: Fields, path: str) -> list[tuple[str | None, Translate | None]]:
        """For each wanted field the given field's name, or None, and how its value is translated."""
        wanted = {self._naming(name) for name, _ in fields}
        sources: dict[str, str] = {}
        for name, _ in schema.fields:
            target = name if name in wanted else name.upper()
            if target in wanted:
                sources[target] = name
        given = dict(schema.fields)
        found: list[tuple[str | None, Translate | None]] = []
        for name, kind in fields:
            source = sources.get(self._naming(name))
            translate = None if source is None else self.translator(kind, given[source], f"{path}->{name}")
            found.append((source, translate))
        return found

    def translator(self, kind: SqlType, schema: ConnectSchema, path: str) -> Translate | None:
        """How a value that is not null is translated."""
        wanted = type_schema(kind).type
        if schema.type not in ACCEPTED.get(wanted, (wanted,)):
            return _failing(wanted, schema, path)
        if isinstance(kind, SqlDecimal):
            return _decimal(kind, schema, self._fits)
        if isinstance(kind, SqlArray):
            return _array(self.translator(kind.item, schema.item, f"{path}->ARRAY"))
        if isinstance(kind, SqlMap):
            key = self.translator(kind.key, schema.keys, f"{path}->MAP_KEY")
            return _map(key, self.translator(kind.value, schema.item, f"{path}->MAP_VAL"))
        if isinstance(kind, SqlStruct):
            return _struct(kind, schema, self.parts(schema, kind.fields, path))
        return _simple(kind, wanted, schema)


def _simple(kind: SqlType, wanted: str, schema: ConnectSchema) -> Translate | None:
    if kind == STRING:
        return TEXTS.get(schema.type, str)
    if kind == DOUBLE:
        return float if schema.type == connect.FLOAT32 else None
    if wanted == connect.BYTES and schema.name == connect.DECIMAL:
        return Failure("Invalid Java object for schema with type BYTES: class java.math.BigDecimal")
    return None


TEXTS: dict[str, Translate | None] = {
    connect.STRING: None,
    connect.BOOLEAN: lambda value: "true" if value else "false",
    connect.FLOAT64: java.double_text,
    connect.FLOAT32: java.double_text,
}
"""Type to how a value becomes text, where that is not Python's."""


def _decimal(kind: SqlDecimal, schema: ConnectSchema, fits: bool) -> Translate | None:
    if schema.name != connect.DECIMAL:
        return Failure(
            'Invalid Java object for schema "org.apache.kafka.connect.data.Decimal" with type BYTES: '
            "class java.nio.HeapByteBuffer"
        )
    if not fits:
        return None
    precision, scale = kind.precision, kind.scale

    def translate(value: Any) -> Any:
        try:
            return fit(value, precision, scale)
        except ValueError as error:
            raise Untranslatable(str(error)) from None

    return translate


def _array(item: Translate | None) -> Translate | None:
    if item is None:
        return None
    each = _nullable(item)
    return lambda items: [each(value) for value in items]


def _map(key: Translate | None, item: Translate | None) -> Translate | None:
    if key is None and item is None:
        return None
    each_key, each = _nullable(key), _nullable(item)
    return lambda items: {each_key(name): each(value) for name, value in items.items()}


def _struct(kind: SqlStruct, schema: ConnectSchema, parts: list[tuple[str | None, Translate | None]]) -> Translate | None:
    names = [name for name, _ in kind.fields]
    given = [name for name, _ in schema.fields]
    if names == given and all(source == name and part is None for name, (source, part) in zip(names, parts, strict=True)):
        return None
    return lambda struct: {name: _part(struct, source, translate) for name, (source, translate) in zip(names, parts, strict=True)}


def _nullable(translate: Translate | None) -> Translate:
    if translate is None:
        return lambda value: value
    if isinstance(translate, Failure):
        return translate
    return lambda value: None if value is None else translate(value)
