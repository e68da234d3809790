"""Rows in the formats that know Kafka Connect's schemas: Avro, Protobuf and JSON with a JSON Schema.

What lies on a topic starts with a zero and the id of the writer's schema; so a reader follows writers whose schemas
change, and whoever has the registry can read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from minisql.errors import KsqlError, NotSupportedError, SerdeError
from minisql.formats.connect.columns import written_schema
from minisql.formats.connect.language import Language
from minisql.formats.connect.parsed import ParsedSchema, Write
from minisql.formats.connect.schema import NO_STRUCT, ConnectSchema
from minisql.formats.connect.target import row_target
from minisql.formats.connect.translation import row_translator, untranslated, value_translator
from minisql.formats.info import Subject
from minisql.formats.json.rows import BareJsonRows, JsonRows
from minisql.formats.rows import Fields, Row, Rows
from minisql.formats.unwritable import Unwritable, unwritable_text

HEADER = 5
"""How many bytes stand before a value: the zero and the id."""

_OUTER = "Error deserializing message from topic: {topic}"
_SCHEMA_ID = "schemaId"

FromRow = Callable[[Row], Any]
Normalize = Callable[["Row | None"], "Row | None"]


class ConnectRows(Rows):
    """Rows as structs, or as the bare value of their one column.

    Columns that can be written but not read make it equal to no other: every reader meets the bytes.

    Args:
        fields: the columns.
        unwrapped: whether it is the bare value.
        language: the format's.
        options: the format's properties.
        subject: where schemas are registered; without one there are no ids on the topic that anybody could look up.
    """

    def __init__(
        self, fields: Fields, unwrapped: bool, language: Language, options: tuple[tuple[str, str], ...], subject: Subject | None
    ) -> None:
        self.shared = all(language.readable(kind, unwrapped, dict(options)) for _, kind in fields)
        super().__init__(fields, unwrapped, language.name, options, subject, None if self.shared else object())
        self._fields = fields
        self._unwrapped = unwrapped
        self._language = language
        self._options = dict(options)
        self._subject = subject
        self._readers: dict[bytes, Callable[[bytes], Row]] = {}  # by what stands before a value

    # -- writing ----------------------------------------------------------------------------------

    @cached_property
    def encode(self) -> Callable[[Row | None], bytes | None]:
        """Row -> bytes; the schema is registered when the first row is written."""
        try:
            schema, write, from_row = self._writer()
        except KsqlError as error:
            return _refusing(_unwritable(error))
        header = self._header(schema)
        unwrapped = self._unwrapped

        def encode(row: Row | None) -> bytes | None:
            if row is None or (unwrapped and row[0] is None):
                return None
            try:
                return header + write(from_row(row))
            except NotSupportedError:
                raise
            except UnicodeEncodeError:
                return encode(self._normalized(row))
            except Exception as error:
                raise SerdeError(_unwritable(error)) from error

        return encode

    def _writer(self) -> tuple[ParsedSchema | None, Write, FromRow]:
        options = self._options
        id = options.get(_SCHEMA_ID)
        if id is not None and self._subject is not None:
            return self._physical_writer(self._subject.registry.parsed(int(id)))
        parsed = self._made()
        return parsed, parsed.writer(written_schema(self._fields, self._unwrapped), options), self._from_row()

    def _made(self) -> ParsedSchema:
        """The schema that ksqlDB makes of the columns; raises KsqlError where the language has none for them."""
        return self._language.made_of(written_schema(self._fields, self._unwrapped), self._options)

    def _physical_writer(self, parsed: ParsedSchema) -> tuple[ParsedSchema | None, Write, FromRow]:
        schema = parsed.connect(self._options)
        if self._unwrapped:
            return None, parsed.writer(schema, self._options), lambda row: row[0]
        language = self._language
        if language.complains_as is None:
            schema = schema.with_(fields=tuple(each for each in schema.fields if self._can_write(*each)))
        write = parsed.writer(schema, self._options)
        return None, write, row_target(self._fields, schema, language.complains_as, language.naming)

    def _can_write(self, name: str, schema: ConnectSchema) -> bool:
        """Whether a field has a value in every row."""
        return schema.optional or schema.default is not None or any(name == column for column, _ in self._fields)

    def _from_row(self) -> FromRow:
        if self._unwrapped:
            return lambda row: row[0]
        names = [name for name, _ in self._fields]
        return lambda row: dict(zip(names, row, strict=True))

    def _header(self, parsed: ParsedSchema | None) -> bytes:
        if not self._language.framed:
            return b""
        if parsed is None:
            id = int(self._options[_SCHEMA_ID])
        else:
            id = 0 if self._subject is None else self._subject.registry.register_parsed(self._subject.name, parsed)
        return b"\0" + id.to_bytes(4, "big")

    # -- reading ----------------------------------------------------------------------------------

    @cached_property
    def decode(self) -> Callable[[bytes | None], Row | None]:
        """Bytes -> row; raises SerdeError, and nothing else, for bytes that are not a row."""
        readers = self._readers
        if not self._language.framed:
            start = 0
            try:
                readers[b""] = self._reader(self._made())
            except KsqlError as error:
                return _refusing(error.message, _OUTER)
        else:
            start = HEADER + self._language.indexes

        def decode(data: bytes | None) -> Row | None:
            if data is None:
                return None
            try:
                read = readers.get(data[:start])
                return self._read_unknown(data) if read is None else read(data[start:])
            except (NotSupportedError, SerdeError):
                raise
            except Exception as error:
                raise SerdeError(_unreadable(error), _OUTER) from error

        return decode

    def _read_unknown(self, data: bytes) -> Row:
        """Read a value whose schema has not been met, or is not told in the usual way."""
        if len(data) < HEADER or data[0]:
            raise SerdeError("Unknown magic byte!", _OUTER)
        part, at = self._written_with(int.from_bytes(data[1:HEADER], "big")).select(data[HEADER:])
        start = HEADER + at
        read = self._readers.get(data[:start])
        if read is None:
            read = self._readers[data[:start]] = self._reader(part)
        return read(data[start:])

    def _written_with(self, id: int) -> ParsedSchema:
        """The schema with this id; without a registry everybody makes it of the columns.

        Raises:
            SerdeError: there is none, or it is not in the format's language.
        """
        try:
            if self._subject is None:
                return self._made()
            schema: ParsedSchema = self._subject.registry.parsed(id)
            self._language.check(schema)
        except KsqlError as error:
            raise SerdeError(f"Error retrieving {self._language.title} schema for id {id}: {error.message}", _OUTER) from error
        return schema

    def _reader(self, parsed: ParsedSchema) -> Callable[[bytes], Row]:
        schema = parsed.connect(self._options)
        if self._unwrapped:
            read, bare = parsed.reader(self._options), value_translator(schema, self._fields[0][1], self._language.fits_decimals)
            return lambda data: bare(read(data))
        names = untranslated(schema, self._fields, self._language.naming)
        direct = None if names is None else parsed.fields_reader(names, self._options)
        if direct is not None:
            return direct
        translate = row_translator(schema, self._fields, self._language.naming, self._language.fits_decimals)
        read = parsed.reader(self._options)
        return lambda data: translate(_struct(read(data)))

    # -- what is kept -----------------------------------------------------------------------------

    @cached_property
    def normalize(self) -> Callable[[Row | None], Row | None] | None:
        """What the format loses: halves of surrogate pairs, and in Protobuf most nulls.

        Where schemas are registered, what has none was refused when the topic was made.

        A row that a registered schema has no place for kills the query that would write it.
        """
        if not self._language.framed:
            try:
                self._made()
            except KsqlError as error:
                return _refused(error.message)
        normalize = self._language.normalizer(self._fields, self._options)
        if _SCHEMA_ID in self._options and self._subject is not None:
            normalize = _checked(self._writer()[2], normalize)
        if not self._unwrapped:
            return normalize
        if normalize is None:
            return lambda row: None if row is None or row[0] is None else row
        return lambda row: None if row is None or row[0] is None else normalize(row)

    @property
    def unchanged(self) -> str | None:
        """Of a bare key: what is not text, or plain text, stays as it is."""
        return self._language.unchanged(self._fields[0][1]) if self._unwrapped else None

    def _normalized(self, row: Row) -> Row:
        normalize = self.normalize
        changed = row if normalize is None else normalize(row)
        if changed is None or changed == row:
            raise SerdeError("a text that is not Unicode")
        return changed

    def to_json(self, row: Row | None) -> Any:
        """An object, or the bare value."""
        return self._shape.to_json(row)

    def from_json(self, value: Any) -> Row | None:
        """As JSON's; nulls become what the format makes of them."""
        row = self._shape.from_json(value)
        return row if self.normalize is None else self.normalize(row)

    @cached_property
    def _shape(self) -> JsonRows:
        return BareJsonRows(self._fields, "value") if self._unwrapped else JsonRows(self._fields, "value")


def _checked(from_row: FromRow, normalize: Normalize | None) -> Normalize:
    def check(row: Row | None) -> Row | None:
        if row is None:
            return None
        try:
            from_row(row)
        except KsqlError as error:
            raise Unwritable(error.message) from error
        return row if normalize is None else normalize(row)

    return check


def _refused(reason: str) -> Normalize:
    """For rows without a schema: only what is null can be written."""

    def refuse(row: Row | None) -> Row | None:
        if row is None or row == (None,):
            return None
        raise Unwritable(reason)

    return refuse


def _struct(value: Any) -> Any:
    if value is None:
        raise ValueError(NO_STRUCT)
    return value


def _unreadable(error: Exception) -> str:
    return str(error) or type(error).__name__


def _unwritable(error: Exception) -> Callable[[str], str]:
    reason = error.message if isinstance(error, KsqlError) else str(error)
    return lambda topic: unwritable_text(topic, reason)


def _refusing(cause: str | Callable[[str], str], outer: str | None = None) -> Callable[[Any], None]:
    """Encodes or decodes null and nothing else."""

    def refuse(item: Any) -> None:
        if item is not None and item != (None,):
            raise SerdeError(cause, outer)

    return refuse
