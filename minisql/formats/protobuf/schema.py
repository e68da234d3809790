"""Protobuf schemas, their bytes by way of Google's library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minisql.errors import KsqlError
from minisql.formats.connect.parsed import FieldsRead, Options, ParsedSchema, Read, SchemaSyntaxError, Write
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.protobuf.building import proto_file
from minisql.formats.protobuf.descriptors import Classes
from minisql.formats.protobuf.indexes import index_bytes, read_indexes
from minisql.formats.protobuf.inference import Definitions, connect_schema
from minisql.formats.protobuf.known import known_file
from minisql.formats.protobuf.parser import parse
from minisql.formats.protobuf.printing import proto_text
from minisql.formats.protobuf.tree import SCALARS, File, Message, resolve


class ProtobufSchema(ParsedSchema):
    """A .proto file.

    Args:
        file: the file.
        imported: the files that it imports, by name.
        message: the full name of the message that is meant; the first where none is named.

    Raises:
        SchemaSyntaxError: a file or a type is missing.
    """

    type = "PROTOBUF"

    def __init__(self, file: File, imported: Mapping[str, File], message: str | None = None) -> None:
        self._file = file
        self._imported = imported
        self._message = message
        self.text = proto_text(file)
        self._known: Definitions = dict(file.definitions())
        for other in imported.values():
            self._known.update(other.definitions())
        self._check()

    @classmethod
    def parse(cls, text: str, references: Mapping[str, str]) -> ProtobufSchema:
        """The schema of a text.

        Raises:
            SchemaSyntaxError: it is none.
        """
        file = _read(text)
        return cls(file, _imports(file, {name: _read(other) for name, other in references.items()}))

    @classmethod
    def of(cls, schema: ConnectSchema, options: Options) -> ProtobufSchema:
        """The schema that ksqlDB registers."""
        file = proto_file(schema, options)
        return cls(file, _imports(file, {}), file.full_name(file.messages[0].name))

    def _check(self) -> None:
        """Raises: SchemaSyntaxError: there is no message, or a field has a type that nobody defines."""
        if not self._file.messages:
            raise SchemaSyntaxError("no messages")
        for name, definition in self._file.definitions():
            for field in definition.fields if isinstance(definition, Message) else ():
                if field.type not in SCALARS and resolve(field.type, name, self._known) is None:
                    raise SchemaSyntaxError(f'"{field.type}" is not defined.')

    @property
    def name(self) -> str | None:
        """The full name of the message that is meant."""
        return self._message or self._file.full_name(self._file.messages[0].name)

    @property
    def names(self) -> list[str]:
        """The full names of the outermost messages and enums."""
        found = [each.name for each in self._file.messages] + [each.name for each in self._file.enums]
        return [self._file.full_name(name) for name in found]

    def connect(self, options: Options) -> ConnectSchema:
        """What the message that is meant is for Kafka Connect."""
        return connect_schema(self._meant(options), self._known, self._file.syntax, options)

    def _meant(self, options: Options) -> str:
        """The full name of the message that properties ask for, else of the first."""
        asked = options.get("fullSchemaName", "").strip()
        if self._message is None and asked and not asked.startswith("ConnectDefault"):
            return self._full_name(asked)
        return str(self.name)

    def _full_name(self, asked: str) -> str:
        """The full name of a message of the file: its last part does for it where no other has the same."""
        messages = [name for name, each in self._file.definitions() if isinstance(each, Message)]
        found = [asked] if asked in messages else [name for name in messages if name.rpartition(".")[2] == asked]
        if len(found) != 1:
            # What Java says where it finds none.
            fault = 'Cannot invoke "com.google.protobuf.Descriptors$Descriptor.getFullName()" because "<parameter1>" is null'
            raise KsqlError(fault)
        return found[0]

    def select(self, data: bytes) -> tuple[ParsedSchema, int]:
        """The schema of the message that stands at the beginning of ``data``, and where that message starts.

        Raises:
            ValueError: there is no such message.
        """
        path, start = read_indexes(data)
        messages, name = self._file.messages, self._file.package
        for index in path:
            if not 0 <= index < len(messages):
                raise ValueError(f"Invalid message indexes: {path}")
            name = f"{name}.{messages[index].name}" if name else messages[index].name
            messages = messages[index].messages
        return BareProtobufSchema(self._file, self._imported, name), start

    def reader(self, options: Options) -> Read:
        """Reads the message that is meant, behind its indexes."""
        read = BareProtobufSchema(self._file, self._imported, self._meant(options)).reader(options)
        return lambda data: read(data[read_indexes(data)[1] :])

    def writer(self, schema: ConnectSchema, options: Options) -> Write:
        """Writes the indexes of the message, and the message."""
        from minisql.formats.protobuf.writing import message_writer

        name = self._meant(options)
        prefix = index_bytes(self._path(name))
        write = message_writer(schema, name, self._known, self._file, self._imported, options)
        return lambda value: prefix + write(value)

    def _path(self, name: str) -> list[int]:
        """The indexes of a message: that of the outermost one first."""
        relative = name[len(self._file.package) + 1 :] if self._file.package else name
        messages, path = self._file.messages, []
        for part in relative.split("."):
            index = next(number for number, message in enumerate(messages) if message.name == part)
            path.append(index)
            messages = messages[index].messages
        return path

    def message_class(self) -> Any:
        """The class of the message that is meant, as Google's library would have generated it."""
        return Classes(self._file, self._imported, self._known).of(str(self.name))

    def descriptor(self) -> bytes:
        """The file as a FileDescriptorProto."""
        return bytes(self.message_class().DESCRIPTOR.file.serialized_pb)

    def incompatibilities(self, older: ParsedSchema) -> list[str]:
        """By the rules of protobuf-provider's SchemaDiff."""
        from minisql.formats.protobuf.compatibility import differences

        if not isinstance(older, ProtobufSchema):
            return []
        return differences(older._file, self._file, older._imported, self._imported)


class BareProtobufSchema(ProtobufSchema):
    """A message whose bytes have no indexes before them."""

    def select(self, data: bytes) -> tuple[ParsedSchema, int]:
        """All of it."""
        return self, 0

    def reader(self, options: Options) -> Read:
        """Reads the message."""
        from minisql.formats.protobuf.reading import message_reader

        return message_reader(self.connect(options), str(self.name), self._known, self._file, self._imported)

    def fields_reader(self, names: Sequence[str], options: Options) -> FieldsRead | None:
        """Reads the message and takes the fields from it, where each is a number, a text or a flag that is always there."""
        from minisql.formats.protobuf.reading import fields_reader

        return fields_reader(names, str(self.name), self._known, self._file, self._imported)

    def writer(self, schema: ConnectSchema, options: Options) -> Write:
        """Writes the message."""
        from minisql.formats.protobuf.writing import message_writer

        return message_writer(schema, str(self.name), self._known, self._file, self._imported, options)


def _read(text: str) -> File:
    from minisql.formats.protobuf.serialized import is_serialized, read_serialized

    return read_serialized(text) if is_serialized(text) else parse(text)


def _imports(file: File, given: Mapping[str, File]) -> dict[str, File]:
    """The files that a file imports, and those that these import.

    Raises:
        SchemaSyntaxError: one is not there.
    """
    found: dict[str, File] = {}
    for name in file.imports:
        other = given.get(name) or known_file(name)
        if other is None and not name.startswith("google/protobuf/"):
            raise SchemaSyntaxError(f'Could not find import "{name}"')
        if other is not None:
            found.update(_imports(other, given))
            found[name] = other
    return found
