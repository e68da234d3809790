"""Whether messages of one .proto file can be read with another, by the rules of Confluent's SchemaDiff."""

from __future__ import annotations

from minisql.formats.protobuf.tree import Field, File, Message

KINDS: dict[str, str] = {
    **dict.fromkeys(("int32", "int64", "uint32", "uint64", "bool"), "varint"),
    **dict.fromkeys(("sint32", "sint64"), "zigzag"),
    **dict.fromkeys(("fixed32", "sfixed32"), "fixed32"),
    **dict.fromkeys(("fixed64", "sfixed64"), "fixed64"),
    **dict.fromkeys(("string", "bytes"), "bytes"),
}
"""Scalars of the same kind have the same bytes."""


def differences(older: File, newer: File) -> list[str]:
    """Why the newer file cannot read what the older one describes; empty when it can."""
    found = [] if older.package == newer.package else [_fault("PACKAGE_CHANGED", "#/")]
    return found + _messages(older.messages, newer.messages, "#/")


def _messages(older: tuple[Message, ...], newer: tuple[Message, ...], path: str) -> list[str]:
    after = {message.name: message for message in newer}
    found: list[str] = []
    for message in older:
        place = f"{path}{message.name}"
        if message.name not in after:
            found.append(_fault("MESSAGE_REMOVED", place))
        else:
            found += _fields(message, after[message.name], place)
            found += _messages(message.messages, after[message.name].messages, f"{place}/")
    return found


def _fields(older: Message, newer: Message, path: str) -> list[str]:
    after = {field.number: field for field in newer.fields}
    before = {field.number: field for field in older.fields}
    found: list[str] = []
    for number, field in before.items():
        place = f"{path}/{number}"
        other = after.get(number)
        if other is None:
            if field.label == "required":
                found.append(_fault("REQUIRED_FIELD_REMOVED", place))
            elif field.oneof is not None:
                found.append(_fault("ONEOF_FIELD_REMOVED", place))
        else:
            found += _changed(field, other, place)
    found += [_fault("REQUIRED_FIELD_ADDED", f"{path}/{each.number}") for each in newer.fields if _is_new(each, before)]
    return found


def _is_new(field: Field, before: dict[int, Field]) -> bool:
    return field.label == "required" and field.number not in before


def _changed(older: Field, newer: Field, path: str) -> list[str]:
    old, new = _kind(older), _kind(newer)
    if old != new:
        scalar = older.type in KINDS or newer.type in KINDS
        return [_fault("FIELD_SCALAR_KIND_CHANGED" if scalar else "FIELD_NAMED_TYPE_CHANGED", path)]
    if (older.label == "repeated") != (newer.label == "repeated") and KINDS.get(newer.type) != "bytes" and newer.type in KINDS:
        return [_fault("FIELD_NUMERIC_LABEL_CHANGED", path)]
    return []


def _kind(field: Field) -> tuple[str | None, str]:
    return field.key, KINDS.get(field.type, field.type.rpartition(".")[2])


def _fault(kind: str, path: str) -> str:
    return f"{{errorType:'{kind}', description:'at path {path}'}}"
