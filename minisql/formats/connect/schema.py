"""Schemas of Kafka Connect.

Values of a schema are Python's: ``dict`` for STRUCT (a field that is not there is None) and MAP, ``list`` for ARRAY,
``bytes``, ``Decimal`` for the logical type Decimal, and the integers of ``minisql.types`` for Date, Time and Timestamp.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.record import Record

INT8, INT16, INT32, INT64 = "INT8", "INT16", "INT32", "INT64"
FLOAT32, FLOAT64, BOOLEAN, STRING, BYTES = "FLOAT32", "FLOAT64", "BOOLEAN", "STRING", "BYTES"
ARRAY, MAP, STRUCT = "ARRAY", "MAP", "STRUCT"
WHOLE = frozenset({INT8, INT16, INT32, INT64})

_DATA = "org.apache.kafka.connect.data."
DECIMAL, DATE, TIME, TIMESTAMP = f"{_DATA}Decimal", f"{_DATA}Date", f"{_DATA}Time", f"{_DATA}Timestamp"

LOGICAL = frozenset({DECIMAL, DATE, TIME, TIMESTAMP})

RECURSION = "java.lang.StackOverflowError"
"""How a server answers to a schema that contains itself."""

NO_STRUCT = 'Cannot invoke "org.apache.kafka.connect.data.Struct.schema()" because "struct" is null'
"""What Java says where ksqlDB's deserializers meet null in a struct's place."""

SCALE, PRECISION = "scale", "connect.decimal.precision"
DEFAULT_PRECISION = 64
"""The precision of a Decimal that does not tell it."""


class ConnectSchema(Record):
    """A schema: a type, and what is known of it besides.

    Attributes:
        type: one of Connect's types.
        optional: whether values may be None.
        name: of a STRUCT, or of a logical type.
        parameters: what formats remember in it, as pairs of texts.
        fields: of a STRUCT.
        key, value: of a MAP; ``value`` is also the items' schema of an ARRAY.
        default: the value that stands for None.
    """

    type: str
    optional: bool = False
    name: str | None = None
    version: int | None = None
    doc: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, ConnectSchema], ...] = ()
    key: ConnectSchema | None = None
    value: ConnectSchema | None = None
    default: Any = None

    @property
    def item(self) -> ConnectSchema:
        """The schema of an ARRAY's items or of a MAP's values."""
        assert self.value is not None
        return self.value

    @property
    def keys(self) -> ConnectSchema:
        """The schema of a MAP's keys."""
        assert self.key is not None
        return self.key

    def parameter(self, name: str) -> str | None:
        """The parameter of this name, or None."""
        return next((value for key, value in self.parameters if key == name), None)

    def field(self, name: str) -> ConnectSchema | None:
        """The schema of the field called ``name`` (exact case), or None."""
        return next((schema for field, schema in self.fields if field == name), None)


def decimal_schema(precision: int, scale: int, optional: bool = False) -> ConnectSchema:
    """The schema of DECIMAL(precision, scale)."""
    parameters = ((SCALE, str(scale)), (PRECISION, str(precision)))
    return ConnectSchema(BYTES, optional, DECIMAL, 1, parameters=parameters)


def logical(type: str, name: str, **more: Any) -> ConnectSchema:
    """The schema of a logical type; all of Connect's have version 1."""
    return ConnectSchema(type, name=name, version=1, **more)


def scale_of(schema: ConnectSchema) -> int:
    """The scale of a Decimal."""
    return int(schema.parameter(SCALE) or 0)


def precision_of(schema: ConnectSchema) -> int:
    """The precision of a Decimal."""
    return int(schema.parameter(PRECISION) or DEFAULT_PRECISION)


def pairs(parameters: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Parameters as a schema keeps them."""
    return tuple(parameters.items())
