"""Subjects, versions and ids, as Confluent's Schema Registry keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from minisql.formats.connect.parsed import ParsedSchema
from minisql.formats.registry.entries import (
    INCOMPATIBLE,
    INVALID_LEVEL,
    SCHEMA_NOT_FOUND,
    SUBJECT_NOT_FOUND,
    VERSION_NOT_FOUND,
    Reference,
    Registered,
    RegistryError,
    parse_schema,
)

LEVELS = ("NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE")

LONGEST_SHOWN = 10 * 1024
"""Characters of an older schema that the registry shows when another does not go with it."""


class SchemaRegistry:
    """A registry of its own; nothing of it leaves the process."""

    def __init__(self) -> None:
        self._versions: dict[str, list[Registered]] = {}
        self._by_id: dict[int, Registered] = {}
        self._ids: dict[tuple[str, str, tuple[Reference, ...]], int] = {}
        self._parsed: dict[int, ParsedSchema] = {}
        self._levels: dict[str | None, str] = {None: "BACKWARD"}
        self._last = 0

    # -- writing ----------------------------------------------------------------------------------

    def register(
        self,
        subject: str,
        schema: str | Mapping[str, Any] | list[Any],
        type: str = "AVRO",
        references: Iterable[Reference | Mapping[str, Any]] = (),
    ) -> int:
        """Register a schema under a subject; gives its id. A schema that is there already keeps its id and version.

        Args:
            subject: ``<topic>-key`` or ``<topic>-value`` as a rule.
            schema: its text, or the JSON value of an Avro or JSON schema.
            type: AVRO, JSON or PROTOBUF.
            references: schemas of other subjects that it uses.

        Raises:
            RegistryError: it is no schema, or not compatible with those before it.
        """
        text = schema_text(schema, type)
        uses = tuple(each if isinstance(each, Reference) else Reference(**each) for each in references)
        parsed = parse_schema(type, text, self._referred(uses))
        return self._add(subject, text, parsed, uses)

    def register_parsed(self, subject: str, schema: ParsedSchema) -> int:
        """Register a schema that ksqlDB has made.

        Raises:
            RegistryError: it is not compatible with those before it.
        """
        return self._add(subject, schema.text, schema, ())

    def register_id(self, subject: str, id: int) -> int:
        """Register under a subject the schema that has this id.

        Raises:
            RegistryError: there is none, or it is not compatible.
        """
        known = self._entry(id)
        return self._add(subject, known.schema, self.parsed(id), known.references, id)

    def _add(
        self, subject: str, text: str, parsed: ParsedSchema, references: tuple[Reference, ...], wanted: int | None = None
    ) -> int:
        identity = (parsed.type, parsed.text, references)
        there = self._find(subject, identity)
        if there is not None:
            return there.id
        self._check(subject, parsed)
        versions = self._versions.setdefault(subject, [])
        id = self._ids.get(identity) if wanted is None else wanted
        if id is None:
            id = self._free_id()
        self._ids.setdefault(identity, id)
        entry = Registered(subject, versions[-1].version + 1 if versions else 1, id, text, parsed.type, references)
        versions.append(entry)
        self._by_id.setdefault(id, entry)
        self._parsed.setdefault(id, parsed)
        return id

    def place(self, id: int, subject: str, schema: Any, type: str, references: Iterable[Mapping[str, Any]] = ()) -> None:
        """Register a schema under an id of one's choice, as the registry's import mode does.

        Raises:
            RegistryError: it is no schema, or the id is another's.
        """
        text = schema_text(schema, type)
        uses = tuple(Reference(**each) for each in references)
        parsed = parse_schema(type, text, self._referred(uses))
        known = self._by_id.get(id)
        if known is not None and (known.type, self.parsed(id).text) != (parsed.type, parsed.text):
            raise RegistryError(f"Overwrite new schema with id {id} is not permitted.", 42205)
        self._add(subject, text, parsed, uses, id)

    def _free_id(self) -> int:
        self._last = self.upcoming_id()
        return self._last

    def upcoming_id(self) -> int:
        """The id that the next new schema gets."""
        return next(id for id in count(self._last + 1) if id not in self._by_id)

    def delete_subject(self, subject: str, permanent: bool = False) -> list[int]:
        """Delete a subject; gives the versions that it had. Their ids still find the schemas.

        Raises:
            RegistryError: there is no such subject.
        """
        alive = self.versions(subject)
        if permanent:
            self._versions[subject] = []
        else:
            self._versions[subject] = [each.with_(deleted=True) for each in self._versions[subject]]
        return alive

    # -- reading ----------------------------------------------------------------------------------

    def subjects(self) -> list[str]:
        """The names of all subjects."""
        return sorted(name for name in self._versions if self._alive(name))

    def versions(self, subject: str) -> list[int]:
        """The numbers of a subject's versions.

        Raises:
            RegistryError: there is no such subject.
        """
        return [each.version for each in self._known(subject)]

    def get_latest(self, subject: str) -> Registered:
        """The newest version of a subject.

        Raises:
            RegistryError: there is no such subject.
        """
        return self._known(subject)[-1]

    def get_version(self, subject: str, version: int) -> Registered:
        """A version of a subject; -1 is the newest.

        Raises:
            RegistryError: there is no such subject or version.
        """
        known = self._known(subject)
        found = known[-1] if version == -1 else next((each for each in known if each.version == version), None)
        if found is None:
            raise RegistryError(f"Version {version} not found.", VERSION_NOT_FOUND)
        return found

    def get_by_id(self, id: int) -> Registered:
        """The first version that was registered with this id.

        Raises:
            RegistryError: there is none.
        """
        return self._entry(id)

    def lookup(self, subject: str, schema: Any, type: str = "AVRO") -> Registered:
        """The version of a subject that has this schema.

        Raises:
            RegistryError: there is no such subject, or none of its versions has it.
        """
        text = schema_text(schema, type)
        parsed = parse_schema(type, text, {})
        self._known(subject)
        found = self._find(subject, (parsed.type, parsed.text, ()))
        if found is None:
            raise RegistryError("Schema not found", SCHEMA_NOT_FOUND)
        return found

    def subjects_of(self, id: int) -> list[str]:
        """The subjects that have the schema with this id.

        Raises:
            RegistryError: there is none.
        """
        self._entry(id)
        return [name for name in self._versions if any(each.id == id for each in self._alive(name))]

    def parsed(self, id: int) -> ParsedSchema:
        """The schema with this id, understood.

        Raises:
            RegistryError: there is none.
        """
        found = self._parsed.get(id)
        if found is None:
            entry = self._entry(id)
            found = self._parsed[id] = parse_schema(entry.type, entry.schema, self._referred(entry.references))
        return found

    # -- compatibility ----------------------------------------------------------------------------

    def set_compatibility(self, level: str, subject: str | None = None) -> None:
        """Say which schemas may follow, of one subject or of all that have no level of their own.

        Raises:
            RegistryError: there is no such level.
        """
        if level.upper() not in LEVELS:
            raise RegistryError(
                f"Invalid compatibility level. Valid values are none, {', '.join(map(str.lower, LEVELS[1:]))}", INVALID_LEVEL
            )
        self._levels[subject] = level.upper()

    def get_compatibility(self, subject: str | None = None) -> str:
        """The level that holds for a subject."""
        return self._levels.get(subject, self._levels[None])

    def incompatibilities(self, subject: str, schema: ParsedSchema) -> list[str]:
        """Why a schema may not follow those of a subject, in the registry's words; empty when it may."""
        level = self.get_compatibility(subject)
        earlier = [] if level == "NONE" else self._alive(subject)[::-1]
        for entry in earlier if level.endswith("TRANSITIVE") else earlier[:1]:
            found = _faults(schema, self.parsed(entry.id), entry, level)
            if found:
                return [*found, f"{{validateFields: 'false', compatibility: '{level}'}}"]
        return []

    def _check(self, subject: str, schema: ParsedSchema) -> None:
        found = self.incompatibilities(subject, schema)
        if found:
            raise RegistryError(
                f'Schema being registered is incompatible with an earlier schema for subject "{subject}", '
                f"details: [{', '.join(found)}]",
                INCOMPATIBLE,
            )

    # -- inside -----------------------------------------------------------------------------------

    def _find(self, subject: str, identity: tuple[str, str, tuple[Reference, ...]]) -> Registered | None:
        """The version of a subject that has a schema."""
        return next(
            (each for each in self._alive(subject) if (each.type, self.parsed(each.id).text, each.references) == identity), None
        )

    def _alive(self, subject: str) -> list[Registered]:
        return [each for each in self._versions.get(subject, ()) if not each.deleted]

    def _known(self, subject: str) -> list[Registered]:
        found = self._alive(subject)
        if not found:
            raise RegistryError(f"Subject '{subject}' not found.", SUBJECT_NOT_FOUND)
        return found

    def _entry(self, id: int) -> Registered:
        found = self._by_id.get(id)
        if found is None:
            raise RegistryError(f"Schema {id} not found", SCHEMA_NOT_FOUND)
        return found

    def _referred(self, references: Iterable[Reference]) -> dict[str, str]:
        """The texts of the schemas that are used, and of those that these use."""
        found: dict[str, str] = {}
        for each in references:
            entry = self.get_version(each.subject, each.version)
            found.update(self._referred(entry.references))
            found[each.name] = entry.schema
        return found


