"""Whether messages of one .proto file can be read with another, by the rules of Confluent's SchemaDiff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from minisql.formats.protobuf.tree import Enum, Field, File, Message, resolve

Imports = Mapping[str, File]
NO_IMPORTS: Imports = MappingProxyType({})

SCALAR, MAP, MESSAGE = "scalar", "map", "message"

KINDS: dict[str, str] = {
    **dict.fromkeys(("int32", "int64", "uint32", "uint64", "bool"), "general"),
    **dict.fromkeys(("sint32", "sint64"), "signed"),
    **dict.fromkeys(("fixed32", "sfixed32"), "fixed32"),
    **dict.fromkeys(("fixed64", "sfixed64"), "fixed64"),
    **dict.fromkeys(("string", "bytes"), "bytes"),
    "float": "float",
    "double": "double",
}
"""Scalars of the same kind have the same bytes."""

ENUM_KIND = KINDS["int32"]

SENTENCES = {
    "PACKAGE_CHANGED": "The package at '{0}' in the %s schema does not match the package in the %s schema",
    "MESSAGE_REMOVED": "The %s schema is missing a MESSAGE type at path '{0}' in the %s schema",
    "FIELD_KIND_CHANGED": "The type of a field at path '{0}' in the %s schema does not match the %s schema",
    "FIELD_SCALAR_KIND_CHANGED": (
        "The kind of a SCALAR field at path '{0}' in the %s schema does not match its kind in the %s schema"
    ),
    "FIELD_NAMED_TYPE_CHANGED": (
        "The type of a MESSAGE field at path '{0}' in the %s schema does not match its type in the %s schema"
    ),
    "FIELD_NUMERIC_LABEL_CHANGED": (
        "The label for a NUMERIC field at path '{0}' in the %s schema does not match its label in the %s schema"
    ),
    "REQUIRED_FIELD_ADDED": "A required field  at path '{0}' in the %s schema is missing in the %s schema",
    "REQUIRED_FIELD_REMOVED": "The %s schema is missing a required field at path: '{0}' in the %s schema",
    "ONEOF_FIELD_REMOVED": "The %s schema is missing a oneof field at path '{0}' in the %s schema",
    "MULTIPLE_FIELDS_MOVED_TO_ONEOF": (
        "Multiple fields in the oneof at path '{0}' in the %s schema are outside a oneof in the %s schema"
    ),
    "FIELD_MOVED_TO_EXISTING_ONEOF": (
        "A field in the oneof at path '{0}' in the %s schema is outside an existing oneof in the %s schema"
    ),
}
"""The differences that keep old data from being read, and what the registry says of them."""


def differences(older: File, newer: File, older_imports: Imports = NO_IMPORTS, newer_imports: Imports = NO_IMPORTS) -> list[str]:
    """Why the newer file cannot read what the older one describes, in the registry's words; empty when it can.

    Args:
        older: the file of data that exist.
        newer: the file that has to read them.
        older_imports: the files that the older one imports, by their names.
        newer_imports: the files that the newer one imports.
    """
    return _Comparison(older, newer, older_imports, newer_imports).files()


class _Comparison:
    """Compares two files; ``_open`` are the pairs of messages under way."""

    def __init__(self, older: File, newer: File, older_imports: Imports, newer_imports: Imports) -> None:
        self._older, self._newer = older, newer
        self._before, self._packages_before = _known((*older_imports.values(), older))
        self._after, self._packages_after = _known((*newer_imports.values(), newer))
        self._open: set[tuple[str, str]] = set()

    def files(self) -> list[str]:
        """All that differs."""
        older, newer = self._older, self._newer
        found = [] if older.package == newer.package else [_fault("PACKAGE_CHANGED", "#/")]
        return found + self._messages(older.messages, newer.messages, older.package, newer.package, "#/")

    def _messages(
        self, older: tuple[Message, ...], newer: tuple[Message, ...], scope: str, new_scope: str, path: str
    ) -> list[str]:
        after = {message.name: message for message in newer}
        found: list[str] = []
        for message in older:
            place, other = f"{path}{message.name}", after.get(message.name)
            if other is not None:
                found += self._message(message, other, _inside(scope, message), _inside(new_scope, message), place)
            elif not message.map_entry:
                found.append(_fault("MESSAGE_REMOVED", place))
        return found

    def _message(self, older: Message, newer: Message, scope: str, new_scope: str, path: str) -> list[str]:
        if (scope, new_scope) in self._open:
            return []
        self._open.add((scope, new_scope))
        found = _moved(older, newer, path)
        before = {field.number: field for field in older.fields}
        after = {field.number: field for field in newer.fields}
        for number in sorted({*before, *after}):
            old, new = before.get(number), after.get(number)
            if old is not None and new is not None:
                found += self._field(old, new, scope, new_scope, _place(path, new))
            elif new is not None:
                found += [_fault("REQUIRED_FIELD_ADDED", _place(path, new))] if new.label == "required" else []
            elif old is not None:
                found += _gone(old, older, after, path)
        self._open.remove((scope, new_scope))
        return found + self._messages(older.messages, newer.messages, scope, new_scope, f"{path}/")

    def _field(self, old: Field, new: Field, scope: str, new_scope: str, path: str) -> list[str]:
        kinds = self._kind(old, scope, self._before), self._kind(new, new_scope, self._after)
        if kinds[0] != kinds[1]:
            return [_fault("FIELD_KIND_CHANGED", path)]
        if kinds[0] == MAP:
            return self._maps(old, new, scope, new_scope, path)
        return self._single(old, new, scope, new_scope, path)

    def _maps(self, old: Field, new: Field, scope: str, new_scope: str, path: str) -> list[str]:
        found: list[str] = []
        for before, after in ((old.key, new.key), (old.type, new.type)):
            first, second = (Field(name="", number=0, type=str(kind)) for kind in (before, after))
            found += self._field(first, second, scope, new_scope, path)
        return found

    def _single(self, old: Field, new: Field, scope: str, new_scope: str, path: str) -> list[str]:
        first, second = KINDS.get(old.type, ENUM_KIND), KINDS.get(new.type, ENUM_KIND)
        if self._kind(old, scope, self._before) == MESSAGE:
            return self._named(old, new, scope, new_scope, path)
        if first != second:
            return [_fault("FIELD_SCALAR_KIND_CHANGED", path)]
        relabelled = old.label and new.label and old.label != new.label
        return [_fault("FIELD_NUMERIC_LABEL_CHANGED", path)] if relabelled and first != "bytes" else []

    def _named(self, old: Field, new: Field, scope: str, new_scope: str, path: str) -> list[str]:
        before, after = resolve(old.type, scope, self._before), resolve(new.type, new_scope, self._after)
        if before is None or after is None:  # nobody defines it
            return [] if old.type == new.type else [_fault("FIELD_NAMED_TYPE_CHANGED", path)]
        # A message may move to a file that is imported, and to its package.
        local = _local(before, self._packages_before[before])
        if local != _local(after, self._packages_after[after]):
            return [_fault("FIELD_NAMED_TYPE_CHANGED", path)]
        first, second = self._before[before], self._after[after]
        assert isinstance(first, Message)
        assert isinstance(second, Message)
        found = self._message(first, second, before, after, f"#/{local.replace('.', '/')}")
        return [*found, _fault("FIELD_NAMED_TYPE_CHANGED", path)] if found else []

    def _kind(self, field: Field, scope: str, known: dict[str, Message | Enum]) -> str:
        if field.key is not None:
            return MAP
        name = None if field.type in KINDS else resolve(field.type, scope, known)
        return SCALAR if field.type in KINDS or (name is not None and isinstance(known[name], Enum)) else MESSAGE


def _moved(older: Message, newer: Message, path: str) -> list[str]:
    """Fields that could be there together, and now exclude each other."""
    before = {field.number: field for field in older.fields}
    found = []
    for oneof in dict.fromkeys(field.oneof for field in newer.fields if field.oneof is not None):
        old = [before[field.number] for field in newer.fields if field.oneof == oneof and field.number in before]
        groups = {field.number if field.oneof is None else field.oneof for field in old}
        if len(groups) > 1:
            several = sum(field.oneof is None for field in old) > 1
            found.append(
                _fault("MULTIPLE_FIELDS_MOVED_TO_ONEOF" if several else "FIELD_MOVED_TO_EXISTING_ONEOF", f"{path}/{oneof}")
            )
    return found


def _gone(field: Field, older: Message, after: dict[int, Field], path: str) -> list[str]:
    """A field that is no more; a oneof may go as a whole."""
    if field.oneof is None:
        return [_fault("REQUIRED_FIELD_REMOVED", _place(path, field))] if field.label == "required" else []
    named = any(each.oneof == field.oneof for each in after.values())
    survives = any(each.oneof == field.oneof and each.number in after for each in older.fields)
    return [_fault("ONEOF_FIELD_REMOVED", _place(path, field))] if named or survives else []


def _place(path: str, field: Field) -> str:
    return f"{path}/{field.number}" if field.oneof is None else f"{path}/{field.oneof}/{field.number}"


def _inside(scope: str, message: Message) -> str:
    return f"{scope}.{message.name}" if scope else message.name


def _known(files: Iterable[File]) -> tuple[dict[str, Message | Enum], dict[str, str]]:
    """All definitions by their full names, and the packages that they are in."""
    files = tuple(files)
    definitions = {name: definition for file in files for name, definition in file.definitions()}
    return definitions, {name: file.package for file in files for name, _ in file.definitions()}


def _local(name: str, package: str) -> str:
    return name.removeprefix(f"{package}.") if package else name


def _fault(kind: str, path: str) -> str:
    return f'{{errorType:"{kind}", description:"{SENTENCES[kind].format(path)}"}}'
