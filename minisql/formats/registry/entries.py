"""What a schema registry keeps and answers."""

from __future__ import annotations

from typing import Any

from minisql.errors import KsqlError
from minisql.formats.connect.parsed import ParsedSchema, SchemaSyntaxError
from minisql.record import Record

SUBJECT_NOT_FOUND, VERSION_NOT_FOUND, SCHEMA_NOT_FOUND = 40401, 40402, 40403
INCOMPATIBLE, INVALID_SCHEMA, INVALID_LEVEL = 409, 42201, 42203


class RegistryError(KsqlError):
    """What a schema registry would answer; ``error_code`` is its own."""


class Reference(Record):
    """A schema of another subject that a schema uses under ``name``."""

    name: str
    subject: str
    version: int = -1


class Registered(Record):
    """A version of a subject.

    Attributes:
        schema: the text as it was registered.
        type: AVRO, JSON or PROTOBUF.
        deleted: whether it was deleted softly: its id still finds it.
    """

    subject: str
    version: int
    id: int
    schema: str
    type: str
    references: tuple[Reference, ...] = ()
    deleted: bool = False


def parse_schema(type: str, text: str, references: dict[str, str]) -> ParsedSchema:
    """A schema of one of the three languages; ``references`` are texts by the names they are known under.

    Raises:
        RegistryError: it is no schema, or there is no such language.
    """
    try:
        return _language(type).parse(text, references)  # type: ignore[no-any-return]
    except SchemaSyntaxError as error:
        raise RegistryError(f"Invalid schema of type {type}, details: {error}", INVALID_SCHEMA) from None


def _language(type: str) -> Any:
    if type == "AVRO":
        from minisql.formats.avro.schema import AvroSchema

        return AvroSchema
    if type in ("JSON", "JSON_SR"):
        from minisql.formats.json_sr.schema import JsonSchema

        return JsonSchema
    if type == "PROTOBUF":
        from minisql.formats.protobuf.schema import ProtobufSchema

        return ProtobufSchema
    raise RegistryError(f"Invalid schema type {type}", INVALID_SCHEMA)
