"""What a .proto file says, as values."""

from __future__ import annotations

from collections.abc import Iterator

from minisql.record import Record

SCALARS = frozenset(
    {
        *("double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64"),
        *("fixed32", "fixed64", "sfixed32", "sfixed64", "bool", "string", "bytes"),
    }
)


class Field(Record):
    """A field of a message.

    Attributes:
        type: a scalar's name, or the name of a message or enum as it stands in the file.
        label: "", "optional", "required" or "repeated".
        oneof: the name of the oneof that it belongs to.
        key: the type of a map's keys; ``type`` is then that of its values.
        parameters: what Confluent's ``field_meta`` says, as pairs of texts.
    """

    name: str
    number: int
    type: str
    label: str = ""
    oneof: str | None = None
    key: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()


class Enum(Record):
    """An enum and its symbols."""

    name: str
    values: tuple[tuple[str, int], ...]


class Message(Record):
    """A message with the types that are defined inside it."""

    name: str
    fields: tuple[Field, ...] = ()
    messages: tuple[Message, ...] = ()
    enums: tuple[Enum, ...] = ()
    map_entry: bool = False


class File(Record):
    """A .proto file."""

    messages: tuple[Message, ...] = ()
    enums: tuple[Enum, ...] = ()
    package: str = ""
    imports: tuple[str, ...] = ()
    syntax: str = "proto3"

    def full_name(self, name: str) -> str:
        """The name with the package."""
        return f"{self.package}.{name}" if self.package else name

    def definitions(self) -> Iterator[tuple[str, Message | Enum]]:
        """All messages and enums by their full names."""
        for enum in self.enums:
            yield self.full_name(enum.name), enum
        for message in self.messages:
            yield from _within(self.full_name(message.name), message)


def _within(name: str, message: Message) -> Iterator[tuple[str, Message | Enum]]:
    yield name, message
    for enum in message.enums:
        yield f"{name}.{enum.name}", enum
    for inner in message.messages:
        yield from _within(f"{name}.{inner.name}", inner)


def resolve(name: str, scope: str, known: dict[str, Message | Enum]) -> str | None:
    """The full name that a type's name means inside ``scope``, a full name; None when it means nothing."""
    if name.startswith("."):
        return name[1:] if name[1:] in known else None
    while True:
        candidate = f"{scope}.{name}" if scope else name
        if candidate in known:
            return candidate
        if not scope:
            return None
        scope = scope.rpartition(".")[0]