def _faults(schema: ParsedSchema, old: ParsedSchema, entry: Registered, level: str) -> list[str]:
    """What keeps a schema from following an older one; Confluent's SchemaValidatorBuilder says it."""
    if old.type != schema.type:
        return ["Incompatible because of different schema type"]
    found: list[str] = []
    if not level.startswith("BACKWARD"):
        found += [_filled(text, "old", "new") for text in old.incompatibilities(schema)]
    if found and level.startswith("FORWARD"):
        return found + _described(entry)
    if not level.startswith("FORWARD"):
        backward = [_filled(text, "new", "old") for text in schema.incompatibilities(old)]
        found += backward + (_described(entry) if backward else [])
    return found


def _filled(text: str, reader: str, writer: str) -> str:
    return text.replace("%s", reader, 1).replace("%s", writer, 1)


def _described(entry: Registered) -> list[str]:
    text = entry.schema
    shown = f"'{text}'" if len(text) <= LONGEST_SHOWN else f"<truncated> '{text[:LONGEST_SHOWN]}...'"
    return [f"{{oldSchemaVersion: {entry.version}}}", f"{{oldSchema: {shown}}}"]


def schema_text(schema: Any, type: str) -> str:
    """The text of a schema that may be given as the JSON value that it is."""
    return schema if isinstance(schema, str) and not _is_json_name(schema, type) else json.dumps(schema)


def _is_json_name(schema: str, type: str) -> bool:
    """Whether it is the name of a primitive Avro type, which JSON writes in quotes."""
    return type == "AVRO" and schema.strip().isalpha()
