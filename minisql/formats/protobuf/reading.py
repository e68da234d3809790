"""From messages to Connect's values, as Confluent's ProtobufData takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from minisql.formats.connect import schema as connect
from minisql.formats.connect.parsed import FieldsRead, Read
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.protobuf.descriptors import Classes
from minisql.formats.protobuf.inference import UNION, Definitions, is_map_entry
from minisql.formats.protobuf.known import WRAPPER_TYPES
from minisql.formats.protobuf.times import check_timestamp, days_of_date, decimal_of, milliseconds_of_time
from minisql.formats.protobuf.tree import SCALARS, Enum, Field, File, Message, resolve
from minisql.java import wrap64

Turn = Callable[[Any], Any]

UNSIGNED = frozenset({"uint64", "fixed64"})
"""Connect has no unsigned numbers; the upper half of these becomes negative."""

PLAIN = SCALARS - UNSIGNED
"""The types whose values are taken as they are."""


def message_reader(schema: ConnectSchema, name: str, known: Definitions, file: File, imported: Mapping[str, File]) -> Read:
    """A function from the bytes of a message to a value of ``schema``."""
    parse = Classes(file, imported, known).parser(name)
    turn = _Reading(known).root(schema, name)
    return lambda data: turn(parse(data))


def fields_reader(
    names: Sequence[str], name: str, known: Definitions, file: File, imported: Mapping[str, File]
) -> FieldsRead | None:
    """A function from the bytes of a message to the values of some fields; None where a value is not taken as it is."""
    message = known[name]
    assert isinstance(message, Message)
    declared = {each.name: each for each in message.fields}
    if not all(each in declared and declared[each].type in PLAIN and _always_there(declared[each]) for each in names):
        return None
    parse = Classes(file, imported, known).parser(name)
    get = attrgetter(*names)
    if len(names) == 1:
        return lambda data: (get(parse(data)),)
    return lambda data: get(parse(data))


def _always_there(field: Field) -> bool:
    return field.label == "" and field.key is None and field.oneof is None


class _Reading:
    """Makes the functions for the messages of one file."""

    def __init__(self, known: Definitions) -> None:
        self._known = known

    def root(self, schema: ConnectSchema, name: str) -> Turn:
        """For the outermost message: a wrapper may stand for its value."""
        return self.message(schema, name) if schema.type == connect.STRUCT else _unwrapped(name)

    def message(self, schema: ConnectSchema, name: str) -> Turn:
        """For a STRUCT."""
        message = self._known[name]
        assert isinstance(message, Message)
        parts = [(field, self._part(message, field, kind, name)) for field, kind in schema.fields]
        return lambda found: {field: get(found) for field, get in parts}

    def _part(self, message: Message, field: str, schema: ConnectSchema, scope: str) -> Turn:
        """From a message to the value of one of its struct's fields."""
        if (schema.name or "").startswith(UNION):
            return self._oneof(message, field.rpartition("_")[0], schema, scope)
        declared = next(each for each in message.fields if each.name == field)
        turn = self._turn(declared, schema, scope)
        if declared.label == "repeated" or declared.key is not None:
            return lambda found: turn(getattr(found, field))
        if declared.label == "optional" or self._is_message(declared, scope):
            return lambda found: turn(getattr(found, field)) if found.HasField(field) else None
        return lambda found: turn(getattr(found, field))

    def _oneof(self, message: Message, oneof: str, schema: ConnectSchema, scope: str) -> Turn:
        names = [name for name, _ in schema.fields]
        turns = {
            each.name: self._turn(each, kind, scope)
            for name, kind in schema.fields
            for each in message.fields
            if each.name == name
        }

        def get(found: Any) -> Any:
            which = found.WhichOneof(oneof)
            return None if which is None else {**dict.fromkeys(names), which: turns[which](getattr(found, which))}

        return get

    def _is_message(self, field: Field, scope: str) -> bool:
        name = resolve(field.type, scope, self._known)
        return name is not None and isinstance(self._known[name], Message)

    def _turn(self, field: Field, schema: ConnectSchema, scope: str) -> Turn:
        if field.key is not None:
            return self._map(field, schema, scope)
        name = resolve(field.type, scope, self._known)
        definition = None if name is None else self._known[name]
        if schema.type == connect.MAP and isinstance(definition, Message) and name is not None:
            return self._entries(definition, schema, name)
        if schema.type == connect.ARRAY:
            item = self._single(field.type, schema.item, scope)
            return lambda found: [item(each) for each in found]
        return self._single(field.type, schema, scope)

    def _single(self, kind: str, schema: ConnectSchema, scope: str) -> Turn:
        name = resolve(kind, scope, self._known)
        if name is None:
            return wrap64 if kind in UNSIGNED else _same
        definition = self._known[name]
        if isinstance(definition, Enum):
            symbols = {number: symbol for symbol, number in reversed(definition.values)}
            return lambda number: symbols.get(number) or f"UNKNOWN_ENUM_VALUE_{definition.name}_{number}"
        if schema.name in LOGICAL:
            return LOGICAL[schema.name]
        if name in WRAPPER_TYPES and schema.type != connect.STRUCT:
            return _unwrapped(name)
        return self.message(schema, name)

    def _map(self, field: Field, schema: ConnectSchema, scope: str) -> Turn:
        value = self._single(field.type, schema.item, scope)
        return lambda found: {key: value(each) for key, each in found.items()}

    def _entries(self, entry: Message, schema: ConnectSchema, name: str) -> Turn:
        """Confluent's own maps; what an entry lacks reads as if it were empty, whatever its type."""
        assert is_map_entry(entry)
        key, value = (self._turn(field, kind, name) for field, kind in zip(entry.fields, (schema.keys, schema.item), strict=True))
        return lambda found: {key(each.key): value(each.value) for each in found}


def _same(value: Any) -> Any:
    return value


def _unwrapped(wrapper: str) -> Turn:
    if WRAPPER_TYPES[wrapper] in UNSIGNED:
        return lambda message: wrap64(message.value)
    return lambda message: message.value


def _timestamp(message: Any) -> int:
    seconds, nanos = int(message.seconds), int(message.nanos)
    check_timestamp(seconds, nanos)
    return seconds * 1000 + nanos // 1_000_000


LOGICAL: dict[str | None, Turn] = {
    connect.DECIMAL: lambda message: decimal_of(message.value, message.precision, message.scale),
    connect.DATE: lambda message: days_of_date(message.year, message.month, message.day),
    connect.TIME: lambda message: milliseconds_of_time(message.hours, message.minutes, message.seconds, message.nanos),
    connect.TIMESTAMP: _timestamp,
}
