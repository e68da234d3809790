"""Prints .proto files as Confluent's registry does."""

from __future__ import annotations

from collections.abc import Iterator

from minisql.formats.protobuf.tree import Enum, Field, File, Message


def proto_text(file: File) -> str:
    """The text of a file."""
    parts = [f'syntax = "{file.syntax}";\n']
    if file.package:
        parts.append(f"package {file.package};\n")
    if file.imports:
        imports = "".join(f'import "{name}";\n' for name in file.imports)
        parts.append(f"\n{imports}")
    if file.messages or file.enums:
        parts.append("\n")
    parts += [_lines(_message(message)) for message in file.messages]
    parts += [_lines(_enum(enum)) for enum in file.enums]
    return "".join(parts)


def _lines(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _message(message: Message) -> Iterator[str]:
    oneofs = dict.fromkeys(field.oneof for field in message.fields if field.oneof is not None)
    sections = (
        [line for field in message.fields if field.oneof is None for line in _field(field)],
        [line for oneof in oneofs for line in _oneof(oneof, message)],
        [line for inner in message.messages for line in _message(inner)]
        + [line for enum in message.enums for line in _enum(enum)],
    )
    written = [section for section in sections if section]
    if not written:
        yield f"message {message.name} {{}}"
        return
    yield f"message {message.name} {{"
    for index, section in enumerate(written):
        if index:
            yield ""
        yield from (f"  {line}" for line in section)
    yield "}"


def _oneof(name: str, message: Message) -> Iterator[str]:
    yield f"oneof {name} {{"
    for field in message.fields:
        if field.oneof == name:
            yield from (f"  {line}" for line in _field(field))
    yield "}"


def _field(field: Field) -> Iterator[str]:
    kind = field.type if field.key is None else f"map<{field.key}, {field.type}>"
    label = f"{field.label} " if field.label else ""
    start = f"{label}{kind} {field.name} = {field.number}"
    if not field.parameters:
        yield f"{start};"
        return
    yield f"{start} [(confluent.field_meta) = {{"
    yield "  params: ["
    for index, (name, value) in enumerate(field.parameters):
        yield "    {"
        # Wire has them in a hash table.
        yield f'      value: "{value}",'
        yield f'      key: "{name}"'
        yield "    }" if index == len(field.parameters) - 1 else "    },"
    yield "  ]"
    yield "}];"


def _enum(enum: Enum) -> Iterator[str]:
    yield f"enum {enum.name} {{"
    for name, number in enum.values:
        yield f"  {name} = {number};"
    yield "}"
