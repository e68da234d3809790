"""Between the values of test cases and the bytes of formats that know Kafka Connect's schemas.

As ksqlDB's harness does it: inputs are written with the newest schema of the topic's subject, outputs are read with the
schema that their bytes name.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from minisql import java
from minisql.errors import KsqlError
from minisql.formats.connect import schema as connect
from minisql.formats.connect.columns import row_schema
from minisql.formats.connect.language import PROTOBUF_NOSR
from minisql.formats.connect.parsed import ParsedSchema
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.info import FormatInfo, Subject
from minisql.formats.text import fit
from minisql.schema import Column

OPTIONS = ("nullableRepresentation", "fullSchemaName")
"""What the harness tells its converters of a format's properties."""


class Connected:
    """One side of a topic.

    Args:
        info: its format.
        subject: where its schemas are; None for PROTOBUF_NOSR.
        columns: what the source declares.
        exact: whether decimals are compared digit for digit.
    """

    def __init__(self, info: FormatInfo, subject: Subject | None, columns: tuple[Column, ...], exact: bool) -> None:
        self._options = {name: value for name, value in info.properties if name in OPTIONS} | {"unwrapPrimitives": "true"}
        self._subject = subject
        self._columns = columns
        self._exact = exact

    def encode(self, spec: Any) -> bytes:
        """The bytes of a value of a case.

        Raises:
            ValueError: the value does not suit the schema.
        """
        parsed, header = self._newest()
        schema = parsed.connect(self._options)
        try:
            return header + parsed.writer(schema, self._options)(to_connect(spec, schema))
        except (KsqlError, TypeError, KeyError, ArithmeticError) as error:
            raise ValueError(str(error)) from error

    def decode(self, data: bytes) -> Any:
        """What the bytes say, as ``jackson.loads`` would give it.

        Raises:
            ValueError: the bytes are not in the format.
        """
        parsed = self._declared() if self._subject is None else self._named(data)
        body = data if self._subject is None else data[5:]
        return to_spec(parsed.reader(self._options)(body), parsed.connect(self._options), self._exact)

    def _newest(self) -> tuple[ParsedSchema, bytes]:
        if self._subject is None:
            return self._declared(), b""
        id = self._subject.registry.get_latest(self._subject.name).id
        return self._subject.registry.parsed(id), b"\0" + id.to_bytes(4, "big")

    def _named(self, data: bytes) -> ParsedSchema:
        if len(data) < 5 or data[0]:
            raise ValueError("Unknown magic byte!")
        assert self._subject is not None
        found: ParsedSchema = self._subject.registry.parsed(int.from_bytes(data[1:5], "big"))
        return found

    def _declared(self) -> ParsedSchema:
        fields = tuple((column.name, column.type) for column in self._columns)
        return PROTOBUF_NOSR.made_of(row_schema(fields), self._options)


def to_connect(spec: Any, schema: ConnectSchema) -> Any:
    """A value of a case as one of ``schema``; names are found in any case, unknown ones are left out."""
    if spec is None:
        return None
    if schema.type == connect.ARRAY:
        return [to_connect(each, schema.item) for each in spec]
    if schema.type == connect.MAP:
        return {to_connect(key, schema.keys): to_connect(value, schema.item) for key, value in spec.items()}
    if schema.type == connect.STRUCT:
        return _struct(spec, schema)
    if schema.name == connect.DECIMAL:
        number = spec if isinstance(spec, Decimal) else Decimal(str(spec))
        return fit(number, connect.precision_of(schema), connect.scale_of(schema))
    return _simple(spec, schema)


def _struct(spec: Mapping[str, Any], schema: ConnectSchema) -> dict[str, Any]:
    names = {name.upper(): name for name, _ in schema.fields}
    found: dict[str, Any] = {name: field.default for name, field in schema.fields}
    for key, value in spec.items():
        name = names.get(str(key).upper())
        if name is not None:
            field = schema.field(name)
            assert field is not None
            found[name] = to_connect(value, field)
    return found


def _simple(spec: Any, schema: ConnectSchema) -> Any:
    text = "true" if spec is True else "false" if spec is False else str(spec)
    if schema.type in connect.WHOLE:
        return int(text)
    if schema.type in (connect.FLOAT32, connect.FLOAT64):
        return float(text)
    if schema.type == connect.BOOLEAN:
        return text.lower() == "true"
    return text if schema.type == connect.STRING else base64.b64decode(text)


def to_spec(value: Any, schema: ConnectSchema, exact: bool) -> Any:
    """A value of ``schema`` as cases write it."""
    if value is None:
        return None
    if schema.type == connect.ARRAY:
        return [to_spec(each, schema.item, exact) for each in value]
    if schema.type == connect.MAP:
        return {_key(key): to_spec(each, schema.item, exact) for key, each in value.items()}
    if schema.type == connect.STRUCT:
        return {name: to_spec(value.get(name), field, exact) for name, field in schema.fields}
    if isinstance(value, float):
        return value
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _key(key: Any) -> str:
    return "true" if key is True else "false" if key is False else java.double_text(key) if isinstance(key, float) else str(key)
