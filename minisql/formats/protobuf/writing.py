"""From Connect's values to messages, as Confluent's ProtobufData makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from minisql.formats.connect import schema as connect
from minisql.formats.connect.parsed import Options, Write
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.protobuf.building import LOGICAL as MESSAGES
from minisql.formats.protobuf.descriptors import Classes
from minisql.formats.protobuf.inference import UNION, Definitions
from minisql.formats.protobuf.known import WRAPPER_TYPES
from minisql.formats.protobuf.times import date_parts, decimal_parts, time_parts, timestamp_parts
from minisql.formats.protobuf.tree import Enum, Field, File, Message, resolve

Turn = Callable[[Any], Any]


def message_writer(
    schema: ConnectSchema, name: str, known: Definitions, file: File, imported: Mapping[str, File], options: Options
) -> Write:
    """A function from a value of ``schema`` to the bytes of a message."""
    classes = Classes(file, imported, known)
    if schema.type != connect.STRUCT:
        made = classes.of(name)
        single = _logical(schema.name, made) if schema.name in MESSAGES else (lambda value: made(value=value))
        return lambda value: single(value).SerializeToString()
    turn = _Writing(known, classes).message(schema, name)
    return lambda value: turn(value).SerializeToString()


class _Writing:
    """Makes the functions for the messages of one file."""

    def __init__(self, known: Definitions, classes: Classes) -> None:
        self._known = known
        self._classes = classes

    def message(self, schema: ConnectSchema, name: str) -> Turn:
        """For a STRUCT; what is null is left out."""
        message, made = self._known[name], self._classes.of(name)
        assert isinstance(message, Message)
        declared = {field.name: field for field in message.fields}
        unions = [(field, kind) for field, kind in schema.fields if (kind.name or "").startswith(UNION)]
        plain = [(field, kind) for field, kind in schema.fields if not (kind.name or "").startswith(UNION)]
        parts = [(field, self._turn(declared[field], kind, name)) for field, kind in plain]
        members = [
            (union, member, self._turn(declared[member], kind, name))
            for union, schema_of_union in unions
            for member, kind in schema_of_union.fields
        ]
        if not members and all(write is _same for _, write in parts):
            return lambda struct: made(**struct)

        def turn(struct: Any) -> Any:
            given = {field: write(struct[field]) for field, write in parts if struct[field] is not None}
            for union, member, write in members:
                chosen = struct[union]
                if chosen is not None and chosen.get(member) is not None:
                    given[member] = write(chosen[member])
            return made(**given)

        return turn

    def _turn(self, field: Field, schema: ConnectSchema, scope: str) -> Turn:
        if field.key is not None:
            value = self._single(field.type, schema.item, scope)
            return lambda items: {key: value(each) for key, each in items.items() if each is not None}
        if schema.type == connect.MAP:
            return self._entries(field, schema, scope)
        if schema.type == connect.ARRAY:
            item = self._single(field.type, schema.item, scope)
            return lambda items: [_present(item, each) for each in items]
        return self._single(field.type, schema, scope)

    def _entries(self, field: Field, schema: ConnectSchema, scope: str) -> Turn:
        name = resolve(field.type, scope, self._known)
        assert name is not None
        entry, made = self._known[name], self._classes.of(name)
        assert isinstance(entry, Message)
        key = self._turn(entry.fields[0], schema.keys, name)
        value = self._turn(entry.fields[1], schema.item, name)

        def turn(items: Any) -> list[Any]:
            found = []
            for each, item in items.items():
                given = {} if each is None else {"key": key(each)}
                found.append(made(**given) if item is None else made(**given, value=value(item)))
            return found

        return turn

    def _single(self, kind: str, schema: ConnectSchema, scope: str) -> Turn:
        name = resolve(kind, scope, self._known)
        if name is None:
            return _same
        definition = self._known[name]
        if isinstance(definition, Enum):
            return dict(definition.values).__getitem__
        made = self._classes.of(name)
        if schema.name in MESSAGES:
            return _logical(schema.name, made)
        if name in WRAPPER_TYPES and schema.type != connect.STRUCT:
            return lambda value: made(value=value)
        return self.message(schema, name)


def _same(value: Any) -> Any:
    return value


def _present(turn: Turn, value: Any) -> Any:
    if value is None:
        raise ValueError("an element of an array is null")
    return turn(value)


PARTS: dict[str, tuple[Callable[[Any], tuple[Any, ...]], tuple[str, ...]]] = {
    connect.DECIMAL: (decimal_parts, ("value", "precision", "scale")),
    connect.DATE: (date_parts, ("year", "month", "day")),
    connect.TIME: (time_parts, ("hours", "minutes", "seconds", "nanos")),
    connect.TIMESTAMP: (timestamp_parts, ("seconds", "nanos")),
}
"""Logical type to how its values are taken apart, and to the fields of its message."""


def _logical(name: str, made: Any) -> Turn:
    parts, fields = PARTS[name]
    return lambda value: made(**dict(zip(fields, parts(value), strict=True)))
