"""Columns as Connect's schemas, and the columns that a schema stands for."""

from __future__ import annotations

from minisql.errors import KsqlError
from minisql.formats.connect import schema as connect
from minisql.formats.connect.schema import ConnectSchema, decimal_schema
from minisql.formats.rows import Fields
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    TIME,
    TIMESTAMP,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
)

PRIMITIVE: dict[SqlType, ConnectSchema] = {
    BOOLEAN: ConnectSchema(connect.BOOLEAN, True),
    INTEGER: ConnectSchema(connect.INT32, True),
    BIGINT: ConnectSchema(connect.INT64, True),
    DOUBLE: ConnectSchema(connect.FLOAT64, True),
    STRING: ConnectSchema(connect.STRING, True),
    BYTES: ConnectSchema(connect.BYTES, True),
    DATE: ConnectSchema(connect.INT32, True, connect.DATE, 1),
    TIME: ConnectSchema(connect.INT32, True, connect.TIME, 1),
    TIMESTAMP: ConnectSchema(connect.INT64, True, connect.TIMESTAMP, 1),
}
"""Type to schema; every value may be null."""


class UnsupportedType(Exception):
    """ksqlDB has no type for a schema; a field that has it is left out."""


def type_schema(kind: SqlType) -> ConnectSchema:
    """The schema of a SQL type."""
    if isinstance(kind, SqlDecimal):
        return decimal_schema(kind.precision, kind.scale, True)
    if isinstance(kind, SqlArray):
        return ConnectSchema(connect.ARRAY, True, value=type_schema(kind.item))
    if isinstance(kind, SqlMap):
        return ConnectSchema(connect.MAP, True, key=type_schema(kind.key), value=type_schema(kind.value))
    if isinstance(kind, SqlStruct):
        return row_schema(kind.fields).with_(optional=True)
    return PRIMITIVE[kind]


def row_schema(fields: Fields) -> ConnectSchema:
    """The schema of a row."""
    return ConnectSchema(connect.STRUCT, fields=tuple((name, type_schema(kind)) for name, kind in fields))


def written_schema(fields: Fields, unwrapped: bool) -> ConnectSchema:
    """The schema of what is written for a row: of its struct, or of its one column."""
    return type_schema(fields[0][1]) if unwrapped else row_schema(fields)


def inferred(schema: ConnectSchema, upper: bool) -> Fields:
    """The columns that a schema stands for.

    Args:
        schema: what the registry has.
        upper: whether names become upper case.

    Raises:
        KsqlError: it stands for none.
    """
    try:
        kind = _sql_type(schema, upper)
    except UnsupportedType as error:
        raise KsqlError(f"Unsupported type at root of schema: {error}") from None
    if not isinstance(kind, SqlStruct):
        raise KsqlError("KSQL stream/table schema must be structured")
    if not kind.fields:
        described = ", ".join(f"`{name}` {_text(field)}" for name, field in schema.fields) or " "
        raise KsqlError(f"Schema does not include any columns with types that ksqlDB supports.\nschema: {described}")
    return kind.fields


def _sql_type(schema: ConnectSchema, upper: bool) -> SqlType:
    if schema.type == connect.ARRAY:
        return SqlArray(_sql_type(schema.item, upper))
    if schema.type == connect.MAP:
        return _sql_map(schema, upper)
    if schema.type == connect.STRUCT:
        return _sql_struct(schema, upper)
    if schema.type == connect.BYTES and schema.name == connect.DECIMAL:
        return SqlDecimal(connect.precision_of(schema), connect.scale_of(schema))
    return LOGICAL.get((schema.type, schema.name or ""), SIMPLE[schema.type])


SIMPLE: dict[str, SqlType] = {
    connect.INT8: INTEGER,
    connect.INT16: INTEGER,
    connect.INT32: INTEGER,
    connect.INT64: BIGINT,
    connect.FLOAT32: DOUBLE,
    connect.FLOAT64: DOUBLE,
    connect.STRING: STRING,
    connect.BOOLEAN: BOOLEAN,
    connect.BYTES: BYTES,
}
LOGICAL: dict[tuple[str, str], SqlType] = {
    (connect.INT32, connect.DATE): DATE,
    (connect.INT32, connect.TIME): TIME,
    (connect.INT64, connect.TIMESTAMP): TIMESTAMP,
}
_KEYS = connect.WHOLE | {connect.BOOLEAN, connect.STRING}


def _sql_map(schema: ConnectSchema, upper: bool) -> SqlMap:
    _sql_type(schema.keys, upper)
    if schema.keys.type not in _KEYS:
        raise UnsupportedType(f"Unsupported type for map key: {schema.keys.type.lower()}")
    return SqlMap(STRING, _sql_type(schema.item, upper))


def _sql_struct(schema: ConnectSchema, upper: bool) -> SqlStruct:
    fields: dict[str, SqlType] = {}
    for name, field in schema.fields:
        shown = name.upper() if upper else name
        try:
            kind = _sql_type(field, upper)
        except UnsupportedType:
            continue
        if shown in fields:
            raise KsqlError(f"Cannot create field because of field name duplication {shown}")
        fields[shown] = kind
    return SqlStruct(tuple(fields.items()))


def _text(schema: ConnectSchema) -> str:
    """A schema as SQL, as far as there is SQL for it."""
    if schema.type == connect.MAP:
        return f"MAP<{_text(schema.keys)}, {_text(schema.item)}>"
    if schema.type == connect.ARRAY:
        return f"ARRAY<{_text(schema.item)}>"
    if schema.type == connect.STRUCT:
        return f"STRUCT<{', '.join(f'`{name}` {_text(field)}' for name, field in schema.fields)}>"
    return {connect.STRING: "VARCHAR", connect.INT32: "INT", connect.INT64: "BIGINT"}.get(schema.type, schema.type)
